/*
 * Answers the requests by which senders ask whether an endpoint is the receiver's, through the C
 * ABI: reads them in their flat form, and checks each answer.
 *
 *     handshakes CASES
 */
#define PROGRAM "handshakes"
#include "flat.h"

/* How many cases there are. */
#define CASES 79

typedef struct {
    delivery given;
    int64_t tolerance;
    bool has_tolerance;
    hookseal_str error, content_type, answer;
} asked;

static bool read_case(reader *from, asked *into) {
    field given;
    memset(into, 0, sizeof *into);
    while (read_field(from, &given)) {
        if (is(&given, "end")) {
            return true;
        } else if (is(&given, "tolerance")) {
            into->tolerance = number(given.value);
            into->has_tolerance = into->given.has_options = true;
        } else if (is(&given, "error")) {
            into->error = given.value;
        } else if (is(&given, "content-type")) {
            into->content_type = given.value;
        } else if (is(&given, "answer")) {
            into->answer = given.value;
        } else {
            read_part(&into->given, &given);
        }
    }
    return false;
}

static bool same(hookseal_str one, hookseal_str other) {
    return one.len == other.len && (one.data == NULL) == (other.data == NULL) &&
           (one.len == 0 || memcmp(one.data, other.data, one.len) == 0);
}

static hookseal_status make_webhook(const asked *one, hookseal_webhook **webhook) {
    const delivery *given = &one->given;
    hookseal_scheme *scheme = NULL;
    hookseal_webhook_options options = options_of(given);
    hookseal_status status;

    if (!given->has_options) {
        return hookseal_webhook_new(given->provider, given->secrets, given->secrets_len, webhook,
                                    NULL);
    }
    options.tolerance = one->has_tolerance ? &one->tolerance : NULL;
    status = hookseal_scheme_resolve(given->provider, NULL, &scheme, NULL);
    if (status == HOOKSEAL_OK) {
        status = hookseal_webhook_new_with_options(scheme, given->secrets, given->secrets_len,
                                                   &options, webhook, NULL);
    }
    hookseal_scheme_free(scheme);
    return status;
}

static const char *problem_of(const asked *one) {
    const delivery *given = &one->given;
    hookseal_webhook *webhook = NULL;
    hookseal_handshake *answer = NULL;
    hookseal_verify_options options;
    hookseal_status status;
    const char *problem = NULL;

    if (make_webhook(one, &webhook) != HOOKSEAL_OK) {
        return "the webhook cannot be built";
    }
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.method = given->method;
    options.url = given->url;
    status = hookseal_webhook_handshake(webhook, given->body.data, given->body.len, given->headers,
                                        given->headers_len, &options, &answer, NULL);
    hookseal_webhook_free(webhook);
    if (one->error.data) {
        problem = same(hookseal_status_code(status), one->error) ? NULL : "another error";
    } else if (status != HOOKSEAL_OK) {
        problem = "an error";
    } else if (!same(hookseal_handshake_content_type(answer), one->content_type) ||
               !same(hookseal_handshake_body(answer), one->answer)) {
        problem = "another answer";
    }
    hookseal_handshake_free(answer);
    return problem;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fail("usage: handshakes CASES");
    }
    size_t len, ran = 0, failed = 0;
    char *text = read_file(argv[1], &len);
    reader from = {text, text + len};
    asked one;
    if (read_count(&from) != CASES) {
        fail("there is another number of cases than this runner knows of: see its CASES");
    }
    while (read_case(&from, &one)) {
        const char *problem = problem_of(&one);
        ran++;
        if (problem) {
            failed++;
            fprintf(stderr, "%.*s: %s\n", (int)one.given.name.len, one.given.name.data, problem);
        }
    }
    free(text);
    if (ran != CASES) {
        fail("cases were lost");
    }
    printf("%zu passed, %zu failed\n", ran - failed, failed);
    return failed ? 1 : 0;
}
