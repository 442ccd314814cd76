#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "json.h"

#include "ext/json/php_json.h"

static void decode(zval *value, zend_string *json, int options)
{
    if (php_json_decode_ex(value, ZSTR_VAL(json), ZSTR_LEN(json), options, PHP_JSON_PARSER_DEFAULT_DEPTH) == FAILURE) {
        ZVAL_EMPTY_ARRAY(value);
    }
}

void php_hookseal_json(zval *value, hookseal_str json)
{
    /* PHP's parser reads up to a NUL. */
    zend_string *terminated = zend_string_init(json.data, json.len, 0);
    zval object;

    ZVAL_UNDEF(&object);
    decode(&object, terminated, 0);
    if (Z_TYPE(object) == IS_OBJECT) {
        ZVAL_ARR(value, zend_proptable_to_symtable(Z_OBJPROP(object), 1));
    } else {
        /* No property's name can begin with a NUL, though an array's key can. */
        decode(value, terminated, PHP_JSON_OBJECT_AS_ARRAY);
    }
    zval_ptr_dtor(&object);
    zend_string_release(terminated);
}

void php_hookseal_json_arrays(zval *value, hookseal_str json)
{
    zend_string *terminated = zend_string_init(json.data, json.len, 0);

    decode(value, terminated, PHP_JSON_OBJECT_AS_ARRAY);
    zend_string_release(terminated);
}
