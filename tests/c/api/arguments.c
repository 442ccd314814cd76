/* Arguments that are not NULL and yet wrong. */
#include "check.h"

#include <string.h>

#define REFUSED(call, word)                                                                       \
    do {                                                                                          \
        hookseal_error *error = NULL;                                                             \
        GIVES(HOOKSEAL_INVALID_ARGUMENT, (call));                                                 \
        IS("invalid_argument", hookseal_error_code(error));                                       \
        CHECK(contains(hookseal_error_message(error), word));                                     \
        CHECK(hookseal_error_http_status(error) == 500);                                          \
        hookseal_error_free(error);                                                               \
    } while (0)

static void lengths(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_str secret = hookseal_str_of(SECRET), too_long = text_of("x", SIZE_MAX);
    hookseal_header header = {hookseal_str_of("a"), hookseal_str_of("b")};
    const hookseal_verify_options too_long_alone = verifying(NULL, too_long);
    hookseal_header bad_name = {too_long, secret}, bad_value = {secret, too_long};
    hookseal_event *event = UNTOUCHED(hookseal_event);
    hookseal_webhook *built = UNTOUCHED(hookseal_webhook);

    /* -1 as a size_t, and the first length that no array can have. */
    REFUSED(hookseal_webhook_verify(webhook, BODY, SIZE_MAX, &header, 1, NULL, &event, &error), "`body`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, SIZE_MAX / 2 + 1, &header, 1, NULL, &event, &error),
            "`body`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &header, SIZE_MAX, NULL, &event, &error),
            "`headers`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &header, SIZE_MAX / sizeof header, NULL, &event,
                                    &error),
            "`headers`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &bad_name, 1, NULL, &event, &error),
            "`headers[0].name`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &bad_value, 1, NULL, &event, &error),
            "`headers[0].value`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, NULL, 0, &too_long_alone, &event, &error),
            "`options->signature`");
    REFUSED(hookseal_webhook_new(hookseal_str_of("kasko"), &secret, SIZE_MAX, &built, &error),
            "`secrets`");
    REFUSED(hookseal_webhook_new(hookseal_str_of("kasko"), &too_long, 1, &built, &error),
            "`secrets[0]`");
    REFUSED(hookseal_webhook_new(too_long, &secret, 1, &built, &error), "`provider`");
    CHECK(event == UNTOUCHED(hookseal_event));
    CHECK(built == UNTOUCHED(hookseal_webhook));
    hookseal_webhook_free(webhook);
}

/* A pointer into the midst of something is no pointer to it. */
static void alignment(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_header pair[2];
    memset(pair, 0, sizeof pair);
    void *odd = (char *)pair + 1;
    hookseal_event *event = UNTOUCHED(hookseal_event);

    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, (hookseal_header *)odd, 1, NULL, &event, &error),
            "`headers`");
    REFUSED(hookseal_webhook_verify((hookseal_webhook *)odd, BODY, 9, pair, 1, NULL, &event, &error),
            "`webhook`");
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, pair, 1, NULL, (hookseal_event **)odd, &error),
            "`event`");
    CHECK(event == UNTOUCHED(hookseal_event));
    GIVES(HOOKSEAL_MISSING_HEADER,
          hookseal_webhook_verify(webhook, BODY, 9, pair, 1, NULL, &event, (hookseal_error **)odd));
    CHECK(hookseal_event_type((hookseal_event *)odd).data == NULL);
    hookseal_event_free((hookseal_event *)odd);
    hookseal_webhook_free(webhook);
}

static void values(void) {
    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_str latin1 = hookseal_str_of("\xe9"), with_nul = text_of("kasko\0", 6);
    hookseal_scheme *scheme = NULL;
    hookseal_webhook *webhook = UNTOUCHED(hookseal_webhook);
    hookseal_headers *headers = UNTOUCHED(hookseal_headers);
    hookseal_sign_options signed_so;
    hookseal_webhook_options options;
    const int64_t negative[] = {-1, -2, INT64_MIN};

    REFUSED(hookseal_webhook_new(latin1, &secret, 1, &webhook, &error), "UTF-8");
    REFUSED(hookseal_scheme_parse(latin1, &scheme, &error), "UTF-8");
    GIVES(HOOKSEAL_UNKNOWN_PROVIDER, hookseal_webhook_new(with_nul, &secret, 1, &webhook, NULL));
    GIVES(HOOKSEAL_UNKNOWN_PROVIDER,
          hookseal_webhook_new(text_of("", 0), &secret, 1, &webhook, NULL));
    GIVES(HOOKSEAL_UNKNOWN_PROVIDER,
          hookseal_webhook_new(text_of(NULL, 0), &secret, 1, &webhook, NULL));

    GIVES(HOOKSEAL_OK, hookseal_scheme_for_provider(hookseal_str_of("stripe"), &scheme, NULL));
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    for (size_t i = 0; i < sizeof negative / sizeof *negative; i++) {
        options.tolerance = &negative[i];
        REFUSED(hookseal_webhook_new_with_options(scheme, &secret, 1, &options, &webhook, &error),
                "`tolerance`");
    }
    CHECK(webhook == UNTOUCHED(hookseal_webhook));
    hookseal_scheme_free(scheme);

    webhook = webhook_for("kasko");
    signed_so = signing(text_of(NULL, 0), NULL);
    signed_so.type = latin1;
    REFUSED(hookseal_webhook_sign(webhook, BODY, 9, &signed_so, &headers, &error), "options->type");
    signed_so.type = hookseal_str_of("line\nfeed");
    GIVES(HOOKSEAL_MALFORMED_HEADER,
          hookseal_webhook_sign(webhook, BODY, 9, &signed_so, &headers, NULL));
    GIVES(HOOKSEAL_MISSING_HEADER, hookseal_webhook_sign(webhook, BODY, 9, NULL, &headers, NULL));
    CHECK(headers == UNTOUCHED(hookseal_headers));
    hookseal_webhook_free(webhook);
}

/* The ends of time. */
static void moments(void) {
    hookseal_webhook *webhook = webhook_for("stripe");
    signed_headers now = sign(webhook, BODY, body_len(), NULL);
    const int64_t moments[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        hookseal_event *event = UNTOUCHED(hookseal_event);
        const hookseal_verify_options then = verifying(&moments[i], text_of(NULL, 0));
        GIVES(HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE,
              hookseal_webhook_verify(webhook, BODY, body_len(), now.headers, now.len, &then,
                                      &event, NULL));
        CHECK(event == UNTOUCHED(hookseal_event));
    }
    hookseal_headers_free(now.owner);
    hookseal_webhook_free(webhook);
}

void test_arguments(void) {
    lengths();
    alignment();
    values();
    moments();
}
