/* The strings that are keys of arrays. They come again and again, in a list of objects and from one delivery to the
 * next, so a string is made once for each, as long as there is room. Each thread keeps them from one request to the
 * next: to PHP they are interned strings, which it neither counts nor frees. */

#ifndef HOOKSEAL_PHP_KEYS_H
#define HOOKSEAL_PHP_KEYS_H

#include "php.h"

/* Longer ones are not kept. */
#define PHP_HOOKSEAL_LONGEST_KEY 64
#define PHP_HOOKSEAL_KEY_SETS 128
#define PHP_HOOKSEAL_KEY_SET_SIZE 4

typedef struct php_hookseal_known_key {
    zend_string *string;
    /* The one that came after it the last time: most often it comes again. */
    struct php_hookseal_known_key *next;
} php_hookseal_known_key;

/* Begins as zeros. A key has a set of places to be in. */
typedef struct {
    php_hookseal_known_key known[PHP_HOOKSEAL_KEY_SETS][PHP_HOOKSEAL_KEY_SET_SIZE];
    /* The one that came last, or NULL. */
    php_hookseal_known_key *last;
    /* How many found no room since the last request began. */
    size_t rejected;
} php_hookseal_keys;

/* The first and the last bytes of a text, which are all of it if it has 16 or fewer. */
typedef struct {
    uint64_t head, tail;
} php_hookseal_ends;

static zend_always_inline php_hookseal_ends php_hookseal_ends_of(const char *text, size_t len)
{
    php_hookseal_ends of = {0, 0};

    if (EXPECTED(len >= 8)) {
        memcpy(&of.head, text, 8);
        memcpy(&of.tail, text + len - 8, 8);
    } else if (len >= 4) {
        memcpy(&of.head, text, 4);
        memcpy(&of.tail, text + len - 4, 4);
    } else {
        memcpy(&of.head, text, 2);
        memcpy(&of.tail, text + len - 2, 2);
    }
    return of;
}

static zend_always_inline bool php_hookseal_key_is(const zend_string *known, const char *text, size_t len, php_hookseal_ends own)
{
    php_hookseal_ends other;

    if (ZSTR_LEN(known) != len) {
        return false;
    }
    other = php_hookseal_ends_of(ZSTR_VAL(known), len);
    return other.head == own.head && other.tail == own.tail && (len <= 16 || memcmp(ZSTR_VAL(known) + 8, text + 8, len - 16) == 0);
}

/* What php_hookseal_key() does for a key that did not come after the one before it the last time. */
zend_string *php_hookseal_key_find(php_hookseal_keys *keys, const char *text, size_t len);

/* A string with its hash, which is the caller's. */
static zend_always_inline zend_string *php_hookseal_key(php_hookseal_keys *keys, const char *text, size_t len)
{
    php_hookseal_known_key *next = EXPECTED(keys->last != NULL) ? keys->last->next : NULL;

    if (EXPECTED(next != NULL && ZSTR_LEN(next->string) == len && php_hookseal_key_is(next->string, text, len, php_hookseal_ends_of(text, len)))) {
        keys->last = next;
        return next->string;
    }
    return php_hookseal_key_find(keys, text, len);
}

/* To be called when a request begins, for then nothing refers to the keys: forgets them if others are in use. */
void php_hookseal_keys_renew(php_hookseal_keys *keys);

/* Frees them. Nothing may refer to any. */
void php_hookseal_keys_clear(php_hookseal_keys *keys);

#endif
