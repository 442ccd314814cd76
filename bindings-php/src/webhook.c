#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "classes.h"
#include "containers.h"
#include "event.h"
#include "exception.h"
#include "globals.h"
#include "headers.h"
#include "hints.h"
#include "lazy.h"
#include "moment.h"
#include "options.h"
#include "report.h"
#include "scheme.h"
#include "secrets.h"
#include "text.h"
#include "webhook.h"
#include "zend_exceptions.h"

typedef struct {
    php_hookseal_prepared *prepared;
    /* What signing gave, until it is PHP's: here it is freed even if PHP runs out of memory on the way. */
    hookseal_headers *signed_headers;
    /* So is an answer. */
    hookseal_handshake *answer;
    zend_object std;
} webhook_object;

/* In the order of the stub. The scheme is an object of its own, made for who asks for it by name. */
enum { PROVIDER, MAX_BODY, WARNINGS, SCHEME, PROPERTIES, LISTED = SCHEME };
enum { CONTENT_TYPE, BODY };

static php_hookseal_lazy lazy;

static webhook_object *fetch(zend_object *object)
{
    return (webhook_object *) ((char *) object - XtOffsetOf(webhook_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    webhook_object *self = zend_object_alloc(sizeof(webhook_object), ce);

    zend_object_std_init(&self->std, ce);
    /* object_properties_init() for properties that all begin without a value. */
    memcpy(self->std.properties_table, ce->default_properties_table, PROPERTIES * sizeof(zval));
    self->std.handlers = &lazy.handlers;
    return &self->std;
}

static void free_object(zend_object *object)
{
    webhook_object *self = fetch(object);

    php_hookseal_prepared_release(self->prepared);
    if (UNEXPECTED(self->signed_headers != NULL)) {
        hookseal_headers_free(self->signed_headers);
    }
    if (UNEXPECTED(self->answer != NULL)) {
        hookseal_handshake_free(self->answer);
    }
    zend_object_std_dtor(object);
}

static void set_warnings(zval *place, const hookseal_webhook *webhook)
{
    size_t count = hookseal_webhook_warning_count(webhook);

    array_init_size(place, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_str warning = hookseal_webhook_warning(webhook, index);
        add_next_index_stringl(place, warning.data, warning.len);
    }
}

static void fill(zend_object *object, uint32_t property)
{
    const php_hookseal_prepared *prepared = fetch(object)->prepared;
    zval *place = OBJ_PROP_NUM(object, property), value;
    hookseal_str name;

    if (prepared == NULL) {
        return;
    }
    switch (property) {
        case PROVIDER:
            name = hookseal_scheme_name(prepared->scheme->scheme);
            ZVAL_STRINGL(place, name.data, name.len);
            break;
        case MAX_BODY:
            ZVAL_LONG(place, (zend_long) hookseal_webhook_max_body(prepared->webhook));
            break;
        case WARNINGS:
            set_warnings(place, prepared->webhook);
            break;
        case SCHEME:
            /* Whole before it is seen. */
            php_hookseal_scheme_object(&value, prepared->scheme);
            ZVAL_COPY_VALUE(place, &value);
            break;
    }
}

static bool is_new(const webhook_object *self)
{
    if (EXPECTED(self->prepared == NULL)) {
        return true;
    }
    zend_throw_error(NULL, "Cannot construct a Hookseal\\Webhook twice");
    return false;
}

static void prepare(webhook_object *self, const php_hookseal_options *options, const zend_string *provider, const php_hookseal_secrets *secrets)
{
    php_hookseal_scheme *scheme = NULL;

    if (options->definition != NULL) {
        scheme = php_hookseal_scheme_of_definition(&HOOKSEAL_G(schemes), options->definition);
        if (scheme == NULL) {
            return;
        }
    } else if (options->scheme != NULL) {
        scheme = php_hookseal_scheme_of_object(options->scheme);
        if (scheme == NULL) {
            return;
        }
        php_hookseal_scheme_share(scheme);
    }
    self->prepared = php_hookseal_prepare(&HOOKSEAL_G(prepared), scheme, provider, options, secrets);
    php_hookseal_scheme_release(scheme);
}

ZEND_METHOD(Hookseal_Webhook, __construct)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *secret, *tolerance = NULL, *scheme = NULL, *constants = NULL, *origin = NULL, *accept_unsigned = NULL;
    php_hookseal_secrets secrets = {0};
    php_hookseal_options options = {0};
    zend_object *own = NULL;
    zend_string *provider = NULL;
    HashTable *given = NULL;

    ZEND_PARSE_PARAMETERS_START(2, 8)
        Z_PARAM_OBJ_OF_CLASS_OR_STR(own, php_hookseal_ce.scheme, provider)
        Z_PARAM_ZVAL(secret)
        Z_PARAM_OPTIONAL
        Z_PARAM_ARRAY_HT(given)
        Z_PARAM_ZVAL_OR_NULL(tolerance)
        Z_PARAM_ZVAL_OR_NULL(scheme)
        Z_PARAM_ZVAL_OR_NULL(constants)
        Z_PARAM_ZVAL_OR_NULL(origin)
        Z_PARAM_ZVAL_OR_NULL(accept_unsigned)
    ZEND_PARSE_PARAMETERS_END();

    php_hookseal_parameters parameters = {
        .tolerance = tolerance, .scheme = scheme, .constants = constants, .origin = origin, .accept_unsigned = accept_unsigned,
    };

    /* The secrets are those that are given now, whatever the program's own code, which the options may call, does
     * to them. It may call this constructor too, so that the object is looked at after it. */
    if (php_hookseal_secrets_read(&secrets, secret, 2, "must be")
        && php_hookseal_options_read(&options, own, given, &parameters)
        && is_new(self)) {
        prepare(self, &options, provider, &secrets);
    }
    php_hookseal_secrets_free(&secrets);
    php_hookseal_options_free(&options);
}

zend_string *php_hookseal_raw_body(zval *body)
{
    ZVAL_DEREF(body);
    if (EXPECTED(Z_TYPE_P(body) == IS_STRING)) {
        return Z_STR_P(body);
    }
    zend_argument_type_error(1, "must be the raw bytes of the request as a string, %s given: a signature covers the bytes as they were sent, which a parsed body does not have any more. Pass file_get_contents('php://input'), $request->getContent() in Symfony and Laravel, or (string) $request->getBody() of PSR-7", zend_zval_type_name(body));
    return NULL;
}

bool php_hookseal_may_be_headers(const zval *headers)
{
    if (EXPECTED(Z_TYPE_P(headers) == IS_ARRAY || Z_TYPE_P(headers) == IS_STRING || Z_TYPE_P(headers) == IS_NULL)
        || (Z_TYPE_P(headers) == IS_OBJECT && php_hookseal_is_container(Z_OBJ_P(headers)))) {
        return true;
    }
    zend_argument_type_error(2, "must be $_SERVER, getallheaders() or another array of headers, or the signature header's value, %s given: pass $request->headers in Symfony and Laravel, a request of PSR-7 itself", zend_zval_type_name(headers));
    return false;
}

static bool is_constructed(const webhook_object *self)
{
    if (EXPECTED(self->prepared != NULL)) {
        return true;
    }
    zend_throw_error(NULL, "The Hookseal\\Webhook has not been constructed");
    return false;
}

php_hookseal_prepared *php_hookseal_webhook_prepared(zend_object *webhook)
{
    webhook_object *self = fetch(webhook);

    return is_constructed(self) ? self->prepared : NULL;
}

/* What is verified: the webhook, the body, and how. */
typedef struct {
    const php_hookseal_prepared *prepared;
    const zend_string *body;
    hookseal_verify_options options;
} delivery;

static hookseal_status verify_items(const delivery *given, const hookseal_header *items, size_t count, hookseal_event **event)
{
    return hookseal_webhook_verify(given->prepared->webhook, ZSTR_VAL(given->body), ZSTR_LEN(given->body), items, count, &given->options, event, &HOOKSEAL_G(error));
}

/* Verifies by an array of headers: all that it has, or of $_SERVER those that the scheme reads. HOOKSEAL_OK also where
 * something was thrown. */
static hookseal_status verify_array(const delivery *given, HashTable *array, bool whole, hookseal_event **event)
{
    const php_hookseal_wanted *wanted = &given->prepared->scheme->wanted;
    hookseal_status status = HOOKSEAL_OK;
    php_hookseal_headers headers;

    if (whole ? php_hookseal_headers_read(&headers, array, wanted) : php_hookseal_headers_read_server(&headers, array, wanted)) {
        status = verify_items(given, headers.items, headers.count, event);
    }
    php_hookseal_headers_free(&headers);
    return status;
}

static hookseal_status verify_container(const delivery *given, zend_object *container, bool whole, hookseal_event **event)
{
    hookseal_status status;
    zval headers;

    if (whole ? !php_hookseal_container_read_all(&headers, container) : !php_hookseal_container_read(&headers, container, &given->prepared->scheme->wanted)) {
        return HOOKSEAL_OK;
    }
    status = verify_array(given, Z_ARRVAL(headers), true, event);
    zval_ptr_dtor(&headers);
    return status;
}

static hookseal_status verify(delivery *given, zval *headers, hookseal_event **event)
{
    hookseal_status status;
    bool whole = false;

    switch (Z_TYPE_P(headers)) {
        case IS_STRING:
            given->options.signature = php_hookseal_text(Z_STR_P(headers));
            ZEND_FALLTHROUGH;
        case IS_NULL:
            return verify_items(given, NULL, 0, event);
        case IS_ARRAY:
            whole = !php_hookseal_headers_are_server(Z_ARRVAL_P(headers));
            break;
    }
    for (;;) {
        status = Z_TYPE_P(headers) == IS_ARRAY ? verify_array(given, Z_ARRVAL_P(headers), whole, event) : verify_container(given, Z_OBJ_P(headers), whole, event);
        if (EXPECTED(status != HOOKSEAL_MISSING_HEADER) || whole) {
            return status;
        }
        /* It may be there under another name, or what tells why it is not. */
        whole = true;
        php_hookseal_error_clear();
    }
}

ZEND_METHOD(Hookseal_Webhook, verify)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *given_body, *headers, *now = NULL;
    zend_string *body, *method = NULL, *url = NULL;
    int64_t seconds;

    ZEND_PARSE_PARAMETERS_START(2, 5)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_ZVAL(headers)
        Z_PARAM_OPTIONAL
        Z_PARAM_ZVAL_OR_NULL(now)
        Z_PARAM_STR_OR_NULL(method)
        Z_PARAM_STR_OR_NULL(url)
    ZEND_PARSE_PARAMETERS_END();

    /* The program's own code first, so that nothing that is read after can change. What a container of headers runs
     * later changes neither the body nor the webhook, which the call holds. */
    if (UNEXPECTED(now != NULL && !php_hookseal_moment_read(now, 3, "must be", &seconds))) {
        RETURN_THROWS();
    }
    body = php_hookseal_raw_body(given_body);
    if (UNEXPECTED(body == NULL)) {
        RETURN_THROWS();
    }
    ZVAL_DEREF(headers);
    if (UNEXPECTED(!php_hookseal_may_be_headers(headers) || !is_constructed(self))) {
        RETURN_THROWS();
    }
    delivery given = {self->prepared, body, {
        .size = sizeof(given.options),
        .now = now != NULL ? &seconds : NULL,
        .in_place = true,
        .with_tokens = self->prepared->reads_data,
        .method = php_hookseal_optional_text(method),
        .url = php_hookseal_optional_text(url),
    }};
    if (UNEXPECTED(verify(&given, headers, php_hookseal_event_new(return_value, body, self->prepared)) != HOOKSEAL_OK)) {
        php_hookseal_throw();
    }
    if (UNEXPECTED(EG(exception))) {
        zval_ptr_dtor(return_value);
        ZVAL_NULL(return_value);
    }
}

