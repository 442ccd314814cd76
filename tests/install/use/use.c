/* Verifies KASKO's delivery of a secret, a signature and a body, and prints its event's type. */
#include <hookseal.h>
#include <stdio.h>

int main(int argc, char **argv) {
    hookseal_webhook *webhook;
    hookseal_event *event;
    if (argc != 4) return 1;
    hookseal_str secret = hookseal_str_of(argv[1]);
    hookseal_header headers[] = {
        {hookseal_str_of("X-KASKO-Signature"), hookseal_str_of(argv[2])},
        {hookseal_str_of("X-KASKO-Event"), hookseal_str_of("policy.created")},
    };
    hookseal_str body = hookseal_str_of(argv[3]);
    if (hookseal_webhook_new(hookseal_str_of("kasko"), &secret, 1, &webhook, NULL) != HOOKSEAL_OK) return 2;
    if (hookseal_webhook_verify(webhook, body.data, body.len, headers, 2, NULL, &event, NULL) != HOOKSEAL_OK) return 3;
    hookseal_str type = hookseal_event_type(event);
    printf("%.*s\n", (int)type.len, type.data);
    hookseal_event_free(event);
    hookseal_webhook_free(webhook);
    return 0;
}
