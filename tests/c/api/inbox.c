/* An inbox on SQLite: this program runs the statements that its operations ask for. */
#include "check.h"

#include <sqlite3.h>
#include <string.h>

#define MAX_VALUES 4096

static const char CREATED[] = "{\"type\":\"quote.created\",\"id\":\"e1\",\"data\":{}}";
static const char OTHER[] = "{\"type\":\"quote.created\",\"id\":\"e1\",\"data\":{\"a\":1}}";

static sqlite3 *opened(void) {
    sqlite3 *database = NULL;
    CHECK(sqlite3_open(":memory:", &database) == SQLITE_OK);
    return database;
}

static void bind(sqlite3_stmt *statement, const hookseal_step *step) {
    for (size_t i = 0; i < hookseal_step_parameter_count(step); i++) {
        hookseal_value value = hookseal_step_parameter(step, i);
        int at = (int)i + 1;
        if (value.is_null) {
            sqlite3_bind_null(statement, at);
        } else if (value.type == HOOKSEAL_VALUE_INTEGER) {
            sqlite3_bind_int64(statement, at, value.integer);
        } else if (value.type == HOOKSEAL_VALUE_TEXT) {
            sqlite3_bind_text(statement, at, value.text.data, (int)value.text.len, SQLITE_STATIC);
        } else {
            sqlite3_bind_blob(statement, at, value.text.data, (int)value.text.len, SQLITE_STATIC);
        }
    }
}

/* A value whose text is the caller's to free. */
static hookseal_value column(sqlite3_stmt *statement, int at) {
    hookseal_value value;
    int type = sqlite3_column_type(statement, at);

    memset(&value, 0, sizeof value);
    value.is_null = type == SQLITE_NULL;
    if (type == SQLITE_INTEGER) {
        value.integer = sqlite3_column_int64(statement, at);
    } else if (type != SQLITE_NULL) {
        const void *data = sqlite3_column_blob(statement, at);
        size_t len = (size_t)sqlite3_column_bytes(statement, at);
        char *copy = (char *)malloc(len + 1);
        if (len > 0) {
            memcpy(copy, data, len);
        }
        value.type = type == SQLITE_TEXT ? HOOKSEAL_VALUE_TEXT : HOOKSEAL_VALUE_BYTES;
        value.text = text_of(copy, len);
    }
    return value;
}

static hookseal_status refused(sqlite3 *database, const hookseal_operation *operation, hookseal_step **next,
                               hookseal_error **error) {
    hookseal_database_error failure;
    int64_t code = sqlite3_extended_errcode(database);

    memset(&failure, 0, sizeof failure);
    failure.size = sizeof failure;
    failure.code = &code;
    failure.message = hookseal_str_of(sqlite3_errmsg(database));
    return hookseal_operation_failed(operation, &failure, next, error);
}

/* Runs a step's statement and goes on. */
static hookseal_status run(sqlite3 *database, const hookseal_operation *operation, const hookseal_step *step,
                           hookseal_step **next, hookseal_error **error) {
    static hookseal_value values[MAX_VALUES];
    hookseal_str sql = hookseal_step_sql(step);
    sqlite3_stmt *statement = NULL;
    size_t count = 0, columns = 0;
    hookseal_status status;
    int result = sqlite3_prepare_v2(database, sql.data, (int)sql.len, &statement, NULL);

    if (result == SQLITE_OK) {
        bind(statement, step);
        columns = (size_t)sqlite3_column_count(statement);
        while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
            for (size_t i = 0; i < columns && count < MAX_VALUES; i++) {
                values[count++] = column(statement, (int)i);
            }
        }
    }
    if (result != SQLITE_OK && result != SQLITE_DONE) {
        status = refused(database, operation, next, error);
    } else if (hookseal_step_kind_of(step) == HOOKSEAL_STEP_QUERY) {
        status = hookseal_operation_rows(operation, values, count, columns, next, error);
    } else {
        status = hookseal_operation_changed(operation, (uint64_t)sqlite3_changes(database), next, error);
    }
    sqlite3_finalize(statement);
    for (size_t i = 0; i < count; i++) {
        free((void *)(uintptr_t)values[i].text.data);
    }
    return status;
}

