/*
 * Receives a provider's webhooks over HTTP, verifies them and prints what they say. A start for a
 * receiver of your own: one connection at a time, on this machine only, with no TLS; a proxy such
 * as nginx belongs before it.
 *
 *     cc receive.c -o receive $(pkg-config --cflags --libs hookseal)
 *     WEBHOOK_SECRET=... ./receive kasko 8080
 */
#define _POSIX_C_SOURCE 200809L

#include <hookseal.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MAX_HEAD (16 * 1024)
#define MAX_BODY (1024 * 1024)
#define MAX_HEADERS 100
#define MAX_SECONDS 10

/* A request; its headers and its body point into `data`. */
typedef struct {
    char data[MAX_HEAD + MAX_BODY];
    size_t len;
    hookseal_header headers[MAX_HEADERS];
    size_t headers_len;
    const char *body;
    size_t body_len;
} request;

static volatile sig_atomic_t stopping;

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

static hookseal_str text(const char *data, const char *end) {
    hookseal_str text = {data, (size_t)(end - data)};
    return text;
}

static bool is(hookseal_str name, const char *string) {
    return name.len == strlen(string) && strncasecmp(name.data, string, name.len) == 0;
}

/* Reads until there are `wanted` bytes. False if the sender is gone or takes too long. */
static bool read_until(int connection, request *into, size_t wanted, time_t deadline) {
    while (into->len < wanted) {
        ssize_t got = recv(connection, into->data + into->len, wanted - into->len, 0);
        if (got <= 0 || time(NULL) > deadline) {
            return false;
        }
        into->len += (size_t)got;
    }
    return true;
}

/* Reads up to the empty line. The HTTP status to answer with if that fails, else 0. */
static int read_head(int connection, request *into, const char **end, time_t deadline) {
    for (size_t at = 0; at < MAX_HEAD; at++) {
        if (at >= into->len) {
            ssize_t got = recv(connection, into->data + at, MAX_HEAD - at, 0);
            if (got <= 0 || time(NULL) > deadline) {
                return 408;
            }
            into->len += (size_t)got;
        }
        if (at >= 3 && memcmp(into->data + at - 3, "\r\n\r\n", 4) == 0) {
            *end = into->data + at + 1;
            return 0;
        }
    }
    return 431;
}

