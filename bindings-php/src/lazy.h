/* Properties that are declared, but not filled before they are asked for: what a program does not read costs
 * nothing. A filled one is read by the engine alone. */

#ifndef HOOKSEAL_PHP_LAZY_H
#define HOOKSEAL_PHP_LAZY_H

#include "php.h"

/* How many properties a class declares; how many of them, the first ones, are filled where all are asked for, such as
 * for an array of them; and how many, the first ones again, var_dump(), print_r(), var_export() and debuggers show. */
typedef struct {
    uint32_t all, listed, shown;
} php_hookseal_lazy_counts;

/* The handlers of a class with such properties. */
typedef struct {
    zend_object_handlers handlers;
    php_hookseal_lazy_counts counts;
    /* Fills one that has no value, if it can. It calls no code of the program's. */
    void (*fill)(zend_object *object, uint32_t property);
} php_hookseal_lazy;

/* Sets what reads and writes such properties, and refuses clones; the rest is the caller's to set. */
void php_hookseal_lazy_init(php_hookseal_lazy *lazy, php_hookseal_lazy_counts counts, void (*fill)(zend_object *object, uint32_t property));

/* Fills a property, if it has no value yet, and gives its place. */
zval *php_hookseal_lazy_fill(zend_object *object, uint32_t property);

#endif
