/* Bodies before they are verified: how large they may be, and what they are encoded as. */
#include "check.h"

#include <string.h>

/* {"type":"webhook.test"}, as gzip(1) has it. */
static const uint8_t GZIP[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x2a, 0xa9, 0x2c, 0x48,
    0x55, 0xb2, 0x52, 0x2a, 0x4f, 0x4d, 0xca, 0xc8, 0xcf, 0xcf, 0xd6, 0x2b, 0x49, 0x2d, 0x2e, 0x51,
    0xaa, 0x05, 0x00, 0x05, 0xad, 0x8c, 0x6c, 0x17, 0x00, 0x00, 0x00,
};
static const char PLAIN[] = "{\"type\":\"webhook.test\"}";

static void are_decoded(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, PLAIN, sizeof PLAIN - 1, NULL);
    hookseal_body *decoded = NULL;

    GIVES(HOOKSEAL_OK, hookseal_body_decode(GZIP, sizeof GZIP, hookseal_str_of("gzip"),
                                            hookseal_webhook_max_body(webhook), &decoded, NULL));
    hookseal_bytes body = hookseal_body_bytes(decoded);
    CHECK(body.len == sizeof PLAIN - 1 && memcmp(body.data, PLAIN, body.len) == 0);
    hookseal_event *event = verified(webhook, body.data, body.len, made.headers, made.len);
    hookseal_body_free(decoded);
    CHECK(hookseal_event_is_check(event));
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void stay_as_they_came(void) {
    static const char *const encodings[] = {NULL, "", "identity", "zstd", "gzip, zstd", "\xff"};
    hookseal_body *body = NULL;

    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        GIVES(HOOKSEAL_OK, hookseal_body_decode(GZIP, sizeof GZIP, hookseal_str_of(encodings[i]),
                                                sizeof GZIP, &body, NULL));
        CHECK(hookseal_body_bytes(body).data == GZIP);
        CHECK(hookseal_body_bytes(body).len == sizeof GZIP);
        hookseal_body_free(body);
    }
    GIVES(HOOKSEAL_OK, hookseal_body_decode(NULL, 0, hookseal_str_of("gzip"), 0, &body, NULL));
    CHECK(hookseal_body_bytes(body).len == 0);
    hookseal_body_free(body);
}

static void are_refused(void) {
    hookseal_str gzip = hookseal_str_of("gzip");
    hookseal_body *none = UNTOUCHED(hookseal_body);
    hookseal_error *error = NULL;

    GIVES(HOOKSEAL_BODY_TOO_LARGE,
          hookseal_body_decode(GZIP, sizeof GZIP, gzip, sizeof PLAIN - 2, &none, &error));
    IS("body_too_large", hookseal_error_code(error));
    CHECK(hookseal_error_http_status(error) == 413);
    hookseal_error_free(error);
    GIVES(HOOKSEAL_INCOMPLETE_BODY,
          hookseal_body_decode(GZIP, sizeof GZIP - 1, gzip, 100, &none, &error));
    IS("incomplete_body", hookseal_error_code(error));
    CHECK(hookseal_error_http_status(error) == 400);
    CHECK(contains(hookseal_error_message(error), "Content-Encoding"));
    hookseal_error_free(error);
    CHECK(none == UNTOUCHED(hookseal_body));
}

static void may_be_so_large(void) {
    hookseal_webhook *github = webhook_for("github"), *kasko = webhook_for("kasko");

    CHECK(hookseal_webhook_max_body(github) == 26214400);
    CHECK(hookseal_webhook_max_body(kasko) == 1048576);
    hookseal_webhook_free(github);
    hookseal_webhook_free(kasko);
}

static void warns_of_short_keys(void) {
    const hookseal_str secrets[1] = {hookseal_str_of("whsec_MTIz")};
    hookseal_webhook *webhook = NULL;

    CHECK(hookseal_webhook_new(hookseal_str_of("standard-webhooks"), secrets, 1, &webhook, NULL) == HOOKSEAL_OK);
    CHECK(hookseal_webhook_warning_count(webhook) == 1);
    CHECK(contains(hookseal_webhook_warning(webhook, 0), "3 bytes"));
    CHECK(hookseal_webhook_warning(webhook, 1).data == NULL);
    hookseal_webhook_free(webhook);
}

void test_bodies(void) {
    warns_of_short_keys();
    are_decoded();
    stay_as_they_came();
    are_refused();
    may_be_so_large();
}
