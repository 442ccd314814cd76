#ifndef PHP_HOOKSEAL_H
#define PHP_HOOKSEAL_H

#include "php.h"

extern zend_module_entry hookseal_module_entry;
#define phpext_hookseal_ptr &hookseal_module_entry

#if defined(ZTS) && defined(COMPILE_DL_HOOKSEAL)
ZEND_TSRMLS_CACHE_EXTERN()
#endif

#endif
