/* What a webhook has learnt from its events, and shares with them: it makes the next ones faster, and
 * changes nothing that they say. */

#ifndef HOOKSEAL_PHP_HABITS_H
#define HOOKSEAL_PHP_HABITS_H

#include "keys.h"
#include "php.h"

typedef struct {
    uint32_t owners;
    /* Whether the last event's data was asked for; so if there was none. */
    bool reads_data;
    php_hookseal_keys keys;
} php_hookseal_habits;

php_hookseal_habits *php_hookseal_habits_new(void);
php_hookseal_habits *php_hookseal_habits_share(php_hookseal_habits *habits);
/* NULL is allowed. */
void php_hookseal_habits_release(php_hookseal_habits *habits);

#endif
