/* Secrets, as PHP hands them over. */

#ifndef HOOKSEAL_PHP_SECRETS_H
#define HOOKSEAL_PHP_SECRETS_H

#include "hookseal.h"
#include "php.h"

/* Begins as zeros. They point into what was given. */
typedef struct {
    hookseal_str *items;
    size_t count;
    hookseal_str one;
} php_hookseal_secrets;

/* Reads a string or a list of strings. False if a TypeError was thrown, which says what the argument
 * `must` be. Freed by php_hookseal_secrets_free() in any case, and before what was given. */
bool php_hookseal_secrets_read(php_hookseal_secrets *secrets, zval *given, uint32_t argument, const char *must);
void php_hookseal_secrets_free(php_hookseal_secrets *secrets);

#endif
