/* What events say, and how long it is valid. */
#include "check.h"

#include <string.h>

/* The same delivery, from several providers: signed, verified, and asked for everything. */
static void of_every_provider(void) {
    CHECK(hookseal_provider_count() >= ALIKE);
    for (size_t i = 0; i < hookseal_provider_count(); i++) {
        CHECK(hookseal_provider_name(i).len > 0);
    }
    for (size_t i = 0; i < ALIKE; i++) {
        const char *provider = PROVIDERS_ALIKE[i];
        hookseal_webhook *webhook = webhook_for(provider);
        signed_headers made = sign(webhook, BODY, body_len(), NULL);
        hookseal_event *event = verified(webhook, BODY, body_len(), made.headers, made.len);
        IS(provider, hookseal_event_provider(event));
        CHECK(hookseal_event_type(event).len > 0);
        CHECK(hookseal_event_data_json(event).len > 0);
        CHECK(hookseal_event_key_index(event) == 0);
        CHECK(contains(hookseal_event_dedupe_key(event), provider));
        CHECK(hookseal_event_body(event).len == body_len());
        CHECK(memcmp(hookseal_event_body(event).data, BODY, body_len()) == 0);
        hookseal_event_free(event);
        hookseal_headers_free(made.owner);
        hookseal_webhook_free(webhook);
    }
    CHECK(hookseal_provider_name(hookseal_provider_count()).data == NULL);
    CHECK(hookseal_provider_name(SIZE_MAX).data == NULL);
}

static void fields(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_event *event = verified(webhook, BODY, body_len(), made.headers, made.len);
    int64_t seconds = 0;
    uint32_t nanoseconds = 0;

    IS("coverkit", hookseal_event_provider(event));
    IS("quote.created", hookseal_event_type(event));
    IS("evt_1", hookseal_event_id(event));
    CHECK(hookseal_event_created_at(event, &seconds, &nanoseconds));
    CHECK(seconds == 1735787045 && nanoseconds == 250000000);
    CHECK(hookseal_event_created_at(event, NULL, NULL));
    CHECK(!hookseal_event_is_test(event));
    IS("{\"premium\":1250.5,\"name\":\"Nguy\xe1\xbb\x85n\"}", hookseal_event_data_json(event));
    CHECK(hookseal_event_envelope(event).len == body_len());
    CHECK(memcmp(hookseal_event_envelope(event).data, BODY, body_len()) == 0);
    CHECK(hookseal_event_envelope_tokens(event).len > hookseal_event_data_tokens(event).len);
    CHECK(hookseal_event_envelope_tokens(event).data[0].kind == HOOKSEAL_TOKEN_OBJECT);
    IS("{\"provider\":\"coverkit\",\"type\":\"quote.created\",\"id\":\"evt_1\","
       "\"created_at\":\"2025-01-02T03:04:05.25Z\",\"test\":false,\"check\":false,"
       "\"data\":{\"premium\":1250.5,\"name\":\"Nguy\xe1\xbb\x85n\"},\"unsigned\":[],"
       "\"key_index\":0,\"dedupe_key\":\"coverkit:evt_1\"}",
       hookseal_event_to_json(event));
    CHECK(hookseal_event_to_json(event).data == hookseal_event_to_json(event).data);
    IS("coverkit:evt_1", hookseal_event_dedupe_key(event));
    CHECK(hookseal_event_dedupe_key(event).data == hookseal_event_dedupe_key(event).data);
    CHECK(hookseal_event_unsigned_count(event) == 0);
    CHECK(hookseal_event_unsigned_field(event, 0).data == NULL);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void fields_that_are_not_signed(void) {
    hookseal_webhook *webhook = webhook_for("kasko");
    const hookseal_sign_options options = signing(hookseal_str_of("delivery-1"), NULL);
    const char body[] = "{\"livemode\":false}";
    signed_headers made = sign(webhook, body, sizeof body - 1, &options);
    hookseal_event *event = verified(webhook, body, sizeof body - 1, made.headers, made.len);

    IS("policy.created", hookseal_event_type(event));
    IS("delivery-1", hookseal_event_id(event));
    CHECK(!hookseal_event_created_at(event, NULL, NULL));
    CHECK(hookseal_event_is_test(event));
    CHECK(!hookseal_event_is_check(event));
    CHECK(hookseal_event_unsigned_count(event) == 2);
    IS("type", hookseal_event_unsigned_field(event, 0));
    IS("id", hookseal_event_unsigned_field(event, 1));
    CHECK(hookseal_event_unsigned_field(event, 2).data == NULL);
    CHECK(contains(hookseal_event_dedupe_key(event), "kasko:policy.created:"));
    CHECK(hookseal_event_dedupe_key(event).len == strlen("kasko:policy.created:") + 64);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

/* No text is another thing than the empty text. */
static void absent_and_empty(void) {
    hookseal_webhook *webhook = webhook_for("github");
    hookseal_header header;
    signed_headers made = sign(webhook, "{}", 2, NULL);
    header = made.headers[0];
    hookseal_event *event = verified(webhook, "{}", 2, &header, 1);

    CHECK(hookseal_event_type(event).data != NULL && hookseal_event_type(event).len == 0);
    CHECK(hookseal_event_id(event).data == NULL && hookseal_event_id(event).len == 0);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);

    webhook = webhook_for("coverkit");
    made = sign(webhook, "{\"type\":\"t\"}", 12, NULL);
    event = verified(webhook, "{\"type\":\"t\"}", 12, made.headers, made.len);
    CHECK(hookseal_event_data_json(event).data == NULL);
    CHECK(!hookseal_event_created_at(event, NULL, NULL));
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

/* Everything that the event was made from is overwritten or freed; the event remains. */
static void outlives_what_it_was_made_from(void) {
    hookseal_webhook *webhook = webhook_for("kasko");
    char *body = (char *)malloc(body_len());
    if (!body) {
        return;
    }
    memcpy(body, BODY, body_len());
    signed_headers made = sign(webhook, body, body_len(), NULL);
    hookseal_event *event = verified(webhook, body, body_len(), made.headers, made.len);
    memset(body, 'x', body_len());
    free(body);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);

    IS("kasko", hookseal_event_provider(event));
    IS("policy.created", hookseal_event_type(event));
    CHECK(memcmp(hookseal_event_body(event).data, BODY, body_len()) == 0);
    CHECK(hookseal_event_data_json(event).len == body_len());
    hookseal_event_free(event);
}

static void rotation(void) {
    hookseal_str secrets[3];
    hookseal_webhook *all = NULL;
    secrets[0] = hookseal_str_of("one");
    secrets[1] = hookseal_str_of("two");
    secrets[2] = hookseal_str_of("three");
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new(hookseal_str_of("claimport"), secrets, 3, &all, NULL));
    for (size_t i = 0; i < 3; i++) {
        hookseal_webhook *one = NULL;
        GIVES(HOOKSEAL_OK,
              hookseal_webhook_new(hookseal_str_of("claimport"), &secrets[i], 1, &one, NULL));
        signed_headers made = sign(one, BODY, body_len(), NULL);
        hookseal_event *event = verified(all, BODY, body_len(), made.headers, made.len);
        CHECK(hookseal_event_key_index(event) == i);
        hookseal_event_free(event);
        hookseal_headers_free(made.owner);
        hookseal_webhook_free(one);
    }
    hookseal_webhook_free(all);
}

