/* Secrets, as PHP hands them over. */

#ifndef HOOKSEAL_PHP_SECRETS_H
#define HOOKSEAL_PHP_SECRETS_H

#include "hookseal.h"
#include "php.h"

/* Begins as zeros. It has references to the strings, so that no code of the program's can free them. */
typedef struct {
    hookseal_str *items;
    zend_string **held;
    size_t count;
    /* Room for one, which is what most webhooks have. */
    hookseal_str item;
    zend_string *only;
} php_hookseal_secrets;

/* Reads a string or a list of strings. False if a TypeError was thrown, which says what the argument
 * `must` be. Freed by php_hookseal_secrets_free() in any case. */
bool php_hookseal_secrets_read(php_hookseal_secrets *secrets, const zval *given, uint32_t argument, const char *must);
void php_hookseal_secrets_free(php_hookseal_secrets *secrets);

#endif
