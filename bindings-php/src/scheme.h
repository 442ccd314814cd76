/* Hookseal\Scheme, and schemes as PHP writes them. */

#ifndef HOOKSEAL_PHP_SCHEME_H
#define HOOKSEAL_PHP_SCHEME_H

#include "hookseal.h"
#include "php.h"

/* The scheme of a Hookseal\Scheme, which lives as long; NULL if an Error was thrown, for it has none. */
const hookseal_scheme *php_hookseal_scheme_of(zend_object *object);

/* Reads TOML or JSON, into the caller's places. False if something was thrown. */
bool php_hookseal_scheme_parse(const zend_string *definition, hookseal_scheme **scheme, hookseal_error **error);

/* The scheme of a webhook's provider: `own` or, if that is NULL, the known provider's. False if
 * something was thrown. */
bool php_hookseal_scheme_resolve(const zend_string *provider, const hookseal_scheme *own, hookseal_scheme **scheme, hookseal_error **error);

#endif
