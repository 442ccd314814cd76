#include "check.h"

#include <string.h>

static unsigned long passed, failed;

char untouched;

const char BODY[] = "{\"type\":\"quote.created\",\"event\":\"purchase.successful\",\"id\":\"evt_1\","
                    "\"createdAt\":\"2025-01-02T03:04:05.25Z\",\"timestamp\":\"2025-01-02T03:04:05Z\","
                    "\"livemode\":true,\"data\":{\"premium\":1250.5,\"name\":\"Nguy\xe1\xbb\x85n\"}}";

const char *const PROVIDERS_ALIKE[ALIKE] = {
    "claimport", "coverkit", "github", "kasko", "mycover", "standard-webhooks", "stripe"};

size_t body_len(void) {
    return sizeof BODY - 1;
}

void check(bool holds, const char *what, const char *file, int line) {
    if (holds) {
        passed++;
    } else {
        failed++;
        fprintf(stderr, "%s:%d: %s\n", file, line, what);
    }
}

void check_status(hookseal_status wanted, hookseal_status got, const char *what, const char *file,
                  int line) {
    check(wanted == got, what, file, line);
    if (wanted != got) {
        hookseal_str want = hookseal_status_code(wanted), have = hookseal_status_code(got);
        fprintf(stderr, "    gives %.*s, not %.*s\n", (int)have.len, have.data, (int)want.len,
                want.data);
    }
}

void check_text(const char *wanted, hookseal_str got, const char *what, const char *file,
                int line) {
    bool same = same_text(got, wanted);
    check(same, what, file, line);
    if (!same) {
        fprintf(stderr, "    is \"%.*s\", not \"%s\"\n", (int)got.len, got.data, wanted);
    }
}

bool same_text(hookseal_str text, const char *string) {
    return text.data && text.len == strlen(string) && memcmp(text.data, string, text.len) == 0;
}

bool contains(hookseal_str text, const char *string) {
    size_t len = strlen(string);
    for (size_t i = 0; i + len <= text.len; i++) {
        if (memcmp(text.data + i, string, len) == 0) {
            return true;
        }
    }
    return false;
}

hookseal_str text_of(const void *data, size_t len) {
    hookseal_str text;
    text.data = (const char *)data;
    text.len = len;
    return text;
}

size_t scaled(size_t size) {
    const char *divisor = getenv("HOOKSEAL_TEST_DIVISOR");
    size_t by = divisor ? strtoul(divisor, NULL, 10) : 1;
    return by ? size / by : size;
}

hookseal_webhook *webhook_for(const char *provider) {
    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_webhook *webhook = NULL;
    GIVES(HOOKSEAL_OK, hookseal_webhook_new(hookseal_str_of(provider), &secret, 1, &webhook, NULL));
    return webhook;
}

hookseal_verify_options verifying(const int64_t *now, hookseal_str signature) {
    hookseal_verify_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.now = now;
    options.signature = signature;
    return options;
}

hookseal_sign_options signing(hookseal_str id, const int64_t *timestamp) {
    hookseal_sign_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.type = hookseal_str_of("policy.created");
    options.id = id;
    options.timestamp = timestamp;
    return options;
}

signed_headers sign(const hookseal_webhook *webhook, const void *body, size_t len,
                    const hookseal_sign_options *options) {
    hookseal_sign_options typed = signing(text_of(NULL, 0), NULL);
    signed_headers made;
    memset(&made, 0, sizeof made);
    GIVES(HOOKSEAL_OK, hookseal_webhook_sign(webhook, body, len, options ? options : &typed,
                                             &made.owner, NULL));
    made.len = hookseal_headers_count(made.owner);
    CHECK(made.len > 0 && made.len <= MAX_SIGNED);
    for (size_t i = 0; i < made.len; i++) {
        made.headers[i] = hookseal_headers_get(made.owner, i);
    }
    return made;
}

hookseal_status verify_status(const hookseal_webhook *webhook, const void *body, size_t len,
                              const hookseal_header *headers, size_t headers_len) {
    hookseal_event *event = UNTOUCHED(hookseal_event);
    hookseal_error *error = UNTOUCHED(hookseal_error);
    hookseal_status status =
        hookseal_webhook_verify(webhook, body, len, headers, headers_len, NULL, &event, &error);
    if (status == HOOKSEAL_OK) {
        CHECK(error == UNTOUCHED(hookseal_error));
        hookseal_event_free(event);
    } else {
        CHECK(event == UNTOUCHED(hookseal_event));
        CHECK(hookseal_error_status(error) == status);
        hookseal_error_free(error);
    }
    return status;
}

hookseal_event *verified(const hookseal_webhook *webhook, const void *body, size_t len,
                         const hookseal_header *headers, size_t headers_len) {
    hookseal_event *event = NULL;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_verify(webhook, body, len, headers, headers_len, NULL, &event, NULL));
    return event;
}

int main(void) {
    test_null();
    test_arguments();
    test_input();
    test_bodies();
    test_errors();
    test_events();
    test_in_place();
    test_schemes();
    test_explain();
    test_threads();
    test_inbox();
    printf("%lu passed, %lu failed\n", passed, failed);
    return failed ? 1 : 0;
}
