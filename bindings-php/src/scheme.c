#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "scheme.h"

#include "classes.h"
#include "definition.h"
#include "globals.h"
#include "zend_exceptions.h"

typedef struct {
    php_hookseal_scheme *scheme;
    zend_object std;
} scheme_object;

enum { NAME, TITLE, UNSIGNED, WEAKNESSES, CONSTANTS, SIGNS_REQUEST, HAS_HANDSHAKE };

static zend_object_handlers handlers;

static scheme_object *fetch(zend_object *object)
{
    return (scheme_object *) ((char *) object - XtOffsetOf(scheme_object, std));
}

php_hookseal_scheme *php_hookseal_scheme_of_object(zend_object *object)
{
    php_hookseal_scheme *scheme = fetch(object)->scheme;

    if (UNEXPECTED(scheme == NULL)) {
        zend_throw_error(NULL, "The Hookseal\\Scheme has not been constructed");
    }
    return scheme;
}

static zend_object *create(zend_class_entry *ce)
{
    scheme_object *self = zend_object_alloc(sizeof(scheme_object), ce);

    zend_object_std_init(&self->std, ce);
    object_properties_init(&self->std, ce);
    self->std.handlers = &handlers;
    return &self->std;
}

static void free_object(zend_object *object)
{
    scheme_object *self = fetch(object);

    php_hookseal_scheme_release(self->scheme);
    zend_object_std_dtor(object);
}

/* Makes a new object one of this scheme, which is its own from now on. Its properties never change after. */
static void initialize(scheme_object *self, php_hookseal_scheme *own)
{
    const hookseal_scheme *scheme = own->scheme;
    hookseal_str name = hookseal_scheme_name(scheme), title = hookseal_scheme_title(scheme);
    size_t count = hookseal_scheme_unsigned_count(scheme);
    zval *fields = OBJ_PROP_NUM(&self->std, UNSIGNED);
    zval *weaknesses = OBJ_PROP_NUM(&self->std, WEAKNESSES);
    zval *constants = OBJ_PROP_NUM(&self->std, CONSTANTS);

    self->scheme = own;
    ZVAL_STRINGL(OBJ_PROP_NUM(&self->std, NAME), name.data, name.len);
    ZVAL_STRINGL(OBJ_PROP_NUM(&self->std, TITLE), title.data, title.len);
    array_init_size(fields, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_str field = hookseal_scheme_unsigned_field(scheme, index);
        add_next_index_stringl(fields, field.data, field.len);
    }
    array_init(weaknesses);
    for (size_t index = 0; index < hookseal_scheme_weakness_count(scheme); index++) {
        hookseal_str weakness = hookseal_scheme_weakness(scheme, index);
        add_next_index_stringl(weaknesses, weakness.data, weakness.len);
    }
    array_init(constants);
    for (size_t index = 0; index < hookseal_scheme_constant_count(scheme); index++) {
        hookseal_str constant = hookseal_scheme_constant_name(scheme, index), meaning = hookseal_scheme_constant_meaning(scheme, index);
        zval value;
        ZVAL_STRINGL(&value, meaning.data, meaning.len);
        zend_symtable_str_update(Z_ARRVAL_P(constants), constant.data, constant.len, &value);
    }
    ZVAL_BOOL(OBJ_PROP_NUM(&self->std, SIGNS_REQUEST), hookseal_scheme_signs_request(scheme));
    ZVAL_BOOL(OBJ_PROP_NUM(&self->std, HAS_HANDSHAKE), hookseal_scheme_has_handshake(scheme));
}

void php_hookseal_scheme_object(zval *value, php_hookseal_scheme *scheme)
{
    object_init_ex(value, php_hookseal_ce.scheme);
    initialize(fetch(Z_OBJ_P(value)), php_hookseal_scheme_share(scheme));
}

/* A constructor that is called again must not change what others already use. To be asked once no code of the
 * program's runs any more, for that may call the constructor too. */
static bool is_new(const scheme_object *self)
{
    if (self->scheme == NULL) {
        return true;
    }
    zend_throw_error(NULL, "Cannot construct a Hookseal\\Scheme twice");
    return false;
}

ZEND_METHOD(Hookseal_Scheme, __construct)
{
    scheme_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zend_string *text;
    zval *definition;

    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_ZVAL(definition)
    ZEND_PARSE_PARAMETERS_END();
    ZVAL_DEREF(definition);
    if (Z_TYPE_P(definition) != IS_STRING && Z_TYPE_P(definition) != IS_ARRAY) {
        zend_argument_type_error(1, "must be an array, or TOML or JSON as a string, %s given", zend_zval_type_name(definition));
        RETURN_THROWS();
    }
    text = php_hookseal_definition_text(definition);
    if (text == NULL) {
        RETURN_THROWS();
    }
    if (is_new(self)) {
        php_hookseal_scheme *scheme = php_hookseal_scheme_of_definition(&HOOKSEAL_G(schemes), text);
        if (scheme != NULL) {
            initialize(self, scheme);
        }
    }
    zend_string_release(text);
}

ZEND_METHOD(Hookseal_Scheme, provider)
{
    php_hookseal_scheme *scheme;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    scheme = php_hookseal_scheme_of_provider(name);
    if (scheme != NULL) {
        php_hookseal_scheme_object(return_value, scheme);
    }
}

ZEND_METHOD(Hookseal_Scheme, providers)
{
    size_t count = hookseal_provider_count();

    ZEND_PARSE_PARAMETERS_NONE();
    array_init_size(return_value, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_str name = hookseal_provider_name(index);
        add_next_index_stringl(return_value, name.data, name.len);
    }
}

void php_hookseal_scheme_startup(zend_class_entry *ce)
{
    ce->create_object = create;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(scheme_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
