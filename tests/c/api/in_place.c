/* Verifying without a copy of the body. */
#include "check.h"

#include <string.h>

static hookseal_event *in_place(const hookseal_webhook *webhook, const void *body, size_t len,
                                const signed_headers *made, const int64_t *now) {
    hookseal_event *event = NULL;
    GIVES(HOOKSEAL_OK, hookseal_webhook_verify_in_place(webhook, body, len, made->headers,
                                                        made->len, now, &event, NULL));
    return event;
}

static void points_into_the_body(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_event *event = in_place(webhook, BODY, body_len(), &made, NULL);
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
    hookseal_event *event = in_place(webhook, sent_body, sizeof sent_body - 1, &made, NULL);
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
    hookseal_sign_options options = {text_of(NULL, 0), hookseal_str_of("m"), then};
    signed_headers made = sign(webhook, BODY, body_len(), &options);
    hookseal_event *none = UNTOUCHED(hookseal_event);

    hookseal_event_free(in_place(webhook, BODY, body_len(), &made, &then));
    GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
          hookseal_webhook_verify_in_place(webhook, BODY, body_len(), made.headers, made.len, &late,
                                           &none, NULL));
    GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
          hookseal_webhook_verify_in_place(webhook, BODY, body_len(), made.headers, made.len, NULL,
                                           &none, NULL));
    CHECK(none == UNTOUCHED(hookseal_event));
    /* As far as the system's clock goes. */
    CHECK(hookseal_webhook_verify_in_place(webhook, BODY, body_len(), made.headers, made.len,
                                           &out_of_reach, &none, NULL) != HOOKSEAL_OK);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void by_the_signature_alone(void) {
    const int64_t then = 1000000;
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_str signature = made.headers[0].value;
    hookseal_event *event = NULL, *later = NULL, *none = UNTOUCHED(hookseal_event);

    GIVES(HOOKSEAL_OK, hookseal_webhook_verify_signature_in_place(webhook, BODY, body_len(), signature,
                                                                  NULL, &event, NULL));
    GIVES(HOOKSEAL_OK, hookseal_webhook_verify_signature_in_place(webhook, BODY, body_len(), signature,
                                                                  &then, &later, NULL));
    CHECK(hookseal_event_body(event).data == (const uint8_t *)BODY);
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_verify_signature_in_place(webhook, BODY, body_len() - 1, signature, NULL,
                                                     &none, NULL));
    CHECK(none == UNTOUCHED(hookseal_event));
    hookseal_event_free(event);
    hookseal_event_free(later);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

void test_in_place(void) {
    points_into_the_body();
    has_what_it_was_signed_as();
    at_another_time();
    by_the_signature_alone();
}
