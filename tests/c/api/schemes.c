/* Schemes of one's own, and the tolerance. */
#include "check.h"

#include <string.h>

static const char TOML[] = "name = \"acme\"\n"
                           "[[signature]]\n"
                           "header = \"X-Acme-Signature\"\n"
                           "algorithm = \"hmac-sha256\"\n"
                           "encoding = \"base64\"\n"
                           "content = \"{timestamp}.{body}\"\n"
                           "[timestamp]\n"
                           "header = \"X-Acme-Time\"\n"
                           "unit = \"seconds\"\n"
                           "tolerance = 10\n"
                           "[event]\n"
                           "type = { pointer = \"/type\" }\n";

static const char JSON[] =
    "{\"name\":\"acme\",\"signature\":[{\"header\":\"X-Acme-Signature\",\"algorithm\":"
    "\"hmac-sha256\",\"encoding\":\"hex\",\"content\":\"{body}\"}],\"event\":{\"type\":"
    "{\"pointer\":\"/type\"}}}";

static hookseal_webhook *webhook_with(const char *text, const int64_t *tolerance) {
    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_scheme *scheme = NULL;
    hookseal_webhook *webhook = NULL;
    hookseal_webhook_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.tolerance = tolerance;
    GIVES(HOOKSEAL_OK, hookseal_scheme_parse(hookseal_str_of(text), &scheme, NULL));
    IS("acme", hookseal_scheme_name(scheme));
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &options, &webhook, NULL));
    hookseal_scheme_free(scheme);
    return webhook;
}

static hookseal_status at(const hookseal_webhook *webhook, const signed_headers *made,
                          int64_t now) {
    hookseal_event *event = NULL;
    const hookseal_verify_options then = verifying(&now, text_of(NULL, 0));
    hookseal_status status = hookseal_webhook_verify(webhook, BODY, body_len(), made->headers,
                                                     made->len, &then, &event, NULL);
    hookseal_event_free(event);
    return status;
}

static void tolerance(void) {
    const int64_t then = 1000000, no_seconds = 0, sixty_seconds = 60, any_time = INT64_MAX;
    const hookseal_sign_options options = signing(text_of(NULL, 0), &then);
    const hookseal_status late = HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE;

    hookseal_webhook *by_scheme = webhook_with(TOML, NULL);
    hookseal_webhook *none = webhook_with(TOML, &no_seconds);
    hookseal_webhook *minute = webhook_with(TOML, &sixty_seconds);
    hookseal_webhook *any = webhook_with(TOML, &any_time);
    signed_headers made = sign(by_scheme, BODY, body_len(), &options);

    GIVES(HOOKSEAL_OK, at(by_scheme, &made, 1000010));
    GIVES(HOOKSEAL_OK, at(by_scheme, &made, 999990));
    GIVES(late, at(by_scheme, &made, 1000011));
    GIVES(late, at(by_scheme, &made, 999989));
    GIVES(HOOKSEAL_OK, at(none, &made, 1000000));
    GIVES(late, at(none, &made, 1000001));
    GIVES(HOOKSEAL_OK, at(minute, &made, 1000060));
    GIVES(late, at(minute, &made, 1000061));
    GIVES(HOOKSEAL_OK, at(any, &made, 0));
    GIVES(HOOKSEAL_OK, at(any, &made, INT64_MAX / 2));

    hookseal_headers_free(made.owner);
    hookseal_webhook_free(by_scheme);
    hookseal_webhook_free(none);
    hookseal_webhook_free(minute);
    hookseal_webhook_free(any);
}

static void json(void) {
    hookseal_webhook *webhook = webhook_with(JSON, NULL);
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_event *event = verified(webhook, BODY, body_len(), made.headers, made.len);
    IS("acme", hookseal_event_provider(event));
    IS("quote.created", hookseal_event_type(event));
    hookseal_webhook_free(webhook);
    IS("acme", hookseal_event_provider(event));
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
}