static void by_the_signature_alone(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_event *event = NULL, *none = UNTOUCHED(hookseal_event);
    hookseal_verify_options alone = verifying(NULL, made.headers[0].value);
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &event, NULL));
    IS("quote.created", hookseal_event_type(event));
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH,
          hookseal_webhook_verify(webhook, BODY, body_len() - 1, NULL, 0, &alone, &none, NULL));
    /* Then no header is read. */
    made.headers[0].value = hookseal_str_of("sha256=00");
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH, hookseal_webhook_verify(webhook, BODY, body_len() - 1,
                                                               made.headers, made.len, &alone,
                                                               &none, NULL));
    alone.signature = hookseal_str_of("");
    GIVES(HOOKSEAL_MALFORMED_HEADER,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &none, NULL));
    alone.signature = text_of(NULL, 0);
    GIVES(HOOKSEAL_MISSING_HEADER,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, &alone, &none, NULL));
    CHECK(none == UNTOUCHED(hookseal_event));
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

/* {"a":[1,-2.5,"x\\ny",true,null]} as tokens, each container before what it holds. */
static void tokens(void) {
    static const char body[] = "{\"type\":\"t\",\"data\":{\"a\":[1,-2.5,\"x\\ny\",true,null]}}";
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, body, sizeof body - 1, NULL);
    hookseal_event *event = verified(webhook, body, sizeof body - 1, made.headers, made.len);
    hookseal_tokens data = hookseal_event_data_tokens(event);

    CHECK(data.len == 8);
    if (data.len == 8) {
        CHECK(data.data[0].kind == HOOKSEAL_TOKEN_OBJECT && data.data[0].count == 1);
        CHECK(data.data[1].kind == HOOKSEAL_TOKEN_STRING);
        IS("a", text_of(data.data[1].value.text, data.data[1].count));
        CHECK(data.data[2].kind == HOOKSEAL_TOKEN_ARRAY && data.data[2].count == 5);
        CHECK(data.data[3].kind == HOOKSEAL_TOKEN_INTEGER && data.data[3].value.integer == 1);
        CHECK(data.data[4].kind == HOOKSEAL_TOKEN_NUMBER);
        CHECK(data.data[4].value.number < -2.4 && data.data[4].value.number > -2.6);
        IS("x\ny", text_of(data.data[5].value.text, data.data[5].count));
        CHECK(data.data[6].kind == HOOKSEAL_TOKEN_TRUE);
        CHECK(data.data[7].kind == HOOKSEAL_TOKEN_NULL);
    }
    CHECK(hookseal_event_data_tokens(event).data == data.data);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void headers(void) {
    hookseal_webhook *webhook = webhook_for("kasko");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    CHECK(made.len == 3);
    IS("X-KASKO-Signature", made.headers[0].name);
    CHECK(contains(made.headers[0].value, "sha1="));
    CHECK(hookseal_headers_get(made.owner, made.len).name.data == NULL);
    CHECK(hookseal_headers_get(made.owner, SIZE_MAX).value.data == NULL);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

void test_events(void) {
    of_every_provider();
    fields();
    fields_that_are_not_signed();
    absent_and_empty();
    outlives_what_it_was_made_from();
    rotation();
    by_the_signature_alone();
    tokens();
    headers();
}
