/* What Webhook::__construct() is given beside the secrets. */

#ifndef HOOKSEAL_PHP_OPTIONS_H
#define HOOKSEAL_PHP_OPTIONS_H

#include "extras.h"
#include "hookseal.h"
#include "moment.h"
#include "php.h"

/* Begins as zeros. What it has is held: no code of the program's can take it away. */
typedef struct {
    /* The scheme, which a Hookseal\Scheme has or a text defines; if neither, the provider's own. */
    zend_object *scheme;
    zend_string *definition;
    /* None is the scheme's own. */
    php_hookseal_span tolerance;
    php_hookseal_extras extras;
} php_hookseal_options;

/* The parameters that the options may hold, NULL if not given. */
typedef struct {
    const zval *tolerance, *scheme, *constants, *origin, *accept_unsigned;
} php_hookseal_parameters;

/* Reads the options and the parameters of the same names; `scheme` may be the first argument's. It calls the program's code. False if something was thrown. Freed by
 * php_hookseal_options_free() in any case. */
bool php_hookseal_options_read(php_hookseal_options *options, zend_object *scheme, HashTable *given, const php_hookseal_parameters *parameters);
void php_hookseal_options_free(php_hookseal_options *options);

#endif