/* Runs an operation that was made, and frees it; the last step is the caller's. */
static hookseal_step *ended(sqlite3 *database, hookseal_operation *operation, hookseal_status wanted) {
    hookseal_step *step = NULL;
    hookseal_error *error = NULL;
    hookseal_status status = hookseal_operation_start(operation, &step, &error);

    while (status == HOOKSEAL_OK && hookseal_step_kind_of(step) != HOOKSEAL_STEP_DONE) {
        hookseal_step *next = NULL;
        status = run(database, operation, step, &next, &error);
        hookseal_step_free(step);
        step = next;
    }
    GIVES(wanted, status);
    if (status != HOOKSEAL_OK && wanted != status) {
        hookseal_str message = hookseal_error_message(error);
        fprintf(stderr, "    %.*s\n", (int)message.len, message.data);
    }
    CHECK(hookseal_error_retry_after(error) == (hookseal_status_http(status) == 503 ? 5U : 0U));
    hookseal_error_free(error);
    hookseal_operation_free(operation);
    return step;
}

/* The operation that a call makes, run to its end. */
#define ENDED(wanted, step, call)                                                                 \
    do {                                                                                          \
        hookseal_operation *operation = NULL;                                                     \
        GIVES(HOOKSEAL_OK, (call));                                                               \
        (step) = ended(database, operation, (wanted));                                            \
    } while (0)

/* The same, with the number that it gives. */
#define NUMBER(wanted, call)                                                                      \
    do {                                                                                          \
        hookseal_step *last = NULL;                                                               \
        int64_t number = -1;                                                                      \
        ENDED(HOOKSEAL_OK, last, call);                                                           \
        CHECK(hookseal_step_number(last, &number) && number == (wanted));                         \
        hookseal_step_free(last);                                                                 \
    } while (0)

/* The same, for one that fails or gives nothing. */
#define FAILS(wanted, call)                                                                       \
    do {                                                                                          \
        hookseal_step *last = NULL;                                                               \
        ENDED(wanted, last, call);                                                                \
        CHECK(!hookseal_step_number(last, NULL));                                                 \
        hookseal_step_free(last);                                                                 \
    } while (0)

static void sql(sqlite3 *database, const char *text) {
    CHECK(sqlite3_exec(database, text, NULL, NULL, NULL) == SQLITE_OK);
}

static hookseal_inbox *inbox_of(const hookseal_webhook *webhook, const char *aggregate) {
    const int64_t wait = 0, lease = 60000;
    const uint32_t attempts = 2;
    hookseal_inbox *inbox = NULL;
    hookseal_inbox_options options;
    hookseal_source source;

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.prefix = hookseal_str_of("test_");
    options.lease = &lease;
    options.attempts = &attempts;
    options.first_wait = options.longest_wait = &wait;
    memset(&source, 0, sizeof source);
    source.name = hookseal_str_of("shop");
    source.webhook = webhook;
    source.aggregate = hookseal_str_of(aggregate);
    GIVES(HOOKSEAL_OK, hookseal_inbox_new(hookseal_str_of("sqlite"), &source, 1, &options, &inbox, NULL));
    CHECK(hookseal_inbox_lease(inbox) == 60000);
    return inbox;
}

