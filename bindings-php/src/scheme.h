/* Hookseal\Scheme. */

#ifndef HOOKSEAL_PHP_SCHEME_H
#define HOOKSEAL_PHP_SCHEME_H

#include "php.h"
#include "schemes.h"

/* Makes an object of a scheme. */
void php_hookseal_scheme_object(zval *value, php_hookseal_scheme *scheme);

/* An object's scheme, which lives as long; NULL if an Error was thrown, for it has none. */
php_hookseal_scheme *php_hookseal_scheme_of_object(zend_object *object);

#endif
