/* The strings that are keys of arrays. They come again and again, in a list of objects and from one
 * delivery of a webhook to the next, so a string is made once for each, as long as there is room. */

#ifndef HOOKSEAL_PHP_KEYS_H
#define HOOKSEAL_PHP_KEYS_H

#include "php.h"

/* Shared by a webhook and its events. */
typedef struct php_hookseal_keys php_hookseal_keys;

php_hookseal_keys *php_hookseal_keys_new(void);
php_hookseal_keys *php_hookseal_keys_share(php_hookseal_keys *keys);
void php_hookseal_keys_release(php_hookseal_keys *keys);

/* A string with its hash, which is the caller's. */
zend_string *php_hookseal_key(php_hookseal_keys *keys, const char *text, size_t len);

#endif
