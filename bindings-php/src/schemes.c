#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "schemes.h"

#include "exception.h"
#include "globals.h"
#include "text.h"

static php_hookseal_scheme *known;
static size_t known_count;

zend_result php_hookseal_schemes_startup(void)
{
    size_t count = hookseal_provider_count();

    known = pecalloc(count, sizeof(*known), 1);
    while (known_count < count) {
        php_hookseal_scheme *scheme = &known[known_count];
        if (hookseal_scheme_for_provider(hookseal_provider_name(known_count), &scheme->scheme, NULL) != HOOKSEAL_OK) {
            return FAILURE;
        }
        php_hookseal_headers_want(&scheme->wanted, scheme->scheme, true);
        known_count++;
    }
    return SUCCESS;
}

void php_hookseal_schemes_shutdown(void)
{
    while (known_count > 0) {
        known_count--;
        php_hookseal_headers_unwant(&known[known_count].wanted);
        hookseal_scheme_free(known[known_count].scheme);
    }
    pefree(known, 1);
}

php_hookseal_scheme *php_hookseal_scheme_of_provider(const zend_string *name)
{
    hookseal_scheme *none;

    for (size_t index = 0; index < known_count; index++) {
        hookseal_str own = hookseal_scheme_name(known[index].scheme);
        if (own.len == ZSTR_LEN(name) && memcmp(own.data, ZSTR_VAL(name), own.len) == 0) {
            return &known[index];
        }
    }
    php_hookseal_throw_text(hookseal_scheme_for_provider(php_hookseal_text(name), &none, &HOOKSEAL_G(error)),
        HOOKSEAL_UNKNOWN_PROVIDER, "no provider has such a name: it is not valid UTF-8");
    return NULL;
}

static void keep(php_hookseal_schemes *schemes, php_hookseal_scheme *scheme)
{
    size_t place = schemes->next++ % PHP_HOOKSEAL_SCHEMES;

    php_hookseal_scheme_release(schemes->kept[place]);
    schemes->kept[place] = php_hookseal_scheme_share(scheme);
}

php_hookseal_scheme *php_hookseal_scheme_of_definition(php_hookseal_schemes *schemes, const zend_string *definition)
{
    hookseal_scheme *parsed;
    php_hookseal_scheme *scheme;
    hookseal_status status;

    for (size_t index = 0; index < PHP_HOOKSEAL_SCHEMES; index++) {
        scheme = schemes->kept[index];
        if (scheme != NULL && scheme->len == ZSTR_LEN(definition) && memcmp(scheme->definition, ZSTR_VAL(definition), scheme->len) == 0) {
            return php_hookseal_scheme_share(scheme);
        }
    }
    status = hookseal_scheme_parse(php_hookseal_text(definition), &parsed, &HOOKSEAL_G(error));
    if (status != HOOKSEAL_OK) {
        php_hookseal_throw_text(status, HOOKSEAL_INVALID_SCHEME, "the scheme is not valid UTF-8");
        return NULL;
    }
    scheme = pecalloc(1, sizeof(*scheme), 1);
    scheme->owners = 1;
    scheme->scheme = parsed;
    scheme->definition = pestrndup(ZSTR_VAL(definition), ZSTR_LEN(definition), 1);
    scheme->len = ZSTR_LEN(definition);
    php_hookseal_headers_want(&scheme->wanted, parsed, false);
    keep(schemes, scheme);
    return scheme;
}

php_hookseal_scheme *php_hookseal_scheme_share(php_hookseal_scheme *scheme)
{
    /* Other threads have the known providers' too. */
    if (scheme->definition != NULL) {
        scheme->owners++;
    }
    return scheme;
}

void php_hookseal_scheme_release(php_hookseal_scheme *scheme)
{
    if (scheme == NULL || scheme->definition == NULL || --scheme->owners > 0) {
        return;
    }
    php_hookseal_headers_unwant(&scheme->wanted);
    hookseal_scheme_free(scheme->scheme);
    pefree(scheme->definition, 1);
    pefree(scheme, 1);
}

void php_hookseal_schemes_clear(php_hookseal_schemes *schemes)
{
    for (size_t index = 0; index < PHP_HOOKSEAL_SCHEMES; index++) {
        php_hookseal_scheme_release(schemes->kept[index]);
        schemes->kept[index] = NULL;
    }
}
