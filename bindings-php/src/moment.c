#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "moment.h"

#include "ext/date/php_date.h"
#include "zend_interfaces.h"

bool php_hookseal_is_moment(const zval *given)
{
    return Z_TYPE_P(given) == IS_LONG || (Z_TYPE_P(given) == IS_OBJECT && instanceof_function(Z_OBJCE_P(given), php_date_get_interface_ce()));
}

bool php_hookseal_moment_read(zval *given, uint32_t argument, int64_t *seconds)
{
    zval timestamp;

    if (Z_TYPE_P(given) == IS_LONG) {
        *seconds = Z_LVAL_P(given);
        return true;
    }
    if (!php_hookseal_is_moment(given)) {
        zend_argument_type_error(argument, "must be of type DateTimeInterface|int|null, %s given", zend_zval_type_name(given));
        return false;
    }
    ZVAL_UNDEF(&timestamp);
    zend_call_method_with_0_params(Z_OBJ_P(given), Z_OBJCE_P(given), NULL, "gettimestamp", &timestamp);
    if (EG(exception)) {
        zval_ptr_dtor(&timestamp);
        return false;
    }
    *seconds = zval_get_long(&timestamp);
    zval_ptr_dtor(&timestamp);
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
