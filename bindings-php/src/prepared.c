#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "prepared.h"

#include "exception.h"
#include "globals.h"
#include "text.h"

/* Whether a text that is kept is the one that is given; either may be NULL. */
static bool same_text(const char *kept, size_t len, const zend_string *given)
{
    if (kept == NULL || given == NULL) {
        return kept == NULL && given == NULL;
    }
    return len == ZSTR_LEN(given) && memcmp(kept, ZSTR_VAL(given), len) == 0;
}

static char *kept_text(const zend_string *given, size_t *len)
{
    *len = ZSTR_LEN(given);
    return pestrndup(ZSTR_VAL(given), ZSTR_LEN(given), 1);
}

static php_hookseal_prepared *find(const php_hookseal_prepared_cache *cache, const php_hookseal_scheme *scheme, const zend_string *provider, const php_hookseal_options *options, const php_hookseal_secrets *secrets)
{
    php_hookseal_span tolerance = options->tolerance;

    for (size_t index = 0; index < PHP_HOOKSEAL_PREPARED; index++) {
        php_hookseal_prepared *prepared = cache->kept[index];
        if (prepared != NULL && prepared->tolerance.seconds == tolerance.seconds && prepared->tolerance.nanoseconds == tolerance.nanoseconds
            && (scheme != NULL ? prepared->scheme == scheme : !prepared->holds_scheme)
            && same_text(prepared->provider, prepared->provider_len, provider)
            && same_text(prepared->extras, prepared->extras_len, options->extras.text)
            && hookseal_webhook_has_secrets(prepared->webhook, secrets->items, secrets->count)) {
            return prepared;
        }
    }
    return NULL;
}

/* Whether a scheme of one's own has the name that is given beside it; if not, an exception was thrown. */
static bool is_called(const php_hookseal_scheme *scheme, const zend_string *provider)
{
    hookseal_scheme *resolved;
    hookseal_status status = hookseal_scheme_resolve(php_hookseal_text(provider), scheme->scheme, &resolved, &HOOKSEAL_G(error));

    if (status == HOOKSEAL_OK) {
        hookseal_scheme_free(resolved);
        return true;
    }
    php_hookseal_throw_text(status, HOOKSEAL_UNKNOWN_PROVIDER, "no provider has such a name: it is not valid UTF-8");
    return false;
}

static void keep(php_hookseal_prepared_cache *cache, php_hookseal_prepared *prepared)
{
    size_t place = cache->next++ % PHP_HOOKSEAL_PREPARED;

    php_hookseal_prepared_release(cache->kept[place]);
    cache->kept[place] = php_hookseal_prepared_share(prepared);
}

php_hookseal_prepared *php_hookseal_prepare(php_hookseal_prepared_cache *cache, php_hookseal_scheme *scheme, const zend_string *provider, const php_hookseal_options *given, const php_hookseal_secrets *secrets)
{
    php_hookseal_prepared *prepared = find(cache, scheme, provider, given, secrets);
    php_hookseal_span tolerance = given->tolerance;
    hookseal_webhook *webhook;

    if (prepared != NULL) {
        return php_hookseal_prepared_share(prepared);
    }
    if (scheme == NULL) {
        scheme = php_hookseal_scheme_of_provider(provider);
        if (scheme == NULL) {
            return NULL;
        }
    } else if (provider != NULL && !is_called(scheme, provider)) {
        return NULL;
    }
    hookseal_webhook_options options = {
        .size = sizeof(options),
        .tolerance = tolerance.seconds < 0 ? NULL : &tolerance.seconds,
        .surface = HOOKSEAL_SURFACE_PHP,
        .tolerance_nanoseconds = tolerance.nanoseconds,
        .constants = {given->extras.constants, given->extras.constants_count},
        .origin = given->extras.origin,
        .accept_unsigned = given->extras.accept_unsigned,
    };
    if (hookseal_webhook_new_with_options(scheme->scheme, secrets->items, secrets->count, &options, &webhook, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw();
        return NULL;
    }
    prepared = pecalloc(1, sizeof(*prepared), 1);
    prepared->owners = 1;
    /* As most handlers do. */
    prepared->reads_data = true;
    prepared->webhook = webhook;
    prepared->scheme = php_hookseal_scheme_share(scheme);
    prepared->holds_scheme = scheme->definition != NULL;
    prepared->tolerance = tolerance;
    if (provider != NULL) {
        prepared->provider = kept_text(provider, &prepared->provider_len);
    }
    if (given->extras.text != NULL) {
        prepared->extras = kept_text(given->extras.text, &prepared->extras_len);
    }
    keep(cache, prepared);
    return prepared;
}

php_hookseal_prepared *php_hookseal_prepared_share(php_hookseal_prepared *prepared)
{
    prepared->owners++;
    return prepared;
}

void php_hookseal_prepared_release(php_hookseal_prepared *prepared)
{
    if (prepared == NULL || --prepared->owners > 0) {
        return;
    }
    if (prepared->provider != NULL) {
        pefree(prepared->provider, 1);
    }
    if (prepared->extras != NULL) {
        pefree(prepared->extras, 1);
    }
    hookseal_webhook_free(prepared->webhook);
    if (prepared->holds_scheme) {
        php_hookseal_scheme_release(prepared->scheme);
    }
    pefree(prepared, 1);
}

void php_hookseal_prepared_clear(php_hookseal_prepared_cache *cache)
{
    for (size_t index = 0; index < PHP_HOOKSEAL_PREPARED; index++) {
        php_hookseal_prepared_release(cache->kept[index]);
        cache->kept[index] = NULL;
    }
}
