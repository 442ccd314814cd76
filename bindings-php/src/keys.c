#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "keys.h"

#define LONGEST 64

void php_hookseal_keys_clear(php_hookseal_keys *keys)
{
    for (zend_string **known = keys->known[0]; known < keys->known[PHP_HOOKSEAL_KEY_SETS]; known++) {
        if (*known != NULL) {
            zend_string_release_ex(*known, 0);
        }
    }
}

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

/* Makes a key the first of its set, and lets go of the last. */
static zend_never_inline zend_string *remember(zend_string **set, const char *text, size_t len)
{
    zend_string *key = new_key(text, len);

    if (set[1] != NULL) {
        zend_string_release_ex(set[1], 0);
    }
    set[1] = set[0];
    set[0] = key;
    GC_ADDREF(key);
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
        if (EXPECTED(set[index] != NULL && is_same(set[index], text, len, own))) {
            GC_ADDREF(set[index]);
            return set[index];
        }
    }
    return remember(set, text, len);
}
