#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "data.h"

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

/* Most texts are short: no call is made to copy them. */
static zend_always_inline zend_string *new_text(const char *text, size_t len)
{
    zend_string *string = zend_string_alloc(len, 0);
    char *place = ZSTR_VAL(string);

    if (EXPECTED(len <= 32)) {
        if (len >= 16) {
            memcpy(place, text, 16);
            memcpy(place + len - 16, text + len - 16, 16);
        } else if (len >= 8) {
            memcpy(place, text, 8);
            memcpy(place + len - 8, text + len - 8, 8);
        } else if (len >= 4) {
            memcpy(place, text, 4);
            memcpy(place + len - 4, text + len - 4, 4);
        } else {
            memcpy(place, text, 2);
            place[len - 1] = text[len - 1];
        }
    } else {
        memcpy(place, text, len);
    }
    place[len] = '\0';
    return string;
}

static const hookseal_token *build_list(zval *value, const hookseal_token *token, php_hookseal_keys *keys);
static const hookseal_token *build_map(zval *value, const hookseal_token *token, php_hookseal_keys *keys);

/* Builds one value and gives the token after it. Containers nest no deeper than the library lets
 * them, 128. */
static zend_always_inline const hookseal_token *build(zval *value, const hookseal_token *token, php_hookseal_keys *keys)
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
            if (EXPECTED(token->count > 1)) {
                ZVAL_NEW_STR(value, new_text(token->value.text, token->count));
            } else {
                ZVAL_STRINGL_FAST(value, token->value.text, token->count);
            }
            break;
        case HOOKSEAL_TOKEN_ARRAY:
            return build_list(value, token, keys);
        case HOOKSEAL_TOKEN_OBJECT:
            return build_map(value, token, keys);
        default:
            ZVAL_NULL(value);
            break;
    }
    return token + 1;
}

static const hookseal_token *build_list(zval *value, const hookseal_token *token, php_hookseal_keys *keys)
{
    uint32_t count = token->count;

    token++;
    if (count == 0) {
        ZVAL_EMPTY_ARRAY(value);
        return token;
    }
    array_init_size(value, count);
    zend_hash_real_init_packed(Z_ARRVAL_P(value));
    ZEND_HASH_FILL_PACKED(Z_ARRVAL_P(value)) {
        while (count-- > 0) {
            zval item;
            token = build(&item, token, keys);
            ZEND_HASH_FILL_ADD(&item);
        }
    } ZEND_HASH_FILL_END();
    return token;
}

static const hookseal_token *build_map(zval *value, const hookseal_token *token, php_hookseal_keys *keys)
{
    uint32_t count = token->count;
    uint64_t seen = 0;
    HashTable *map;

    token++;
    if (count == 0) {
        ZVAL_EMPTY_ARRAY(value);
        return token;
    }
    array_init_size(value, count);
    map = Z_ARRVAL_P(value);
    zend_hash_real_init_mixed(map);
    while (count-- > 0) {
        const hookseal_token *key = token;
        zend_ulong index;
        zval item;

        token = build(&item, token + 1, keys);
        /* Of equal keys the last one's value stands in the first one's place, as json_decode has it. */
        if (is_index(key, &index)) {
            zend_hash_index_update(map, index, &item);
        } else {
            zend_string *name = php_hookseal_key(keys, key->value.text, key->count);
            uint64_t bit = UINT64_C(1) << (ZSTR_H(name) >> 7 & 63);
            /* Where no name with this bit has come yet, this one has not: it need not be looked for. */
            if (EXPECTED(!(seen & bit))) {
                seen |= bit;
                zend_hash_add_new(map, name, &item);
            } else {
                zend_hash_update(map, name, &item);
            }
            zend_string_release(name);
        }
    }
    return token;
}

void php_hookseal_data(zval *value, hookseal_tokens tokens, php_hookseal_keys *keys)
{
    if (tokens.len == 0) {
        ZVAL_NULL(value);
    } else {
        build(value, tokens.data, keys);
    }
}
