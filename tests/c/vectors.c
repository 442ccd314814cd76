/*
 * Runs the conformance cases through the C ABI: reads them in their flat form, and writes what
 * became of each in the same form.
 *
 *     vectors CASES OUTCOMES
 */
#define PROGRAM "vectors"
#include "flat.h"

#include <inttypes.h>

/* How many cases there are at the least: the conformance cases, and the providers' samples, which
 * become more with each provider. A runner that is given fewer has lost some. */
#define CASES 2498

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
    write_text(into, "envelope", hookseal_event_envelope(event));
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
    delivery given;
    hookseal_str scheme;
    int64_t tolerance;
    bool has_tolerance;
} vector;

static bool read_case(reader *from, vector *into) {
    field given;
    memset(into, 0, sizeof *into);
    while (read_field(from, &given)) {
        if (is(&given, "end")) {
            return true;
        } else if (is(&given, "scheme")) {
            into->scheme = given.value;
        } else if (is(&given, "tolerance")) {
            into->tolerance = number(given.value);
            into->has_tolerance = true;
        } else {
            read_part(&into->given, &given);
        }
    }
    return false;
}

static hookseal_status make_webhook(const vector *one, hookseal_webhook **webhook,
                                    hookseal_error **error) {
    const delivery *given = &one->given;
    hookseal_scheme *own = NULL, *resolved = NULL;
    hookseal_status status = HOOKSEAL_OK;

    if (!one->scheme.data && !one->has_tolerance && !given->has_options) {
        return hookseal_webhook_new(given->provider, given->secrets, given->secrets_len, webhook,
                                    error);
    }
    if (one->scheme.data) {
        status = hookseal_scheme_parse(one->scheme, &own, error);
    }
    if (status == HOOKSEAL_OK && given->provider.data) {
        status = hookseal_scheme_resolve(given->provider, own, &resolved, error);
    }
    if (status == HOOKSEAL_OK) {
        hookseal_webhook_options options = options_of(given);
        options.tolerance = one->has_tolerance ? &one->tolerance : NULL;
        status = hookseal_webhook_new_with_options(resolved ? resolved : own, given->secrets,
                                                   given->secrets_len, &options, webhook, error);
    }
    hookseal_scheme_free(own);
    hookseal_scheme_free(resolved);
    return status;
}

static void run_case(const vector *one, FILE *into) {
    const delivery *given = &one->given;
    hookseal_webhook *webhook = NULL;
    hookseal_event *event = NULL;
    hookseal_error *error = NULL;
    hookseal_status status = make_webhook(one, &webhook, &error);

    if (status == HOOKSEAL_OK) {
        hookseal_verify_options options;
        memset(&options, 0, sizeof options);
        options.size = sizeof options;
        options.now = given->has_now ? &given->now : NULL;
        options.method = given->method;
        options.url = given->url;
        status = hookseal_webhook_verify(webhook, given->body.data, given->body.len, given->headers,
                                         given->headers_len, &options, &event, &error);
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
    int64_t count = read_count(&from);
    if (count < CASES) {
        fail("there are fewer cases than this runner knows of: see its CASES");
    }
    vector one;
    size_t ran = 0;
    while (read_case(&from, &one)) {
        run_case(&one, outcomes);
        ran++;
    }
    free(text);
    if (fclose(outcomes) != 0) {
        fail("the outcomes cannot be written");
    }
    if ((int64_t) ran != count) {
        fail("cases were lost");
    }
    return 0;
}
