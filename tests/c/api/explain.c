/* Why a delivery does not verify. */
#include "check.h"

#include <string.h>

static const char PAYLOAD[] = "{\"type\":\"claim.created\",\"data\":{\"n\":1}}";
static const char AGAIN[] = "{\n  \"type\": \"claim.created\",\n  \"data\": {\n    \"n\": 1\n  }\n}";

static hookseal_report *explained(const hookseal_webhook *webhook, const char *body,
                                  const signed_headers *made, const int64_t *now) {
    hookseal_report *report = NULL;
    hookseal_error *error = UNTOUCHED(hookseal_error);
    const hookseal_verify_options options = verifying(now, text_of(NULL, 0));
    GIVES(HOOKSEAL_OK, hookseal_webhook_explain(webhook, body, strlen(body), made->headers,
                                                made->len, NULL, 0, &options, &report, &error));
    CHECK(error == UNTOUCHED(hookseal_error));
    return report;
}

static void names_the_cause(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, PAYLOAD, strlen(PAYLOAD), NULL);
    hookseal_report *report = explained(webhook, AGAIN, &made, NULL);
    hookseal_webhook_free(webhook);

    /* The report needs neither the webhook nor the headers. */
    CHECK(!hookseal_report_verifies(report));
    GIVES(HOOKSEAL_SIGNATURE_MISMATCH, hookseal_report_status(report));
    CHECK(hookseal_report_finding_count(report) == 1);
    hookseal_finding finding = hookseal_report_finding(report, 0);
    IS("body_reserialised", finding.code);
    CHECK(finding.what.len > 0 && finding.fix.len > 0 && finding.evidence.len > 0);
    CHECK(finding.proven && finding.has_secret && finding.secret == 0);
    CHECK(hookseal_report_finding(report, 1).code.data == NULL);
    CHECK(!hookseal_report_finding(report, 1).proven);
    CHECK(!hookseal_report_finding(report, SIZE_MAX).has_secret);
    CHECK(hookseal_report_ruled_out_count(report) == 0);
    CHECK(contains(hookseal_report_text(report), "body_reserialised, proven"));
    CHECK(contains(hookseal_report_json(report), "\"code\":\"body_reserialised\""));
    CHECK(contains(hookseal_report_json(report), "\"error\":\"signature_mismatch\""));
    CHECK(!contains(hookseal_report_text(report), SECRET));
    hookseal_headers_free(made.owner);
    hookseal_report_free(report);
}

static void a_genuine_delivery_needs_none(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, PAYLOAD, strlen(PAYLOAD), NULL);
    hookseal_report *report = explained(webhook, PAYLOAD, &made, NULL);
    CHECK(hookseal_report_verifies(report));
    GIVES(HOOKSEAL_OK, hookseal_report_status(report));
    CHECK(hookseal_report_finding_count(report) == 0);
    CHECK(hookseal_report_ruled_out_count(report) == 0);
    CHECK(contains(hookseal_report_text(report), "the delivery verifies"));
    CHECK(contains(hookseal_report_json(report), "\"verifies\":true,\"error\":null"));
    hookseal_report_free(report);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void a_forgery_has_none(void) {
    char zeros[72];
    memset(zeros, '0', sizeof zeros);
    memcpy(zeros, "sha256=", 7);
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers forged = {NULL, {{hookseal_str_of("X-ClaimPort-Signature"), text_of(zeros, 71)}}, 1};
    hookseal_report *report = explained(webhook, PAYLOAD, &forged, NULL);
    size_t tried = hookseal_report_ruled_out_count(report);
    CHECK(hookseal_report_finding_count(report) == 0);
    CHECK(tried > 3);
    CHECK(hookseal_report_ruled_out(report, 0).len > 0);
    CHECK(hookseal_report_ruled_out(report, tried - 1).len > 0);
    CHECK(hookseal_report_ruled_out(report, tried).data == NULL);
    hookseal_report_free(report);
    hookseal_webhook_free(webhook);
}

/* Also headers that the scheme does not read are looked at. */
static void reads_all_headers(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, PAYLOAD, strlen(PAYLOAD), NULL);
    made.headers[0].name = hookseal_str_of("X-Forwarded-Signature");
    hookseal_report *report = explained(webhook, PAYLOAD, &made, NULL);
    GIVES(HOOKSEAL_MISSING_HEADER, hookseal_report_status(report));
    IS("signature_header", hookseal_report_finding(report, 0).code);
    CHECK(hookseal_report_finding(report, 0).proven);
    hookseal_report_free(report);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void takes_the_signature_alone(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    signed_headers made = sign(webhook, PAYLOAD, strlen(PAYLOAD), NULL);
    const hookseal_verify_options alone = verifying(NULL, made.headers[0].value);
    hookseal_report *report = NULL, *genuine = NULL;
    GIVES(HOOKSEAL_OK, hookseal_webhook_explain(webhook, AGAIN, strlen(AGAIN), NULL, 0, NULL, 0,
                                                &alone, &report, NULL));
    IS("body_reserialised", hookseal_report_finding(report, 0).code);
    GIVES(HOOKSEAL_OK, hookseal_webhook_explain(webhook, PAYLOAD, strlen(PAYLOAD), NULL, 0, NULL, 0,
                                                &alone, &genuine, NULL));
    CHECK(hookseal_report_verifies(genuine));
    hookseal_report_free(report);
    hookseal_report_free(genuine);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

static void with_further_secrets(void) {
    hookseal_str others[2] = {hookseal_str_of("wrong"), hookseal_str_of("another secret")};
    hookseal_webhook *webhook = webhook_for("claimport"), *sender = NULL;
    GIVES(HOOKSEAL_OK,
          hookseal_webhook_new(hookseal_str_of("claimport"), &others[1], 1, &sender, NULL));
    signed_headers made = sign(sender, PAYLOAD, strlen(PAYLOAD), NULL);
    hookseal_report *report = NULL;
    GIVES(HOOKSEAL_OK, hookseal_webhook_explain(webhook, PAYLOAD, strlen(PAYLOAD), made.headers,
                                                made.len, others, 2, NULL, &report, NULL));
    hookseal_finding finding = hookseal_report_finding(report, 0);
    IS("secret_other_webhook", finding.code);
    CHECK(finding.proven && finding.has_secret && finding.secret == 2);
    hookseal_report_free(report);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(sender);
    hookseal_webhook_free(webhook);
}

static void at_another_time(void) {
    const int64_t then = 1000000, before_all = INT64_MIN, after_all = INT64_MAX;
    hookseal_webhook *webhook = webhook_for("stripe");
    const hookseal_sign_options options = signing(text_of(NULL, 0), &then);
    signed_headers made = sign(webhook, BODY, body_len(), &options);

    hookseal_report *late = explained(webhook, BODY, &made, NULL);
    IS("delivery_old", hookseal_report_finding(late, 0).code);
    hookseal_report *in_time = explained(webhook, BODY, &made, &then);
    CHECK(hookseal_report_verifies(in_time));
    hookseal_report *past = explained(webhook, BODY, &made, &before_all);
    CHECK(!hookseal_report_verifies(past));
    hookseal_report *future = explained(webhook, BODY, &made, &after_all);
    CHECK(!hookseal_report_verifies(future));

    hookseal_report_free(late);
    hookseal_report_free(in_time);
    hookseal_report_free(past);
    hookseal_report_free(future);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}

void test_explain(void) {
    names_the_cause();
    a_genuine_delivery_needs_none();
    a_forgery_has_none();
    reads_all_headers();
    takes_the_signature_alone();
    with_further_secrets();
    at_another_time();
}
