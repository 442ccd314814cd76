#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "named.h"

#include "zend_smart_str.h"

static php_hookseal_named *find(php_hookseal_named *named, size_t count, const zend_string *name)
{
    for (size_t index = 0; name != NULL && index < count; index++) {
        size_t len = strlen(named[index].name);
        if (ZSTR_LEN(name) == len && memcmp(ZSTR_VAL(name), named[index].name, len) == 0) {
            return &named[index];
        }
    }
    return NULL;
}

static ZEND_COLD bool refuse_unknown(const php_hookseal_named *named, size_t count, const zend_string *name, uint32_t argument)
{
    smart_str known = {0};

    for (size_t index = 0; index < count; index++) {
        smart_str_append_printf(&known, "%s\"%s\"", index == 0 ? "" : index + 1 < count ? ", " : " and ", named[index].name);
    }
    smart_str_0(&known);
    zend_argument_value_error(argument, "has an unknown option%s%s: known are %s", name ? " " : "", name ? ZSTR_VAL(name) : "", ZSTR_VAL(known.s));
    smart_str_free(&known);
    return false;
}

bool php_hookseal_named_read(php_hookseal_named *named, size_t count, HashTable *options, uint32_t options_argument)
{
    zend_string *name;
    zval *value;

    if (options == NULL) {
        return true;
    }
    ZEND_HASH_FOREACH_STR_KEY_VAL(options, name, value) {
        php_hookseal_named *parameter = find(named, count, name);
        if (parameter == NULL) {
            return refuse_unknown(named, count, name, options_argument);
        }
        if (parameter->value != NULL) {
            zend_argument_value_error(options_argument, "has the option \"%s\", which is given by its name too", parameter->name);
            return false;
        }
        parameter->value = value;
        parameter->argument = options_argument;
        parameter->must = parameter->must_have;
    } ZEND_HASH_FOREACH_END();
    return true;
}

bool php_hookseal_named_given(const php_hookseal_named *named)
{
    const zval *value = named->value;

    if (value == NULL) {
        return false;
    }
    ZVAL_DEREF(value);
    return Z_TYPE_P(value) != IS_NULL;
}
