/* Bodies and headers as an attacker would send them: empty, garbage, huge, deep. */
#include "check.h"

#include <string.h>

static const char *const PROVIDERS[] = {"coverkit", "kasko",  "mycover", "claimport",
                                        "github",   "stripe", "standard-webhooks"};
#define PROVIDER_COUNT (sizeof PROVIDERS / sizeof *PROVIDERS)

static uint32_t state = 0x9e3779b9;

static unsigned char random_byte(void) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (unsigned char)(state >> 11);
}

static void *allocated(size_t size) {
    void *data = malloc(size);
    if (!data) {
        fprintf(stderr, "no memory for the test\n");
        exit(1);
    }
    return data;
}

/* An authentic body that is not what it should be, and the same forged. */
static void signed_body(hookseal_status wanted, const char *provider, const void *body,
                        size_t len) {
    hookseal_webhook *webhook = webhook_for(provider);
    signed_headers made = sign(webhook, body, len, NULL);
    GIVES(wanted, verify_status(webhook, body, len, made.headers, made.len));
    if (len > 0) {
        /* One byte less than what was signed. */
        GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
              verify_status(webhook, body, len - 1, made.headers, made.len));
    }
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void empty_and_garbage(void) {
    unsigned char garbage[4096];
    for (size_t i = 0; i < PROVIDER_COUNT; i++) {
        /* An empty body is one that Standard Webhooks' senders may send. */
        bool may_be_empty = strcmp(PROVIDERS[i], "standard-webhooks") == 0;
        hookseal_status empty = may_be_empty ? HOOKSEAL_OK : HOOKSEAL_INVALID_PAYLOAD;
        signed_body(empty, PROVIDERS[i], "", 0);
        signed_body(empty, PROVIDERS[i], NULL, 0);
        for (size_t round = 0; round < scaled(40); round++) {
            for (size_t j = 0; j < sizeof garbage; j++) {
                garbage[j] = random_byte();
            }
            signed_body(HOOKSEAL_INVALID_PAYLOAD, PROVIDERS[i], garbage, sizeof garbage);
        }
    }
}

static void garbage_headers(void) {
    char value[256];
    for (size_t i = 0; i < PROVIDER_COUNT; i++) {
        hookseal_webhook *webhook = webhook_for(PROVIDERS[i]);
        signed_headers made = sign(webhook, BODY, body_len(), NULL);
        for (size_t round = 0; round < scaled(200); round++) {
            for (size_t j = 0; j < sizeof value; j++) {
                value[j] = (char)random_byte();
            }
            for (size_t j = 0; j < made.len; j++) {
                made.headers[j].value = text_of(value, round % sizeof value);
            }
            GIVES(HOOKSEAL_MALFORMED_HEADER,
                  verify_status(webhook, BODY, body_len(), made.headers, made.len));
        }
        hookseal_headers_free(made.owner);
        hookseal_webhook_free(webhook);
    }
}

/* {"type":"t","event":"t","data":"xxx…"} */
static void huge_body(void) {
    const char head[] = "{\"type\":\"t\",\"event\":\"t\",\"data\":\"";
    size_t len = scaled((size_t)64 << 20);
    char *body = (char *)allocated(len);
    memset(body, 'x', len);
    memcpy(body, head, sizeof head - 1);
    memcpy(body + len - 2, "\"}", 2);
    signed_body(HOOKSEAL_OK, "kasko", body, len);
    signed_body(HOOKSEAL_OK, "claimport", body, len);
    signed_body(HOOKSEAL_OK, "mycover", body, len);
    free(body);
}

/* {"type":"t","event":"t","data":[[[…]]]} with so many containers in all. */
static void nested(hookseal_status wanted, size_t depth) {
    const char head[] = "{\"type\":\"t\",\"event\":\"t\",\"data\":";
    size_t inner = depth - 1, len = sizeof head - 1 + 2 * inner + 1;
    char *body = (char *)allocated(len);
    memcpy(body, head, sizeof head - 1);
    memset(body + sizeof head - 1, '[', inner);
    memset(body + sizeof head - 1 + inner, ']', inner);
    body[len - 1] = '}';
    signed_body(wanted, "claimport", body, len);
    signed_body(wanted, "mycover", body, len);
    free(body);
}

static void million_of(const char *provider, const char *header, const char *piece) {
    size_t piece_len = strlen(piece), count = scaled(1000000);
    char *value = (char *)allocated(piece_len * count);
    for (size_t i = 0; i < count; i++) {
        memcpy(value + i * piece_len, piece, piece_len);
    }
    hookseal_webhook *webhook = webhook_for(provider);
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    for (size_t i = 0; i < made.len; i++) {
        if (same_text(made.headers[i].name, header)) {
            made.headers[i].value = text_of(value, piece_len * count);
        }
    }
    hookseal_status status = verify_status(webhook, BODY, body_len(), made.headers, made.len);
    CHECK(status == HOOKSEAL_MALFORMED_HEADER || status == HOOKSEAL_SIGNATURE_MISMATCH);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
    free(value);
}

static void long_headers(void) {
    million_of("coverkit", "coverkit-signature", ",");
    million_of("stripe", "Stripe-Signature", ",");
    million_of("stripe", "Stripe-Signature", "v1=,");
    million_of("stripe", "Stripe-Signature", "t=1,v1=00,");
    million_of("standard-webhooks", "webhook-signature", " ");
    million_of("standard-webhooks", "webhook-signature", "v1, ");
    million_of("kasko", "X-KASKO-Signature", "sha1=");
    million_of("mycover", "x-mycoverai-signature", "0");
}

/* The one that counts is the last of very many. */
static void many_headers(void) {
    size_t count = scaled(1000000);
    hookseal_webhook *webhook = webhook_for("coverkit");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_header *headers = (hookseal_header *)allocated(count * sizeof *headers);
    hookseal_header other = {hookseal_str_of("X-Other"), hookseal_str_of("value")};
    for (size_t i = 0; i < count; i++) {
        headers[i] = other;
    }
    headers[count - 1] = made.headers[0];
    GIVES(HOOKSEAL_OK, verify_status(webhook, BODY, body_len(), headers, count));
    GIVES(HOOKSEAL_MISSING_HEADER, verify_status(webhook, BODY, body_len(), headers, count - 1));
    headers[0] = made.headers[0];
    GIVES(HOOKSEAL_OK, verify_status(webhook, BODY, body_len(), headers, count));
    headers[0].value = hookseal_str_of("00");
    GIVES(HOOKSEAL_MALFORMED_HEADER, verify_status(webhook, BODY, body_len(), headers, count));
    free(headers);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

void test_input(void) {
    empty_and_garbage();
    garbage_headers();
    huge_body();
    nested(HOOKSEAL_OK, 128);
    nested(HOOKSEAL_INVALID_PAYLOAD, 129);
    nested(HOOKSEAL_INVALID_PAYLOAD, scaled(10000000));
    long_headers();
    many_headers();
}