static hookseal_received received(sqlite3 *database, const hookseal_inbox *inbox, const hookseal_webhook *webhook,
                                  const char *body) {
    signed_headers made = sign(webhook, body, strlen(body), NULL);
    hookseal_verified *delivery = NULL;
    hookseal_operation *operation = NULL;
    hookseal_event *event = NULL;
    hookseal_step *step;
    hookseal_received outcome;

    GIVES(HOOKSEAL_OK, hookseal_inbox_verify(inbox, text_of(NULL, 0), body, strlen(body), made.headers, made.len,
                                             NULL, &delivery, NULL));
    GIVES(HOOKSEAL_OK, hookseal_inbox_store(inbox, delivery, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    GIVES(HOOKSEAL_OK, hookseal_verified_event(delivery, &event, NULL));
    hookseal_verified_free(delivery);
    IS("e1", hookseal_event_id(event));
    step = ended(database, operation, HOOKSEAL_OK);
    outcome = hookseal_step_received(step);
    hookseal_step_free(step);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    return outcome;
}

static hookseal_claimed *claimed_by(sqlite3 *database, const hookseal_inbox *inbox) {
    hookseal_claimed *claimed = NULL;
    hookseal_step *step;

    ENDED(HOOKSEAL_OK, step, hookseal_inbox_claim(inbox, 10, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    if (hookseal_step_claimed_count(step) > 0) {
        GIVES(HOOKSEAL_OK, hookseal_step_claimed(step, 0, &claimed, NULL));
    }
    hookseal_claimed *none = UNTOUCHED(hookseal_claimed);
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_step_claimed(step, 1, &none, NULL));
    hookseal_step_free(step);
    return claimed;
}

static void once_and_no_more(void) {
    sqlite3 *database = opened();
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_inbox *inbox = inbox_of(webhook, NULL);
    signed_headers made = sign(webhook, CREATED, strlen(CREATED), NULL);
    hookseal_event *event = verified(webhook, CREATED, strlen(CREATED), made.headers, made.len);

    FAILS(HOOKSEAL_SCHEMA_MISSING, hookseal_inbox_claim(inbox, 1, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    NUMBER(1, hookseal_inbox_migrate(inbox, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    NUMBER(0, hookseal_inbox_migrate(inbox, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    FAILS(HOOKSEAL_NO_TRANSACTION,
          hookseal_inbox_once(inbox, text_of(NULL, 0), event, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    sql(database, "BEGIN");
    FAILS(HOOKSEAL_OPEN_TRANSACTION,
          hookseal_inbox_claim(inbox, 1, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    NUMBER(1, hookseal_inbox_once(inbox, text_of(NULL, 0), event, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    sql(database, "ROLLBACK; BEGIN");
    NUMBER(1, hookseal_inbox_once(inbox, hookseal_str_of("shop"), event, HOOKSEAL_TRANSACTION_OPEN, &operation, NULL));
    sql(database, "COMMIT; BEGIN");
    NUMBER(0, hookseal_inbox_once(inbox, text_of(NULL, 0), event, HOOKSEAL_TRANSACTION_OPEN, &operation, NULL));
    sql(database, "COMMIT");
    CHECK(received(database, inbox, webhook, CREATED) == HOOKSEAL_RECEIVED_DUPLICATE);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_inbox_free(inbox);
    hookseal_webhook_free(webhook);
    CHECK(sqlite3_close(database) == SQLITE_OK);
}

static void by_workers(void) {
    sqlite3 *database = opened();
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_inbox *inbox = inbox_of(webhook, "/data/policy");
    hookseal_claimed *slow, *claimed;
    hookseal_event *event = NULL;
    hookseal_headers *headers = NULL;
    hookseal_step *step;
    int64_t seconds = 0, seq;
    hookseal_list_options done;

    NUMBER(1, hookseal_inbox_migrate(inbox, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(received(database, inbox, webhook, CREATED) == HOOKSEAL_RECEIVED_STORED);
    CHECK(received(database, inbox, webhook, CREATED) == HOOKSEAL_RECEIVED_DUPLICATE);
    CHECK(received(database, inbox, webhook, OTHER) == HOOKSEAL_RECEIVED_CONFLICT);
    /* The event is the inbox's own. */
    hookseal_webhook_free(webhook);

    slow = claimed_by(database, inbox);
    CHECK(claimed_by(database, inbox) == NULL);
    CHECK(hookseal_claimed_attempt(slow) == 1);
    IS("shop", hookseal_claimed_source(slow));
    CHECK(hookseal_claimed_received_at(slow, &seconds, NULL) && seconds > 1600000000);
    GIVES(HOOKSEAL_OK, hookseal_claimed_event(slow, &event, NULL));
    IS("e1", hookseal_event_id(event));
    hookseal_event_free(event);

    /* Another worker takes it: the first has lost it. */
    sql(database, "UPDATE test_job SET due = 0");
    claimed = claimed_by(database, inbox);
    seq = hookseal_claimed_seq(claimed);
    CHECK(hookseal_claimed_attempt(claimed) == 2 && hookseal_claimed_seq(slow) == seq);
    sql(database, "BEGIN");
    FAILS(HOOKSEAL_LEASE_LOST, hookseal_inbox_complete(inbox, slow, HOOKSEAL_TRANSACTION_OPEN, &operation, NULL));
    sql(database, "ROLLBACK");
    FAILS(HOOKSEAL_LEASE_LOST, hookseal_inbox_extend(inbox, slow, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    FAILS(HOOKSEAL_LEASE_LOST,
          hookseal_inbox_dead(inbox, slow, hookseal_str_of("E"), HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    FAILS(HOOKSEAL_OK, hookseal_inbox_extend(inbox, claimed, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    hookseal_claimed_free(slow);

    /* Its last attempt. */
    FAILS(HOOKSEAL_OK,
          hookseal_inbox_release(inbox, claimed, hookseal_str_of("E"), HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    hookseal_claimed_free(claimed);
    NUMBER(1, hookseal_inbox_retry(inbox, 0, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    claimed = claimed_by(database, inbox);
    NUMBER(0, hookseal_inbox_release(inbox, claimed, hookseal_str_of("E"), HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    hookseal_claimed_free(claimed);
    claimed = claimed_by(database, inbox);
    FAILS(HOOKSEAL_OK,
          hookseal_inbox_dead(inbox, claimed, hookseal_str_of("E"), HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    hookseal_claimed_free(claimed);
    NUMBER(1, hookseal_inbox_discard(inbox, seq, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    NUMBER(1, hookseal_inbox_replay(inbox, seq, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    claimed = claimed_by(database, inbox);
    /* What is completed in another transaction than the one that it was handled in would be done without its effect. */
    sql(database, "BEGIN");
    FAILS(HOOKSEAL_OK, hookseal_inbox_savepoint(inbox, claimed, HOOKSEAL_TRANSACTION_OPEN, &operation, NULL));
    sql(database, "ROLLBACK; BEGIN");
    FAILS(HOOKSEAL_UNAVAILABLE, hookseal_inbox_complete(inbox, claimed, HOOKSEAL_TRANSACTION_OPEN, &operation, NULL));
    sql(database, "ROLLBACK; BEGIN");
    FAILS(HOOKSEAL_OK, hookseal_inbox_savepoint(inbox, claimed, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    FAILS(HOOKSEAL_OK, hookseal_inbox_extend(inbox, claimed, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    FAILS(HOOKSEAL_OK, hookseal_inbox_complete(inbox, claimed, HOOKSEAL_TRANSACTION_UNKNOWN, &operation, NULL));
    sql(database, "COMMIT");
    hookseal_claimed_free(claimed);

    memset(&done, 0, sizeof done);
    done.size = sizeof done;
    done.state = hookseal_str_of("done");
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_list(inbox, &done, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(contains(hookseal_step_json(step), "\"state\":\"done\""));
    CHECK(contains(hookseal_step_json(step), "\"duplicates\":2"));
    CHECK(hookseal_step_text(step).len == 0);
    hookseal_step_free(step);
    done.event_type = hookseal_str_of("policy.cancelled");
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_list(inbox, &done, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(hookseal_step_json(step).len == 2);
    hookseal_step_free(step);
    done.event_type = hookseal_str_of("");
    done.search = hookseal_str_of("coverkit:");
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_list(inbox, &done, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(contains(hookseal_step_json(step), "\"state\":\"done\""));
    hookseal_step_free(step);
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_openmetrics(inbox, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(contains(hookseal_step_text(step), "hookseal_inbox_conflicts 1\n# EOF\n"));
    CHECK(hookseal_step_json(step).len == 0);
    hookseal_step_free(step);
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_stats(inbox, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(contains(hookseal_step_json(step), "\"conflicts\":1"));
    hookseal_step_free(step);
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_show(inbox, seq, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(hookseal_step_body(step).len == strlen(CREATED));
    GIVES(HOOKSEAL_OK, hookseal_step_headers(step, &headers, NULL));
    CHECK(hookseal_headers_count(headers) == 1);
    hookseal_headers_free(headers);
    hookseal_step_free(step);
    sql(database, "UPDATE test_job SET finished_at = 1");
    NUMBER(1, hookseal_inbox_prune(inbox, 0, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    hookseal_inbox_free(inbox);
    CHECK(sqlite3_close(database) == SQLITE_OK);
}

#define SIGNS_REQUEST                                                                              \
    "{\"name\":\"sender\",\"signature\":{\"header\":\"X-Sig\",\"algorithm\":\"hmac-sha256\","           \
    "\"encoding\":\"hex\",\"content\":\"{method} {url} {body}\"},\"event\":{\"type\":{\"pointer\":\"/type\"}}}"

/* A sender signs the method and the address too, which are kept with what is stored. */
static void with_its_request(void) {
    hookseal_str secret = hookseal_str_of(SECRET);
    sqlite3 *database = NULL;
    hookseal_scheme *scheme = NULL;
    hookseal_webhook *webhook = NULL;
    hookseal_sign_options signing;
    hookseal_verify_options how = verifying(NULL, text_of(NULL, 0));
    hookseal_verified *delivery = NULL;
    hookseal_inbox *inbox;
    hookseal_claimed *claimed;
    hookseal_event *event = NULL;
    hookseal_step *step;
    signed_headers made;

    GIVES(HOOKSEAL_OK, hookseal_scheme_parse(hookseal_str_of(SIGNS_REQUEST), &scheme, NULL));
    GIVES(HOOKSEAL_OK, hookseal_webhook_new_with_options(scheme, &secret, 1, NULL, &webhook, NULL));
    hookseal_scheme_free(scheme);
    inbox = inbox_of(webhook, NULL);
    memset(&signing, 0, sizeof signing);
    signing.size = sizeof signing;
    signing.method = how.method = hookseal_str_of("POST");
    signing.url = how.url = hookseal_str_of("https://hooks.example.com/in?a=1");
    made = sign(webhook, CREATED, strlen(CREATED), &signing);
    hookseal_webhook_free(webhook);

    CHECK(sqlite3_open(":memory:", &database) == SQLITE_OK);
    NUMBER(1, hookseal_inbox_migrate(inbox, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    GIVES(HOOKSEAL_MISSING_REQUEST, hookseal_inbox_verify(inbox, text_of(NULL, 0), CREATED, strlen(CREATED),
                                                          made.headers, made.len, NULL, &delivery, NULL));
    GIVES(HOOKSEAL_OK, hookseal_inbox_verify(inbox, text_of(NULL, 0), CREATED, strlen(CREATED), made.headers,
                                             made.len, &how, &delivery, NULL));
    hookseal_headers_free(made.owner);
    ENDED(HOOKSEAL_OK, step, hookseal_inbox_store(inbox, delivery, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    CHECK(hookseal_step_received(step) == HOOKSEAL_RECEIVED_STORED);
    hookseal_step_free(step);
    hookseal_verified_free(delivery);
    claimed = claimed_by(database, inbox);
    GIVES(HOOKSEAL_OK, hookseal_claimed_event(claimed, &event, NULL));
    CHECK(hookseal_event_body(event).len == strlen(CREATED));
    hookseal_event_free(event);
    hookseal_claimed_free(claimed);
    hookseal_inbox_free(inbox);
    CHECK(sqlite3_close(database) == SQLITE_OK);
}

static void wrongly(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    const int64_t now = 1700000000;
    hookseal_verify_options how = verifying(
        NULL, hookseal_str_of("0000000000000000000000000000000000000000000000000000000000000000"));
    hookseal_inbox *inbox = inbox_of(webhook, NULL), *none = UNTOUCHED(hookseal_inbox);
    hookseal_operation *operation = NULL, *no_operation = UNTOUCHED(hookseal_operation);
    hookseal_step *step = NULL, *no_step = UNTOUCHED(hookseal_step);
    hookseal_verified *forged = UNTOUCHED(hookseal_verified);
    hookseal_error *unreachable = hookseal_error_unreachable();
    hookseal_value values[3];
    hookseal_source source;
    hookseal_text *schema = NULL;

    memset(&source, 0, sizeof source);
    source.webhook = webhook;
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_inbox_new(hookseal_str_of("oracle"), &source, 1, NULL, &none, NULL));
    GIVES(HOOKSEAL_INVALID_INBOX, hookseal_inbox_new(hookseal_str_of("sqlite"), NULL, 0, NULL, &none, NULL));
    source.aggregate = hookseal_str_of("policy");
    GIVES(HOOKSEAL_INVALID_INBOX, hookseal_inbox_new(hookseal_str_of("sqlite"), &source, 1, NULL, &none, NULL));
    source.order_by = 7;
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_inbox_new(hookseal_str_of("sqlite"), &source, 1, NULL, &none, NULL));
    GIVES(HOOKSEAL_MISSING_HEADER,
          hookseal_inbox_verify(inbox, text_of(NULL, 0), "{}", 2, NULL, 0, NULL, &forged, NULL));
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_inbox_verify(inbox, text_of(NULL, 0), "{}", 2, NULL, 0, &how, &forged, NULL));
    GIVES(HOOKSEAL_UNKNOWN_SOURCE,
          hookseal_inbox_verify(inbox, hookseal_str_of("other"), "{}", 2, NULL, 0, &how, &forged, NULL));
    how.now = &now;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_inbox_verify(inbox, text_of(NULL, 0), "{}", 2, NULL, 0, &how, &forged, NULL));
    how.now = NULL;
    how.in_place = true;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_inbox_verify(inbox, text_of(NULL, 0), "{}", 2, NULL, 0, &how, &forged, NULL));
    how.in_place = false;
    how.with_tokens = true;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_inbox_verify(inbox, text_of(NULL, 0), "{}", 2, NULL, 0, &how, &forged, NULL));
    CHECK(forged == UNTOUCHED(hookseal_verified));
    CHECK(hookseal_error_status(unreachable) == HOOKSEAL_UNAVAILABLE && hookseal_error_retry_after(unreachable) == 5);
    hookseal_error_free(unreachable);
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_inbox_migrate(inbox, 7, &no_operation, NULL));
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_inbox_prune(inbox, -1, 0, &no_operation, NULL));
    CHECK(none == UNTOUCHED(hookseal_inbox) && no_operation == UNTOUCHED(hookseal_operation));

    GIVES(HOOKSEAL_OK, hookseal_inbox_schema(hookseal_str_of("mariadb"), hookseal_str_of("own_"), &schema, NULL));
    CHECK(contains(hookseal_text_str(schema), "own_delivery"));
    hookseal_text_free(schema);

    /* Replies that fit nothing, an operation that has ended, and one that is freed in the middle. */
    GIVES(HOOKSEAL_OK, hookseal_inbox_claim(inbox, 1, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    GIVES(HOOKSEAL_OK, hookseal_operation_start(operation, &step, NULL));
    memset(values, 0, sizeof values);
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_operation_rows(operation, values, 3, 2, &no_step, NULL));
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_operation_rows(operation, values, 3, 0, &no_step, NULL));
    values[0].type = 7;
    GIVES(HOOKSEAL_INVALID_ARGUMENT, hookseal_operation_rows(operation, values, 1, 1, &no_step, NULL));
    hookseal_step_free(step);
    GIVES(HOOKSEAL_OK, hookseal_operation_changed(operation, 0, &step, NULL)); /* begun */
    hookseal_step_free(step);
    GIVES(HOOKSEAL_OK, hookseal_operation_rows(operation, NULL, 0, 0, &step, NULL)); /* no version */
    GIVES(HOOKSEAL_SCHEMA_VERSION, hookseal_operation_changed(operation, 0, &no_step, NULL)); /* rolled back */
    GIVES(HOOKSEAL_INVALID_INBOX, hookseal_operation_changed(operation, 0, &no_step, NULL));
    GIVES(HOOKSEAL_INVALID_INBOX, hookseal_operation_start(operation, &no_step, NULL));
    hookseal_step_free(step);
    hookseal_operation_free(operation);
    GIVES(HOOKSEAL_OK, hookseal_inbox_stats(inbox, HOOKSEAL_TRANSACTION_CLOSED, &operation, NULL));
    GIVES(HOOKSEAL_OK, hookseal_operation_start(operation, &step, NULL));
    GIVES(HOOKSEAL_UNAVAILABLE, hookseal_operation_failed(operation, NULL, &no_step, NULL));
    CHECK(no_step == UNTOUCHED(hookseal_step));
    hookseal_step_free(step);
    hookseal_operation_free(operation);
    hookseal_inbox_free(inbox);
    hookseal_webhook_free(webhook);
}

void test_inbox(void) {
    once_and_no_more();
    by_workers();
    with_its_request();
    wrongly();
}
