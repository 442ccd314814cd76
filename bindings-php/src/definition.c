#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "definition.h"

#include "exception.h"
#include "ext/json/php_json.h"
#include "zend_enum.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"

/* No scheme nests as deep. */
#define DEEPEST 64

static bool write_value(smart_str *json, zval *value, uint32_t depth);

static ZEND_COLD bool refuse(const char *what)
{
    if (!EG(exception)) {
        php_hookseal_throw_status(HOOKSEAL_INVALID_SCHEME, "the scheme has %s, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these", what);
    }
    return false;
}

static bool write_scalar(smart_str *json, zval *value, const char *otherwise)
{
    return php_json_encode_ex(json, value, PHP_JSON_PRESERVE_ZERO_FRACTION, 1) == SUCCESS || refuse(otherwise);
}

static bool write_name(smart_str *json, zend_string *name, zend_ulong index)
{
    zval text;

    if (name == NULL) {
        smart_str_appendc(json, '"');
        smart_str_append_long(json, (zend_long) index);
        smart_str_appendl(json, "\":", 2);
        return true;
    }
    ZVAL_STR(&text, name);
    if (!write_scalar(json, &text, "a key that is not valid UTF-8")) {
        return false;
    }
    smart_str_appendc(json, ':');
    return true;
}

/* Nobody else can write to the table, for the caller has a reference to it. */
static bool write_members(smart_str *json, HashTable *table, bool is_list, uint32_t depth)
{
    bool is_first = true, written = true;
    zend_string *name;
    zend_ulong index;
    zval *member;

    smart_str_appendc(json, is_list ? '[' : '{');
    ZEND_HASH_FOREACH_KEY_VAL_IND(table, index, name, member) {
        /* Of an object's properties, those that are not public begin with a NUL. */
        if (!is_list && name != NULL && ZSTR_LEN(name) > 0 && ZSTR_VAL(name)[0] == '\0') {
            continue;
        }
        if (!is_first) {
            smart_str_appendc(json, ',');
        }
        is_first = false;
        written = (is_list || write_name(json, name, index)) && write_value(json, member, depth);
        if (!written) {
            break;
        }
    } ZEND_HASH_FOREACH_END();
    smart_str_appendc(json, is_list ? ']' : '}');
    return written;
}

/* No list that a scheme has may be empty, but its tables may. */
static bool write_array(smart_str *json, HashTable *array, uint32_t depth)
{
    return write_members(json, array, zend_hash_num_elements(array) > 0 && zend_array_is_list(array), depth);
}

static bool write_properties(smart_str *json, zval *object, uint32_t depth)
{
    HashTable *properties = zend_get_properties_for(object, ZEND_PROP_PURPOSE_JSON);
    bool written = properties != NULL && !EG(exception) ? write_members(json, properties, false, depth) : refuse("an object without properties");

    zend_release_properties(properties);
    return written;
}

static bool write_object(smart_str *json, zval *object, uint32_t depth)
{
    zend_object *self = Z_OBJ_P(object);
    bool written;
    zval said;

    if (!instanceof_function(self->ce, php_json_serializable_ce)) {
        if (self->ce->ce_flags & ZEND_ACC_ENUM) {
            return self->ce->enum_backing_type != IS_UNDEF ? write_value(json, zend_enum_fetch_case_value(self), depth) : refuse("a case of an enumeration without values");
        }
        return write_properties(json, object, depth);
    }
    ZVAL_UNDEF(&said);
    zend_call_method_with_0_params(self, self->ce, NULL, "jsonserialize", &said);
    if (EG(exception)) {
        zval_ptr_dtor(&said);
        return false;
    }
    written = Z_TYPE(said) == IS_OBJECT && Z_OBJ(said) == self ? write_properties(json, &said, depth) : write_value(json, &said, depth);
    zval_ptr_dtor(&said);
    return written;
}

/* What an object's own code does may take the value away from where it stands, so it is held here. */
static bool write_value(smart_str *json, zval *given, uint32_t depth)
{
    bool written = true;
    zval value;

    if (depth == 0) {
        return refuse("arrays that are nested too deep, or in themselves");
    }
    ZVAL_COPY_DEREF(&value, given);
    switch (Z_TYPE(value)) {
        case IS_DOUBLE:
            written = zend_finite(Z_DVAL(value)) ? write_scalar(json, &value, "a number") : refuse(zend_isnan(Z_DVAL(value)) ? "NAN" : "INF");
            break;
        case IS_STRING:
            written = write_scalar(json, &value, "text that is not valid UTF-8");
            break;
        case IS_ARRAY:
            written = write_array(json, Z_ARRVAL(value), depth - 1);
            break;
        case IS_OBJECT:
            written = write_object(json, &value, depth - 1);
            break;
        case IS_RESOURCE:
            written = refuse("a resource");
            break;
        default:
            written = write_scalar(json, &value, "a value of another kind");
            break;
    }
    zval_ptr_dtor(&value);
    return written && !EG(exception);
}

zend_string *php_hookseal_definition_text(const zval *definition)
{
    smart_str json = {0};
    zval held;

    if (Z_TYPE_P(definition) == IS_STRING) {
        return zend_string_copy(Z_STR_P(definition));
    }
    ZVAL_COPY(&held, definition);
    if (!write_value(&json, &held, DEEPEST)) {
        smart_str_free(&json);
    }
    zval_ptr_dtor(&held);
    if (json.s != NULL && EG(exception)) {
        smart_str_free(&json);
    }
    return json.s != NULL ? smart_str_extract(&json) : NULL;
}
