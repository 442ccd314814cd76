#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "keys.h"

/* So many in one request are more than the strings that were made for nothing. */
#define MANY_REJECTED 1024

static zend_always_inline size_t set_of(php_hookseal_ends own, size_t len)
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
static zend_never_inline void remember(php_hookseal_known_key *place, const char *text, size_t len)
{
    zend_string *key = zend_string_init(text, len, 1);

    zend_string_hash_val(key);
    GC_ADD_FLAGS(key, IS_STR_INTERNED | IS_STR_PERMANENT);
    place->string = key;
}

zend_string *php_hookseal_key_find(php_hookseal_keys *keys, const char *text, size_t len)
{
    php_hookseal_ends own;
    php_hookseal_known_key *set;

    if (UNEXPECTED(len < 2)) {
        return len == 0 ? ZSTR_EMPTY_ALLOC() : ZSTR_CHAR((zend_uchar) *text);
    }
    if (UNEXPECTED(len > PHP_HOOKSEAL_LONGEST_KEY)) {
        return new_key(text, len);
    }
    own = php_hookseal_ends_of(text, len);
    set = keys->known[set_of(own, len)];

    for (size_t index = 0; index < PHP_HOOKSEAL_KEY_SET_SIZE; index++) {
        php_hookseal_known_key *key = &set[index];
        if (UNEXPECTED(key->string == NULL)) {
            remember(key, text, len);
        } else if (!php_hookseal_key_is(key->string, text, len, own)) {
            continue;
        }
        if (keys->last != NULL) {
            keys->last->next = key;
        }
        keys->last = key;
        return key->string;
    }
    keys->rejected++;
    keys->last = NULL;
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
            php_hookseal_known_key *key = &keys->known[set][index];
            if (key->string != NULL) {
                pefree(key->string, 1);
            }
        }
    }
    memset(keys, 0, sizeof(*keys));
}
