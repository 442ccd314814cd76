/* The options of Webhook::explain(). */

#ifndef HOOKSEAL_PHP_HINTS_H
#define HOOKSEAL_PHP_HINTS_H

#include "php.h"
#include "secrets.h"

/* Begins as zeros. */
typedef struct {
    php_hookseal_secrets secrets;
    /* NULL, or what follows. */
    const int64_t *now;
    int64_t seconds;
    /* Of the request; NULL if not given. */
    zend_string *method, *url;
} php_hookseal_hints;

/* The parameters that the options may hold, NULL if not given. */
typedef struct {
    const zval *secrets, *now, *method, *url;
} php_hookseal_hint_parameters;

/* Reads the options and the parameters of the same names. It calls the program's code. False if something was thrown. Freed by php_hookseal_hints_free() in any case. */
bool php_hookseal_hints_read(php_hookseal_hints *hints, HashTable *options, const php_hookseal_hint_parameters *parameters);
void php_hookseal_hints_free(php_hookseal_hints *hints);

#endif
