/* Reads cases in their flat form, which tests/rust/src/flat.rs writes. */
#ifndef FLAT_H
#define FLAT_H

#include <hookseal.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SECRETS 16
#define MAX_HEADERS 64
#define MAX_CONSTANTS 4

static void fail(const char *why) {
    fprintf(stderr, PROGRAM ": %s\n", why);
    exit(1);
}

/* The flat form is a list of fields, each a line `name length`, so many bytes and a line feed. */
typedef struct {
    char *next;
    char *end;
} reader;

typedef struct {
    const char *name;
    hookseal_str value;
} field;

static bool read_field(reader *from, field *into) {
    if (from->next == from->end) {
        return false;
    }
    char *name = from->next;
    char *line_end = (char *)memchr(name, '\n', (size_t)(from->end - name));
    char *space = line_end ? (char *)memchr(name, ' ', (size_t)(line_end - name)) : NULL;
    if (!space) {
        fail("the cases are not in the flat form");
    }
    *space = '\0';
    size_t len = strtoul(space + 1, NULL, 10);
    char *value = line_end + 1;
    if (len >= (size_t)(from->end - value) || value[len] != '\n') {
        fail("the cases are cut off");
    }
    from->next = value + len + 1;
    into->name = name;
    into->value.data = value;
    into->value.len = len;
    return true;
}

static bool is(const field *given, const char *name) {
    return strcmp(given->name, name) == 0;
}

static int64_t number(hookseal_str text) {
    /* A line feed follows it. */
    return strtoll(text.data, NULL, 10);
}

/* The file begins with the number of its cases. */
static int64_t read_count(reader *from) {
    field count;
    if (!read_field(from, &count) || !is(&count, "count")) {
        fail("the file does not say how many cases it has");
    }
    return number(count.value);
}

typedef struct {
    hookseal_str name, provider, body;
    hookseal_str secrets[MAX_SECRETS];
    hookseal_header headers[MAX_HEADERS];
    size_t secrets_len, headers_len;
    int64_t now;
    bool has_now;
    bool has_options;
    hookseal_header constants[MAX_CONSTANTS];
    hookseal_webhook_options options;
    hookseal_str method, url;
} delivery;

static void read_part(delivery *into, const field *given) {
    if (is(given, "name")) {
        into->name = given->value;
    } else if (is(given, "provider")) {
        into->provider = given->value;
    } else if (is(given, "secret") && into->secrets_len < MAX_SECRETS) {
        into->secrets[into->secrets_len++] = given->value;
    } else if (is(given, "header-name") && into->headers_len < MAX_HEADERS) {
        into->headers[into->headers_len++].name = given->value;
    } else if (is(given, "header-value") && into->headers_len > 0) {
        into->headers[into->headers_len - 1].value = given->value;
    } else if (is(given, "body")) {
        into->body = given->value;
    } else if (is(given, "now")) {
        into->now = number(given->value);
        into->has_now = true;
    } else if (is(given, "accept-unsigned")) {
        into->options.accept_unsigned = into->has_options = true;
    } else if (is(given, "origin")) {
        into->options.origin = given->value;
        into->has_options = true;
    } else if (is(given, "constant-name") && into->options.constants.count < MAX_CONSTANTS) {
        into->constants[into->options.constants.count++].name = given->value;
        into->has_options = true;
    } else if (is(given, "constant-value") && into->options.constants.count > 0) {
        into->constants[into->options.constants.count - 1].value = given->value;
    } else if (is(given, "method")) {
        into->method = given->value;
    } else if (is(given, "url")) {
        into->url = given->value;
    } else {
        fail("a case has a field that this runner does not know, or too many of one");
    }
}

/* The webhook's options. */
static inline hookseal_webhook_options options_of(const delivery *given) {
    hookseal_webhook_options options = given->options;
    options.size = sizeof options;
    options.constants.items = given->constants;
    return options;
}

static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fail("the cases cannot be read");
    }
    long size = ftell(file);
    rewind(file);
    char *text = (char *)malloc((size_t)size);
    *len = text ? fread(text, 1, (size_t)size, file) : 0;
    fclose(file);
    if (*len != (size_t)size) {
        fail("the cases cannot be read");
    }
    return text;
}

#endif