/* What is done with a delivery and all of its headers. */
typedef hookseal_status (*php_hookseal_use)(const delivery *given, const hookseal_header *items, size_t count, void *context);

typedef struct {
    const php_hookseal_secrets *secrets;
    hookseal_report **report;
} explanation;

static hookseal_status explain_items(const delivery *given, const hookseal_header *items, size_t count, void *context)
{
    const explanation *wanted = context;

    return hookseal_webhook_explain(given->prepared->webhook, ZSTR_VAL(given->body), ZSTR_LEN(given->body), items, count, wanted->secrets->items, wanted->secrets->count, &given->options, wanted->report, &HOOKSEAL_G(error));
}

static hookseal_status answer_items(const delivery *given, const hookseal_header *items, size_t count, void *context)
{
    return hookseal_webhook_handshake(given->prepared->webhook, ZSTR_VAL(given->body), ZSTR_LEN(given->body), items, count, &given->options, (hookseal_handshake **) context, &HOOKSEAL_G(error));
}

static hookseal_status use_array(const delivery *given, HashTable *array, php_hookseal_use use, void *context)
{
    hookseal_status status = HOOKSEAL_OK;
    php_hookseal_headers headers;

    if (php_hookseal_headers_read_all(&headers, array, &given->prepared->scheme->wanted)) {
        status = use(given, headers.items, headers.count, context);
    }
    php_hookseal_headers_free(&headers);
    return status;
}

