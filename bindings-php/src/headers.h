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

/* The headers that a scheme reads: their names as they are and as CGI writes them, and what both look like: which
 * lengths there are, and for each the letters that they end with, a bit for each. That tells what stands in an array
 * from such a header nearly without reading it; whether it is one, the library says. */
typedef struct {
    size_t count;
    zend_string **names, **cgi;
    /* Whether the names may be shown to a program: they are there as long as the thread. */
    bool is_permanent;
    uint64_t lens;
    uint32_t ends[64];
} php_hookseal_wanted;
void php_hookseal_headers_want(php_hookseal_wanted *wanted, const hookseal_scheme *scheme, bool is_permanent);
void php_hookseal_headers_unwant(php_hookseal_wanted *wanted);

/* To be called when PHP starts. */
void php_hookseal_headers_startup(void);

/* Whether an array is $_SERVER itself, where a header has one key alone. */
bool php_hookseal_headers_are_server(const HashTable *given);

/* Collects from $_SERVER the headers that a scheme reads. The rest is as in php_hookseal_headers_read(). */
bool php_hookseal_headers_read_server(php_hookseal_headers *headers, HashTable *server, const php_hookseal_wanted *wanted);

/* Collects of an array's headers those whose names look like that. They point into it and live as
 * long. False if something was thrown. Freed by php_hookseal_headers_free() in any case. */
bool php_hookseal_headers_read(php_hookseal_headers *headers, HashTable *given, const php_hookseal_wanted *wanted);

/* The same with all of the request's headers: of $_SERVER those that CGI names as such, and what
 * php_hookseal_headers_read() collects. */
bool php_hookseal_headers_read_all(php_hookseal_headers *headers, HashTable *given, const php_hookseal_wanted *wanted);
void php_hookseal_headers_free(php_hookseal_headers *headers);

#endif
