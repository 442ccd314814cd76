/*
 * Runs the conformance cases through the C ABI: reads them in their flat form, and writes what
 * became of each in the same form.
 *
 *     vectors CASES OUTCOMES
 */
#include <hookseal.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many cases there are. A runner that is given fewer has lost some. */
#define CASES 1828

#define MAX_SECRETS 16
#define MAX_HEADERS 64

static void fail(const char *why) {
    fprintf(stderr, "vectors: %s\n", why);
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

static void write_field(FILE *into, const char *name, const void *data, size_t len) {
    fprintf(into, "%s %zu\n", name, len);
    fwrite(data, 1, len, into);
    fputc('\n', into);
}

static void write_text(FILE *into, const char *name, hookseal_str text) {
    if (text.data) {
        write_field(into, name, text.data, text.len);
    }
}

static void write_number(FILE *into, const char *name, int64_t value) {
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%" PRId64, value);
    write_field(into, name, digits, (size_t)len);
}

static void write_event(FILE *into, const hookseal_event *event) {
    int64_t seconds;
    uint32_t nanoseconds;
    hookseal_bytes body = hookseal_event_body(event);

    write_text(into, "provider", hookseal_event_provider(event));
    write_text(into, "type", hookseal_event_type(event));
    write_text(into, "id", hookseal_event_id(event));
    if (hookseal_event_created_at(event, &seconds, &nanoseconds)) {
        char moment[48];
        snprintf(moment, sizeof moment, "%" PRId64 " %" PRIu32, seconds, nanoseconds);
        write_text(into, "created_at", hookseal_str_of(moment));
    }
    write_text(into, "test", hookseal_str_of(hookseal_event_is_test(event) ? "true" : "false"));
    write_text(into, "data", hookseal_event_data_json(event));
    for (size_t i = 0; i < hookseal_event_unsigned_count(event); i++) {
        write_text(into, "unsigned", hookseal_event_unsigned_field(event, i));
    }
    write_number(into, "key_index", (int64_t)hookseal_event_key_index(event));
    write_text(into, "dedupe_key", hookseal_event_dedupe_key(event));
    write_field(into, "body", body.data, body.len);
}

static void write_error(FILE *into, hookseal_status status, const hookseal_error *error) {
    if (hookseal_error_status(error) != status) {
        fail("the error has another status than the call");
    }
    write_text(into, "error", hookseal_error_code(error));
    write_number(into, "http_status", hookseal_error_http_status(error));
    write_text(into, "message", hookseal_error_message(error));
}

typedef struct {
    hookseal_str name, provider, scheme, body;
    hookseal_str secrets[MAX_SECRETS];
    hookseal_header headers[MAX_HEADERS];
    size_t secrets_len, headers_len;
    int64_t tolerance, now;
    bool has_now;
} delivery;

static bool read_case(reader *from, delivery *into) {
    field given;
    memset(into, 0, sizeof *into);
    into->tolerance = HOOKSEAL_DEFAULT_TOLERANCE;
    while (read_field(from, &given)) {
        if (is(&given, "end")) {
            return true;
        } else if (is(&given, "name")) {
            into->name = given.value;
        } else if (is(&given, "provider")) {
            into->provider = given.value;
        } else if (is(&given, "scheme")) {
            into->scheme = given.value;
        } else if (is(&given, "tolerance")) {
            into->tolerance = number(given.value);
        } else if (is(&given, "secret") && into->secrets_len < MAX_SECRETS) {
            into->secrets[into->secrets_len++] = given.value;
        } else if (is(&given, "header-name") && into->headers_len < MAX_HEADERS) {
            into->headers[into->headers_len++].name = given.value;
        } else if (is(&given, "header-value") && into->headers_len > 0) {
            into->headers[into->headers_len - 1].value = given.value;
        } else if (is(&given, "body")) {
            into->body = given.value;
        } else if (is(&given, "now")) {
            into->now = number(given.value);
            into->has_now = true;
        } else {
            fail("a case has a field that this runner does not know, or too many of one");
        }
    }
    return false;
}

static hookseal_status make_webhook(const delivery *given, hookseal_webhook **webhook,
                                    hookseal_error **error) {
    hookseal_scheme *own = NULL, *resolved = NULL;
    hookseal_status status = HOOKSEAL_OK;

    if (!given->scheme.data && given->tolerance == HOOKSEAL_DEFAULT_TOLERANCE) {
        return hookseal_webhook_new(given->provider, given->secrets, given->secrets_len, webhook,
                                    error);
    }
    if (given->scheme.data) {
        status = hookseal_scheme_parse(given->scheme, &own, error);
    }
    if (status == HOOKSEAL_OK && given->provider.data) {
        status = hookseal_scheme_resolve(given->provider, own, &resolved, error);
    }
    if (status == HOOKSEAL_OK) {
        status = hookseal_webhook_new_with_scheme(resolved ? resolved : own, given->secrets,
                                                  given->secrets_len, given->tolerance, webhook,
                                                  error);
    }
    hookseal_scheme_free(own);
    hookseal_scheme_free(resolved);
    return status;
}

static void run_case(const delivery *given, FILE *into) {
    hookseal_webhook *webhook = NULL;
    hookseal_event *event = NULL;
    hookseal_error *error = NULL;
    hookseal_status status = make_webhook(given, &webhook, &error);

    if (status == HOOKSEAL_OK) {
        status = given->has_now
                     ? hookseal_webhook_verify_at(webhook, given->body.data, given->body.len,
                                                  given->headers, given->headers_len, given->now,
                                                  &event, &error)
                     : hookseal_webhook_verify(webhook, given->body.data, given->body.len,
                                               given->headers, given->headers_len, &event, &error);
    }
    hookseal_webhook_free(webhook);
    write_text(into, "case", given->name);
    if (status == HOOKSEAL_OK) {
        write_event(into, event);
    } else {
        write_error(into, status, error);
    }
    write_field(into, "end", "", 0);
    hookseal_event_free(event);
    hookseal_error_free(error);
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

int main(int argc, char **argv) {
    if (argc != 3) {
        fail("usage: vectors CASES OUTCOMES");
    }
    size_t len;
    char *text = read_file(argv[1], &len);
    FILE *outcomes = fopen(argv[2], "wb");
    if (!outcomes) {
        fail("the outcomes cannot be written");
    }
    reader from = {text, text + len};
    field count;
    if (!read_field(&from, &count) || !is(&count, "count") || number(count.value) != CASES) {
        fail("there is another number of cases than this runner knows of: CASES in vectors.c");
    }
    delivery given;
    size_t ran = 0;
    while (read_case(&from, &given)) {
        run_case(&given, outcomes);
        ran++;
    }
    free(text);
    if (fclose(outcomes) != 0) {
        fail("the outcomes cannot be written");
    }
    if (ran != CASES) {
        fail("cases were lost");
    }
    return 0;
}
