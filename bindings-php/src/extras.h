/* The options of a webhook that few schemes need: constants, an origin, and whether an unsigned body is accepted. */

#ifndef HOOKSEAL_PHP_EXTRAS_H
#define HOOKSEAL_PHP_EXTRAS_H

#include "hookseal.h"
#include "named.h"
#include "php.h"

/* Begins as zeros, which is none of them. */
typedef struct {
    /* All of them as one text, which is another one for any other options; NULL if there are none. */
    zend_string *text;
    /* What points into it. */
    hookseal_header *constants;
    size_t constants_count;
    hookseal_str origin;
    bool accept_unsigned;
} php_hookseal_extras;

/* Reads the options, and copies them. False if something was thrown. Freed by php_hookseal_extras_free() in any
 * case. */
bool php_hookseal_extras_read(php_hookseal_extras *extras, const php_hookseal_named *constants, const php_hookseal_named *origin, const php_hookseal_named *accept_unsigned);
void php_hookseal_extras_free(php_hookseal_extras *extras);

#endif
