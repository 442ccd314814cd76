/* Hookseal\Received and Hookseal\Claimed. */

#ifndef HOOKSEAL_PHP_DELIVERY_H
#define HOOKSEAL_PHP_DELIVERY_H

#include "hookseal.h"
#include "php.h"

/* Makes what Inbox::receive() returns; the event is its own from now on. */
void php_hookseal_received_of(zval *received, hookseal_received outcome, hookseal_event *event);

/* Makes a claimed delivery into the place that it gives, and that owns what is written there. */
hookseal_claimed **php_hookseal_claimed_new(zval *claimed);

/* Sets its properties by what was written there. False if something was thrown. */
bool php_hookseal_claimed_fill(zval *claimed);

/* The library's delivery of a claimed one. */
const hookseal_claimed *php_hookseal_claimed_get(zend_object *claimed);

#endif
