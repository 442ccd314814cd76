#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "event.h"

#include "classes.h"
#include "data.h"
#include "globals.h"
#include "json.h"
#include "lazy.h"
#include "moment.h"

typedef struct {
    hookseal_event *event;
    /* What was given to verify, and what the event points into: most often just what was authenticated. NULL of an inbox's
     * event, which has its own, and so is what verified it. */
    zend_string *body;
    /* What verified it, and is told whether its data was asked for. */
    php_hookseal_prepared *prepared;
    zend_object std;
} event_object;

/* In the order of the stub. What a log may show are the first ones: a whole event is personal data. */
enum { PROVIDER, TYPE, ID, CREATED_AT, TEST, CHECK, DATA, ENVELOPE, UNSIGNED, BODY, KEY_INDEX, DEDUPE_KEY, PROPERTIES, SHOWN = CREATED_AT };

static php_hookseal_lazy lazy;

static event_object *fetch(zend_object *object)
{
    return (event_object *) ((char *) object - XtOffsetOf(event_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    event_object *self = zend_object_alloc(sizeof(event_object), ce);

    zend_object_std_init(&self->std, ce);
    /* object_properties_init() for properties that all begin without a value. */
    memcpy(self->std.properties_table, ce->default_properties_table, PROPERTIES * sizeof(zval));
    self->std.handlers = &lazy.handlers;
    return &self->std;
}

hookseal_event **php_hookseal_event_new(zval *event, zend_string *body, php_hookseal_prepared *prepared)
{
    event_object *self;

    ZVAL_OBJ(event, create(php_hookseal_ce.event));
    self = fetch(Z_OBJ_P(event));
    self->body = zend_string_copy(body);
    self->prepared = php_hookseal_prepared_share(prepared);
    return &self->event;
}

void php_hookseal_event_of(zval *event, hookseal_event *own)
{
    ZVAL_OBJ(event, create(php_hookseal_ce.event));
    fetch(Z_OBJ_P(event))->event = own;
}

const hookseal_event *php_hookseal_event_get(zend_object *event)
{
    return fetch(event)->event;
}

static void free_object(zend_object *object)
{
    event_object *self = fetch(object);

    if (self->event != NULL && self->prepared != NULL) {
        self->prepared->reads_data = Z_TYPE_P(OBJ_PROP_NUM(object, DATA)) != IS_UNDEF;
    }
    hookseal_event_free(self->event);
    if (self->body != NULL) {
        zend_string_release(self->body);
    }
    php_hookseal_prepared_release(self->prepared);
    zend_object_std_dtor(object);
}

static void set_text(zval *place, hookseal_str text)
{
    if (text.data == NULL) {
        ZVAL_NULL(place);
    } else {
        ZVAL_STR(place, zend_string_init_fast(text.data, text.len));
    }
}

static void set_created_at(zval *place, const hookseal_event *event)
{
    int64_t seconds;
    uint32_t nanoseconds;
    zval moment;

    if (!hookseal_event_created_at(event, &seconds, &nanoseconds)) {
        ZVAL_NULL(place);
    } else if (php_hookseal_moment_write(&moment, seconds, nanoseconds)) {
        ZVAL_COPY_VALUE(place, &moment);
    }
}

static void set_unsigned(zval *place, const hookseal_event *event)
{
    size_t count = hookseal_event_unsigned_count(event);

    if (count == 0) {
        ZVAL_EMPTY_ARRAY(place);
        return;
    }
    array_init_size(place, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_str field = hookseal_event_unsigned_field(event, index);
        add_next_index_stringl(place, field.data, field.len);
    }
}

static void set_body(zval *place, const event_object *self)
{
    hookseal_bytes body = hookseal_event_body(self->event);

    if (self->body != NULL && (const char *) body.data == ZSTR_VAL(self->body)) {
        ZVAL_STR_COPY(place, self->body);
    } else {
        ZVAL_STRINGL(place, (const char *) body.data, body.len);
    }
}

static void set_value(zval *place, hookseal_tokens tokens)
{
    zval value;

    /* Whole before it is seen: building it may run out of memory. */
    php_hookseal_data(&value, tokens, &HOOKSEAL_G(keys));
    ZVAL_COPY_VALUE(place, &value);
}

static void fill(zend_object *object, uint32_t property)
{
    const event_object *self = fetch(object);
    const hookseal_event *event = self->event;
    zval *place = OBJ_PROP_NUM(object, property);

    if (event == NULL) {
        return;
    }
    switch (property) {
        case PROVIDER:
            set_text(place, hookseal_event_provider(event));
            break;
        case TYPE:
            set_text(place, hookseal_event_type(event));
            break;
        case ID:
            set_text(place, hookseal_event_id(event));
            break;
        case CREATED_AT:
            set_created_at(place, event);
            break;
        case TEST:
            ZVAL_BOOL(place, hookseal_event_is_test(event));
            break;
        case CHECK:
            ZVAL_BOOL(place, hookseal_event_is_check(event));
            break;
        case DATA:
            set_value(place, hookseal_event_data_tokens(event));
            break;
        case ENVELOPE:
            set_value(place, hookseal_event_envelope_tokens(event));
            break;
        case UNSIGNED:
            set_unsigned(place, event);
            break;
        case BODY:
            set_body(place, self);
            break;
        case KEY_INDEX:
            ZVAL_LONG(place, (zend_long) hookseal_event_key_index(event));
            break;
        case DEDUPE_KEY:
            set_text(place, hookseal_event_dedupe_key(event));
            break;
    }
}

/* Private, so that nothing but verifying makes an event. */
ZEND_METHOD(Hookseal_Event, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Hookseal_Event, jsonSerialize)
{
    const hookseal_event *event = fetch(Z_OBJ_P(ZEND_THIS))->event;

    ZEND_PARSE_PARAMETERS_NONE();
    php_hookseal_json(return_value, hookseal_event_to_json(event));
}

void php_hookseal_event_startup(zend_class_entry *ce)
{
    ce->create_object = create;
    php_hookseal_lazy_init(&lazy, (php_hookseal_lazy_counts) {.all = PROPERTIES, .listed = PROPERTIES, .shown = SHOWN}, fill);
    lazy.handlers.offset = XtOffsetOf(event_object, std);
    lazy.handlers.free_obj = free_object;
}
