#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "exception.h"

#include "classes.h"
#include "globals.h"
#include "zend_exceptions.h"

static zend_object *(*create_parent)(zend_class_entry *ce);

static zend_class_entry *class_of(hookseal_status status)
{
    switch (status) {
        case HOOKSEAL_MISSING_HEADER:
            return php_hookseal_ce.missing_header;
        case HOOKSEAL_MALFORMED_HEADER:
            return php_hookseal_ce.malformed_header;
        case HOOKSEAL_SIGNATURE_MISMATCH:
            return php_hookseal_ce.signature_mismatch;
        case HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE:
            return php_hookseal_ce.timestamp;
        case HOOKSEAL_INVALID_PAYLOAD:
            return php_hookseal_ce.payload;
        case HOOKSEAL_INCOMPLETE_BODY:
        case HOOKSEAL_BODY_TOO_LARGE:
            return php_hookseal_ce.body_exception;
        case HOOKSEAL_UNKNOWN_PROVIDER:
        case HOOKSEAL_INVALID_SECRET:
        case HOOKSEAL_INVALID_SCHEME:
        case HOOKSEAL_MISSING_REQUEST:
            return php_hookseal_ce.configuration;
        case HOOKSEAL_IN_PROGRESS:
        case HOOKSEAL_UNAVAILABLE:
        case HOOKSEAL_NO_TRANSACTION:
        case HOOKSEAL_OPEN_TRANSACTION:
        case HOOKSEAL_LEASE_LOST:
        case HOOKSEAL_UNKNOWN_SOURCE:
        case HOOKSEAL_SCHEMA_MISSING:
        case HOOKSEAL_SCHEMA_VERSION:
        case HOOKSEAL_INVALID_INBOX:
            return php_hookseal_ce.inbox_exception;
        default:
            return php_hookseal_ce.exception;
    }
}

/* The status that an exception has which a program makes itself, as tests do. */
static hookseal_status status_of(const zend_class_entry *ce)
{
    static const hookseal_status own[] = {
        HOOKSEAL_MISSING_HEADER, HOOKSEAL_MALFORMED_HEADER, HOOKSEAL_SIGNATURE_MISMATCH,
        HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE, HOOKSEAL_INVALID_PAYLOAD, HOOKSEAL_INCOMPLETE_BODY, HOOKSEAL_INVALID_SCHEME,
        HOOKSEAL_UNAVAILABLE,
    };

    for (; ce != php_hookseal_ce.exception; ce = ce->parent) {
        for (size_t index = 0; index < sizeof(own) / sizeof(own[0]); index++) {
            if (ce == class_of(own[index])) {
                return own[index];
            }
        }
        if (ce == php_hookseal_ce.verification) {
            return HOOKSEAL_SIGNATURE_MISMATCH;
        }
    }
    return HOOKSEAL_PANIC;
}

static zval *slot(zend_object *object, const char *name, size_t len)
{
    zend_property_info *info = zend_hash_str_find_ptr(&object->ce->properties_info, name, len);
    return OBJ_PROP(object, info->offset);
}

static void set_status(zend_object *object, hookseal_status status)
{
    hookseal_str code = hookseal_status_code(status);
    zval *place = slot(object, ZEND_STRL("errorCode"));

    zval_ptr_dtor(place);
    ZVAL_STRINGL(place, code.data, code.len);
    ZVAL_LONG(slot(object, ZEND_STRL("httpStatus")), hookseal_status_http(status));
}

static zend_object *create(zend_class_entry *ce)
{
    zend_object *object = create_parent(ce);
    set_status(object, status_of(ce));
    if (ce == php_hookseal_ce.inbox_exception) {
        ZVAL_NULL(slot(object, ZEND_STRL("retryAfter")));
    }
    return object;
}

void php_hookseal_exception_startup(void)
{
    create_parent = php_hookseal_ce.exception->create_object;
    php_hookseal_ce.exception->create_object = create;
}

static ZEND_COLD void throw(zend_class_entry *ce, hookseal_status status, zend_string *message, uint32_t retry_after)
{
    zval exception, text;

    object_init_ex(&exception, ce);
    set_status(Z_OBJ(exception), status);
    ZVAL_STR(&text, message);
    zend_update_property_ex(zend_ce_exception, Z_OBJ(exception), ZSTR_KNOWN(ZEND_STR_MESSAGE), &text);
    zval_ptr_dtor(&text);
    if (retry_after > 0) {
        ZVAL_LONG(slot(Z_OBJ(exception), ZEND_STRL("retryAfter")), (zend_long) retry_after);
    }
    zend_throw_exception_object(&exception);
}

static ZEND_COLD void throw_error(zend_class_entry *ce)
{
    const hookseal_error *error = HOOKSEAL_G(error);
    hookseal_str message = hookseal_error_message(error);

    throw(ce, hookseal_error_status(error), zend_string_init(message.data, message.len, 0), hookseal_error_retry_after(error));
    php_hookseal_error_clear();
}

ZEND_COLD void php_hookseal_throw(void)
{
    throw_error(class_of(hookseal_error_status(HOOKSEAL_G(error))));
}

ZEND_COLD void php_hookseal_throw_inbox(void)
{
    hookseal_status status = hookseal_error_status(HOOKSEAL_G(error));

    if (status == HOOKSEAL_INVALID_ARGUMENT) {
        hookseal_str message = hookseal_error_message(HOOKSEAL_G(error));
        zend_value_error("%.*s", (int) message.len, message.data);
        php_hookseal_error_clear();
        return;
    }
    /* The database's limit, not the receiver's. */
    throw_error(status == HOOKSEAL_BODY_TOO_LARGE ? php_hookseal_ce.inbox_exception : class_of(status));
}

ZEND_COLD void php_hookseal_throw_text(hookseal_status status, hookseal_status of_encoding, const char *message)
{
    if (status != HOOKSEAL_INVALID_ARGUMENT) {
        php_hookseal_throw();
        return;
    }
    php_hookseal_error_clear();
    php_hookseal_throw_status(of_encoding, "%s", message);
}

ZEND_COLD void php_hookseal_throw_status(hookseal_status status, const char *format, ...)
{
    va_list arguments;
    zend_string *message;

    va_start(arguments, format);
    message = zend_vstrpprintf(0, format, arguments);
    va_end(arguments);
    throw(class_of(status), status, message, 0);
}

void php_hookseal_error_clear(void)
{
    hookseal_error_free(HOOKSEAL_G(error));
    HOOKSEAL_G(error) = NULL;
}