static hookseal_status use_all(delivery *given, zval *headers, php_hookseal_use use, void *context)
{
    hookseal_status status = HOOKSEAL_OK;
    zval all;

    switch (Z_TYPE_P(headers)) {
        case IS_STRING:
            given->options.signature = php_hookseal_text(Z_STR_P(headers));
            ZEND_FALLTHROUGH;
        case IS_NULL:
            return use(given, NULL, 0, context);
        case IS_ARRAY:
            return use_array(given, Z_ARRVAL_P(headers), use, context);
    }
    if (php_hookseal_container_read_all(&all, Z_OBJ_P(headers))) {
        status = use_array(given, Z_ARRVAL(all), use, context);
        zval_ptr_dtor(&all);
    }
    return status;
}

/* Makes a PHP object of an answer; null of none. */
static void give_answer(zval *value, const hookseal_handshake *answer)
{
    hookseal_str content_type = hookseal_handshake_content_type(answer), body = hookseal_handshake_body(answer);

    if (body.data == NULL) {
        ZVAL_NULL(value);
        return;
    }
    object_init_ex(value, php_hookseal_ce.handshake);
    ZVAL_STRINGL(OBJ_PROP_NUM(Z_OBJ_P(value), CONTENT_TYPE), content_type.data, content_type.len);
    ZVAL_STRINGL(OBJ_PROP_NUM(Z_OBJ_P(value), BODY), body.data, body.len);
}

