#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "hints.h"

#include "moment.h"
#include "named.h"

/* A text of the request's. False if something was thrown. */
static bool read_text(zend_string **text, const php_hookseal_named *named)
{
    const zval *given = named->value;

    if (!php_hookseal_named_given(named)) {
        return true;
    }
    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_STRING) {
        zend_argument_type_error(named->argument, "%s a string, %s given", named->must, zend_zval_type_name(given));
        return false;
    }
    *text = zend_string_copy(Z_STR_P(given));
    return true;
}

bool php_hookseal_hints_read(php_hookseal_hints *hints, HashTable *options, const php_hookseal_hint_parameters *parameters)
{
    enum { SECRETS, NOW, METHOD, URL, COUNT };
    php_hookseal_named given[COUNT] = {
        [SECRETS] = {"secrets", "must be", "must have as \"secrets\"", 4, parameters->secrets},
        [NOW] = {"now", "must be", "must have as \"now\"", 5, parameters->now},
        [METHOD] = {"method", "must be", "must have as \"method\"", 6, parameters->method},
        [URL] = {"url", "must be", "must have as \"url\"", 7, parameters->url},
    };

    if (!php_hookseal_named_read(given, COUNT, options, 3)) {
        return false;
    }
    /* First, and held: a moment's own code may write to what is given by reference. */
    if (php_hookseal_named_given(&given[SECRETS])
        && !php_hookseal_secrets_read(&hints->secrets, given[SECRETS].value, given[SECRETS].argument, given[SECRETS].must)) {
        return false;
    }
    if (!read_text(&hints->method, &given[METHOD]) || !read_text(&hints->url, &given[URL])) {
        return false;
    }
    if (!php_hookseal_named_given(&given[NOW])) {
        return true;
    }
    hints->now = &hints->seconds;
    return php_hookseal_moment_read(given[NOW].value, given[NOW].argument, given[NOW].must, &hints->seconds);
}

void php_hookseal_hints_free(php_hookseal_hints *hints)
{
    php_hookseal_secrets_free(&hints->secrets);
    if (hints->method != NULL) {
        zend_string_release(hints->method);
    }
    if (hints->url != NULL) {
        zend_string_release(hints->url);
    }
}
