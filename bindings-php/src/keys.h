/* The strings that are keys of arrays. They come again and again, in a list of objects and from one delivery to the
 * next, so a string is made once for each, as long as there is room. Each thread keeps them from one request to the
 * next: to PHP they are interned strings, which it neither counts nor frees. */

#ifndef HOOKSEAL_PHP_KEYS_H
#define HOOKSEAL_PHP_KEYS_H

#include "php.h"

#define PHP_HOOKSEAL_KEY_SETS 128
#define PHP_HOOKSEAL_KEY_SET_SIZE 4

/* Begins as zeros. A key has a set of places to be in. */
typedef struct {
    zend_string *known[PHP_HOOKSEAL_KEY_SETS][PHP_HOOKSEAL_KEY_SET_SIZE];
    /* How many found no room since the last request began. */
    size_t rejected;
} php_hookseal_keys;

/* A string with its hash, which is the caller's. */
zend_string *php_hookseal_key(php_hookseal_keys *keys, const char *text, size_t len);

/* To be called when a request begins, for then nothing refers to the keys: forgets them if others are in use. */
void php_hookseal_keys_renew(php_hookseal_keys *keys);

/* Frees them. Nothing may refer to any. */
void php_hookseal_keys_clear(php_hookseal_keys *keys);

#endif
