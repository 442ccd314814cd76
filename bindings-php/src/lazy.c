#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "lazy.h"

static zend_always_inline const php_hookseal_lazy *lazy_of(const zend_object *object)
{
    return (const php_hookseal_lazy *) ((const char *) object->handlers - XtOffsetOf(php_hookseal_lazy, handlers));
}

zval *php_hookseal_lazy_fill(zend_object *object, uint32_t property)
{
    zval *place = OBJ_PROP_NUM(object, property);

    if (Z_TYPE_P(place) == IS_UNDEF) {
        lazy_of(object)->fill(object, property);
    }
    return place;
}

static void fill_named(zend_object *object, zend_string *name)
{
    const zend_property_info *info = zend_hash_find_ptr(&object->ce->properties_info, name);

    if (info != NULL) {
        php_hookseal_lazy_fill(object, OBJ_PROP_TO_NUM(info->offset));
    }
}

static void fill_all(zend_object *object)
{
    for (uint32_t property = 0; property < lazy_of(object)->counts.listed; property++) {
        php_hookseal_lazy_fill(object, property);
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
    return EXPECTED(IS_VALID_PROPERTY_OFFSET(offset)) ? php_hookseal_lazy_fill(object, OBJ_PROP_TO_NUM(offset)) : NULL;
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

static HashTable *shown(zend_object *object)
{
    uint32_t count = lazy_of(object)->counts.shown;
    HashTable *table = zend_new_array(count);

    for (uint32_t property = 0; property < count; property++) {
        zval *place = php_hookseal_lazy_fill(object, property);
        if (Z_TYPE_P(place) != IS_UNDEF) {
            Z_TRY_ADDREF_P(place);
            zend_hash_add_new(table, object->ce->properties_info_table[property]->name, place);
        }
    }
    return table;
}

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
    *count = (int) lazy_of(object)->counts.all;
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

void php_hookseal_lazy_init(php_hookseal_lazy *lazy, php_hookseal_lazy_counts counts, void (*fill)(zend_object *object, uint32_t property))
{
    zend_object_handlers *handlers = &lazy->handlers;

    lazy->counts = counts;
    lazy->fill = fill;
    memcpy(handlers, &std_object_handlers, sizeof(*handlers));
    handlers->clone_obj = NULL;
    handlers->read_property = read_property;
    handlers->write_property = write_property;
    handlers->has_property = has_property;
    handlers->unset_property = unset_property;
    handlers->get_property_ptr_ptr = get_property_ptr_ptr;
    handlers->get_properties = get_properties;
    handlers->get_properties_for = get_properties_for;
    handlers->get_debug_info = get_debug_info;
    handlers->get_gc = get_gc;
    handlers->compare = compare;
}
