/* Hookseal\Scheme, and schemes as PHP writes them. */

#ifndef HOOKSEAL_PHP_SCHEME_H
#define HOOKSEAL_PHP_SCHEME_H

#include "hookseal.h"
#include "php.h"

/* The scheme of a Hookseal\Scheme; NULL if it has none. */
const hookseal_scheme *php_hookseal_scheme_of(zend_object *object);

/* Reads TOML, JSON or an array that has what they would have, into the caller's places. False if
 * something was thrown. */
bool php_hookseal_scheme_parse(zval *definition, hookseal_scheme **scheme, hookseal_error **error);

/* The scheme of a webhook's provider: `own` or, if that is NULL, the known provider's. False if
 * something was thrown. */
bool php_hookseal_scheme_resolve(const zend_string *provider, const hookseal_scheme *own, hookseal_scheme **scheme, hookseal_error **error);

#endif
