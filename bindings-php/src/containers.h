/* Objects that hold a request's headers, and are asked for those that a scheme reads. */

#ifndef HOOKSEAL_PHP_CONTAINERS_H
#define HOOKSEAL_PHP_CONTAINERS_H

#include "headers.h"
#include "php.h"

/* Whether it is one: Symfony's HeaderBag, which Laravel has too, or a message of PSR-7. */
bool php_hookseal_is_container(const zend_object *object);

/* Makes an array of names and values of the headers that a scheme reads. It calls the object's own code. False if
 * something was thrown, and nothing is left to free. */
bool php_hookseal_container_read(zval *headers, zend_object *container, const php_hookseal_wanted *wanted);

/* The same with all of its headers. */
bool php_hookseal_container_read_all(zval *headers, zend_object *container);

#endif