ZEND_METHOD(Hookseal_Webhook, handshake)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *given_body, *headers;
    zend_string *body, *method = NULL, *url = NULL;

    ZEND_PARSE_PARAMETERS_START(2, 4)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_ZVAL(headers)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(method)
        Z_PARAM_STR_OR_NULL(url)
    ZEND_PARSE_PARAMETERS_END();

    body = php_hookseal_raw_body(given_body);
    if (body == NULL) {
        RETURN_THROWS();
    }
    ZVAL_DEREF(headers);
    if (!php_hookseal_may_be_headers(headers) || !is_constructed(self)) {
        RETURN_THROWS();
    }
    delivery given = {self->prepared, body, {
        .size = sizeof(given.options),
        .method = php_hookseal_optional_text(method),
        .url = php_hookseal_optional_text(url),
    }};
    if (use_all(&given, headers, answer_items, &self->answer) != HOOKSEAL_OK) {
        php_hookseal_throw();
    } else if (!EG(exception)) {
        give_answer(return_value, self->answer);
    }
    hookseal_handshake_free(self->answer);
    self->answer = NULL;
}

/* Private, so that nothing but a webhook makes one. */
ZEND_METHOD(Hookseal_Handshake, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Hookseal_Webhook, explain)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *given_body, *headers, *secrets = NULL, *now = NULL, *method = NULL, *url = NULL;
    php_hookseal_hints hints = {0};
    HashTable *options = NULL;
    zend_string *body;

    ZEND_PARSE_PARAMETERS_START(2, 7)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_ZVAL(headers)
        Z_PARAM_OPTIONAL
        Z_PARAM_ARRAY_HT(options)
        Z_PARAM_ZVAL_OR_NULL(secrets)
        Z_PARAM_ZVAL_OR_NULL(now)
        Z_PARAM_ZVAL_OR_NULL(method)
        Z_PARAM_ZVAL_OR_NULL(url)
    ZEND_PARSE_PARAMETERS_END();

    php_hookseal_hint_parameters parameters = {.secrets = secrets, .now = now, .method = method, .url = url};
    if (php_hookseal_hints_read(&hints, options, &parameters)) {
        body = php_hookseal_raw_body(given_body);
        ZVAL_DEREF(headers);
        if (body != NULL && php_hookseal_may_be_headers(headers) && is_constructed(self)) {
            hookseal_report **report = php_hookseal_report_new(return_value);
            delivery given = {self->prepared, body, {
                .size = sizeof(given.options),
                .now = hints.now,
                .method = php_hookseal_optional_text(hints.method),
                .url = php_hookseal_optional_text(hints.url),
            }};
            explanation wanted = {&hints.secrets, report};
            if (use_all(&given, headers, explain_items, &wanted) != HOOKSEAL_OK) {
                php_hookseal_throw();
            }
            if (*report != NULL) {
                php_hookseal_report_fill(return_value);
            } else {
                zval_ptr_dtor(return_value);
                ZVAL_NULL(return_value);
            }
        }
    }
    php_hookseal_hints_free(&hints);
}

