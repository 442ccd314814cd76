/* Moments and spans of time, between PHP's and the library's. */

#ifndef HOOKSEAL_PHP_MOMENT_H
#define HOOKSEAL_PHP_MOMENT_H

#include "php.h"

/* A span of time; if its seconds are negative, none. */
typedef struct {
    int64_t seconds;
    uint32_t nanoseconds;
} php_hookseal_span;

/* Reads seconds as int or float. False if something was thrown, which says what the argument `must` be. */
bool php_hookseal_span_read(const zval *given, uint32_t argument, const char *must, php_hookseal_span *span);

/* Reads a DateTimeInterface or seconds since 1970, whole ones. False if something was thrown, which says
 * what the argument `must` be. It calls getTimestamp(), which a program may have written. */
bool php_hookseal_moment_read(const zval *given, uint32_t argument, const char *must, int64_t *seconds);

/* Makes a DateTimeImmutable in UTC. False if something was thrown. */
bool php_hookseal_moment_write(zval *value, int64_t seconds, uint32_t nanoseconds);

#endif