/* The signature alone, at a time of the caller's. */
static void signature_at(void) {
    hookseal_webhook *webhook = webhook_for("stripe");
    const int64_t then = 1000000, in_time = 1000300, late = 1000301;
    const hookseal_sign_options options = signing(text_of(NULL, 0), &then);
    signed_headers made = sign(webhook, BODY, body_len(), &options);
    hookseal_verify_options alone = verifying(&in_time, made.headers[0].value);
    hookseal_event *event = NULL, *none = UNTOUCHED(hookseal_event);

    GIVES(HOOKSEAL_OK,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &event, NULL));
    IS("quote.created", hookseal_event_type(event));
    alone.now = &late;
    GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &none, NULL));
    CHECK(none == UNTOUCHED(hookseal_event));
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

/* The scheme of a provider's name and, if there is one, of the caller's own. */
static void resolved(void) {
    hookseal_str acme = hookseal_str_of("acme");
    hookseal_scheme *own = NULL, *scheme = NULL;
    GIVES(HOOKSEAL_OK, hookseal_scheme_resolve(hookseal_str_of("kasko"), NULL, &scheme, NULL));
    IS("KASKO", hookseal_scheme_title(scheme));
    hookseal_scheme_free(scheme);

    GIVES(HOOKSEAL_OK, hookseal_scheme_parse(hookseal_str_of(TOML), &own, NULL));
    GIVES(HOOKSEAL_OK, hookseal_scheme_resolve(acme, own, &scheme, NULL));
    hookseal_scheme_free(own);
    IS("acme", hookseal_scheme_name(scheme));
    hookseal_scheme_free(scheme);
}

/* What a caller of another version gives is understood, or refused where it cannot be. */
static void options(void) {
    struct {
        hookseal_webhook_options known;
        uint64_t added;
    } later;
    const int64_t minute = 60, negative = -1;
    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_scheme *scheme = NULL;
    hookseal_webhook *webhook = NULL;
    hookseal_error *error = NULL;
    hookseal_event *event = NULL;
    hookseal_header header = {hookseal_str_of("Stripe-Signature"), hookseal_str_of(
        "t=1,v1=0000000000000000000000000000000000000000000000000000000000000000")};

    GIVES(HOOKSEAL_OK, hookseal_scheme_for_provider(hookseal_str_of("stripe"), &scheme, NULL));
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, NULL, &webhook, NULL));
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_verify(webhook, BODY, body_len(), &header, 1, NULL, &event, &error));
    CHECK(contains(hookseal_error_message(error), "hookseal_webhook_explain()"));
    hookseal_error_free(error);
    hookseal_webhook_free(webhook);

    memset(&later, 0, sizeof later);
    later.known.size = sizeof later;
    later.known.tolerance = &minute;
    later.known.surface = HOOKSEAL_SURFACE_PHP;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_verify(webhook, BODY, body_len(), &header, 1, NULL, &event, &error));
    CHECK(contains(hookseal_error_message(error), "$webhook->explain("));
    hookseal_error_free(error);
    hookseal_webhook_free(webhook);

    later.known.size = offsetof(hookseal_webhook_options, surface);
    later.known.surface = 7;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    hookseal_webhook_free(webhook);
    later.known.size = sizeof later.known;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    later.known.surface = HOOKSEAL_SURFACE_C;
    later.known.tolerance_nanoseconds = 999999999;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    hookseal_webhook_free(webhook);
    later.known.tolerance_nanoseconds = 1000000000;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    later.known.tolerance_nanoseconds = 0;
    later.known.tolerance = &negative;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    later.known.tolerance = NULL;
    later.known.size = 0;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, NULL));
    later.known.size = sizeof later;
    later.added = 1;
    GIVES(HOOKSEAL_INVALID_ARGUMENT,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &later.known, &webhook, &error));
    CHECK(contains(hookseal_error_message(error), "options->size"));
    hookseal_error_free(error);
    hookseal_scheme_free(scheme);
}

static void what_a_scheme_says(void) {
    hookseal_scheme *scheme = NULL;
    GIVES(HOOKSEAL_OK, hookseal_scheme_for_provider(hookseal_str_of("kasko"), &scheme, NULL));
    IS("KASKO", hookseal_scheme_title(scheme));
    CHECK(hookseal_scheme_unsigned_count(scheme) == 2);
    IS("type", hookseal_scheme_unsigned_field(scheme, 0));
    IS("id", hookseal_scheme_unsigned_field(scheme, 1));
    CHECK(hookseal_scheme_unsigned_field(scheme, 2).data == NULL);
    CHECK(hookseal_scheme_header_count(scheme) == 3);
    IS("X-KASKO-Signature", hookseal_scheme_header_name(scheme, 0));
    IS("X-KASKO-Event", hookseal_scheme_header_name(scheme, 1));
    IS("X-KASKO-Delivery", hookseal_scheme_header_name(scheme, 2));
    CHECK(hookseal_scheme_header_name(scheme, 3).data == NULL);
    IS("HTTP_X_KASKO_EVENT", hookseal_scheme_header_cgi_name(scheme, 1));
    CHECK(hookseal_scheme_header_cgi_name(scheme, 3).data == NULL);
    hookseal_scheme_free(scheme);
}

