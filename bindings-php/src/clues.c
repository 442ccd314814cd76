#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "clues.h"

#include "moment.h"

static bool read_now(php_hookseal_clues *clues, zval *given, uint32_t argument)
{
    if (!php_hookseal_is_moment(given)) {
        zend_argument_type_error(argument, "must have as \"now\" a DateTimeInterface or seconds since 1970 as int, %s given", zend_zval_type_name(given));
        return false;
    }
    clues->now = &clues->seconds;
    return php_hookseal_moment_read(given, argument, &clues->seconds);
}

bool php_hookseal_clues_read(php_hookseal_clues *clues, HashTable *given, uint32_t argument)
{
    zval *value, *secrets = NULL;
    zend_string *name;

    ZEND_HASH_FOREACH_STR_KEY_VAL(given, name, value) {
        if (name != NULL && zend_string_equals_literal(name, "secrets")) {
            secrets = value;
        } else if (name != NULL && zend_string_equals_literal(name, "now")) {
            ZVAL_DEREF(value);
            if (Z_TYPE_P(value) != IS_NULL && !read_now(clues, value, argument)) {
                return false;
            }
        } else {
            zend_argument_value_error(argument, "has an unknown option%s%s: known are \"secrets\" and \"now\"", name ? " " : "", name ? ZSTR_VAL(name) : "");
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    if (secrets == NULL) {
        return true;
    }
    /* Last, for a moment's own code may write to what is given by reference. */
    ZVAL_DEREF(secrets);
    return Z_TYPE_P(secrets) == IS_NULL || php_hookseal_secrets_read(&clues->secrets, secrets, argument, "must have as \"secrets\"");
}

void php_hookseal_clues_free(php_hookseal_clues *clues)
{
    php_hookseal_secrets_free(&clues->secrets);
}
