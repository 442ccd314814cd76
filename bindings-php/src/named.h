/* Parameters that may be given by name or in an array of options. */

#ifndef HOOKSEAL_PHP_NAMED_H
#define HOOKSEAL_PHP_NAMED_H

#include "php.h"

typedef struct {
    const char *name;
    /* How a message about it begins, given by name and as an option. */
    const char *must, *must_have;
    /* Where it came as an argument. */
    uint32_t argument;
    /* NULL if it is not given. It stands in the call's arguments, and may be a reference. */
    const zval *value;
} php_hookseal_named;

/* Takes what is not given by name from the options, which are the argument with the number `options_argument`.
 * False if something was thrown: for an option that is not known, or is given in both ways. */
bool php_hookseal_named_read(php_hookseal_named *named, size_t count, HashTable *options, uint32_t options_argument);

/* Whether there is a value other than null. */
bool php_hookseal_named_given(const php_hookseal_named *named);

#endif
