/* The library's errors as PHP's exceptions. */

#ifndef HOOKSEAL_PHP_EXCEPTION_H
#define HOOKSEAL_PHP_EXCEPTION_H

#include "hookseal.h"
#include "php.h"

/* Throws what `*error` says, frees it and leaves NULL. The place belongs to an object, so that the
 * error is freed even if PHP runs out of memory on the way. */
ZEND_COLD void php_hookseal_throw(hookseal_error **error);

/* The same for what goes wrong before the library is asked. */
ZEND_COLD void php_hookseal_throw_status(hookseal_status status, const char *format, ...) ZEND_ATTRIBUTE_FORMAT(printf, 2, 3);

/* Throws a TypeError that says what was given instead. */
ZEND_COLD void php_hookseal_type_error(const char *wanted, const zval *given);

#endif
