/* Hookseal\Webhook. */

#ifndef HOOKSEAL_PHP_WEBHOOK_H
#define HOOKSEAL_PHP_WEBHOOK_H

#include "php.h"
#include "prepared.h"

/* What a webhook verifies with, which it holds; NULL if it has not been constructed, so that an exception was thrown. */
php_hookseal_prepared *php_hookseal_webhook_prepared(zend_object *webhook);

/* The raw body, which is the first argument, or NULL after a TypeError that says how to get it. */
zend_string *php_hookseal_raw_body(zval *body);

/* Whether the second argument may be headers; a TypeError was thrown if not. */
bool php_hookseal_may_be_headers(const zval *headers);

#endif
