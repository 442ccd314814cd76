/* The C side of the speed comparison: verifies one delivery again and again through the C ABI. */
#include <hookseal.h>

#include <stddef.h>

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
                    const char *header, const char *signature, size_t repeats) {
    const hookseal_header headers[5] = {
        {hookseal_str_of("Host"), hookseal_str_of("hooks.example.com")},
        {hookseal_str_of("User-Agent"), hookseal_str_of("sender/1.0")},
        {hookseal_str_of("Content-Type"), hookseal_str_of("application/json")},
        {hookseal_str_of("Accept"), hookseal_str_of("*/*")},
        {hookseal_str_of(header), hookseal_str_of(signature)},
    };
    size_t verified = 0;
    for (size_t i = 0; i < repeats; i++) {
        hookseal_event *event = NULL;
        if (hookseal_webhook_verify(webhook, body, body_len, headers, 5, NULL, &event, NULL) == HOOKSEAL_OK) {
            verified += hookseal_event_type(event).len > 0;
        }
        hookseal_event_free(event);
    }
    return verified;
}

void bench_webhook_free(hookseal_webhook *webhook) {
    hookseal_webhook_free(webhook);
}
