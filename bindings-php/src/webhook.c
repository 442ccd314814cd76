#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "classes.h"
#include "event.h"
#include "exception.h"
#include "headers.h"
#include "hookseal.h"
#include "moment.h"
#include "php.h"
#include "providers.h"
#include "scheme.h"
#include "zend_exceptions.h"

typedef struct {
    hookseal_webhook *webhook;
    php_hookseal_wanted wanted;
    php_hookseal_habits *habits;
    /* What a call got from the library, until it is PHP's: here it is freed even if PHP runs out of
     * memory on the way. */
    hookseal_error *error;
    hookseal_scheme *own;
    hookseal_scheme *scheme;
    hookseal_headers *signed_headers;
    zend_object std;
} webhook_object;

enum { PROVIDER };

static zend_object_handlers handlers;

static webhook_object *fetch(zend_object *object)
{
    return (webhook_object *) ((char *) object - XtOffsetOf(webhook_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    webhook_object *self = zend_object_alloc(sizeof(webhook_object), ce);

    zend_object_std_init(&self->std, ce);
    object_properties_init(&self->std, ce);
    self->std.handlers = &handlers;
    return &self->std;
}

static void free_object(zend_object *object)
{
    webhook_object *self = fetch(object);

    hookseal_webhook_free(self->webhook);
    php_hookseal_habits_release(self->habits);
    hookseal_error_free(self->error);
    hookseal_scheme_free(self->own);
    hookseal_scheme_free(self->scheme);
    hookseal_headers_free(self->signed_headers);
    zend_object_std_dtor(object);
}

static hookseal_str text_of(const zend_string *string)
{
    return (hookseal_str) {ZSTR_VAL(string), ZSTR_LEN(string)};
}

/* The options of the constructor. */
typedef struct {
    const hookseal_scheme *own;
    /* The one to verify by. */
    const hookseal_scheme *scheme;
    int64_t tolerance;
} webhook_options;

static bool read_scheme(webhook_object *self, zval *given, webhook_options *options)
{
    if (Z_TYPE_P(given) == IS_OBJECT && Z_OBJCE_P(given) == php_hookseal_ce.scheme) {
        options->own = php_hookseal_scheme_of(Z_OBJ_P(given));
        return true;
    }
    if (Z_TYPE_P(given) != IS_STRING && Z_TYPE_P(given) != IS_ARRAY) {
        zend_argument_type_error(3, "must have as \"scheme\" a Hookseal\\Scheme, an array, or TOML or JSON as a string, %s given", zend_zval_type_name(given));
        return false;
    }
    if (!php_hookseal_scheme_parse(given, &self->own, &self->error)) {
        return false;
    }
    options->own = self->own;
    return true;
}

static bool read_options(webhook_object *self, HashTable *given, webhook_options *options)
{
    zend_string *name;
    zval *value;

    options->own = NULL;
    options->tolerance = HOOKSEAL_DEFAULT_TOLERANCE;
    ZEND_HASH_FOREACH_STR_KEY_VAL(given, name, value) {
        ZVAL_DEREF(value);
        if (name != NULL && zend_string_equals_literal(name, "tolerance")) {
            if (Z_TYPE_P(value) == IS_NULL) {
                continue;
            }
            if (Z_TYPE_P(value) != IS_LONG) {
                zend_argument_type_error(3, "must have as \"tolerance\" a number of seconds as int, %s given", zend_zval_type_name(value));
                return false;
            }
            if (Z_LVAL_P(value) < 0) {
                zend_argument_value_error(3, "must have as \"tolerance\" a number of seconds that is not negative");
                return false;
            }
            options->tolerance = Z_LVAL_P(value) == ZEND_LONG_MAX ? INT64_MAX : Z_LVAL_P(value);
        } else if (name != NULL && zend_string_equals_literal(name, "scheme")) {
            if (Z_TYPE_P(value) != IS_NULL && !read_scheme(self, value, options)) {
                return false;
            }
        } else {
            zend_argument_value_error(3, "has an unknown option%s%s: known are \"tolerance\" and \"scheme\"", name ? " " : "", name ? ZSTR_VAL(name) : "");
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

/* The scheme to verify by: a known provider's is kept, all else is the library's to settle. */
static bool settle_scheme(webhook_object *self, const zend_string *provider, webhook_options *options)
{
    options->scheme = options->own == NULL ? php_hookseal_provider(provider) : NULL;
    if (EXPECTED(options->scheme != NULL)) {
        return true;
    }
    if (!php_hookseal_scheme_resolve(provider, options->own, &self->scheme, &self->error)) {
        return false;
    }
    options->scheme = self->scheme;
    return true;
}

static bool refuse_secret(const zval *secret)
{
    if (Z_TYPE_P(secret) == IS_NULL || Z_TYPE_P(secret) == IS_FALSE) {
        zend_argument_type_error(2, "must be a string or a list of strings, %s given: is the environment variable that should hold it set?", zend_zval_type_name(secret));
    } else {
        zend_argument_type_error(2, "must be a string or a list of strings, %s given", zend_zval_type_name(secret));
    }
    return false;
}

static bool build(webhook_object *self, const webhook_options *options, const hookseal_str *secrets, size_t count)
{
    if (hookseal_webhook_new_with_scheme(options->scheme, secrets, count, options->tolerance, &self->webhook, &self->error) != HOOKSEAL_OK) {
        php_hookseal_throw(&self->error);
        return false;
    }
    php_hookseal_headers_want(&self->wanted, options->scheme);
    self->habits = php_hookseal_habits_new();
    return true;
}

static bool build_with_several(webhook_object *self, const webhook_options *options, HashTable *given)
{
    hookseal_str *secrets = safe_emalloc(zend_hash_num_elements(given), sizeof(hookseal_str), sizeof(hookseal_str));
    size_t count = 0;
    bool built = true;
    zval *secret;

    ZEND_HASH_FOREACH_VAL(given, secret) {
        ZVAL_DEREF(secret);
        if (Z_TYPE_P(secret) != IS_STRING) {
            built = refuse_secret(secret);
            break;
        }
        secrets[count++] = text_of(Z_STR_P(secret));
    } ZEND_HASH_FOREACH_END();
    built = built && build(self, options, secrets, count);
    efree(secrets);
    return built;
}

ZEND_METHOD(Hookseal_Webhook, __construct)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    webhook_options options;
    zend_string *provider;
    zval *secret;
    HashTable *given = NULL;
    bool built;

    ZEND_PARSE_PARAMETERS_START(2, 3)
        Z_PARAM_STR(provider)
        Z_PARAM_ZVAL(secret)
        Z_PARAM_OPTIONAL
        Z_PARAM_ARRAY_HT(given)
    ZEND_PARSE_PARAMETERS_END();

    if (self->webhook != NULL) {
        zend_throw_error(NULL, "Cannot construct a Hookseal\\Webhook twice");
        RETURN_THROWS();
    }
    ZVAL_DEREF(secret);
    if (Z_TYPE_P(secret) != IS_STRING && Z_TYPE_P(secret) != IS_ARRAY) {
        refuse_secret(secret);
        RETURN_THROWS();
    }
    if (!read_options(self, given ? given : (HashTable *) &zend_empty_array, &options) || !settle_scheme(self, provider, &options)) {
        RETURN_THROWS();
    }
    if (Z_TYPE_P(secret) == IS_STRING) {
        hookseal_str one = text_of(Z_STR_P(secret));
        built = build(self, &options, &one, 1);
    } else {
        built = build_with_several(self, &options, Z_ARRVAL_P(secret));
    }
    hookseal_scheme_free(self->own);
    self->own = NULL;
    hookseal_scheme_free(self->scheme);
    self->scheme = NULL;
    if (built) {
        ZVAL_STR_COPY(OBJ_PROP_NUM(&self->std, PROVIDER), provider);
    }
}

/* The raw body, or a TypeError that says how to get it. */
static zend_string *raw_body(zval *body)
{
    ZVAL_DEREF(body);
    if (EXPECTED(Z_TYPE_P(body) == IS_STRING)) {
        return Z_STR_P(body);
    }
    zend_argument_type_error(1, "must be the raw bytes of the request as a string, %s given: a signature covers the bytes as they were sent, which a parsed body does not have any more. Pass file_get_contents('php://input'), $request->getContent() in Symfony and Laravel, or (string) $request->getBody() of PSR-7", zend_zval_type_name(body));
    return NULL;
}

static bool is_constructed(const webhook_object *self)
{
    if (EXPECTED(self->webhook != NULL)) {
        return true;
    }
    zend_throw_error(NULL, "The Hookseal\\Webhook has not been constructed");
    return false;
}

static hookseal_status verify(webhook_object *self, const zend_string *body, zval *given, const int64_t *now, hookseal_event **event)
{
    hookseal_status status = HOOKSEAL_OK;
    php_hookseal_headers headers;

    if (Z_TYPE_P(given) == IS_STRING) {
        return hookseal_webhook_verify_signature_in_place(self->webhook, ZSTR_VAL(body), ZSTR_LEN(body), text_of(Z_STR_P(given)), now, self->habits->reads_data, event, &self->error);
    }
    if (php_hookseal_headers_read(&headers, Z_TYPE_P(given) == IS_ARRAY ? Z_ARRVAL_P(given) : (HashTable *) &zend_empty_array, &self->wanted)) {
        status = hookseal_webhook_verify_in_place(self->webhook, ZSTR_VAL(body), ZSTR_LEN(body), headers.items, headers.count, now, self->habits->reads_data, event, &self->error);
    }
    php_hookseal_headers_free(&headers);
    return status;
}

ZEND_METHOD(Hookseal_Webhook, verify)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *given_body, *headers, *now = NULL;
    int64_t seconds;
    zend_string *body;

    ZEND_PARSE_PARAMETERS_START(2, 3)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_ZVAL(headers)
        Z_PARAM_OPTIONAL
        Z_PARAM_ZVAL_OR_NULL(now)
    ZEND_PARSE_PARAMETERS_END();

    body = raw_body(given_body);
    if (UNEXPECTED(body == NULL)) {
        RETURN_THROWS();
    }
    ZVAL_DEREF(headers);
    if (UNEXPECTED(Z_TYPE_P(headers) != IS_ARRAY && Z_TYPE_P(headers) != IS_STRING && Z_TYPE_P(headers) != IS_NULL)) {
        zend_argument_type_error(2, "must be $_SERVER, getallheaders() or another array of headers, or the signature header's value, %s given: pass $request->headers->all() in Symfony and Laravel, $request->getHeaders() of PSR-7", zend_zval_type_name(headers));
        RETURN_THROWS();
    }
    if (UNEXPECTED(now != NULL && !php_hookseal_moment_read(now, 3, &seconds))) {
        RETURN_THROWS();
    }
    if (UNEXPECTED(!is_constructed(self))) {
        RETURN_THROWS();
    }
    if (UNEXPECTED(verify(self, body, headers, now ? &seconds : NULL, php_hookseal_event_new(return_value, body, self->habits)) != HOOKSEAL_OK)) {
        php_hookseal_throw(&self->error);
    }
    if (UNEXPECTED(EG(exception))) {
        zval_ptr_dtor(return_value);
        ZVAL_NULL(return_value);
    }
}

ZEND_METHOD(Hookseal_Webhook, sign)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zend_string *type = NULL, *id = NULL, *body;
    zval *given_body, *timestamp = NULL;
    hookseal_sign_options options = {0};
    size_t count;

    ZEND_PARSE_PARAMETERS_START(1, 4)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(type)
        Z_PARAM_STR_OR_NULL(id)
        Z_PARAM_ZVAL_OR_NULL(timestamp)
    ZEND_PARSE_PARAMETERS_END();

    body = raw_body(given_body);
    if (body == NULL || !is_constructed(self)) {
        RETURN_THROWS();
    }
    if (timestamp != NULL) {
        if (!php_hookseal_moment_read(timestamp, 4, &options.timestamp)) {
            RETURN_THROWS();
        }
        if (options.timestamp <= 0) {
            zend_argument_value_error(4, "must be after 1970");
            RETURN_THROWS();
        }
    }
    options.type = type ? text_of(type) : (hookseal_str) {0};
    options.id = id ? text_of(id) : (hookseal_str) {0};
    if (hookseal_webhook_sign(self->webhook, ZSTR_VAL(body), ZSTR_LEN(body), &options, &self->signed_headers, &self->error) != HOOKSEAL_OK) {
        php_hookseal_throw(&self->error);
        RETURN_THROWS();
    }
    count = hookseal_headers_count(self->signed_headers);
    array_init_size(return_value, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_header header = hookseal_headers_get(self->signed_headers, index);
        zval value;
        ZVAL_STRINGL(&value, header.value.data, header.value.len);
        zend_symtable_str_update(Z_ARRVAL_P(return_value), header.name.data, header.name.len, &value);
    }
    hookseal_headers_free(self->signed_headers);
    self->signed_headers = NULL;
}

void php_hookseal_webhook_startup(zend_class_entry *ce)
{
    ce->create_object = create;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(webhook_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
