/* The known providers' schemes, read when PHP starts: a webhook of one of them is then made without
 * reading its scheme again, which would take longer than to verify with it. Never written to after. */

#ifndef HOOKSEAL_PHP_PROVIDERS_H
#define HOOKSEAL_PHP_PROVIDERS_H

#include "hookseal.h"
#include "php.h"

zend_result php_hookseal_providers_startup(void);
void php_hookseal_providers_shutdown(void);

/* NULL if no provider has such a name. */
const hookseal_scheme *php_hookseal_provider(const zend_string *name);

#endif
