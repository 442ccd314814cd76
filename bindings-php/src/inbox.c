/* Hookseal\Inbox. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "classes.h"
#include "containers.h"
#include "delivery.h"
#include "event.h"
#include "exception.h"
#include "globals.h"
#include "headers.h"
#include "json.h"
#include "moment.h"
#include "named.h"
#include "operation.h"
#include "sources.h"
#include "text.h"
#include "webhook.h"
#include "zend_interfaces.h"

typedef struct {
    hookseal_inbox *inbox;
    php_hookseal_sources sources;
    /* What runs on the connection now: the program's code can call no other operation of the inbox on the way. */
    php_hookseal_operation operation;
    zend_object std;
} inbox_object;

/* In the order of the stub. */
enum { CONNECTION, LEASE };

static zend_object_handlers handlers;

static inbox_object *fetch(zend_object *object)
{
    return (inbox_object *) ((char *) object - XtOffsetOf(inbox_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    inbox_object *self = zend_object_alloc(sizeof(inbox_object), ce);

    zend_object_std_init(&self->std, ce);
    object_properties_init(&self->std, ce);
    self->std.handlers = &handlers;
    return &self->std;
}

static void free_object(zend_object *object)
{
    inbox_object *self = fetch(object);

    php_hookseal_operation_free(&self->operation);
    hookseal_inbox_free(self->inbox);
    php_hookseal_sources_free(&self->sources);
    zend_object_std_dtor(object);
}

/* Reads seconds as milliseconds. */
static bool read_milliseconds(const php_hookseal_named *named, int64_t *milliseconds)
{
    php_hookseal_span span;

    if (!php_hookseal_span_read(named->value, named->argument, named->must, &span)) {
        return false;
    }
    *milliseconds = span.seconds < INT64_MAX / 1000 ? span.seconds * 1000 + span.nanoseconds / 1000000 : INT64_MAX;
    return true;
}

/* What the options point to. */
typedef struct {
    hookseal_inbox_options options;
    int64_t lease, first, longest;
    uint32_t attempts;
} settings;

static bool read_attempts(settings *made, const zval *given, uint32_t argument)
{
    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_LONG || Z_LVAL_P(given) < 1 || Z_LVAL_P(given) > UINT32_MAX) {
        zend_argument_value_error(argument, "must have as \"attempts\" of the backoff a positive int");
        return false;
    }
    made->attempts = (uint32_t) Z_LVAL_P(given);
    made->options.attempts = &made->attempts;
    return true;
}

static bool read_backoff(settings *made, const php_hookseal_named *named)
{
    enum { ATTEMPTS, FIRST, LONGEST, COUNT };
    php_hookseal_named parts[COUNT] = {
        [ATTEMPTS] = {.name = "attempts"},
        [FIRST] = {.name = "first", .must_have = "must have as \"first\" of the backoff"},
        [LONGEST] = {.name = "longest", .must_have = "must have as \"longest\" of the backoff"},
    };
    const zval *given = named->value;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_ARRAY) {
        zend_argument_type_error(named->argument, "%s an array with \"attempts\", \"first\" and \"longest\", %s given", named->must, zend_zval_type_name(given));
        return false;
    }
    if (!php_hookseal_named_read(parts, COUNT, Z_ARRVAL_P(given), named->argument)) {
        return false;
    }
    if (php_hookseal_named_given(&parts[ATTEMPTS]) && !read_attempts(made, parts[ATTEMPTS].value, named->argument)) {
        return false;
    }
    if (php_hookseal_named_given(&parts[FIRST])) {
        made->options.first_wait = &made->first;
        if (!read_milliseconds(&parts[FIRST], &made->first)) {
            return false;
        }
    }
    if (php_hookseal_named_given(&parts[LONGEST])) {
        made->options.longest_wait = &made->longest;
        return read_milliseconds(&parts[LONGEST], &made->longest);
    }
    return true;
}

static bool read_prefix(settings *made, const php_hookseal_named *named)
{
    const zval *given = named->value;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_STRING) {
        zend_argument_type_error(named->argument, "%s a string, %s given", named->must, zend_zval_type_name(given));
        return false;
    }
    made->options.prefix = php_hookseal_text(Z_STR_P(given));
    return true;
}

