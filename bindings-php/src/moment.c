#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "moment.h"

#include "ext/date/php_date.h"
#include "zend_interfaces.h"

static ZEND_COLD bool refuse(const zval *given, uint32_t argument, const char *must)
{
    zend_argument_type_error(argument, "%s a DateTimeInterface or seconds since 1970 as int or float, %s given", must, zend_zval_type_name(given));
    return false;
}

static bool read_float(double given, uint32_t argument, const char *must, int64_t *seconds)
{
    if (!(given > -0x1p63 && given < 0x1p63)) {
        zend_argument_value_error(argument, "%s a moment that seconds since 1970 can be counted for", must);
        return false;
    }
    *seconds = (int64_t) floor(given);
    return true;
}

static bool read_object(const zval *given, uint32_t argument, const char *must, int64_t *seconds)
{
    bool is_read;
    zval moment, timestamp;

    /* Its own code may take it away from where it stands. */
    ZVAL_COPY(&moment, given);
    ZVAL_UNDEF(&timestamp);
    zend_call_method_with_0_params(Z_OBJ(moment), Z_OBJCE(moment), NULL, "gettimestamp", &timestamp);
    is_read = !EG(exception) && (Z_TYPE(timestamp) == IS_LONG || refuse(&timestamp, argument, must));
    if (is_read) {
        *seconds = Z_LVAL(timestamp);
    }
    zval_ptr_dtor(&timestamp);
    zval_ptr_dtor(&moment);
    return is_read && !EG(exception);
}

bool php_hookseal_moment_read(const zval *given, uint32_t argument, const char *must, int64_t *seconds)
{
    ZVAL_DEREF(given);
    switch (Z_TYPE_P(given)) {
        case IS_LONG:
            *seconds = Z_LVAL_P(given);
            return true;
        case IS_DOUBLE:
            return read_float(Z_DVAL_P(given), argument, must, seconds);
        case IS_OBJECT:
            if (instanceof_function(Z_OBJCE_P(given), php_date_get_interface_ce())) {
                return read_object(given, argument, must, seconds);
            }
            ZEND_FALLTHROUGH;
        default:
            return refuse(given, argument, must);
    }
}

bool php_hookseal_span_read(const zval *given, uint32_t argument, const char *must, php_hookseal_span *span)
{
    double seconds;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_LONG && Z_TYPE_P(given) != IS_DOUBLE) {
        zend_argument_type_error(argument, "%s a number of seconds as int or float, %s given", must, zend_zval_type_name(given));
        return false;
    }
    seconds = Z_TYPE_P(given) == IS_LONG ? (double) Z_LVAL_P(given) : Z_DVAL_P(given);
    if (!(seconds >= 0)) {
        zend_argument_value_error(argument, "%s a number of seconds that is not negative", must);
        return false;
    }
    if (Z_TYPE_P(given) == IS_LONG) {
        *span = (php_hookseal_span) {Z_LVAL_P(given) == ZEND_LONG_MAX ? INT64_MAX : Z_LVAL_P(given), 0};
    } else if (seconds < 0x1p63) {
        *span = (php_hookseal_span) {(int64_t) seconds, (uint32_t) ((seconds - floor(seconds)) * 1e9)};
    } else {
        *span = (php_hookseal_span) {INT64_MAX, 0};
    }
    return true;
}

bool php_hookseal_moment_write(zval *value, int64_t seconds, uint32_t nanoseconds)
{
    char text[32];
    int length = snprintf(text, sizeof(text), "@%" PRId64, seconds);
    php_date_obj *moment;

    php_date_instantiate(php_date_get_immutable_ce(), value);
    moment = Z_PHPDATE_P(value);
    if (!php_date_initialize(moment, text, length, NULL, NULL, 0)) {
        zval_ptr_dtor(value);
        ZVAL_NULL(value);
        return EG(exception) == NULL;
    }
    /* What is finer than DateTimeImmutable holds is cut off. */
    moment->time->us = nanoseconds / 1000;
    return true;
}
