/* Moments, between PHP's and the library's. */

#ifndef HOOKSEAL_PHP_MOMENT_H
#define HOOKSEAL_PHP_MOMENT_H

#include "php.h"

/* Whether it is a DateTimeInterface or seconds since 1970. */
bool php_hookseal_is_moment(const zval *given);

/* Reads a DateTimeInterface or seconds since 1970. False if something was thrown. */
bool php_hookseal_moment_read(zval *given, uint32_t argument, int64_t *seconds);

/* Makes a DateTimeImmutable in UTC. False if something was thrown. */
bool php_hookseal_moment_write(zval *value, int64_t seconds, uint32_t nanoseconds);

#endif
