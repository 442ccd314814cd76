#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "hints.h"

#include "moment.h"
#include "named.h"

bool php_hookseal_hints_read(php_hookseal_hints *hints, HashTable *options, const zval *secrets, const zval *now)
{
    enum { SECRETS, NOW, COUNT };
    php_hookseal_named given[COUNT] = {
        [SECRETS] = {"secrets", "must be", "must have as \"secrets\"", 4, secrets},
        [NOW] = {"now", "must be", "must have as \"now\"", 5, now},
    };

    if (!php_hookseal_named_read(given, COUNT, options, 3)) {
        return false;
    }
    /* First, and held: a moment's own code may write to what is given by reference. */
    if (php_hookseal_named_given(&given[SECRETS])
        && !php_hookseal_secrets_read(&hints->secrets, given[SECRETS].value, given[SECRETS].argument, given[SECRETS].must)) {
        return false;
    }
    if (!php_hookseal_named_given(&given[NOW])) {
        return true;
    }
    hints->now = &hints->seconds;
    return php_hookseal_moment_read(given[NOW].value, given[NOW].argument, given[NOW].must, &hints->seconds);
}

void php_hookseal_hints_free(php_hookseal_hints *hints)
{
    php_hookseal_secrets_free(&hints->secrets);
}
