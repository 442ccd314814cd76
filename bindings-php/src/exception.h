/* The library's errors as PHP's exceptions. */

#ifndef HOOKSEAL_PHP_EXCEPTION_H
#define HOOKSEAL_PHP_EXCEPTION_H

#include "hookseal.h"
#include "php.h"

/* Throws what HOOKSEAL_G(error) says, and frees it. */
ZEND_COLD void php_hookseal_throw(void);

/* The same for a call to an inbox: what the database refuses is an InboxException, and a wrong argument a ValueError. */
ZEND_COLD void php_hookseal_throw_inbox(void);

/* The same for a call whose only argument is a text: that it is invalid can only mean its encoding, which the
 * message says then. */
ZEND_COLD void php_hookseal_throw_text(hookseal_status status, hookseal_status of_encoding, const char *message);

/* The same for what goes wrong before the library is asked. */
ZEND_COLD void php_hookseal_throw_status(hookseal_status status, const char *format, ...) ZEND_ATTRIBUTE_FORMAT(printf, 2, 3);

/* Frees what was not thrown. */
void php_hookseal_error_clear(void);

#endif