#define SIGNS_MORE                                                                                 \
    "{\"name\":\"sender\",\"constants\":{\"name\":\"what is registered\"},"                          \
    "\"signature\":{\"header\":\"X-Sig\",\"algorithm\":\"hmac-sha256\",\"encoding\":\"hex\","          \
    "\"content\":\"{method} {url}\\n{header:X-User}\\n{constant:name}\",\"weakness\":\"body-unsigned\"},"  \
    "\"event\":{\"type_required\":false}}"

/* The method, the address, a header and a constant are signed, and the body is not. */
static void what_else_is_signed(void) {
    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_header constant = {hookseal_str_of("name"), hookseal_str_of("mine")};
    hookseal_header user = {hookseal_str_of("X-User"), hookseal_str_of("seven")};
    hookseal_webhook_options options;
    hookseal_scheme *scheme = NULL;
    hookseal_webhook *webhook = NULL;
    hookseal_error *error = NULL;

    GIVES(HOOKSEAL_OK, hookseal_scheme_parse(hookseal_str_of(SIGNS_MORE), &scheme, NULL));
    CHECK(hookseal_scheme_weakness_count(scheme) == 1);
    IS("body-unsigned", hookseal_scheme_weakness(scheme, 0));
    CHECK(hookseal_scheme_weakness(scheme, 1).data == NULL);
    CHECK(hookseal_scheme_constant_count(scheme) == 1);
    IS("name", hookseal_scheme_constant_name(scheme, 0));
    IS("what is registered", hookseal_scheme_constant_meaning(scheme, 0));
    CHECK(hookseal_scheme_constant_name(scheme, 1).data == NULL);
    CHECK(hookseal_scheme_constant_meaning(scheme, 1).data == NULL);
    CHECK(hookseal_scheme_signs_request(scheme));

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.constants.items = &constant;
    options.constants.count = 1;
    options.origin = hookseal_str_of("https://hooks.example.com");
    GIVES(HOOKSEAL_INVALID_SCHEME,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &options, &webhook, &error));
    CHECK(contains(hookseal_error_message(error), "accept_unsigned"));
    hookseal_error_free(error);
    options.accept_unsigned = true;
    options.constants.items = NULL;
    GIVES(HOOKSEAL_NULL_ARGUMENT,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &options, &webhook, NULL));
    options.constants.items = &constant;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &options, &webhook, NULL));

    hookseal_sign_options signing;
    memset(&signing, 0, sizeof signing);
    signing.size = sizeof signing;
    signing.method = hookseal_str_of("POST");
    signing.url = hookseal_str_of("/in?a=1");
    signing.headers.items = &user;
    signing.headers.count = 1;
    signed_headers given = sign(webhook, "{}", 2, &signing);
    given.headers[given.len++] = user;

    hookseal_verify_options how;
    hookseal_event *event = NULL;
    memset(&how, 0, sizeof how);
    how.size = sizeof how;
    how.method = signing.method;
    GIVES(HOOKSEAL_MISSING_REQUEST,
          hookseal_webhook_verify(webhook, "{}", 2, given.headers, given.len, &how, &event, NULL));
    how.url = hookseal_str_of("http://10.0.0.1:8080/in?a=1");
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_verify(webhook, "{}", 2, given.headers, given.len, &how, &event, NULL));
    CHECK(hookseal_event_unsigned_count(event) == 1);
    IS("body", hookseal_event_unsigned_field(event, 0));
    hookseal_event_free(event);
    how.method = hookseal_str_of("PUT");
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_verify(webhook, "{}", 2, given.headers, given.len, &how, &event, NULL));
    hookseal_headers_free(given.owner);
    hookseal_webhook_free(webhook);
    hookseal_scheme_free(scheme);
}

