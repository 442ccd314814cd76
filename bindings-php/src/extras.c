#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "extras.h"

#include "zend_smart_str.h"

static ZEND_COLD bool refuse(const php_hookseal_named *named, const char *what, const zval *given)
{
    zend_argument_type_error(named->argument, "%s %s, %s given", named->must, what, zend_zval_type_name(given));
    return false;
}

/* A text with its length before it, so that no two lists of texts are alike. */
static void append(smart_str *text, const char *data, size_t len)
{
    smart_str_append_printf(text, "%zu:", len);
    smart_str_appendl(text, data, len);
}

static bool append_constants(smart_str *text, size_t *count, const php_hookseal_named *named)
{
    const char *must = "an array of names and strings";
    const zval *given = named->value;
    zend_string *name;
    zval *value;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_ARRAY) {
        return refuse(named, must, given);
    }
    ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(given), name, value) {
        ZVAL_DEREF(value);
        if (name == NULL || Z_TYPE_P(value) != IS_STRING) {
            return refuse(named, must, name == NULL ? given : value);
        }
        append(text, ZSTR_VAL(name), ZSTR_LEN(name));
        append(text, Z_STRVAL_P(value), Z_STRLEN_P(value));
        ++*count;
    } ZEND_HASH_FOREACH_END();
    return true;
}

/* The next text that append() wrote. */
static hookseal_str next(const char **at)
{
    char *data;
    size_t len = ZEND_STRTOUL(*at, &data, 10);

    data++;
    *at = data + len;
    return (hookseal_str) {data, len};
}

static void point(php_hookseal_extras *extras, bool has_origin)
{
    const char *at = ZSTR_VAL(extras->text);

    extras->constants = safe_emalloc(MAX(1, extras->constants_count), sizeof(*extras->constants), 0);
    for (size_t index = 0; index < extras->constants_count; index++) {
        extras->constants[index].name = next(&at);
        extras->constants[index].value = next(&at);
    }
    if (has_origin) {
        extras->origin = next(&at);
    }
}

bool php_hookseal_extras_read(php_hookseal_extras *extras, const php_hookseal_named *constants, const php_hookseal_named *origin, const php_hookseal_named *accept_unsigned)
{
    bool has_origin = php_hookseal_named_given(origin), accepts = false;
    smart_str text = {0};
    const zval *given;

    if (php_hookseal_named_given(accept_unsigned)) {
        given = accept_unsigned->value;
        ZVAL_DEREF(given);
        if (Z_TYPE_P(given) != IS_TRUE && Z_TYPE_P(given) != IS_FALSE) {
            return refuse(accept_unsigned, "a bool", given);
        }
        accepts = Z_TYPE_P(given) == IS_TRUE;
    }
    if (php_hookseal_named_given(constants) && !append_constants(&text, &extras->constants_count, constants)) {
        smart_str_free(&text);
        return false;
    }
    if (has_origin) {
        given = origin->value;
        ZVAL_DEREF(given);
        if (Z_TYPE_P(given) != IS_STRING) {
            smart_str_free(&text);
            return refuse(origin, "a string", given);
        }
        append(&text, Z_STRVAL_P(given), Z_STRLEN_P(given));
    }
    if (accepts || text.s != NULL) {
        smart_str_append_printf(&text, "%d%d", has_origin, accepts);
        smart_str_0(&text);
        extras->text = text.s;
        extras->accept_unsigned = accepts;
        point(extras, has_origin);
    }
    return true;
}

void php_hookseal_extras_free(php_hookseal_extras *extras)
{
    if (extras->text != NULL) {
        zend_string_release(extras->text);
        efree(extras->constants);
    }
}
