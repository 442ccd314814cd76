/* What the extension keeps from one request to the next, each thread its own. */

#ifndef HOOKSEAL_PHP_GLOBALS_H
#define HOOKSEAL_PHP_GLOBALS_H

#include "php_hookseal.h"

#include "hookseal.h"
#include "keys.h"
#include "prepared.h"
#include "schemes.h"

ZEND_BEGIN_MODULE_GLOBALS(hookseal)
    php_hookseal_schemes schemes;
    php_hookseal_prepared_cache prepared;
    php_hookseal_keys keys;
    /* Why a call failed, until it is thrown: here it is freed even if PHP runs out of memory on the way. */
    hookseal_error *error;
ZEND_END_MODULE_GLOBALS(hookseal)

ZEND_EXTERN_MODULE_GLOBALS(hookseal)

#define HOOKSEAL_G(member) ZEND_MODULE_GLOBALS_ACCESSOR(hookseal, member)

#endif
