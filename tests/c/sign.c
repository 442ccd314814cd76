/*
 * Prints the headers that a provider would send with the body on standard input, one to a line.
 *
 *     sign PROVIDER SECRET TYPE
 */
#include <hookseal.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(hookseal_str text) {
    printf("%.*s", (int)text.len, text.data);
}

int main(int argc, char **argv) {
    static char body[1 << 16];
    hookseal_sign_options options;
    hookseal_webhook *webhook = NULL;
    hookseal_headers *headers = NULL;
    hookseal_error *error = NULL;

    if (argc != 4) {
        fputs("usage: sign PROVIDER SECRET TYPE\n", stderr);
        return 2;
    }
    hookseal_str secret = hookseal_str_of(argv[2]);
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.type = hookseal_str_of(argv[3]);
    size_t body_len = fread(body, 1, sizeof body, stdin);
    if (hookseal_webhook_new(hookseal_str_of(argv[1]), &secret, 1, &webhook, &error) ||
        hookseal_webhook_sign(webhook, body, body_len, &options, &headers, &error)) {
        hookseal_str message = hookseal_error_message(error);
        fprintf(stderr, "sign: %.*s\n", (int)message.len, message.data);
        hookseal_error_free(error);
        hookseal_webhook_free(webhook);
        return 1;
    }
    for (size_t i = 0; i < hookseal_headers_count(headers); i++) {
        hookseal_header header = hookseal_headers_get(headers, i);
        print(header.name);
        fputs(": ", stdout);
        print(header.value);
        putchar('\n');
    }
    hookseal_headers_free(headers);
    hookseal_webhook_free(webhook);
    return 0;
}
