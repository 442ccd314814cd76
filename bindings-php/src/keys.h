/* The strings that are keys of arrays. They come again and again, in a list of objects and from one
 * delivery of a webhook to the next, so a string is made once for each, as long as there is room. */

#ifndef HOOKSEAL_PHP_KEYS_H
#define HOOKSEAL_PHP_KEYS_H

#include "php.h"

#define PHP_HOOKSEAL_KEY_SETS 128
#define PHP_HOOKSEAL_KEY_SET_SIZE 2

/* Begins as zeros. A key has a set of places to be in, the last one made first. */
typedef struct {
    zend_string *known[PHP_HOOKSEAL_KEY_SETS][PHP_HOOKSEAL_KEY_SET_SIZE];
} php_hookseal_keys;

void php_hookseal_keys_clear(php_hookseal_keys *keys);

/* A string with its hash, which is the caller's. */
zend_string *php_hookseal_key(php_hookseal_keys *keys, const char *text, size_t len);

#endif
