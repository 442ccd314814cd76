/* Each error: its status, its code, its HTTP status, and a message that says what to do. */
#include "check.h"

#include <string.h>

typedef struct {
    hookseal_status status;
    const char *code;
    int32_t http_status;
} row;

static const row ROWS[] = {
    {HOOKSEAL_OK, "ok", 200},
    {HOOKSEAL_NULL_ARGUMENT, "null_argument", 500},
    {HOOKSEAL_INVALID_ARGUMENT, "invalid_argument", 500},
    {HOOKSEAL_PANIC, "panic", 500},
    {HOOKSEAL_MISSING_HEADER, "missing_header", 401},
    {HOOKSEAL_MALFORMED_HEADER, "malformed_header", 401},
    {HOOKSEAL_SIGNATURE_MISMATCH, "signature_mismatch", 401},
    {HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE, "timestamp_out_of_tolerance", 401},
    {HOOKSEAL_INVALID_PAYLOAD, "invalid_payload", 400},
    {HOOKSEAL_INCOMPLETE_BODY, "incomplete_body", 400},
    {HOOKSEAL_BODY_TOO_LARGE, "body_too_large", 413},
    {HOOKSEAL_UNKNOWN_PROVIDER, "unknown_provider", 500},
    {HOOKSEAL_INVALID_SECRET, "invalid_secret", 500},
    {HOOKSEAL_INVALID_SCHEME, "invalid_scheme", 500},
    {HOOKSEAL_MISSING_REQUEST, "missing_request", 500},
};
#define ROW_COUNT (sizeof ROWS / sizeof *ROWS)

/* These numbers are in programs that were compiled long ago. */
static void numbers_stay(void) {
    CHECK(HOOKSEAL_OK == 0);
    CHECK(HOOKSEAL_NULL_ARGUMENT == 1);
    CHECK(HOOKSEAL_INVALID_ARGUMENT == 2);
    CHECK(HOOKSEAL_PANIC == 3);
    CHECK(HOOKSEAL_MISSING_HEADER == 10);
    CHECK(HOOKSEAL_MALFORMED_HEADER == 11);
    CHECK(HOOKSEAL_SIGNATURE_MISMATCH == 12);
    CHECK(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE == 13);
    CHECK(HOOKSEAL_INVALID_PAYLOAD == 20);
    CHECK(HOOKSEAL_INCOMPLETE_BODY == 21);
    CHECK(HOOKSEAL_BODY_TOO_LARGE == 22);
    CHECK(HOOKSEAL_UNKNOWN_PROVIDER == 30);
    CHECK(HOOKSEAL_INVALID_SECRET == 31);
    CHECK(HOOKSEAL_INVALID_SCHEME == 32);
    CHECK(HOOKSEAL_MISSING_REQUEST == 33);
    CHECK(hookseal_abi_version() == HOOKSEAL_ABI_VERSION);
    CHECK(hookseal_version().len >= 5);
}

static void statuses(void) {
    const hookseal_status unknown[] = {-1, 4, 14, 23, 34, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < ROW_COUNT; i++) {
        IS(ROWS[i].code, hookseal_status_code(ROWS[i].status));
        CHECK(hookseal_status_http(ROWS[i].status) == ROWS[i].http_status);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        CHECK(hookseal_status_code(unknown[i]).data == NULL);
        CHECK(hookseal_status_http(unknown[i]) == 500);
    }
}

/* An error's handle says what the status says, and its message helps and gives nothing away. */
static void is_error(hookseal_status status, hookseal_error *error, const char *word) {
    const row *found = NULL;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (ROWS[i].status == status) {
            found = &ROWS[i];
        }
    }
    CHECK(found && error);
    if (found && error) {
        GIVES(status, hookseal_error_status(error));
        IS(found->code, hookseal_error_code(error));
        CHECK(hookseal_error_http_status(error) == found->http_status);
        CHECK(contains(hookseal_error_message(error), word));
        CHECK(!contains(hookseal_error_message(error), SECRET));
    }
    hookseal_error_free(error);
}

