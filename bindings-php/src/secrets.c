#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "secrets.h"

#include "text.h"

static ZEND_COLD bool refuse(const zval *secret, uint32_t argument, const char *must)
{
    bool is_unset = Z_TYPE_P(secret) == IS_NULL || Z_TYPE_P(secret) == IS_FALSE;

    zend_argument_type_error(argument, "%s a string or a list of strings, %s given%s", must, zend_zval_type_name(secret), is_unset ? ": is the environment variable that should hold it set?" : "");
    return false;
}

static bool add(php_hookseal_secrets *secrets, const zval *secret, uint32_t argument, const char *must)
{
    if (Z_TYPE_P(secret) != IS_STRING) {
        return refuse(secret, argument, must);
    }
    secrets->held[secrets->count] = zend_string_copy(Z_STR_P(secret));
    secrets->items[secrets->count++] = php_hookseal_text(Z_STR_P(secret));
    return true;
}

static void reserve(php_hookseal_secrets *secrets, size_t count)
{
    secrets->items = safe_emalloc(count, sizeof(*secrets->items), sizeof(*secrets->items));
    secrets->held = safe_emalloc(count, sizeof(*secrets->held), sizeof(*secrets->held));
}

bool php_hookseal_secrets_read(php_hookseal_secrets *secrets, const zval *given, uint32_t argument, const char *must)
{
    zval *secret;

    ZVAL_DEREF(given);
    if (EXPECTED(Z_TYPE_P(given) != IS_ARRAY)) {
        secrets->items = &secrets->item;
        secrets->held = &secrets->only;
        return add(secrets, given, argument, must);
    }
    reserve(secrets, zend_hash_num_elements(Z_ARRVAL_P(given)));
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(given), secret) {
        ZVAL_DEREF(secret);
        if (!add(secrets, secret, argument, must)) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

void php_hookseal_secrets_free(php_hookseal_secrets *secrets)
{
    while (secrets->count > 0) {
        zend_string_release(secrets->held[--secrets->count]);
    }
    if (UNEXPECTED(secrets->items != NULL && secrets->items != &secrets->item)) {
        efree(secrets->held);
        efree(secrets->items);
    }
}
