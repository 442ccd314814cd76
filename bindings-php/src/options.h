/* The options of Webhook::__construct(). */

#ifndef HOOKSEAL_PHP_OPTIONS_H
#define HOOKSEAL_PHP_OPTIONS_H

#include "hookseal.h"
#include "php.h"

typedef struct {
    const hookseal_scheme *scheme;
    int64_t tolerance;
} php_hookseal_options;

/* Reads them. A scheme that is made for it, and an error on the way, are in the caller's places. False if
 * something was thrown. */
bool php_hookseal_options_read(php_hookseal_options *options, HashTable *given, hookseal_scheme **scheme, hookseal_error **error);

/* Settles the scheme to verify by: a known provider's is kept, all else is the library's to settle. False if
 * something was thrown. */
bool php_hookseal_options_settle(php_hookseal_options *options, const zend_string *provider, hookseal_scheme **scheme, hookseal_error **error);

#endif
