/* The C side of the speed comparison: verifies one delivery again and again through the C ABI. */
#include <hookseal.h>

#include <stddef.h>

enum { MAX_HEADERS = 32 };

/* Builds the webhook; NULL if that fails. */
hookseal_webhook *bench_webhook(const char *provider, const char *secret) {
    const hookseal_str secrets[1] = {hookseal_str_of(secret)};
    hookseal_webhook *webhook = NULL;
    if (hookseal_webhook_new(hookseal_str_of(provider), secrets, 1, &webhook, NULL) != HOOKSEAL_OK) {
        return NULL;
    }
    return webhook;
}

/* Verifies `repeats` times; how often an event came out. */
size_t bench_verify(const hookseal_webhook *webhook, const uint8_t *body, size_t body_len,
                    const char *const *names, const char *const *values, size_t count, size_t repeats) {
    hookseal_header headers[MAX_HEADERS];
    size_t verified = 0;
    if (count > MAX_HEADERS) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        headers[i].name = hookseal_str_of(names[i]);
        headers[i].value = hookseal_str_of(values[i]);
    }
    for (size_t i = 0; i < repeats; i++) {
        hookseal_event *event = NULL;
        if (hookseal_webhook_verify(webhook, body, body_len, headers, count, NULL, &event, NULL) == HOOKSEAL_OK) {
            verified += hookseal_event_type(event).len > 0;
        }
        hookseal_event_free(event);
    }
    return verified;
}

void bench_webhook_free(hookseal_webhook *webhook) {
    hookseal_webhook_free(webhook);
}