/* Reads the options and the parameters of the same names. It runs no code of the program's. */
static bool read_settings(settings *made, HashTable *given, const zval *prefix, const zval *backoff, const zval *lease)
{
    enum { PREFIX, BACKOFF, LEASED, COUNT };
    php_hookseal_named named[COUNT] = {
        [PREFIX] = {"prefix", "must be", "must have as \"prefix\"", 4, prefix},
        [BACKOFF] = {"backoff", "must be", "must have as \"backoff\"", 5, backoff},
        [LEASED] = {"lease", "must be", "must have as \"lease\"", 6, lease},
    };

    made->options.size = sizeof(made->options);
    if (!php_hookseal_named_read(named, COUNT, given, 3)) {
        return false;
    }
    if (php_hookseal_named_given(&named[LEASED])) {
        made->options.lease = &made->lease;
        if (!read_milliseconds(&named[LEASED], &made->lease)) {
            return false;
        }
    }
    return (!php_hookseal_named_given(&named[PREFIX]) || read_prefix(made, &named[PREFIX]))
        && (!php_hookseal_named_given(&named[BACKOFF]) || read_backoff(made, &named[BACKOFF]));
}

/* Asks the connection for its dialect, for which it may have to connect; NULL if something was thrown. */
static zend_string *dialect_of(zend_object *connection)
{
    zval dialect;

    ZVAL_UNDEF(&dialect);
    zend_call_method_with_0_params(connection, connection->ce, NULL, "dialect", &dialect);
    if (EG(exception)) {
        zval_ptr_dtor(&dialect);
        if (php_hookseal_connection_forgives(connection)) {
            php_hookseal_error_clear();
            HOOKSEAL_G(error) = hookseal_error_unreachable();
            php_hookseal_throw_inbox();
        }
        return NULL;
    }
    return Z_STR(dialect);
}

