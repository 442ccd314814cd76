#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "keys.h"

#define LONGEST 64

/* So many in one request are more than the strings that were made for nothing. */
#define MANY_REJECTED 1024

/* The first and the last bytes of a text, which are all of it if it has 16 or fewer. */
typedef struct {
    uint64_t head, tail;
} ends;

static zend_always_inline ends ends_of(const char *text, size_t len)
{
    ends of = {0, 0};

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

static zend_always_inline bool is_same(const zend_string *known, const char *text, size_t len, ends own)
{
    ends other;

    if (ZSTR_LEN(known) != len) {
        return false;
    }
    other = ends_of(ZSTR_VAL(known), len);
    return other.head == own.head && other.tail == own.tail && (len <= 16 || memcmp(ZSTR_VAL(known) + 8, text + 8, len - 16) == 0);
}

static zend_always_inline size_t set_of(ends own, size_t len)
{
    uint64_t mixed = (own.head ^ (own.tail << 31 | own.tail >> 33) ^ len) * UINT64_C(0x9e3779b97f4a7c15);

    return (mixed >> 32) % PHP_HOOKSEAL_KEY_SETS;
}

static zend_string *new_key(const char *text, size_t len)
{
    zend_string *key = zend_string_init(text, len, 0);

    zend_string_hash_val(key);
    return key;
}

/* A string that outlives the request. The engine takes it for one that is never freed. */
static zend_never_inline zend_string *remember(zend_string **place, const char *text, size_t len)
{
    zend_string *key = zend_string_init(text, len, 1);

    zend_string_hash_val(key);
    GC_ADD_FLAGS(key, IS_STR_INTERNED | IS_STR_PERMANENT);
    *place = key;
    return key;
}

zend_string *php_hookseal_key(php_hookseal_keys *keys, const char *text, size_t len)
{
    zend_string **set;
    ends own;

    if (UNEXPECTED(len < 2)) {
        return len == 0 ? ZSTR_EMPTY_ALLOC() : ZSTR_CHAR((zend_uchar) *text);
    }
    if (UNEXPECTED(len > LONGEST)) {
        return new_key(text, len);
    }
    own = ends_of(text, len);
    set = keys->known[set_of(own, len)];
    for (size_t index = 0; index < PHP_HOOKSEAL_KEY_SET_SIZE; index++) {
        if (UNEXPECTED(set[index] == NULL)) {
            return remember(&set[index], text, len);
        }
        if (EXPECTED(is_same(set[index], text, len, own))) {
            return set[index];
        }
    }
    keys->rejected++;
    return new_key(text, len);
}

void php_hookseal_keys_renew(php_hookseal_keys *keys)
{
    if (keys->rejected > MANY_REJECTED) {
        php_hookseal_keys_clear(keys);
    }
    keys->rejected = 0;
}

void php_hookseal_keys_clear(php_hookseal_keys *keys)
{
    for (size_t set = 0; set < PHP_HOOKSEAL_KEY_SETS; set++) {
        for (size_t index = 0; index < PHP_HOOKSEAL_KEY_SET_SIZE; index++) {
            zend_string **place = &keys->known[set][index];
            if (*place != NULL) {
                pefree(*place, 1);
                *place = NULL;
            }
        }
    }
}
