/* An event's properties are declared, but not filled before they are asked for: what a handler does
 * not read costs nothing. A filled one is read by the engine alone. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "event.h"

#include "classes.h"
#include "data.h"
#include "moment.h"

typedef struct {
    hookseal_event *event;
    /* What was given to verify, and what the event points into: most often just what was authenticated. */
    zend_string *body;
    /* The webhook's. */
    php_hookseal_habits *habits;
    zend_object std;
} event_object;

/* In the order of the stub. */
enum { PROVIDER, TYPE, ID, CREATED_AT, TEST, CHECK, DATA, UNSIGNED, BODY, KEY_INDEX, DEDUPE_KEY, PROPERTIES };

static zend_object_handlers handlers;

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
    self->std.handlers = &handlers;
    return &self->std;
}

hookseal_event **php_hookseal_event_new(zval *event, zend_string *body, php_hookseal_habits *habits)
{
    event_object *self;

    ZVAL_OBJ(event, create(php_hookseal_ce.event));
    self = fetch(Z_OBJ_P(event));
    self->body = zend_string_copy(body);
    self->habits = php_hookseal_habits_share(habits);
    return &self->event;
}

static void free_object(zend_object *object)
{
    event_object *self = fetch(object);

    if (self->event != NULL) {
        self->habits->reads_data = Z_TYPE_P(OBJ_PROP_NUM(object, DATA)) != IS_UNDEF;
    }
    hookseal_event_free(self->event);
    if (self->body != NULL) {
        zend_string_release(self->body);
    }
    php_hookseal_habits_release(self->habits);
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

    if ((const char *) body.data == ZSTR_VAL(self->body)) {
        ZVAL_STR_COPY(place, self->body);
    } else {
        ZVAL_STRINGL(place, (const char *) body.data, body.len);
    }
}

static void set_data(zval *place, const event_object *self)
{
    zval data;

    /* Whole before it is seen: building it may run out of memory. */
    php_hookseal_data(&data, hookseal_event_data_tokens(self->event), &self->habits->keys);
    ZVAL_COPY_VALUE(place, &data);
}

static void fill(event_object *self, uint32_t property)
{
    zval *place = OBJ_PROP_NUM(&self->std, property);
    const hookseal_event *event = self->event;

    if (Z_TYPE_P(place) != IS_UNDEF || event == NULL) {
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
            set_data(place, self);
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

static void fill_named(zend_object *object, zend_string *name)
{
    const zend_property_info *info = zend_hash_find_ptr(&object->ce->properties_info, name);

    if (info != NULL) {
        fill(fetch(object), OBJ_PROP_TO_NUM(info->offset));
    }
}

static void fill_all(zend_object *object)
{
    for (uint32_t property = 0; property < PROPERTIES; property++) {
        fill(fetch(object), property);
    }
}

/* The place of a property that the code that reads it has read before. */
static zend_always_inline zval *fill_cached(zend_object *object, void **cache_slot)
{
    uintptr_t offset;

    if (cache_slot == NULL || CACHED_PTR_EX(cache_slot) != object->ce) {
        return NULL;
    }
    offset = (uintptr_t) CACHED_PTR_EX(cache_slot + 1);
    if (UNEXPECTED(!IS_VALID_PROPERTY_OFFSET(offset))) {
        return NULL;
    }
    fill(fetch(object), OBJ_PROP_TO_NUM(offset));
    return OBJ_PROP(object, offset);
}

static zval *read_property(zend_object *object, zend_string *name, int type, void **cache_slot, zval *rv)
{
    if (EXPECTED(type == BP_VAR_R || type == BP_VAR_IS)) {
        zval *place = fill_cached(object, cache_slot);
        if (EXPECTED(place != NULL && Z_TYPE_P(place) != IS_UNDEF)) {
            return place;
        }
    }
    fill_named(object, name);
    return zend_std_read_property(object, name, type, cache_slot, rv);
}

static zval *write_property(zend_object *object, zend_string *name, zval *value, void **cache_slot)
{
    fill_named(object, name);
    return zend_std_write_property(object, name, value, cache_slot);
}

static int has_property(zend_object *object, zend_string *name, int check, void **cache_slot)
{
    fill_named(object, name);
    return zend_std_has_property(object, name, check, cache_slot);
}

static void unset_property(zend_object *object, zend_string *name, void **cache_slot)
{
    fill_named(object, name);
    zend_std_unset_property(object, name, cache_slot);
}

static zval *get_property_ptr_ptr(zend_object *object, zend_string *name, int type, void **cache_slot)
{
    fill_named(object, name);
    return zend_std_get_property_ptr_ptr(object, name, type, cache_slot);
}

static HashTable *get_properties(zend_object *object)
{
    fill_all(object);
    return zend_std_get_properties(object);
}

/* What a log may have: a whole event is the sender's customers' data. */
static HashTable *shown(zend_object *object)
{
    static const uint32_t properties[] = {PROVIDER, TYPE, ID};
    HashTable *table = zend_new_array(sizeof(properties) / sizeof(properties[0]));

    for (size_t index = 0; index < sizeof(properties) / sizeof(properties[0]); index++) {
        zval *place = OBJ_PROP_NUM(object, properties[index]);
        fill(fetch(object), properties[index]);
        if (Z_TYPE_P(place) != IS_UNDEF) {
            Z_TRY_ADDREF_P(place);
            zend_hash_add_new(table, object->ce->properties_info_table[properties[index]]->name, place);
        }
    }
    return table;
}

/* For var_dump(), print_r() and debuggers. */
static HashTable *get_debug_info(zend_object *object, int *is_temporary)
{
    *is_temporary = 1;
    return shown(object);
}

static HashTable *get_properties_for(zend_object *object, zend_prop_purpose purpose)
{
    return purpose == ZEND_PROP_PURPOSE_VAR_EXPORT ? shown(object) : zend_std_get_properties_for(object, purpose);
}

/* Looking for garbage must not make any. */
static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    *table = object->properties_table;
    *count = PROPERTIES;
    return object->properties;
}

static int compare(zval *one, zval *other)
{
    if (Z_TYPE_P(one) == IS_OBJECT && Z_TYPE_P(other) == IS_OBJECT && Z_OBJCE_P(one) == Z_OBJCE_P(other)) {
        fill_all(Z_OBJ_P(one));
        fill_all(Z_OBJ_P(other));
    }
    return zend_std_compare_objects(one, other);
}

/* Private, so that nothing but verifying makes an event. */
ZEND_METHOD(Hookseal_Event, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

void php_hookseal_event_startup(zend_class_entry *ce)
{
    ce->create_object = create;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(event_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
    handlers.read_property = read_property;
    handlers.write_property = write_property;
    handlers.has_property = has_property;
    handlers.unset_property = unset_property;
    handlers.get_property_ptr_ptr = get_property_ptr_ptr;
    handlers.get_properties = get_properties;
    handlers.get_properties_for = get_properties_for;
    handlers.get_debug_info = get_debug_info;
    handlers.get_gc = get_gc;
    handlers.compare = compare;
}