static void when_building(void) {
    hookseal_str secret = hookseal_str_of(SECRET), kasko = hookseal_str_of("kasko");
    const char *const bad_secrets[] = {"",           " ",         "\"quoted\"",
                                       " " SECRET, SECRET "\n", SECRET "\xed\xb3\xbf"};
    hookseal_webhook *webhook = UNTOUCHED(hookseal_webhook);
    hookseal_scheme *scheme = UNTOUCHED(hookseal_scheme);
    hookseal_error *error = NULL;

    GIVES(HOOKSEAL_UNKNOWN_PROVIDER,
          hookseal_webhook_new(hookseal_str_of("nobody"), &secret, 1, &webhook, &error));
    is_error(HOOKSEAL_UNKNOWN_PROVIDER, error, "`hookseal providers`");
    GIVES(HOOKSEAL_UNKNOWN_PROVIDER,
          hookseal_scheme_for_provider(hookseal_str_of("nobody"), &scheme, &error));
    is_error(HOOKSEAL_UNKNOWN_PROVIDER, error, "`hookseal providers`");
    /* The arguments the wrong way round must not bring the secret into a log. */
    GIVES(HOOKSEAL_UNKNOWN_PROVIDER, hookseal_webhook_new(secret, &kasko, 1, &webhook, &error));
    is_error(HOOKSEAL_UNKNOWN_PROVIDER, error, "The name comes before the secrets");

    hookseal_scheme *own = NULL;
    GIVES(HOOKSEAL_OK, hookseal_scheme_for_provider(kasko, &own, NULL));
    GIVES(HOOKSEAL_INVALID_SCHEME, hookseal_scheme_resolve(secret, own, &scheme, &error));
    is_error(HOOKSEAL_INVALID_SCHEME, error, "`kasko`");
    GIVES(HOOKSEAL_UNKNOWN_PROVIDER, hookseal_scheme_resolve(secret, NULL, &scheme, &error));
    is_error(HOOKSEAL_UNKNOWN_PROVIDER, error, "`hookseal providers`");
    hookseal_scheme_free(own);

    for (size_t i = 0; i < sizeof bad_secrets / sizeof *bad_secrets; i++) {
        hookseal_str secrets[2];
        secrets[0] = secret;
        secrets[1] = hookseal_str_of(bad_secrets[i]);
        GIVES(HOOKSEAL_INVALID_SECRET, hookseal_webhook_new(kasko, secrets, 2, &webhook, &error));
        is_error(HOOKSEAL_INVALID_SECRET, error, "secret");
    }
    GIVES(HOOKSEAL_INVALID_SECRET, hookseal_webhook_new(kasko, NULL, 0, &webhook, &error));
    is_error(HOOKSEAL_INVALID_SECRET, error, "at least one");

    GIVES(HOOKSEAL_INVALID_SCHEME,
          hookseal_scheme_parse(hookseal_str_of("name = \"x\"\nsiganture = 1"), &scheme, &error));
    is_error(HOOKSEAL_INVALID_SCHEME, error, "siganture");
    GIVES(HOOKSEAL_INVALID_SCHEME, hookseal_scheme_parse(text_of("", 0), &scheme, &error));
    is_error(HOOKSEAL_INVALID_SCHEME, error, "scheme");

    CHECK(webhook == UNTOUCHED(hookseal_webhook));
    CHECK(scheme == UNTOUCHED(hookseal_scheme));
}

static void when_verifying(void) {
    hookseal_webhook *webhook = webhook_for("stripe");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    const int64_t then = 1000;
    const hookseal_verify_options early = verifying(&then, text_of(NULL, 0));
    hookseal_header wrong = {made.headers[0].name, hookseal_str_of("t=,v1=")};
    hookseal_event *event = UNTOUCHED(hookseal_event);
    hookseal_error *error = NULL;

    GIVES(HOOKSEAL_MISSING_HEADER,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, NULL, &event, &error));
    is_error(HOOKSEAL_MISSING_HEADER, error, "Stripe-Signature");
    GIVES(HOOKSEAL_MALFORMED_HEADER,
          hookseal_webhook_verify(webhook, BODY, body_len(), &wrong, 1, NULL, &event, &error));
    is_error(HOOKSEAL_MALFORMED_HEADER, error, "Stripe-Signature");
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH, hookseal_webhook_verify(webhook, BODY, body_len() - 1,
                                                               made.headers, made.len, NULL, &event,
                                                               &error));
    is_error(HOOKSEAL_SIGNATURE_MISMATCH, error, "raw");
    GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
          hookseal_webhook_verify(webhook, BODY, body_len(), made.headers, made.len, &early,
                                  &event, &error));
    is_error(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE, error, "clock");
    hookseal_headers_free(made.owner);

    made = sign(webhook, "[]", 2, NULL);
    GIVES(HOOKSEAL_INVALID_PAYLOAD,
          hookseal_webhook_verify(webhook, "[]", 2, made.headers, made.len, NULL, &event, &error));
    is_error(HOOKSEAL_INVALID_PAYLOAD, error, "JSON object");
    CHECK(event == UNTOUCHED(hookseal_event));
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

void test_errors(void) {
    numbers_stay();
    statuses();
    when_building();
    when_verifying();
}
