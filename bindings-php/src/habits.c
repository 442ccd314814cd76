#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "habits.h"

php_hookseal_habits *php_hookseal_habits_new(void)
{
    php_hookseal_habits *habits = ecalloc(1, sizeof(*habits));

    habits->owners = 1;
    /* As most handlers do. */
    habits->reads_data = true;
    return habits;
}

php_hookseal_habits *php_hookseal_habits_share(php_hookseal_habits *habits)
{
    habits->owners++;
    return habits;
}

void php_hookseal_habits_release(php_hookseal_habits *habits)
{
    if (habits != NULL && --habits->owners == 0) {
        php_hookseal_keys_clear(&habits->keys);
        efree(habits);
    }
}