static void build(inbox_object *self, zend_object *connection, const zend_string *dialect, const settings *made)
{
    if (self->inbox != NULL) {
        zend_throw_error(NULL, "Cannot construct a Hookseal\\Inbox twice");
        return;
    }
    if (hookseal_inbox_new(php_hookseal_text(dialect), self->sources.items, self->sources.count, &made->options, &self->inbox, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw_inbox();
        return;
    }
    GC_ADDREF(connection);
    ZVAL_OBJ(OBJ_PROP_NUM(&self->std, CONNECTION), connection);
    ZVAL_DOUBLE(OBJ_PROP_NUM(&self->std, LEASE), (double) hookseal_inbox_lease(self->inbox) / 1000);
}

ZEND_METHOD(Hookseal_Inbox, __construct)
{
    inbox_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *sources, *prefix = NULL, *backoff = NULL, *lease = NULL;
    zend_object *connection;
    HashTable *options = NULL;
    zend_string *dialect;
    settings made = {0};

    ZEND_PARSE_PARAMETERS_START(2, 6)
        Z_PARAM_OBJ_OF_CLASS(connection, php_hookseal_ce.connection)
        Z_PARAM_ZVAL(sources)
        Z_PARAM_OPTIONAL
        Z_PARAM_ARRAY_HT(options)
        Z_PARAM_ZVAL_OR_NULL(prefix)
        Z_PARAM_ZVAL_OR_NULL(backoff)
        Z_PARAM_ZVAL_OR_NULL(lease)
    ZEND_PARSE_PARAMETERS_END();

    /* The program's own code first, so that nothing that is read after can change. */
    dialect = dialect_of(connection);
    if (dialect == NULL) {
        RETURN_THROWS();
    }
    ZVAL_DEREF(sources);
    if (self->inbox != NULL || self->sources.sources != NULL) {
        zend_throw_error(NULL, "Cannot construct a Hookseal\\Inbox twice");
    } else if (Z_TYPE_P(sources) != IS_ARRAY && (Z_TYPE_P(sources) != IS_OBJECT || Z_OBJCE_P(sources) != php_hookseal_ce.webhook)) {
        zend_argument_type_error(2, "must be a Hookseal\\Webhook, or an array of names and such, %s given", zend_zval_type_name(sources));
    } else {
        if (php_hookseal_sources_read(&self->sources, sources, 2) && read_settings(&made, options, prefix, backoff, lease)) {
            build(self, connection, dialect, &made);
        }
        php_hookseal_sources_settle(&self->sources);
        if (self->inbox == NULL) {
            php_hookseal_sources_free(&self->sources);
        }
    }
    zend_string_release(dialect);
}

ZEND_METHOD(Hookseal_Inbox, schema)
{
    zend_string *dialect, *prefix = NULL;
    hookseal_text *schema;
    hookseal_str text;

    ZEND_PARSE_PARAMETERS_START(1, 2)
        Z_PARAM_STR(dialect)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(prefix)
    ZEND_PARSE_PARAMETERS_END();

    if (hookseal_inbox_schema(php_hookseal_text(dialect), prefix ? php_hookseal_text(prefix) : (hookseal_str) {0}, &schema, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw_inbox();
        RETURN_THROWS();
    }
    text = hookseal_text_str(schema);
    RETVAL_STRINGL(text.data, text.len);
    hookseal_text_free(schema);
}

static zend_object *connection_of(const inbox_object *self)
{
    return Z_OBJ_P(OBJ_PROP_NUM((zend_object *) &self->std, CONNECTION));
}

static bool is_constructed(const inbox_object *self)
{
    if (self->inbox == NULL) {
        zend_throw_error(NULL, "The Hookseal\\Inbox has not been constructed");
    }
    return self->inbox != NULL;
}

/* Whether an operation may begin, and the state of the connection for it; an exception was thrown if not. */
static bool is_ready(inbox_object *self, hookseal_transaction *transaction)
{
    if (!is_constructed(self)) {
        return false;
    }
    if (!php_hookseal_connection_state(connection_of(self), transaction)) {
        return false;
    }
    if (self->operation.operation != NULL) {
        zend_throw_error(NULL, "The Hookseal\\Inbox is at work: its connection runs a statement for it");
        return false;
    }
    return true;
}

/* Runs the operation that was made, or throws why there is none. */
static bool run(inbox_object *self, hookseal_status status)
{
    if (status != HOOKSEAL_OK) {
        php_hookseal_throw_inbox();
        return false;
    }
    return php_hookseal_operation_run(&self->operation, connection_of(self));
}

/* The number that the operation gave; 0 if none. */
static int64_t number_of(const inbox_object *self)
{
    int64_t number = 0;

    hookseal_step_number(self->operation.step, &number);
    return number;
}

/* An operation of the inbox that makes `call`, with `gives` done if it went well. */
#define OPERATE(call, gives)                                      \
    do {                                                          \
        inbox_object *self = fetch(Z_OBJ_P(ZEND_THIS));           \
        hookseal_transaction transaction;                         \
        if (is_ready(self, &transaction)) {                       \
            if (run(self, call)) {                                \
                gives;                                            \
            }                                                     \
            php_hookseal_operation_free(&self->operation);        \
        }                                                         \
    } while (0)

/* The place for the operation, and for why there is none. */
#define INTO &self->operation.operation, &HOOKSEAL_G(error)

ZEND_METHOD(Hookseal_Inbox, migrate)
{
    ZEND_PARSE_PARAMETERS_NONE();
    OPERATE(hookseal_inbox_migrate(self->inbox, transaction, INTO), RETVAL_BOOL(number_of(self)));
}

static hookseal_status verify_array(const inbox_object *self, HashTable *array, const php_hookseal_prepared *prepared, hookseal_str source, const zend_string *body, const hookseal_verify_options *options, hookseal_verified **verified)
{
    hookseal_status status = HOOKSEAL_OK;
    php_hookseal_headers headers;

    if (php_hookseal_headers_read_all(&headers, array, &prepared->scheme->wanted)) {
        status = hookseal_inbox_verify(self->inbox, source, ZSTR_VAL(body), ZSTR_LEN(body), headers.items, headers.count, options, verified, &HOOKSEAL_G(error));
    }
    php_hookseal_headers_free(&headers);
    return status;
}

/* HOOKSEAL_OK also where something was thrown. */
static hookseal_status verify(const inbox_object *self, zval *headers, const zend_string *name, const zend_string *body, hookseal_verify_options *options, hookseal_verified **verified)
{
    const php_hookseal_prepared *prepared = php_hookseal_sources_find(&self->sources, name);
    hookseal_str source = php_hookseal_optional_text(name);

    if (Z_TYPE_P(headers) == IS_ARRAY) {
        return verify_array(self, Z_ARRVAL_P(headers), prepared, source, body, options, verified);
    }
    if (Z_TYPE_P(headers) == IS_STRING) {
        options->signature = php_hookseal_text(Z_STR_P(headers));
    }
    return hookseal_inbox_verify(self->inbox, source, ZSTR_VAL(body), ZSTR_LEN(body), NULL, 0, options, verified, &HOOKSEAL_G(error));
}

static void give_received(zval *value, const inbox_object *self, const hookseal_verified *verified)
{
    hookseal_event *event;

    if (hookseal_verified_event(verified, &event, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw_inbox();
        return;
    }
    php_hookseal_received_of(value, hookseal_step_received(self->operation.step), event);
}

static void store(zval *value, inbox_object *self, const hookseal_verified *verified)
{
    hookseal_transaction transaction;

    if (is_ready(self, &transaction)) {
        if (run(self, hookseal_inbox_store(self->inbox, verified, transaction, INTO))) {
            give_received(value, self, verified);
        }
        php_hookseal_operation_free(&self->operation);
    }
}

ZEND_METHOD(Hookseal_Inbox, receive)
{
    inbox_object *self = fetch(Z_OBJ_P(ZEND_THIS));
    zval *given_body, *given, headers;
    zend_string *source = NULL, *method = NULL, *url = NULL, *body;
    hookseal_verified *verified = NULL;

    ZEND_PARSE_PARAMETERS_START(2, 5)
        Z_PARAM_ZVAL(given_body)
        Z_PARAM_ZVAL(given)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(source)
        Z_PARAM_STR_OR_NULL(method)
        Z_PARAM_STR_OR_NULL(url)
    ZEND_PARSE_PARAMETERS_END();

    hookseal_verify_options options = {
        .size = sizeof(options),
        .method = php_hookseal_optional_text(method),
        .url = php_hookseal_optional_text(url),
    };

    body = php_hookseal_raw_body(given_body);
    if (body == NULL) {
        RETURN_THROWS();
    }
    ZVAL_DEREF(given);
    if (!php_hookseal_may_be_headers(given)) {
        RETURN_THROWS();
    }
    /* The program's own code first, so that nothing that is read after can change: what it takes away is held. */
    zend_string_addref(body);
    if (Z_TYPE_P(given) != IS_OBJECT) {
        ZVAL_COPY(&headers, given);
    } else if (!php_hookseal_container_read_all(&headers, Z_OBJ_P(given))) {
        zend_string_release(body);
        RETURN_THROWS();
    }
    /* What is not genuine costs no connection. */
    if (is_constructed(self)) {
        if (verify(self, &headers, source, body, &options, &verified) != HOOKSEAL_OK) {
            php_hookseal_throw_inbox();
        } else if (!EG(exception)) {
            store(return_value, self, verified);
        }
    }
    hookseal_verified_free(verified);
    zval_ptr_dtor(&headers);
    zend_string_release(body);
}

ZEND_METHOD(Hookseal_Inbox, once)
{
    zend_object *event;
    zend_string *source = NULL;

    ZEND_PARSE_PARAMETERS_START(1, 2)
        Z_PARAM_OBJ_OF_CLASS(event, php_hookseal_ce.event)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(source)
    ZEND_PARSE_PARAMETERS_END();
    OPERATE(hookseal_inbox_once(self->inbox, source ? php_hookseal_text(source) : (hookseal_str) {0}, php_hookseal_event_get(event), transaction, INTO), RETVAL_BOOL(number_of(self)));
}

static void give_claimed(zval *list, const inbox_object *self)
{
    size_t count = hookseal_step_claimed_count(self->operation.step);

    array_init_size(list, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_claimed **place;
        zval claimed;
        place = php_hookseal_claimed_new(&claimed);
        add_next_index_zval(list, &claimed);
        if (hookseal_step_claimed(self->operation.step, index, place, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
            php_hookseal_throw_inbox();
            return;
        }
        if (!php_hookseal_claimed_fill(&claimed)) {
            return;
        }
    }
}

ZEND_METHOD(Hookseal_Inbox, claim)
{
    zend_long limit = 1;

    ZEND_PARSE_PARAMETERS_START(0, 1)
        Z_PARAM_OPTIONAL
        Z_PARAM_LONG(limit)
    ZEND_PARSE_PARAMETERS_END();
    if (limit < 1) {
        zend_argument_value_error(1, "must be positive");
        RETURN_THROWS();
    }
    OPERATE(hookseal_inbox_claim(self->inbox, (size_t) limit, transaction, INTO), give_claimed(return_value, self));
}

#define PARSE_CLAIMED(claimed)                                   \
    ZEND_PARSE_PARAMETERS_START(1, 1)                            \
        Z_PARAM_OBJ_OF_CLASS(claimed, php_hookseal_ce.claimed)   \
    ZEND_PARSE_PARAMETERS_END()

#define PARSE_CLAIMED_AND_ERROR(claimed, error)                  \
    ZEND_PARSE_PARAMETERS_START(2, 2)                            \
        Z_PARAM_OBJ_OF_CLASS(claimed, php_hookseal_ce.claimed)   \
        Z_PARAM_STR(error)                                       \
    ZEND_PARSE_PARAMETERS_END()

ZEND_METHOD(Hookseal_Inbox, savepoint)
{
    zend_object *claimed;

    PARSE_CLAIMED(claimed);
    OPERATE(hookseal_inbox_savepoint(self->inbox, php_hookseal_claimed_get(claimed), transaction, INTO), RETVAL_NULL());
}

ZEND_METHOD(Hookseal_Inbox, complete)
{
    zend_object *claimed;

    PARSE_CLAIMED(claimed);
    OPERATE(hookseal_inbox_complete(self->inbox, php_hookseal_claimed_get(claimed), transaction, INTO), RETVAL_NULL());
}

static void give_wait(zval *value, const inbox_object *self)
{
    int64_t milliseconds;

    if (hookseal_step_number(self->operation.step, &milliseconds)) {
        ZVAL_DOUBLE(value, (double) milliseconds / 1000);
    } else {
        ZVAL_NULL(value);
    }
}

ZEND_METHOD(Hookseal_Inbox, release)
{
    zend_object *claimed;
    zend_string *error;

    PARSE_CLAIMED_AND_ERROR(claimed, error);
    OPERATE(hookseal_inbox_release(self->inbox, php_hookseal_claimed_get(claimed), php_hookseal_text(error), transaction, INTO), give_wait(return_value, self));
}

ZEND_METHOD(Hookseal_Inbox, dead)
{
    zend_object *claimed;
    zend_string *error;

    PARSE_CLAIMED_AND_ERROR(claimed, error);
    OPERATE(hookseal_inbox_dead(self->inbox, php_hookseal_claimed_get(claimed), php_hookseal_text(error), transaction, INTO), RETVAL_NULL());
}

ZEND_METHOD(Hookseal_Inbox, extend)
{
    zend_object *claimed;

    PARSE_CLAIMED(claimed);
    OPERATE(hookseal_inbox_extend(self->inbox, php_hookseal_claimed_get(claimed), transaction, INTO), RETVAL_NULL());
}

ZEND_METHOD(Hookseal_Inbox, stats)
{
    ZEND_PARSE_PARAMETERS_NONE();
    OPERATE(hookseal_inbox_stats(self->inbox, transaction, INTO), php_hookseal_json_arrays(return_value, hookseal_step_json(self->operation.step)));
}

ZEND_METHOD(Hookseal_Inbox, openmetrics)
{
    hookseal_str text;

    ZEND_PARSE_PARAMETERS_NONE();
    OPERATE(hookseal_inbox_openmetrics(self->inbox, transaction, INTO), text = hookseal_step_text(self->operation.step); RETVAL_STRINGL(text.data, text.len));
}

ZEND_METHOD(Hookseal_Inbox, list)
{
    zend_string *state = NULL, *source = NULL, *event_type = NULL, *search = NULL;
    zend_long before = 0, limit = 100;
    bool is_latest = true;
    hookseal_list_options options = {.size = sizeof(options)};
    int64_t smaller;

    ZEND_PARSE_PARAMETERS_START(0, 6)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(state)
        Z_PARAM_STR_OR_NULL(source)
        Z_PARAM_LONG_OR_NULL(before, is_latest)
        Z_PARAM_LONG(limit)
        Z_PARAM_STR_OR_NULL(event_type)
        Z_PARAM_STR_OR_NULL(search)
    ZEND_PARSE_PARAMETERS_END();

    if (limit < 1) {
        zend_argument_value_error(4, "must be positive");
        RETURN_THROWS();
    }
    options.state = state ? php_hookseal_text(state) : (hookseal_str) {0};
    options.source = source ? php_hookseal_text(source) : (hookseal_str) {0};
    options.limit = (size_t) limit;
    options.event_type = event_type ? php_hookseal_text(event_type) : (hookseal_str) {0};
    options.search = search ? php_hookseal_text(search) : (hookseal_str) {0};
    smaller = before;
    options.before = ZEND_NUM_ARGS() > 2 && !is_latest ? &smaller : NULL;
    OPERATE(hookseal_inbox_list(self->inbox, &options, transaction, INTO), php_hookseal_json_arrays(return_value, hookseal_step_json(self->operation.step)));
}

static void give_kept(zval *value, const inbox_object *self)
{
    hookseal_bytes body = hookseal_step_body(self->operation.step);
    hookseal_headers *headers;
    size_t count;
    zval list;

    if (body.data == NULL) {
        ZVAL_NULL(value);
        return;
    }
    if (hookseal_step_headers(self->operation.step, &headers, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw_inbox();
        return;
    }
    array_init(value);
    count = hookseal_headers_count(headers);
    array_init_size(&list, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_header header = hookseal_headers_get(headers, index);
        zval pair;
        array_init_size(&pair, 2);
        add_next_index_stringl(&pair, header.name.data, header.name.len);
        add_next_index_stringl(&pair, header.value.data, header.value.len);
        add_next_index_zval(&list, &pair);
    }
    hookseal_headers_free(headers);
    add_assoc_zval(value, "headers", &list);
    add_assoc_stringl(value, "body", (const char *) body.data, body.len);
}

#define PARSE_SEQ(seq)                \
    ZEND_PARSE_PARAMETERS_START(1, 1) \
        Z_PARAM_LONG(seq)             \
    ZEND_PARSE_PARAMETERS_END()

ZEND_METHOD(Hookseal_Inbox, show)
{
    zend_long seq;

    PARSE_SEQ(seq);
    OPERATE(hookseal_inbox_show(self->inbox, seq, transaction, INTO), give_kept(return_value, self));
}

ZEND_METHOD(Hookseal_Inbox, retry)
{
    zend_long seq = 0;
    bool is_all = true;

    ZEND_PARSE_PARAMETERS_START(0, 1)
        Z_PARAM_OPTIONAL
        Z_PARAM_LONG_OR_NULL(seq, is_all)
    ZEND_PARSE_PARAMETERS_END();
    if (ZEND_NUM_ARGS() > 0 && !is_all && seq < 1) {
        zend_argument_value_error(1, "must be positive");
        RETURN_THROWS();
    }
    OPERATE(hookseal_inbox_retry(self->inbox, seq, transaction, INTO), RETVAL_LONG((zend_long) number_of(self)));
}

ZEND_METHOD(Hookseal_Inbox, replay)
{
    zend_long seq;

    PARSE_SEQ(seq);
    OPERATE(hookseal_inbox_replay(self->inbox, seq, transaction, INTO), RETVAL_BOOL(number_of(self)));
}

ZEND_METHOD(Hookseal_Inbox, discard)
{
    zend_long seq;

    PARSE_SEQ(seq);
    OPERATE(hookseal_inbox_discard(self->inbox, seq, transaction, INTO), RETVAL_BOOL(number_of(self)));
}

ZEND_METHOD(Hookseal_Inbox, prune)
{
    php_hookseal_named keep = {"keep", "must be", "must be", 1, NULL};
    int64_t milliseconds = 0;
    zval *given = NULL;

    ZEND_PARSE_PARAMETERS_START(0, 1)
        Z_PARAM_OPTIONAL
        Z_PARAM_ZVAL_OR_NULL(given)
    ZEND_PARSE_PARAMETERS_END();
    keep.value = given;
    if (php_hookseal_named_given(&keep) && !read_milliseconds(&keep, &milliseconds)) {
        RETURN_THROWS();
    }
    OPERATE(hookseal_inbox_prune(self->inbox, milliseconds, transaction, INTO), RETVAL_LONG((zend_long) number_of(self)));
}

void php_hookseal_inbox_startup(void)
{
    php_hookseal_ce.inbox->create_object = create;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(inbox_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
