/* The webhooks whose deliveries an inbox keeps, as PHP gives them. */

#ifndef HOOKSEAL_PHP_SOURCES_H
#define HOOKSEAL_PHP_SOURCES_H

#include "hookseal.h"
#include "php.h"
#include "prepared.h"

/* A source: its name, NULL for its provider's, and what it verifies with. */
typedef struct {
    zend_string *name;
    php_hookseal_prepared *prepared;
} php_hookseal_source;

/* Begins as zeros. */
typedef struct {
    size_t count;
    php_hookseal_source *sources;
    /* The same for the library, with their orders. It points into what was given. */
    hookseal_source *items;
} php_hookseal_sources;

/* Reads a webhook, or an array of names and webhooks, the argument with this number. It runs no code of the program's. False
 * if something was thrown. Freed by php_hookseal_sources_free() in any case. */
bool php_hookseal_sources_read(php_hookseal_sources *sources, zval *given, uint32_t argument);

/* Frees what points into what was given. */
void php_hookseal_sources_settle(php_hookseal_sources *sources);
void php_hookseal_sources_free(php_hookseal_sources *sources);

/* What the source with this name verifies with, NULL for the first one; that too if there is none of this name, which the
 * library will say. */
const php_hookseal_prepared *php_hookseal_sources_find(const php_hookseal_sources *sources, const zend_string *name);

#endif