#define ASKS                                                                                       \
    "{\"name\":\"sender\",\"constants\":{\"token\":\"what was chosen\"},"                            \
    "\"signature\":{\"header\":\"X-Sig\",\"algorithm\":\"hmac-sha256\",\"encoding\":\"hex\","          \
    "\"content\":\"{body}\"},\"event\":{\"type_required\":false},"                                   \
    "\"handshake\":[{\"method\":\"GET\",\"signed\":false,\"when\":{\"query\":\"challenge\"},"           \
    "\"token\":{\"query\":\"token\",\"constant\":\"token\"},"                                          \
    "\"challenge\":{\"query\":\"challenge\"},\"text\":\"{challenge}\"}]}"

/* A sender asks whether the endpoint is the receiver's. */
static void what_is_answered(void) {
    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_header constant = {hookseal_str_of("token"), hookseal_str_of("mine")};
    hookseal_webhook_options options;
    hookseal_verify_options how;
    hookseal_scheme *scheme = NULL;
    hookseal_webhook *webhook = NULL;
    hookseal_handshake *answer = NULL;

    GIVES(HOOKSEAL_OK, hookseal_scheme_parse(hookseal_str_of(ASKS), &scheme, NULL));
    CHECK(hookseal_scheme_has_handshake(scheme));
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.constants.items = &constant;
    options.constants.count = 1;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new_with_options(scheme, &secret, 1, &options, &webhook, NULL));
    memset(&how, 0, sizeof how);
    how.size = sizeof how;
    how.method = hookseal_str_of("GET");
    how.url = hookseal_str_of("/in?token=mine&challenge=abc%20123");
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_handshake(webhook, NULL, 0, NULL, 0, &how, &answer, NULL));
    IS("abc 123", hookseal_handshake_body(answer));
    IS("text/plain", hookseal_handshake_content_type(answer));
    hookseal_handshake_free(answer);
    how.url = hookseal_str_of("/in?token=yours&challenge=abc");
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_handshake(webhook, NULL, 0, NULL, 0, &how, &answer, NULL));
    how.method = hookseal_str_of("POST");
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_handshake(webhook, NULL, 0, NULL, 0, &how, &answer, NULL));
    CHECK(hookseal_handshake_body(answer).data == NULL);
    CHECK(hookseal_handshake_content_type(answer).data == NULL);
    hookseal_handshake_free(answer);
    hookseal_webhook_free(webhook);
    hookseal_scheme_free(scheme);
}

/* No other secrets, no fewer, no more, and in no other order. */
static void what_secrets_a_webhook_has(void) {
    hookseal_str one = hookseal_str_of("secret one"), two = hookseal_str_of("secret two");
    hookseal_str both[] = {one, two}, turned[] = {two, one}, more[] = {one, two, two};
    hookseal_str shorter = hookseal_str_of("secret"), none = text_of(NULL, 0);
    hookseal_webhook *webhook = NULL;
    GIVES(HOOKSEAL_OK, hookseal_webhook_new(hookseal_str_of("kasko"), both, 2, &webhook, NULL));
    CHECK(hookseal_webhook_has_secrets(webhook, both, 2));
    CHECK(!hookseal_webhook_has_secrets(webhook, turned, 2));
    CHECK(!hookseal_webhook_has_secrets(webhook, both, 1));
    CHECK(!hookseal_webhook_has_secrets(webhook, more, 3));
    CHECK(!hookseal_webhook_has_secrets(webhook, NULL, 0));
    hookseal_webhook_free(webhook);
    GIVES(HOOKSEAL_OK, hookseal_webhook_new(hookseal_str_of("kasko"), &one, 1, &webhook, NULL));
    CHECK(hookseal_webhook_has_secrets(webhook, &one, 1));
    CHECK(!hookseal_webhook_has_secrets(webhook, &two, 1));
    CHECK(!hookseal_webhook_has_secrets(webhook, &shorter, 1));
    CHECK(!hookseal_webhook_has_secrets(webhook, &none, 1));
    hookseal_webhook_free(webhook);
}

void test_schemes(void) {
    tolerance();
    json();
    signature_at();
    options();
    resolved();
    what_a_scheme_says();
    what_else_is_signed();
    what_is_answered();
    what_secrets_a_webhook_has();
}
