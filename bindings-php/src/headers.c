#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "headers.h"

#include "exception.h"
#include "text.h"

/* PHP 8.1 has one macro for maps and lists. */
#ifndef ZEND_HASH_MAP_FOREACH_KEY_VAL
#define ZEND_HASH_MAP_FOREACH_KEY_VAL ZEND_HASH_FOREACH_KEY_VAL
#endif

#define LONGEST 63

/* The same for a letter of either case. */
static uint32_t letter(char end)
{
    return UINT32_C(1) << (end & 31);
}

static void want(php_hookseal_wanted *wanted, size_t len, uint32_t letters)
{
    wanted->lens |= UINT64_C(1) << MIN(len, LONGEST);
    wanted->ends[MIN(len, LONGEST)] |= letters;
}

static zend_string *own_string(hookseal_str text, bool is_permanent)
{
    zend_string *string = zend_string_init(text.data, text.len, 1);

    zend_string_hash_val(string);
    if (is_permanent) {
        /* The engine takes it for one that is never freed. */
        GC_ADD_FLAGS(string, IS_STR_INTERNED | IS_STR_PERMANENT);
    }
    return string;
}

/* A scheme may read the same header for two reasons. */
static bool is_known(const php_hookseal_wanted *wanted, hookseal_str name)
{
    for (size_t index = 0; index < wanted->count; index++) {
        if (ZSTR_LEN(wanted->names[index]) == name.len && memcmp(ZSTR_VAL(wanted->names[index]), name.data, name.len) == 0) {
            return true;
        }
    }
    return false;
}

void php_hookseal_headers_want(php_hookseal_wanted *wanted, const hookseal_scheme *scheme, bool is_permanent)
{
    size_t count = hookseal_scheme_header_count(scheme);

    memset(wanted, 0, sizeof(*wanted));
    wanted->is_permanent = is_permanent;
    wanted->names = safe_pemalloc(count, sizeof(*wanted->names), 0, 1);
    wanted->cgi = safe_pemalloc(count, sizeof(*wanted->cgi), 0, 1);
    for (size_t index = 0; index < count; index++) {
        hookseal_str name = hookseal_scheme_header_name(scheme, index);
        hookseal_str cgi = hookseal_scheme_header_cgi_name(scheme, index);
        if (is_known(wanted, name)) {
            continue;
        }
        wanted->names[wanted->count] = own_string(name, is_permanent);
        wanted->cgi[wanted->count++] = own_string(cgi, is_permanent);
        want(wanted, name.len, letter(name.data[name.len - 1]));
        want(wanted, cgi.len, letter(cgi.data[cgi.len - 1]));
    }
}

void php_hookseal_headers_unwant(php_hookseal_wanted *wanted)
{
    while (wanted->count > 0) {
        wanted->count--;
        pefree(wanted->names[wanted->count], 1);
        pefree(wanted->cgi[wanted->count], 1);
    }
    pefree(wanted->names, 1);
    pefree(wanted->cgi, 1);
}

static zend_always_inline bool is_wanted(const php_hookseal_wanted *wanted, const zend_string *name)
{
    size_t len = MIN(ZSTR_LEN(name), LONGEST);

    return UNEXPECTED(wanted->lens >> len & 1) && (wanted->ends[len] & letter(ZSTR_VAL(name)[ZSTR_LEN(name) - 1]));
}

static void push(php_hookseal_headers *headers, hookseal_str name, hookseal_str value)
{
    if (UNEXPECTED(headers->count == headers->capacity)) {
        hookseal_header *items = safe_emalloc(headers->capacity, 2 * sizeof(hookseal_header), 0);
        memcpy(items, headers->items, headers->count * sizeof(hookseal_header));
        if (headers->items != headers->common) {
            efree(headers->items);
        }
        headers->items = items;
        headers->capacity *= 2;
    }
    headers->items[headers->count++] = (hookseal_header) {name, value};
}

static hookseal_str number(php_hookseal_headers *headers, zend_long value)
{
    zval text;

    if (headers->owned == NULL) {
        headers->owned = zend_new_array(4);
    }
    ZVAL_STR(&text, zend_long_to_str(value));
    zend_hash_next_index_insert_new(headers->owned, &text);
    return php_hookseal_text(Z_STR(text));
}

static ZEND_COLD bool refuse(hookseal_str name, const zval *value)
{
    zend_type_error("the value of the header %.*s must be a string or a list of strings, %s given", (int) MIN(name.len, 100), name.data, zend_zval_type_name(value));
    return false;
}

/* A value that is not a list. What cannot be a header's, such as $_SERVER's REQUEST_TIME_FLOAT, is
 * passed over like a header that is not there. */
static bool add_scalar(php_hookseal_headers *headers, hookseal_str name, zval *value)
{
    switch (Z_TYPE_P(value)) {
        case IS_STRING:
            push(headers, name, php_hookseal_text(Z_STR_P(value)));
            return true;
        case IS_LONG:
            push(headers, name, number(headers, Z_LVAL_P(value)));
            return true;
        case IS_ARRAY:
        case IS_OBJECT:
        case IS_RESOURCE:
            return refuse(name, value);
        default:
            return true;
    }
}

