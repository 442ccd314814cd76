/* The C side of the speed comparison: verifies one delivery again and again through the C ABI. */
#include <hookseal.h>

#include <stddef.h>
#include <string.h>

static hookseal_str text(const char *value) {
    hookseal_str str = {value, strlen(value)};
    return str;
}

/* Builds the webhook; NULL if that fails. */
hookseal_webhook *bench_webhook(const char *provider, const char *secret) {
    hookseal_bytes secrets[1] = {{(const uint8_t *)secret, strlen(secret)}};
    hookseal_webhook *webhook = NULL;
    hookseal_webhook_new(provider, strlen(provider), secrets, 1, &webhook, NULL);
    return webhook;
}

/* Verifies `repeats` times; how often an event came out. */
size_t bench_verify(const hookseal_webhook *webhook, const uint8_t *body, size_t body_len,
                    const char *header, const char *signature, size_t repeats) {
    const hookseal_header headers[5] = {
        {text("Host"), text("hooks.example.com")},
        {text("User-Agent"), text("sender/1.0")},
        {text("Content-Type"), text("application/json")},
        {text("Accept"), text("*/*")},
        {text(header), text(signature)},
    };
    size_t verified = 0;
    for (size_t i = 0; i < repeats; i++) {
        hookseal_event *event = NULL;
        if (hookseal_webhook_verify(webhook, body, body_len, headers, 5, &event, NULL) == HOOKSEAL_OK) {
            verified += hookseal_event_type(event).len > 0;
        }
        hookseal_event_free(event);
    }
    return verified;
}

void bench_webhook_free(hookseal_webhook *webhook) {
    hookseal_webhook_free(webhook);
}
