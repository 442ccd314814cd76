/* The options of Webhook::explain(). */

#ifndef HOOKSEAL_PHP_CLUES_H
#define HOOKSEAL_PHP_CLUES_H

#include "php.h"
#include "secrets.h"

/* Begins as zeros. */
typedef struct {
    php_hookseal_secrets secrets;
    /* NULL, or what follows. */
    const int64_t *now;
    int64_t seconds;
} php_hookseal_clues;

/* Reads the options and the parameters of the same names, NULL if not given. It calls the
 * program's code. False if something was thrown. Freed by php_hookseal_clues_free() in any case. */
bool php_hookseal_clues_read(php_hookseal_clues *clues, HashTable *options, const zval *secrets, const zval *now);
void php_hookseal_clues_free(php_hookseal_clues *clues);

#endif
