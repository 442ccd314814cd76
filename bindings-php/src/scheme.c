#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "scheme.h"

#include "classes.h"
#include "exception.h"
#include "definition.h"
#include "text.h"
#include "zend_exceptions.h"

typedef struct {
    hookseal_scheme *scheme;
    /* Why a call failed, until it is thrown. */
    hookseal_error *error;
    zend_object std;
} scheme_object;

enum { NAME, TITLE, UNSIGNED };

static zend_object_handlers handlers;

static scheme_object *fetch(zend_object *object)
{
    return (scheme_object *) ((char *) object - XtOffsetOf(scheme_object, std));
}

const hookseal_scheme *php_hookseal_scheme_of(zend_object *object)
{
    const hookseal_scheme *scheme = fetch(object)->scheme;

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

    hookseal_scheme_free(self->scheme);
    hookseal_error_free(self->error);
    zend_object_std_dtor(object);
}

/* Fills the properties of a new object, which never change after. */
static void initialize(scheme_object *self)
{
    hookseal_str name = hookseal_scheme_name(self->scheme);
    hookseal_str title = hookseal_scheme_title(self->scheme);
    size_t count = hookseal_scheme_unsigned_count(self->scheme);
    zval *fields = OBJ_PROP_NUM(&self->std, UNSIGNED);

    ZVAL_STRINGL(OBJ_PROP_NUM(&self->std, NAME), name.data, name.len);
    ZVAL_STRINGL(OBJ_PROP_NUM(&self->std, TITLE), title.data, title.len);
    array_init_size(fields, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_str field = hookseal_scheme_unsigned_field(self->scheme, index);
        add_next_index_stringl(fields, field.data, field.len);
    }
}

bool php_hookseal_scheme_parse(const zend_string *definition, hookseal_scheme **scheme, hookseal_error **error)
{
    switch (hookseal_scheme_parse(php_hookseal_text(definition), scheme, error)) {
        case HOOKSEAL_OK:
            return true;
        case HOOKSEAL_INVALID_ARGUMENT:
            /* Of a text this can only mean its encoding. */
            hookseal_error_free(*error);
            *error = NULL;
            php_hookseal_throw_status(HOOKSEAL_INVALID_SCHEME, "the scheme is not valid UTF-8");
            return false;
        default:
            php_hookseal_throw(error);
            return false;
    }
}

bool php_hookseal_scheme_resolve(const zend_string *provider, const hookseal_scheme *own, hookseal_scheme **scheme, hookseal_error **error)
{
    switch (hookseal_scheme_resolve(php_hookseal_text(provider), own, scheme, error)) {
        case HOOKSEAL_OK:
            return true;
        case HOOKSEAL_INVALID_ARGUMENT:
            /* Of a name this can only mean its encoding. */
            hookseal_error_free(*error);
            *error = NULL;
            php_hookseal_throw_status(HOOKSEAL_UNKNOWN_PROVIDER, "no provider has such a name: it is not valid UTF-8");
            return false;
        default:
            php_hookseal_throw(error);
            return false;
    }
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
    if (is_new(self) && php_hookseal_scheme_parse(text, &self->scheme, &self->error)) {
        initialize(self);
    }
    zend_string_release(text);
}

ZEND_METHOD(Hookseal_Scheme, provider)
{
    scheme_object *self;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    object_init_ex(return_value, php_hookseal_ce.scheme);
    self = fetch(Z_OBJ_P(return_value));
    if (php_hookseal_scheme_resolve(name, NULL, &self->scheme, &self->error)) {
        initialize(self);
        return;
    }
    zval_ptr_dtor(return_value);
    ZVAL_NULL(return_value);
}

void php_hookseal_scheme_startup(zend_class_entry *ce)
{
    ce->create_object = create;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(scheme_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
