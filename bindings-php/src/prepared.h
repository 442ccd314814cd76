/* Webhooks that are ready to verify: the scheme, and the keys made of the secrets. A request of php-fpm makes its
 * webhooks anew, so each thread keeps the last ones that it made; they are wiped when it lets go of them. */

#ifndef HOOKSEAL_PHP_PREPARED_H
#define HOOKSEAL_PHP_PREPARED_H

#include "hookseal.h"
#include "moment.h"
#include "options.h"
#include "php.h"
#include "schemes.h"
#include "secrets.h"

typedef struct {
    uint32_t owners;
    /* Whether the last event's data was asked for; so if there was none. */
    bool reads_data;
    hookseal_webhook *webhook;
    php_hookseal_scheme *scheme;
    /* Whether the scheme is to be released: a known provider's may be gone before, when PHP ends. */
    bool holds_scheme;
    /* What it was made of beside the scheme and the secrets. */
    char *provider;
    size_t provider_len;
    php_hookseal_span tolerance;
    /* The text of the other options, NULL if there are none. */
    char *extras;
    size_t extras_len;
} php_hookseal_prepared;

#define PHP_HOOKSEAL_PREPARED 16

/* Begins as zeros. */
typedef struct {
    php_hookseal_prepared *kept[PHP_HOOKSEAL_PREPARED];
    size_t next;
} php_hookseal_prepared_cache;

/* The webhook of a scheme, NULL for the known provider's, under the name of a provider, NULL for the scheme's own;
 * the caller's to release. NULL if an exception was thrown. */
php_hookseal_prepared *php_hookseal_prepare(php_hookseal_prepared_cache *cache, php_hookseal_scheme *scheme, const zend_string *provider, const php_hookseal_options *options, const php_hookseal_secrets *secrets);

php_hookseal_prepared *php_hookseal_prepared_share(php_hookseal_prepared *prepared);
/* NULL is allowed. */
void php_hookseal_prepared_release(php_hookseal_prepared *prepared);

/* Forgets those that a thread keeps. */
void php_hookseal_prepared_clear(php_hookseal_prepared_cache *cache);

#endif
