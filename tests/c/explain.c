/*
 * Explains the corpus of broken deliveries through the C ABI: reads them in their flat form, and
 * checks that each report names the causes that the case has, and no other.
 *
 *     explain CASES
 */
#define PROGRAM "explain"
#include "flat.h"

/* How many cases there are, and how many of them have secrets that no webhook can be built with. */
#define CASES 381
#define UNUSABLE 32

#define MAX_CAUSES 4
/* Shorter secrets are words that a report may have. */
#define TELLING 12

typedef struct {
    delivery given;
    hookseal_str hints[MAX_SECRETS], causes[MAX_CAUSES], error;
    size_t hints_len, causes_len;
    bool verifies, proven;
} broken;

static bool read_case(reader *from, broken *into) {
    field given;
    memset(into, 0, sizeof *into);
    while (read_field(from, &given)) {
        if (is(&given, "end")) {
            return true;
        } else if (is(&given, "hint") && into->hints_len < MAX_SECRETS) {
            into->hints[into->hints_len++] = given.value;
        } else if (is(&given, "cause") && into->causes_len < MAX_CAUSES) {
            into->causes[into->causes_len++] = given.value;
        } else if (is(&given, "proven")) {
            into->proven = true;
        } else if (is(&given, "verifies")) {
            into->verifies = true;
        } else if (is(&given, "error")) {
            into->error = given.value;
        } else {
            read_part(&into->given, &given);
        }
    }
    return false;
}

static bool same(hookseal_str one, hookseal_str other) {
    return one.len == other.len && memcmp(one.data, other.data, one.len) == 0;
}

static bool contains(hookseal_str text, hookseal_str part) {
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (memcmp(text.data + i, part.data, part.len) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds_any(hookseal_str text, const hookseal_str *secrets, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (secrets[i].len > TELLING && contains(text, secrets[i])) {
            return true;
        }
    }
    return false;
}

static const char *finding_problem(const broken *one, hookseal_finding found, size_t index) {
    if (index >= one->causes_len || !same(found.code, one->causes[index])) {
        return "another cause is found";
    }
    if (found.proven != one->proven) {
        return "the cause is proven where it cannot be, or not where it can";
    }
    if (found.what.len == 0 || found.fix.len == 0 || found.evidence.len == 0) {
        return "a finding lacks a text";
    }
    if (found.has_secret && found.secret >= one->given.secrets_len + one->hints_len) {
        return "a finding is about a secret that was not given";
    }
    return NULL;
}

static const char *report_problem(const broken *one, const hookseal_report *report) {
    hookseal_str error = hookseal_status_code(hookseal_report_status(report));
    hookseal_str text = hookseal_report_text(report), json = hookseal_report_json(report);
    size_t count = hookseal_report_finding_count(report);

    if (hookseal_report_verifies(report) != one->verifies) {
        return "it verifies where it should not, or the other way round";
    }
    if (!same(error, one->verifies ? hookseal_str_of("ok") : one->error)) {
        return "verifying gives another error";
    }
    for (size_t i = 0; i < count; i++) {
        hookseal_finding found = hookseal_report_finding(report, i);
        const char *problem = finding_problem(one, found, i);
        if (problem) {
            return problem;
        }
        if (!contains(text, found.evidence) || !contains(json, found.code)) {
            return "the text or the JSON lacks a finding";
        }
    }
    if (count != one->causes_len) {
        return "a cause is not found";
    }
    if (holds_any(text, one->given.secrets, one->given.secrets_len) ||
        holds_any(text, one->hints, one->hints_len) ||
        holds_any(json, one->given.secrets, one->given.secrets_len) ||
        holds_any(json, one->hints, one->hints_len)) {
        return "the report holds a secret";
    }
    return NULL;
}

static hookseal_status make_webhook(const delivery *given, hookseal_webhook **webhook) {
    hookseal_scheme *scheme = NULL;
    hookseal_webhook_options options = options_of(given);
    hookseal_status status;

    if (!given->has_options) {
        return hookseal_webhook_new(given->provider, given->secrets, given->secrets_len, webhook,
                                    NULL);
    }
    status = hookseal_scheme_resolve(given->provider, NULL, &scheme, NULL);
    if (status == HOOKSEAL_OK) {
        status = hookseal_webhook_new_with_options(scheme, given->secrets, given->secrets_len,
                                                   &options, webhook, NULL);
    }
    hookseal_scheme_free(scheme);
    return status;
}

static const char *problem_of(const broken *one, size_t *unusable) {
    const delivery *given = &one->given;
    hookseal_webhook *webhook = NULL;
    hookseal_report *report = NULL;
    hookseal_status status = make_webhook(given, &webhook);
    const char *problem;

    if (same(one->error, hookseal_str_of("invalid_secret"))) {
        ++*unusable;
        hookseal_webhook_free(webhook);
        return status == HOOKSEAL_INVALID_SECRET ? NULL : "the webhook was built";
    }
    if (status != HOOKSEAL_OK) {
        return "the webhook cannot be built";
    }
    hookseal_verify_options options;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.now = given->has_now ? &given->now : NULL;
    options.method = given->method;
    options.url = given->url;
    status = hookseal_webhook_explain(webhook, given->body.data, given->body.len, given->headers,
                                      given->headers_len, one->hints, one->hints_len, &options,
                                      &report, NULL);
    hookseal_webhook_free(webhook);
    problem = status == HOOKSEAL_OK ? report_problem(one, report) : "there is no report";
    hookseal_report_free(report);
    return problem;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fail("usage: explain CASES");
    }
    size_t len, ran = 0, failed = 0, unusable = 0;
    char *text = read_file(argv[1], &len);
    reader from = {text, text + len};
    broken one;
    if (read_count(&from) != CASES) {
        fail("there is another number of cases than this runner knows of: see its CASES");
    }
    while (read_case(&from, &one)) {
        const char *problem = problem_of(&one, &unusable);
        ran++;
        if (problem) {
            failed++;
            fprintf(stderr, "%.*s: %s\n", (int)one.given.name.len, one.given.name.data, problem);
        }
    }
    free(text);
    if (ran != CASES || unusable != UNUSABLE) {
        fail("cases were lost");
    }
    printf("%zu passed, %zu failed\n", ran - failed, failed);
    return failed ? 1 : 0;
}
