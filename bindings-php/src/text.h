/* PHP's strings as the library's texts. */

#ifndef HOOKSEAL_PHP_TEXT_H
#define HOOKSEAL_PHP_TEXT_H

#include "hookseal.h"
#include "php.h"

/* It points into the string. */
static inline hookseal_str php_hookseal_text(const zend_string *string)
{
    return (hookseal_str) {ZSTR_VAL(string), ZSTR_LEN(string)};
}

/* The same; no text of NULL. */
static inline hookseal_str php_hookseal_optional_text(const zend_string *string)
{
    return string != NULL ? php_hookseal_text(string) : (hookseal_str) {0};
}

#endif
