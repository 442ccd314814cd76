#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "data.h"

/* Keys come again and again in lists of objects: a string is made once for each. Where there are few
 * tokens, looking for it costs more than making it. */
#define KEYS 64
#define FEW_TOKENS 200

typedef struct {
    zend_string *known[KEYS];
} key_cache;

static zend_string *new_key(const char *text, size_t len, zend_ulong hash)
{
    zend_string *key = zend_string_init_fast(text, len);

    if (!ZSTR_IS_INTERNED(key)) {
        ZSTR_H(key) = hash;
    }
    return key;
}

/* The key as a string of the cache's. */
static zend_string *known_key(key_cache *cache, const char *text, size_t len, zend_ulong hash)
{
    zend_string **known = &cache->known[hash % KEYS];
    zend_string *key = *known;

    if (key != NULL && ZSTR_H(key) == hash && ZSTR_LEN(key) == len && memcmp(ZSTR_VAL(key), text, len) == 0) {
        return key;
    }
    if (key != NULL) {
        zend_string_release_ex(key, 0);
    }
    return *known = new_key(text, len, hash);
}

static void set_member(HashTable *map, const char *text, size_t len, zval *value, key_cache *cache)
{
    zend_ulong hash = zend_inline_hash_func(text, len);

    if (cache != NULL) {
        zend_hash_update(map, known_key(cache, text, len, hash), value);
    } else {
        zend_string *key = new_key(text, len, hash);
        zend_hash_update(map, key, value);
        zend_string_release_ex(key, 0);
    }
}

/* Whether PHP makes a number of this key. Its text has no NUL at its end, which Zend relies on for
 * a lone minus. */
static bool is_index(const hookseal_token *key, zend_ulong *index)
{
    const char *text = key->value.text;
    uint32_t len = key->count;

    if (EXPECTED(len == 0 || text[0] > '9' || (text[0] < '0' && (text[0] != '-' || len == 1)))) {
        return false;
    }
    return ZEND_HANDLE_NUMERIC_STR(text, len, *index);
}

static const hookseal_token *build(zval *value, const hookseal_token *token, key_cache *cache);

static const hookseal_token *build_list(zval *value, const hookseal_token *token, key_cache *cache)
{
    uint32_t count = token->count;

    token++;
    array_init_size(value, count);
    zend_hash_real_init_packed(Z_ARRVAL_P(value));
    ZEND_HASH_FILL_PACKED(Z_ARRVAL_P(value)) {
        while (count-- > 0) {
            zval item;
            token = build(&item, token, cache);
            ZEND_HASH_FILL_ADD(&item);
        }
    } ZEND_HASH_FILL_END();
    return token;
}

static const hookseal_token *build_map(zval *value, const hookseal_token *token, key_cache *cache)
{
    uint32_t count = token->count;
    HashTable *map;

    token++;
    array_init_size(value, count);
    map = Z_ARRVAL_P(value);
    zend_hash_real_init_mixed(map);
    while (count-- > 0) {
        const hookseal_token *key = token;
        zend_ulong index;
        zval item;

        token = build(&item, token + 1, cache);
        /* Of equal keys the last one's value stands in the first one's place, as json_decode has it. */
        if (is_index(key, &index)) {
            zend_hash_index_update(map, index, &item);
        } else {
            set_member(map, key->value.text, key->count, &item, cache);
        }
    }
    return token;
}

/* Builds one value and gives the token after it. Containers nest no deeper than the library lets
 * them, 128. */
static const hookseal_token *build(zval *value, const hookseal_token *token, key_cache *cache)
{
    switch (token->kind) {
        case HOOKSEAL_TOKEN_FALSE:
            ZVAL_FALSE(value);
            break;
        case HOOKSEAL_TOKEN_TRUE:
            ZVAL_TRUE(value);
            break;
        case HOOKSEAL_TOKEN_INTEGER:
            if (EXPECTED(token->value.integer >= ZEND_LONG_MIN && token->value.integer <= ZEND_LONG_MAX)) {
                ZVAL_LONG(value, (zend_long) token->value.integer);
            } else {
                ZVAL_DOUBLE(value, (double) token->value.integer);
            }
            break;
        case HOOKSEAL_TOKEN_NUMBER:
            ZVAL_DOUBLE(value, token->value.number);
            break;
        case HOOKSEAL_TOKEN_STRING:
            ZVAL_STRINGL_FAST(value, token->value.text, token->count);
            break;
        case HOOKSEAL_TOKEN_ARRAY:
        case HOOKSEAL_TOKEN_OBJECT:
            if (token->count == 0) {
                ZVAL_EMPTY_ARRAY(value);
                break;
            }
            return token->kind == HOOKSEAL_TOKEN_ARRAY ? build_list(value, token, cache) : build_map(value, token, cache);
        default:
            ZVAL_NULL(value);
            break;
    }
    return token + 1;
}

static void build_large(zval *value, const hookseal_token *tokens)
{
    key_cache cache = {0};

    build(value, tokens, &cache);
    for (size_t index = 0; index < KEYS; index++) {
        if (cache.known[index] != NULL) {
            zend_string_release_ex(cache.known[index], 0);
        }
    }
}

void php_hookseal_data(zval *value, hookseal_tokens tokens)
{
    if (tokens.len == 0) {
        ZVAL_NULL(value);
    } else if (tokens.len < FEW_TOKENS) {
        build(value, tokens.data, NULL);
    } else {
        build_large(value, tokens.data);
    }
}
