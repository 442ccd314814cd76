#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "schemes.h"

#include "exception.h"
#include "globals.h"
#include "text.h"

/* The place of a known provider's scheme, made ready the first time that it is asked for: reading all of them takes
 * longer than PHP takes to start. NULL if there is no provider of this name. */
static php_hookseal_scheme *place_of(php_hookseal_schemes *schemes, hookseal_str name)
{
    size_t count = hookseal_provider_count();

    for (size_t index = 0; index < count; index++) {
        hookseal_str own = hookseal_provider_name(index);
        if (own.len == name.len && memcmp(own.data, name.data, own.len) == 0) {
            if (schemes->known == NULL) {
                schemes->known = pecalloc(count, sizeof(*schemes->known), 1);
            }
            return &schemes->known[index];
        }
    }
    return NULL;
}

php_hookseal_scheme *php_hookseal_scheme_of_provider(const zend_string *name)
{
    php_hookseal_schemes *schemes = &HOOKSEAL_G(schemes);
    php_hookseal_scheme *place = place_of(schemes, php_hookseal_text(name));
    hookseal_scheme *read;
    hookseal_status status;

    if (place != NULL && place->scheme != NULL) {
        return place;
    }
    status = hookseal_scheme_for_provider(php_hookseal_text(name), &read, &HOOKSEAL_G(error));
    if (status != HOOKSEAL_OK) {
        php_hookseal_throw_text(status, HOOKSEAL_UNKNOWN_PROVIDER, "no provider has such a name: it is not valid UTF-8");
        return NULL;
    }
    /* The name may be another one of the provider's. */
    place = place_of(schemes, hookseal_scheme_name(read));
    if (place->scheme != NULL) {
        hookseal_scheme_free(read);
        return place;
    }
    place->scheme = read;
    php_hookseal_headers_want(&place->wanted, read, true);
    return place;
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
    /* The known providers' live as long as the thread. */
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
    size_t count = schemes->known != NULL ? hookseal_provider_count() : 0;

    for (size_t index = 0; index < PHP_HOOKSEAL_SCHEMES; index++) {
        php_hookseal_scheme_release(schemes->kept[index]);
        schemes->kept[index] = NULL;
    }
    for (size_t index = 0; index < count; index++) {
        php_hookseal_scheme *scheme = &schemes->known[index];
        if (scheme->scheme != NULL) {
            php_hookseal_headers_unwant(&scheme->wanted);
            hookseal_scheme_free(scheme->scheme);
        }
    }
    if (schemes->known != NULL) {
        pefree(schemes->known, 1);
        schemes->known = NULL;
    }
}
