#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "classes.h"
#include "exception.h"
#include "providers.h"
#include "scheme.h"
#include "text.h"

static bool read_scheme(php_hookseal_options *options, zval *given, hookseal_scheme **scheme, hookseal_error **error)
{
    if (Z_TYPE_P(given) == IS_OBJECT && Z_OBJCE_P(given) == php_hookseal_ce.scheme) {
        options->scheme = php_hookseal_scheme_of(Z_OBJ_P(given));
        return true;
    }
    if (Z_TYPE_P(given) != IS_STRING && Z_TYPE_P(given) != IS_ARRAY) {
        zend_argument_type_error(3, "must have as \"scheme\" a Hookseal\\Scheme, an array, or TOML or JSON as a string, %s given", zend_zval_type_name(given));
        return false;
    }
    if (!php_hookseal_scheme_parse(given, scheme, error)) {
        return false;
    }
    options->scheme = *scheme;
    return true;
}

bool php_hookseal_options_read(php_hookseal_options *options, HashTable *given, hookseal_scheme **scheme, hookseal_error **error)
{
    zend_string *name;
    zval *value;

    options->scheme = NULL;
    options->tolerance = HOOKSEAL_DEFAULT_TOLERANCE;
    ZEND_HASH_FOREACH_STR_KEY_VAL(given, name, value) {
        ZVAL_DEREF(value);
        if (name != NULL && zend_string_equals_literal(name, "tolerance")) {
            if (Z_TYPE_P(value) == IS_NULL) {
                continue;
            }
            if (Z_TYPE_P(value) != IS_LONG) {
                zend_argument_type_error(3, "must have as \"tolerance\" a number of seconds as int, %s given", zend_zval_type_name(value));
                return false;
            }
            if (Z_LVAL_P(value) < 0) {
                zend_argument_value_error(3, "must have as \"tolerance\" a number of seconds that is not negative");
                return false;
            }
            options->tolerance = Z_LVAL_P(value) == ZEND_LONG_MAX ? INT64_MAX : Z_LVAL_P(value);
        } else if (name != NULL && zend_string_equals_literal(name, "scheme")) {
            if (Z_TYPE_P(value) != IS_NULL && !read_scheme(options, value, scheme, error)) {
                return false;
            }
        } else {
            zend_argument_value_error(3, "has an unknown option%s%s: known are \"tolerance\" and \"scheme\"", name ? " " : "", name ? ZSTR_VAL(name) : "");
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

bool php_hookseal_options_settle(php_hookseal_options *options, const zend_string *provider, hookseal_scheme **scheme, hookseal_error **error)
{
    hookseal_scheme *settled = NULL;

    if (options->scheme == NULL) {
        options->scheme = php_hookseal_provider(provider);
        if (EXPECTED(options->scheme != NULL)) {
            return true;
        }
    }
    if (!php_hookseal_scheme_resolve(provider, options->scheme, &settled, error)) {
        return false;
    }
    hookseal_scheme_free(*scheme);
    *scheme = settled;
    options->scheme = settled;
    return true;
}
