/* The headers of a request, as PHP hands them over. */

#ifndef HOOKSEAL_PHP_HEADERS_H
#define HOOKSEAL_PHP_HEADERS_H

#include "hookseal.h"
#include "php.h"

/* As many as a request commonly has, $_SERVER's other entries included. */
#define PHP_HOOKSEAL_COMMON_HEADERS 80

typedef struct {
    hookseal_header *items;
    size_t count;
    size_t capacity;
    /* Strings that were made of numbers. */
    HashTable *owned;
    hookseal_header common[PHP_HOOKSEAL_COMMON_HEADERS];
} php_hookseal_headers;

/* Collects an array's headers. They point into it and live as long. False if something was
 * thrown. Freed by php_hookseal_headers_free() in any case. */
bool php_hookseal_headers_read(php_hookseal_headers *headers, HashTable *given);
void php_hookseal_headers_free(php_hookseal_headers *headers);

#endif
