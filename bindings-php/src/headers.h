/* The headers of a request, as PHP hands them over. */

#ifndef HOOKSEAL_PHP_HEADERS_H
#define HOOKSEAL_PHP_HEADERS_H

#include "hookseal.h"
#include "php.h"

/* More than a scheme commonly reads. */
#define PHP_HOOKSEAL_COMMON_HEADERS 16

typedef struct {
    hookseal_header *items;
    size_t count;
    size_t capacity;
    /* Strings that were made of numbers. */
    HashTable *owned;
    hookseal_header common[PHP_HOOKSEAL_COMMON_HEADERS];
} php_hookseal_headers;

/* How long the names of the headers are that a scheme reads, as they are and as CGI writes them: a
 * bit for each length. It tells most of what stands in $_SERVER from a header without reading it. */
typedef uint64_t php_hookseal_lengths;
php_hookseal_lengths php_hookseal_headers_wanted(const hookseal_scheme *scheme);

/* Collects of an array's headers those whose names have such lengths. They point into it and live as
 * long. False if something was thrown. Freed by php_hookseal_headers_free() in any case. */
bool php_hookseal_headers_read(php_hookseal_headers *headers, HashTable *given, php_hookseal_lengths wanted);
void php_hookseal_headers_free(php_hookseal_headers *headers);

#endif
