/* Verifying without a copy of the body. */
#include "check.h"

#include <string.h>

static hookseal_event *in_place(const hookseal_webhook *webhook, const void *body, size_t len,
                                const signed_headers *made, const int64_t *now, bool with_tokens) {
    hookseal_event *event = NULL;
    hookseal_verify_options options = verifying(now, text_of(NULL, 0));
    options.in_place = true;
    options.with_tokens = with_tokens;
    GIVES(HOOKSEAL_OK, hookseal_webhook_verify(webhook, body, len, made->headers, made->len,
                                               &options, &event, NULL));
    return event;
}

static void points_into_the_body(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_event *event = in_place(webhook, BODY, body_len(), &made, NULL, false);
    hookseal_event *copy = verified(webhook, BODY, body_len(), made.headers, made.len);

    CHECK(hookseal_event_body(event).data == (const uint8_t *)BODY);
    CHECK(hookseal_event_body(copy).data != (const uint8_t *)BODY);
    CHECK(hookseal_event_data_json(event).data > BODY);
    CHECK(hookseal_event_data_json(event).data < BODY + body_len());
    hookseal_webhook_free(webhook);
    hookseal_headers_free(made.owner);
    IS("coverkit", hookseal_event_provider(event));
    IS("quote.created", hookseal_event_type(event));
    IS("coverkit:evt_1", hookseal_event_dedupe_key(event));
    hookseal_event_free(event);
    hookseal_event_free(copy);
}

/* What was authenticated is then nowhere but in the event. */
static void has_what_it_was_signed_as(void) {
    static const char signed_body[] = "{\"event\":\"t\",\"data\":{\"n\":1}}";
    static const char sent_body[] = "{ \"event\": \"t\", \"data\": { \"n\": 1.0 } }";
    hookseal_webhook *webhook = webhook_for("mycover");
    signed_headers made = sign(webhook, signed_body, sizeof signed_body - 1, NULL);
    hookseal_event *event = in_place(webhook, sent_body, sizeof sent_body - 1, &made, NULL, false);
    hookseal_bytes body = hookseal_event_body(event);

    CHECK(body.len == sizeof signed_body - 1);
    CHECK(memcmp(body.data, signed_body, body.len) == 0);
    IS("{\"n\":1}", hookseal_event_data_json(event));
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void at_another_time(void) {
    const int64_t then = 1000000, late = 1000301, out_of_reach = INT64_MIN;
    hookseal_webhook *webhook = webhook_for("standard-webhooks");
    const hookseal_sign_options options = signing(hookseal_str_of("m"), &then);
    signed_headers made = sign(webhook, BODY, body_len(), &options);
    hookseal_event *none = UNTOUCHED(hookseal_event);
    hookseal_verify_options now = verifying(&late, text_of(NULL, 0));

    hookseal_event_free(in_place(webhook, BODY, body_len(), &made, &then, true));
    now.in_place = true;
    GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
          hookseal_webhook_verify(webhook, BODY, body_len(), made.headers, made.len, &now, &none,
                                  NULL));
    now.now = NULL;
    now.with_tokens = true;
    GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
          hookseal_webhook_verify(webhook, BODY, body_len(), made.headers, made.len, &now, &none,
                                  NULL));
    CHECK(none == UNTOUCHED(hookseal_event));
    /* As far as the system's clock goes. */
    now.now = &out_of_reach;
    CHECK(hookseal_webhook_verify(webhook, BODY, body_len(), made.headers, made.len, &now, &none,
                                  NULL) != HOOKSEAL_OK);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void by_the_signature_alone(void) {
    const int64_t then = 1000000;
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_verify_options alone = verifying(NULL, made.headers[0].value);
    hookseal_event *event = NULL, *later = NULL, *none = UNTOUCHED(hookseal_event);

    alone.in_place = true;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &event, NULL));
    alone.with_tokens = true;
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_verify(webhook, BODY, body_len() - 1, NULL, 0, &alone, &none, NULL));
    alone.now = &then;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &later, NULL));
    CHECK(hookseal_event_body(event).data == (const uint8_t *)BODY);
    CHECK(none == UNTOUCHED(hookseal_event));
    hookseal_event_free(event);
    hookseal_event_free(later);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static bool same_token(const hookseal_token *one, const hookseal_token *other) {
    if (one->kind != other->kind || one->count != other->count) {
        return false;
    }
    switch (one->kind) {
        case HOOKSEAL_TOKEN_STRING:
            return memcmp(one->value.text, other->value.text, one->count) == 0;
        case HOOKSEAL_TOKEN_INTEGER:
            return one->value.integer == other->value.integer;
        case HOOKSEAL_TOKEN_NUMBER:
            return memcmp(&one->value.number, &other->value.number, sizeof(double)) == 0;
        default:
            return true;
    }
}

/* The tokens are the same whether they are made at once or later. */
static void tokens_of(const char *provider, const char *body) {
    hookseal_webhook *webhook = webhook_for(provider);
    signed_headers made = sign(webhook, body, strlen(body), NULL);
    hookseal_event *at_once = in_place(webhook, body, strlen(body), &made, NULL, true);
    hookseal_event *later = in_place(webhook, body, strlen(body), &made, NULL, false);
    hookseal_tokens one = hookseal_event_data_tokens(at_once);
    hookseal_tokens other = hookseal_event_data_tokens(later);

    CHECK(one.len == other.len && (one.data == NULL) == (other.data == NULL));
    for (size_t i = 0; i < one.len && one.len == other.len; i++) {
        CHECK(same_token(&one.data[i], &other.data[i]));
    }
    CHECK(hookseal_event_data_tokens(at_once).data == one.data);
    hookseal_event_free(at_once);
    hookseal_event_free(later);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void tokens_at_once(void) {
    static const char *const bodies[] = {
        "{\"event\":\"t\",\"type\":\"t\",\"data\":{\"a\":[1,-2.5,\"x\\ny\",true,null,{}]},\"id\":\"e\"}",
        /* The last counts, also where it is nothing, or an escape writes the key. */
        "{\"event\":\"t\",\"type\":\"t\",\"data\":[1,\"\\u0041\"],\"data\":\"x\\ty\"}",
        "{\"event\":\"t\",\"type\":\"t\",\"data\":{\"object\":[1]},\"data\":{}}",
        "{\"event\":\"t\",\"type\":\"t\",\"data\":{\"object\":[1]},\"\\u0064ata\":{\"object\":2,\"object\":[{}]}}",
        "{\"event\":\"t\",\"type\":\"t\",\"data\":null}",
        "{\"event\":\"t\",\"type\":\"t\",\"livemode\":false,\"a\":[[],[{}]],\"livemode\":true,\"test\":{}}",
        "{\"event\":\"t\",\"type\":\"t\",\"data\":\"\\ud800\",\"\\udc00\":[\"\\ud83d\\ude00\"]}",
        "{\"type\":\"t\",\"event\":\"t\"}",
    };
    for (size_t i = 0; i < ALIKE; i++) {
        for (size_t j = 0; j < sizeof bodies / sizeof *bodies; j++) {
            tokens_of(PROVIDERS_ALIKE[i], bodies[j]);
        }
    }
}

void test_in_place(void) {
    tokens_at_once();
    points_into_the_body();
    has_what_it_was_signed_as();
    at_another_time();
    by_the_signature_alone();
}