/* `name: value`, without the white space around the value. */
static bool read_header(const char *line, const char *end, hookseal_header *into) {
    const char *colon = (const char *)memchr(line, ':', (size_t)(end - line));
    if (!colon || colon == line || memchr(line, ' ', (size_t)(colon - line))) {
        return false;
    }
    const char *value = colon + 1;
    while (value < end && (*value == ' ' || *value == '\t')) {
        value++;
    }
    while (end > value && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    into->name = text(line, colon);
    into->value = text(value, end);
    return true;
}

/* Takes the head apart. The HTTP status to answer with if it is not as it should be, else 0. */
static int read_headers(request *into, const char *head_end) {
    const char *line = into->data;
    if (strncmp(line, "POST ", 5) != 0) {
        return 405;
    }
    for (;;) {
        line = strstr(line, "\r\n") + 2;
        if (line + 2 == head_end) {
            return 0;
        }
        if (into->headers_len == MAX_HEADERS) {
            return 431;
        }
        if (!read_header(line, strstr(line, "\r\n"), &into->headers[into->headers_len++])) {
            return 400;
        }
    }
}

/* How long the body is. The HTTP status to answer with if that cannot be known, else 0. */
static int read_length(request *into) {
    bool known = false;
    for (size_t i = 0; i < into->headers_len; i++) {
        const hookseal_header *header = &into->headers[i];
        if (is(header->name, "Transfer-Encoding")) {
            return 411;
        }
        if (!is(header->name, "Content-Length")) {
            continue;
        }
        size_t len = 0;
        for (size_t j = 0; j < header->value.len; j++) {
            char digit = header->value.data[j];
            if (digit < '0' || digit > '9') {
                return 400;
            }
            len = len * 10 + (size_t)(digit - '0');
            if (len > MAX_BODY) {
                return 413;
            }
        }
        if (known || header->value.len == 0) {
            return 400;
        }
        into->body_len = len;
        known = true;
    }
    return known ? 0 : 411;
}

static int read_request(int connection, request *into) {
    const char *head_end;
    time_t deadline = time(NULL) + MAX_SECONDS;
    into->len = into->headers_len = 0;
    int status = read_head(connection, into, &head_end, deadline);
    if (status == 0 && memchr(into->data, '\0', (size_t)(head_end - into->data))) {
        status = 400;
    }
    if (status == 0) {
        status = read_headers(into, head_end);
    }
    if (status == 0) {
        status = read_length(into);
    }
    if (status == 0) {
        size_t head_len = (size_t)(head_end - into->data);
        into->body = head_end;
        if (!read_until(connection, into, head_len + into->body_len, deadline)) {
            status = 408;
        }
    }
    return status;
}

/* What your receiver is for. The HTTP status to answer with. */
static int handle(const hookseal_event *event) {
    hookseal_str type = hookseal_event_type(event);
    hookseal_str id = hookseal_event_id(event);
    hookseal_str key = hookseal_event_dedupe_key(event);
    hookseal_str data = hookseal_event_data_json(event);

    /* Providers send again what they are not sure of: look the key up before you act. */
    printf("type %.*s\n", (int)type.len, type.data);
    printf("id %.*s\n", (int)id.len, id.data ? id.data : "");
    printf("dedupe key %.*s\n", (int)key.len, key.data);
    printf("data %.*s\n", (int)data.len, data.data ? data.data : "");
    fflush(stdout);
    return 200;
}

static int verify_and_handle(const hookseal_webhook *webhook, const request *got) {
    hookseal_event *event;
    hookseal_error *error;
    int status;

    if (hookseal_webhook_verify(webhook, got->body, got->body_len, got->headers, got->headers_len,
                                NULL, &event, &error) == HOOKSEAL_OK) {
        status = handle(event);
        hookseal_event_free(event);
    } else {
        hookseal_str code = hookseal_error_code(error);
        hookseal_str message = hookseal_error_message(error);
        fprintf(stderr, "refused, %.*s: %.*s\n", (int)code.len, code.data, (int)message.len,
                message.data);
        status = hookseal_error_http_status(error);
        hookseal_error_free(error);
    }
    return status;
}

static void serve(int connection, const hookseal_webhook *webhook, request *into) {
    struct timeval patience = {MAX_SECONDS, 0};
    char answer[128];
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int status = read_request(connection, into);
    if (status == 0) {
        status = verify_and_handle(webhook, into);
    }
    int len = snprintf(answer, sizeof answer,
                       "HTTP/1.1 %d \r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
    send(connection, answer, (size_t)len, MSG_NOSIGNAL);
}

/* Listens on this machine only; port 0 takes any that is free. */
static int listen_on(const char *port) {
    struct sockaddr_in address;
    socklen_t len = sizeof address;
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(listener, (struct sockaddr *)&address, len) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &len) != 0) {
        perror("receive");
        return -1;
    }
    printf("listening on http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static hookseal_webhook *make_webhook(const char *provider) {
    hookseal_str secret = hookseal_str_of(getenv("WEBHOOK_SECRET"));
    hookseal_webhook *webhook;
    hookseal_error *error;
    if (hookseal_webhook_new(hookseal_str_of(provider), &secret, 1, &webhook, &error) ==
        HOOKSEAL_OK) {
        return webhook;
    }
    hookseal_str message = hookseal_error_message(error);
    fprintf(stderr, "receive: %.*s\n", (int)message.len, message.data);
    hookseal_error_free(error);
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: WEBHOOK_SECRET=... receive PROVIDER PORT\n", stderr);
        return 2;
    }
    hookseal_webhook *webhook = make_webhook(argv[1]);
    int listener = webhook ? listen_on(argv[2]) : -1;
    request *got = (request *)malloc(sizeof *got);
    if (listener < 0 || !got) {
        free(got);
        hookseal_webhook_free(webhook);
        return 1;
    }
    struct sigaction on_stop;
    memset(&on_stop, 0, sizeof on_stop);
    on_stop.sa_handler = stop;
    sigaction(SIGINT, &on_stop, NULL);
    sigaction(SIGTERM, &on_stop, NULL);

    while (!stopping) {
        int connection = accept(listener, NULL, NULL);
        if (connection >= 0) {
            serve(connection, webhook, got);
            close(connection);
        }
    }
    close(listener);
    free(got);
    hookseal_webhook_free(webhook);
    return 0;
}