static bool add(php_hookseal_headers *headers, hookseal_str name, zval *value)
{
    zval *item;

    if (EXPECTED(Z_TYPE_P(value) != IS_ARRAY)) {
        return add_scalar(headers, name, value);
    }
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), item) {
        ZVAL_DEREF(item);
        if (!add_scalar(headers, name, item)) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

/* A name and a value side by side, as `[['X-KASKO-Event', 'policy.created'], …]` has them. */
static bool add_pair(php_hookseal_headers *headers, HashTable *pair, const php_hookseal_wanted *wanted)
{
    zval *name = zend_hash_index_find_deref(pair, 0);
    zval *value = zend_hash_index_find_deref(pair, 1);

    if (zend_hash_num_elements(pair) != 2 || name == NULL || value == NULL || Z_TYPE_P(name) != IS_STRING) {
        zend_type_error("headers must be an array of names and values, or a list of pairs of them: pass $_SERVER or getallheaders()");
        return false;
    }
    return !is_wanted(wanted, Z_STR_P(name)) || add(headers, php_hookseal_text(Z_STR_P(name)), value);
}

static bool add_entry(php_hookseal_headers *headers, zend_string *key, zend_ulong index, zval *value, const php_hookseal_wanted *wanted)
{
    ZVAL_DEREF(value);
    if (EXPECTED(key != NULL)) {
        return add(headers, php_hookseal_text(key), value);
    }
    if (Z_TYPE_P(value) == IS_ARRAY) {
        return add_pair(headers, Z_ARRVAL_P(value), wanted);
    }
    /* PHP makes a number of a name that looks like one. */
    return add(headers, number(headers, (zend_long) index), value);
}

static bool read_list(php_hookseal_headers *headers, HashTable *given, const php_hookseal_wanted *wanted)
{
    zend_ulong index;
    zval *value;

    ZEND_HASH_FOREACH_NUM_KEY_VAL(given, index, value) {
        if (!add_entry(headers, NULL, index, value, wanted)) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

static bool read_map(php_hookseal_headers *headers, HashTable *given, const php_hookseal_wanted *wanted)
{
    zend_ulong index;
    zend_string *key;
    zval *value;

    ZEND_HASH_MAP_FOREACH_KEY_VAL(given, index, key, value) {
        if (EXPECTED(key != NULL && !is_wanted(wanted, key))) {
            continue;
        }
        if (UNEXPECTED(!add_entry(headers, key, index, value, wanted))) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

static zend_string *server_name;

void php_hookseal_headers_startup(void)
{
    server_name = zend_string_init_interned(ZEND_STRL("_SERVER"), 1);
}

bool php_hookseal_headers_are_server(const HashTable *given)
{
    zval *server = zend_hash_find_known_hash(&EG(symbol_table), server_name);

    if (server == NULL) {
        return false;
    }
    ZVAL_DEREF(server);
    return Z_TYPE_P(server) == IS_ARRAY && Z_ARRVAL_P(server) == given;
}

static void begin(php_hookseal_headers *headers)
{
    headers->items = headers->common;
    headers->count = 0;
    headers->capacity = PHP_HOOKSEAL_COMMON_HEADERS;
    headers->owned = NULL;
}

bool php_hookseal_headers_read_server(php_hookseal_headers *headers, HashTable *server, const php_hookseal_wanted *wanted)
{
    begin(headers);
    for (size_t index = 0; index < wanted->count; index++) {
        zval *value = zend_hash_find_known_hash(server, wanted->cgi[index]);
        if (value == NULL) {
            continue;
        }
        ZVAL_DEREF(value);
        if (!add(headers, php_hookseal_text(wanted->cgi[index]), value)) {
            return false;
        }
    }
    return true;
}

bool php_hookseal_headers_read(php_hookseal_headers *headers, HashTable *given, const php_hookseal_wanted *wanted)
{
    begin(headers);
    return (HT_FLAGS(given) & HASH_FLAG_PACKED) ? read_list(headers, given, wanted) : read_map(headers, given, wanted);
}

static bool is_server(const HashTable *given)
{
    return zend_hash_str_exists(given, ZEND_STRL("REQUEST_METHOD")) || zend_hash_str_exists(given, ZEND_STRL("REQUEST_TIME"));
}

/* The rest of $_SERVER is the server's own and the environment. */
static bool is_cgi_header(const zend_string *name)
{
    return strncmp(ZSTR_VAL(name), "HTTP_", strlen("HTTP_")) == 0 || strncmp(ZSTR_VAL(name), "CONTENT_", strlen("CONTENT_")) == 0;
}

bool php_hookseal_headers_read_all(php_hookseal_headers *headers, HashTable *given, const php_hookseal_wanted *wanted)
{
    bool from_server = is_server(given);
    php_hookseal_wanted all;
    zend_ulong index;
    zend_string *key;
    zval *value;

    begin(headers);
    memset(&all, 0xff, sizeof(all));
    /* No header has an empty name. */
    all.lens = ~UINT64_C(1);
    ZEND_HASH_FOREACH_KEY_VAL(given, index, key, value) {
        if (key != NULL && !is_wanted(from_server ? wanted : &all, key) && !(from_server && is_cgi_header(key))) {
            continue;
        }
        if (!add_entry(headers, key, index, value, &all)) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

void php_hookseal_headers_free(php_hookseal_headers *headers)
{
    if (UNEXPECTED(headers->items != headers->common)) {
        efree(headers->items);
    }
    if (UNEXPECTED(headers->owned != NULL)) {
        zend_array_destroy(headers->owned);
    }
}
