#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "delivery.h"

#include "classes.h"
#include "event.h"
#include "exception.h"
#include "globals.h"
#include "moment.h"

typedef struct {
    hookseal_claimed *claimed;
    zend_object std;
} claimed_object;

/* In the order of the stub. */
enum { OUTCOME, IS_CONFLICT, RECEIVED_EVENT };
enum { SEQ, ATTEMPT, SOURCE, RECEIVED_AT, CLAIMED_EVENT };

static zend_object_handlers handlers;

static claimed_object *fetch(zend_object *object)
{
    return (claimed_object *) ((char *) object - XtOffsetOf(claimed_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    claimed_object *self = zend_object_alloc(sizeof(claimed_object), ce);

    zend_object_std_init(&self->std, ce);
    object_properties_init(&self->std, ce);
    self->std.handlers = &handlers;
    return &self->std;
}

static void free_object(zend_object *object)
{
    hookseal_claimed_free(fetch(object)->claimed);
    zend_object_std_dtor(object);
}

/* A class with its own way to make objects cannot be instantiated without its constructor. */
static zend_object *create_received(zend_class_entry *ce)
{
    zend_object *object = zend_objects_new(ce);

    object_properties_init(object, ce);
    return object;
}

void php_hookseal_received_of(zval *received, hookseal_received outcome, hookseal_event *event)
{
    bool is_stored = outcome == HOOKSEAL_RECEIVED_STORED, is_check = outcome == HOOKSEAL_RECEIVED_CHECK;
    const char *name = is_stored ? "stored" : is_check ? "check" : "duplicate";

    object_init_ex(received, php_hookseal_ce.received);
    php_hookseal_event_of(OBJ_PROP_NUM(Z_OBJ_P(received), RECEIVED_EVENT), event);
    ZVAL_STRING(OBJ_PROP_NUM(Z_OBJ_P(received), OUTCOME), name);
    ZVAL_BOOL(OBJ_PROP_NUM(Z_OBJ_P(received), IS_CONFLICT), outcome == HOOKSEAL_RECEIVED_CONFLICT);
}

hookseal_claimed **php_hookseal_claimed_new(zval *claimed)
{
    object_init_ex(claimed, php_hookseal_ce.claimed);
    return &fetch(Z_OBJ_P(claimed))->claimed;
}

bool php_hookseal_claimed_fill(zval *value)
{
    zend_object *object = Z_OBJ_P(value);
    const hookseal_claimed *claimed = fetch(object)->claimed;
    hookseal_str source = hookseal_claimed_source(claimed);
    hookseal_event *event;
    int64_t seconds = 0;
    uint32_t nanoseconds = 0;

    if (hookseal_claimed_event(claimed, &event, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw_inbox();
        return false;
    }
    php_hookseal_event_of(OBJ_PROP_NUM(object, CLAIMED_EVENT), event);
    ZVAL_LONG(OBJ_PROP_NUM(object, SEQ), (zend_long) hookseal_claimed_seq(claimed));
    ZVAL_LONG(OBJ_PROP_NUM(object, ATTEMPT), (zend_long) hookseal_claimed_attempt(claimed));
    ZVAL_STRINGL(OBJ_PROP_NUM(object, SOURCE), source.data, source.len);
    hookseal_claimed_received_at(claimed, &seconds, &nanoseconds);
    return php_hookseal_moment_write(OBJ_PROP_NUM(object, RECEIVED_AT), seconds, nanoseconds);
}

const hookseal_claimed *php_hookseal_claimed_get(zend_object *claimed)
{
    return fetch(claimed)->claimed;
}

/* Private, so that nothing but an inbox makes one. */
ZEND_METHOD(Hookseal_Received, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Hookseal_Claimed, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

void php_hookseal_delivery_startup(void)
{
    php_hookseal_ce.received->create_object = create_received;
    php_hookseal_ce.claimed->create_object = create;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(claimed_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