/* Signs, with other headers of the delivery, which NULL is none of. False if something was thrown. */
static bool sign(webhook_object *self, const zend_string *body, hookseal_sign_options *options, HashTable *others)
{
    hookseal_header *items = others != NULL ? safe_emalloc(MAX(1, zend_hash_num_elements(others)), sizeof(*items), 0) : NULL;
    hookseal_status status = HOOKSEAL_OK;
    zend_string *name;
    zval *value;

    options->headers = (hookseal_pairs) {items, 0};
    if (others != NULL) {
        ZEND_HASH_FOREACH_STR_KEY_VAL(others, name, value) {
            ZVAL_DEREF(value);
            if (name == NULL || Z_TYPE_P(value) != IS_STRING) {
                zend_argument_type_error(7, "must be an array of names and strings");
                break;
            }
            items[options->headers.count++] = (hookseal_header) {php_hookseal_text(name), php_hookseal_text(Z_STR_P(value))};
        } ZEND_HASH_FOREACH_END();
    }
    if (!EG(exception)) {
        status = hookseal_webhook_sign(self->prepared->webhook, ZSTR_VAL(body), ZSTR_LEN(body), options, &self->signed_headers, &HOOKSEAL_G(error));
        if (status != HOOKSEAL_OK) {
            php_hookseal_throw();
        }
    }
    if (items != NULL) {
        efree(items);
    }
    return !EG(exception);
}

ZEND_METHOD(Hookseal_Webhook, sign)
{
    webhook_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zend_string *type = NULL, *id = NULL, *method = NULL, *url = NULL, *private_key = NULL, *body;
    zval *given_body, *timestamp = NULL;
    HashTable *others = NULL;
    hookseal_sign_options options = {.size = sizeof(options)};
    int64_t seconds;
    size_t count;

    ZEND_PARSE_PARAMETERS_START(1, 8)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(type)
        Z_PARAM_STR_OR_NULL(id)
        Z_PARAM_ZVAL_OR_NULL(timestamp)
        Z_PARAM_STR_OR_NULL(method)
        Z_PARAM_STR_OR_NULL(url)
        Z_PARAM_ARRAY_HT(others)
        Z_PARAM_STR_OR_NULL(private_key)
    ZEND_PARSE_PARAMETERS_END();

    if (timestamp != NULL) {
        if (!php_hookseal_moment_read(timestamp, 4, "must be", &seconds)) {
            RETURN_THROWS();
        }
        if (seconds <= 0) {
            zend_argument_value_error(4, "must be after 1970");
            RETURN_THROWS();
        }
        options.timestamp = &seconds;
    }
    body = php_hookseal_raw_body(given_body);
    if (body == NULL || !is_constructed(self)) {
        RETURN_THROWS();
    }
    options.type = php_hookseal_optional_text(type);
    options.id = php_hookseal_optional_text(id);
    options.method = php_hookseal_optional_text(method);
    options.url = php_hookseal_optional_text(url);
    options.private_key = php_hookseal_optional_text(private_key);
    if (!sign(self, body, &options, others)) {
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

/* A class with its own way to make objects cannot be instantiated without its constructor. */
static zend_object *create_handshake(zend_class_entry *ce)
{
    zend_object *object = zend_objects_new(ce);

    object_properties_init(object, ce);
    return object;
}

void php_hookseal_webhook_startup(zend_class_entry *ce)
{
    php_hookseal_ce.handshake->create_object = create_handshake;
    ce->create_object = create;
    php_hookseal_lazy_init(&lazy, (php_hookseal_lazy_counts) {.all = PROPERTIES, .listed = LISTED, .shown = LISTED}, fill);
    lazy.handlers.offset = XtOffsetOf(webhook_object, std);
    lazy.handlers.free_obj = free_object;
}
