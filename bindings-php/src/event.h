/* Hookseal\Event. */

#ifndef HOOKSEAL_PHP_EVENT_H
#define HOOKSEAL_PHP_EVENT_H

#include "hookseal.h"
#include "php.h"
#include "prepared.h"

/* Makes an event that has yet to be verified into the place that it gives, and that owns what is
 * written there. */
hookseal_event **php_hookseal_event_new(zval *event, zend_string *body, php_hookseal_prepared *prepared);

/* Makes an event of the library's, which is its own from now on. */
void php_hookseal_event_of(zval *event, hookseal_event *own);

/* The library's event of an event. */
const hookseal_event *php_hookseal_event_get(zend_object *event);

#endif
