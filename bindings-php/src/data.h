/* An event's data as PHP's own values. */

#ifndef HOOKSEAL_PHP_DATA_H
#define HOOKSEAL_PHP_DATA_H

#include "hookseal.h"
#include "keys.h"
#include "php.h"

/* What `json_decode($json, true)` gives for the text that the tokens were made of; null for none. */
void php_hookseal_data(zval *value, hookseal_tokens tokens, php_hookseal_keys *keys);

#endif
