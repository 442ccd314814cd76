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

bool php_hookseal_secrets_read(php_hookseal_secrets *secrets, zval *given, uint32_t argument, const char *must)
{
    zval *secret;

    if (Z_TYPE_P(given) == IS_STRING) {
        secrets->one = php_hookseal_text(Z_STR_P(given));
        secrets->items = &secrets->one;
        secrets->count = 1;
        return true;
    }
    if (Z_TYPE_P(given) != IS_ARRAY) {
        return refuse(given, argument, must);
    }
    secrets->items = safe_emalloc(zend_hash_num_elements(Z_ARRVAL_P(given)), sizeof(hookseal_str), sizeof(hookseal_str));
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(given), secret) {
        ZVAL_DEREF(secret);
        if (Z_TYPE_P(secret) != IS_STRING) {
            return refuse(secret, argument, must);
        }
        secrets->items[secrets->count++] = php_hookseal_text(Z_STR_P(secret));
    } ZEND_HASH_FOREACH_END();
    return true;
}

void php_hookseal_secrets_free(php_hookseal_secrets *secrets)
{
    if (secrets->items != NULL && secrets->items != &secrets->one) {
        efree(secrets->items);
    }
}
