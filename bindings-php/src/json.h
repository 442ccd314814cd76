/* What the library writes as JSON, for json_encode(). */

#ifndef HOOKSEAL_PHP_JSON_H
#define HOOKSEAL_PHP_JSON_H

#include "hookseal.h"
#include "php.h"

/* Makes an array of a JSON object. The objects in it are stdClass, so that json_encode() gives the same again. */
void php_hookseal_json(zval *value, hookseal_str json);

/* The same with arrays in the place of objects, all the way down. */
void php_hookseal_json_arrays(zval *value, hookseal_str json);

#endif
