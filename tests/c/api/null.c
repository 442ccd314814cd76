/* NULL for every pointer of every function: a status, or nothing, and nowhere a crash. */
#include "check.h"

#include <string.h>

#define REFUSED(call)                                                                             \
    do {                                                                                          \
        hookseal_error *error = NULL;                                                             \
        GIVES(HOOKSEAL_NULL_ARGUMENT, (call));                                                    \
        IS("null_argument", hookseal_error_code(error));                                          \
        hookseal_error_free(error);                                                               \
    } while (0)

static bool none(hookseal_str text) {
    return text.data == NULL && text.len == 0;
}

static void to_build(void) {
    hookseal_str kasko = hookseal_str_of("kasko"), secret = hookseal_str_of(SECRET);
    hookseal_str no_text = text_of(NULL, 5);
    hookseal_scheme *scheme = NULL, *no_scheme = UNTOUCHED(hookseal_scheme);
    hookseal_webhook *no_webhook = UNTOUCHED(hookseal_webhook);
    GIVES(HOOKSEAL_OK, hookseal_scheme_for_provider(kasko, &scheme, NULL));

    REFUSED(hookseal_scheme_for_provider(no_text, &no_scheme, &error));
    REFUSED(hookseal_scheme_for_provider(kasko, NULL, &error));
    REFUSED(hookseal_scheme_resolve(no_text, scheme, &no_scheme, &error));
    REFUSED(hookseal_scheme_resolve(kasko, scheme, NULL, &error));
    REFUSED(hookseal_scheme_parse(no_text, &no_scheme, &error));
    REFUSED(hookseal_scheme_parse(kasko, NULL, &error));

    REFUSED(hookseal_webhook_new(no_text, &secret, 1, &no_webhook, &error));
    REFUSED(hookseal_webhook_new(kasko, NULL, 1, &no_webhook, &error));
    REFUSED(hookseal_webhook_new(kasko, &no_text, 1, &no_webhook, &error));
    REFUSED(hookseal_webhook_new(kasko, &secret, 1, NULL, &error));


    REFUSED(hookseal_webhook_new_with_options(NULL, &secret, 1, NULL, &no_webhook, &error));
    REFUSED(hookseal_webhook_new_with_options(scheme, NULL, 1, NULL, &no_webhook, &error));
    REFUSED(hookseal_webhook_new_with_options(scheme, &no_text, 1, NULL, &no_webhook, &error));
    REFUSED(hookseal_webhook_new_with_options(scheme, &secret, 1, NULL, NULL, &error));

    CHECK(no_scheme == UNTOUCHED(hookseal_scheme));
    CHECK(no_webhook == UNTOUCHED(hookseal_webhook));
    hookseal_scheme_free(scheme);
}

static void to_verify(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_str signature = hookseal_str_of("00"), no_text = text_of(NULL, 5);
    hookseal_header header = {hookseal_str_of("coverkit-signature"), signature};
    hookseal_header no_name = {no_text, signature}, no_value = {signature, no_text};
    const hookseal_verify_options no_signature = verifying(NULL, no_text);
    hookseal_event *event = UNTOUCHED(hookseal_event);

    REFUSED(hookseal_webhook_verify(NULL, BODY, 9, &header, 1, NULL, &event, &error));
    REFUSED(hookseal_webhook_verify(webhook, NULL, 9, &header, 1, NULL, &event, &error));
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, NULL, 1, NULL, &event, &error));
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &no_name, 1, NULL, &event, &error));
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &no_value, 1, NULL, &event, &error));
    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, &header, 1, NULL, NULL, &error));

    REFUSED(hookseal_webhook_verify(webhook, BODY, 9, NULL, 0, &no_signature, &event, &error));
    CHECK(event == UNTOUCHED(hookseal_event));

    /* No place for the error is as good as any. */
    GIVES(HOOKSEAL_NULL_ARGUMENT, hookseal_webhook_verify(NULL, NULL, 9, NULL, 9, NULL, NULL, NULL));
    GIVES(HOOKSEAL_MALFORMED_HEADER,
          hookseal_webhook_verify(webhook, BODY, 9, &header, 1, NULL, &event, NULL));

    hookseal_body *body = UNTOUCHED(hookseal_body);
    REFUSED(hookseal_body_decode(NULL, 9, no_text, 9, &body, &error));
    REFUSED(hookseal_body_decode(BODY, 9, no_text, 9, &body, &error));
    REFUSED(hookseal_body_decode(BODY, 9, signature, 9, NULL, &error));
    CHECK(body == UNTOUCHED(hookseal_body));

    /* NULL without a length is nothing. */
    GIVES(HOOKSEAL_MISSING_HEADER, verify_status(webhook, NULL, 0, NULL, 0));
    GIVES(HOOKSEAL_MALFORMED_HEADER, verify_status(webhook, NULL, 0, &header, 1));
    hookseal_webhook_free(webhook);
}

static void to_sign(void) {
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_sign_options no_type = signing(text_of(NULL, 0), NULL);
    hookseal_sign_options no_id = signing(text_of(NULL, 5), NULL);
    hookseal_headers *headers = UNTOUCHED(hookseal_headers);
    no_type.type = text_of(NULL, 5);

    REFUSED(hookseal_webhook_sign(NULL, BODY, 9, NULL, &headers, &error));
    REFUSED(hookseal_webhook_sign(webhook, NULL, 9, NULL, &headers, &error));
    REFUSED(hookseal_webhook_sign(webhook, BODY, 9, &no_type, &headers, &error));
    REFUSED(hookseal_webhook_sign(webhook, BODY, 9, &no_id, &headers, &error));
    REFUSED(hookseal_webhook_sign(webhook, BODY, 9, NULL, NULL, &error));
    CHECK(headers == UNTOUCHED(hookseal_headers));

    GIVES(HOOKSEAL_OK, hookseal_webhook_sign(webhook, NULL, 0, NULL, &headers, NULL));
    hookseal_headers_free(headers);
    hookseal_webhook_free(webhook);
}

static void to_explain(void) {
    hookseal_webhook *webhook = webhook_for("claimport");
    hookseal_str signature = hookseal_str_of("00"), no_text = text_of(NULL, 5);
    hookseal_header header = {hookseal_str_of("x"), signature}, no_value = {signature, no_text};
    const hookseal_verify_options no_signature = verifying(NULL, no_text);
    hookseal_report *report = UNTOUCHED(hookseal_report);

    REFUSED(hookseal_webhook_explain(NULL, BODY, 9, &header, 1, NULL, 0, NULL, &report, &error));
    REFUSED(hookseal_webhook_explain(webhook, NULL, 9, &header, 1, NULL, 0, NULL, &report, &error));
    REFUSED(hookseal_webhook_explain(webhook, BODY, 9, NULL, 1, NULL, 0, NULL, &report, &error));
    REFUSED(hookseal_webhook_explain(webhook, BODY, 9, &no_value, 1, NULL, 0, NULL, &report, &error));
    REFUSED(hookseal_webhook_explain(webhook, BODY, 9, &header, 1, NULL, 1, NULL, &report, &error));
    REFUSED(hookseal_webhook_explain(webhook, BODY, 9, &header, 1, &no_text, 1, NULL, &report, &error));
    REFUSED(hookseal_webhook_explain(webhook, BODY, 9, &header, 1, NULL, 0, NULL, NULL, &error));
    REFUSED(hookseal_webhook_explain(webhook, BODY, 9, NULL, 0, NULL, 0, &no_signature, &report, &error));
    CHECK(report == UNTOUCHED(hookseal_report));

    GIVES(HOOKSEAL_OK, hookseal_webhook_explain(webhook, NULL, 0, NULL, 0, NULL, 0, NULL, &report, NULL));
    hookseal_report_free(report);

    hookseal_handshake *answer = UNTOUCHED(hookseal_handshake);
    REFUSED(hookseal_webhook_handshake(NULL, BODY, 9, &header, 1, NULL, &answer, &error));
    REFUSED(hookseal_webhook_handshake(webhook, NULL, 9, &header, 1, NULL, &answer, &error));
    REFUSED(hookseal_webhook_handshake(webhook, BODY, 9, NULL, 1, NULL, &answer, &error));
    REFUSED(hookseal_webhook_handshake(webhook, BODY, 9, &no_value, 1, NULL, &answer, &error));
    REFUSED(hookseal_webhook_handshake(webhook, BODY, 9, &header, 1, NULL, NULL, &error));
    CHECK(answer == UNTOUCHED(hookseal_handshake));
    hookseal_webhook_free(webhook);
}

static void to_ask(void) {
    int64_t seconds = 7;
    uint32_t nanoseconds = 7;

    GIVES(HOOKSEAL_OK, hookseal_error_status(NULL));
    CHECK(none(hookseal_error_code(NULL)));
    CHECK(none(hookseal_error_message(NULL)));
    CHECK(hookseal_error_http_status(NULL) == 0);

    CHECK(none(hookseal_scheme_name(NULL)));
    CHECK(none(hookseal_scheme_title(NULL)));
    CHECK(hookseal_scheme_unsigned_count(NULL) == 0);
    CHECK(none(hookseal_scheme_unsigned_field(NULL, 0)));
    CHECK(hookseal_scheme_weakness_count(NULL) == 0);
    CHECK(none(hookseal_scheme_weakness(NULL, 0)));
    CHECK(hookseal_scheme_constant_count(NULL) == 0);
    CHECK(none(hookseal_scheme_constant_name(NULL, 0)));
    CHECK(none(hookseal_scheme_constant_meaning(NULL, 0)));
    CHECK(!hookseal_scheme_signs_request(NULL));
    CHECK(!hookseal_scheme_has_handshake(NULL));
    CHECK(none(hookseal_handshake_body(NULL)));
    CHECK(none(hookseal_handshake_content_type(NULL)));
    hookseal_handshake_free(NULL);
    CHECK(hookseal_scheme_header_count(NULL) == 0);
    CHECK(none(hookseal_scheme_header_name(NULL, 0)));
    CHECK(none(hookseal_scheme_header_cgi_name(NULL, 0)));

    hookseal_str secret = hookseal_str_of(SECRET);
    hookseal_webhook *webhook = webhook_for("coverkit");
    CHECK(hookseal_webhook_has_secrets(webhook, &secret, 1));
    CHECK(!hookseal_webhook_has_secrets(NULL, &secret, 1));
    CHECK(!hookseal_webhook_has_secrets(webhook, NULL, 1));
    hookseal_webhook_free(webhook);

    CHECK(none(hookseal_event_provider(NULL)));
    CHECK(none(hookseal_event_type(NULL)));
    CHECK(none(hookseal_event_id(NULL)));
    CHECK(!hookseal_event_created_at(NULL, &seconds, &nanoseconds));
    CHECK(!hookseal_event_created_at(NULL, NULL, NULL));
    CHECK(seconds == 7 && nanoseconds == 7);
    CHECK(!hookseal_event_is_test(NULL));
    CHECK(!hookseal_event_is_check(NULL));
    CHECK(none(hookseal_event_data_json(NULL)));
    CHECK(none(hookseal_event_envelope(NULL)));
    CHECK(hookseal_event_envelope_tokens(NULL).data == NULL);
    CHECK(none(hookseal_event_to_json(NULL)));
    CHECK(hookseal_body_bytes(NULL).data == NULL);
    CHECK(hookseal_webhook_max_body(NULL) == 0);
    CHECK(hookseal_webhook_warning_count(NULL) == 0);
    CHECK(hookseal_webhook_warning(NULL, 0).data == NULL);
    CHECK(hookseal_event_data_tokens(NULL).data == NULL);
    CHECK(hookseal_event_data_tokens(NULL).len == 0);
    CHECK(hookseal_event_body(NULL).data == NULL && hookseal_event_body(NULL).len == 0);
    CHECK(hookseal_event_key_index(NULL) == 0);
    CHECK(none(hookseal_event_dedupe_key(NULL)));
    CHECK(hookseal_event_unsigned_count(NULL) == 0);
    CHECK(none(hookseal_event_unsigned_field(NULL, 0)));

    CHECK(hookseal_headers_count(NULL) == 0);
    CHECK(none(hookseal_headers_get(NULL, 0).name));
    CHECK(none(hookseal_headers_get(NULL, 0).value));

    CHECK(!hookseal_report_verifies(NULL));
    GIVES(HOOKSEAL_OK, hookseal_report_status(NULL));
    CHECK(hookseal_report_finding_count(NULL) == 0);
    CHECK(none(hookseal_report_finding(NULL, 0).code));
    CHECK(hookseal_report_ruled_out_count(NULL) == 0);
    CHECK(none(hookseal_report_ruled_out(NULL, 0)));
    CHECK(none(hookseal_report_text(NULL)));
    CHECK(none(hookseal_report_json(NULL)));

    CHECK(none(hookseal_str_of(NULL)));
}

static void to_keep(void) {
    hookseal_str sqlite = hookseal_str_of("sqlite"), no_text = text_of(NULL, 5), why = hookseal_str_of("E");
    hookseal_webhook *webhook = webhook_for("coverkit");
    hookseal_source source, no_webhook;
    hookseal_inbox *inbox = NULL, *no_inbox = UNTOUCHED(hookseal_inbox);
    hookseal_text *text = UNTOUCHED(hookseal_text);
    hookseal_operation *operation = UNTOUCHED(hookseal_operation), *made = NULL;
    hookseal_step *step = UNTOUCHED(hookseal_step);
    hookseal_claimed *claimed = UNTOUCHED(hookseal_claimed);
    hookseal_event *event = UNTOUCHED(hookseal_event);
    hookseal_headers *headers = UNTOUCHED(hookseal_headers);
    hookseal_verified *verified = UNTOUCHED(hookseal_verified);
    int64_t number = 7;
    uint32_t nanoseconds = 7;

    memset(&source, 0, sizeof source);
    no_webhook = source;
    source.webhook = webhook;
    REFUSED(hookseal_inbox_new(no_text, &source, 1, NULL, &no_inbox, &error));
    REFUSED(hookseal_inbox_new(sqlite, NULL, 1, NULL, &no_inbox, &error));
    REFUSED(hookseal_inbox_new(sqlite, &no_webhook, 1, NULL, &no_inbox, &error));
    REFUSED(hookseal_inbox_new(sqlite, &source, 1, NULL, NULL, &error));
    REFUSED(hookseal_inbox_schema(no_text, sqlite, &text, &error));
    REFUSED(hookseal_inbox_schema(sqlite, no_text, &text, &error));
    REFUSED(hookseal_inbox_schema(sqlite, sqlite, NULL, &error));
    CHECK(no_inbox == UNTOUCHED(hookseal_inbox) && text == UNTOUCHED(hookseal_text));
    CHECK(none(hookseal_text_str(NULL)));
    CHECK(hookseal_inbox_lease(NULL) == 0);

    GIVES(HOOKSEAL_OK, hookseal_inbox_new(sqlite, &source, 1, NULL, &inbox, NULL));
    REFUSED(hookseal_inbox_migrate(NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_migrate(inbox, 0, NULL, &error));
    REFUSED(hookseal_inbox_verify(NULL, text_of(NULL, 0), "", 0, NULL, 0, NULL, &verified, &error));
    REFUSED(hookseal_inbox_verify(inbox, text_of(NULL, 0), NULL, 5, NULL, 0, NULL, &verified, &error));
    REFUSED(hookseal_inbox_store(inbox, NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_savepoint(inbox, NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_once(inbox, text_of(NULL, 0), NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_claim(NULL, 1, 0, &operation, &error));
    REFUSED(hookseal_inbox_complete(inbox, NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_release(inbox, NULL, why, 0, &operation, &error));
    REFUSED(hookseal_inbox_dead(inbox, NULL, why, 0, &operation, &error));
    REFUSED(hookseal_inbox_extend(inbox, NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_stats(NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_openmetrics(NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_list(NULL, NULL, 0, &operation, &error));
    REFUSED(hookseal_inbox_show(NULL, 1, 0, &operation, &error));
    REFUSED(hookseal_inbox_retry(NULL, 1, 0, &operation, &error));
    REFUSED(hookseal_inbox_replay(NULL, 1, 0, &operation, &error));
    REFUSED(hookseal_inbox_discard(NULL, 1, 0, &operation, &error));
    REFUSED(hookseal_inbox_prune(NULL, 0, 0, &operation, &error));
    CHECK(operation == UNTOUCHED(hookseal_operation));

    GIVES(HOOKSEAL_OK, hookseal_inbox_migrate(inbox, 0, &made, NULL));
    REFUSED(hookseal_operation_start(NULL, &step, &error));
    REFUSED(hookseal_operation_rows(NULL, NULL, 0, 0, &step, &error));
    REFUSED(hookseal_operation_rows(made, NULL, 1, 1, &step, &error));
    REFUSED(hookseal_operation_changed(NULL, 0, &step, &error));
    REFUSED(hookseal_operation_failed(NULL, NULL, &step, &error));
    REFUSED(hookseal_verified_event(NULL, &event, &error));
    CHECK(verified == UNTOUCHED(hookseal_verified));
    REFUSED(hookseal_step_claimed(NULL, 0, &claimed, &error));
    REFUSED(hookseal_step_headers(NULL, &headers, &error));
    REFUSED(hookseal_claimed_event(NULL, &event, &error));
    CHECK(step == UNTOUCHED(hookseal_step) && claimed == UNTOUCHED(hookseal_claimed));
    CHECK(event == UNTOUCHED(hookseal_event) && headers == UNTOUCHED(hookseal_headers));

    CHECK(hookseal_step_kind_of(NULL) == 0);
    CHECK(none(hookseal_step_sql(NULL)));
    CHECK(hookseal_step_parameter_count(NULL) == 0);
    CHECK(hookseal_step_parameter(NULL, 0).is_null);
    CHECK(hookseal_step_received(NULL) == 0);
    CHECK(!hookseal_step_number(NULL, &number));
    CHECK(none(hookseal_step_json(NULL)));
    CHECK(none(hookseal_step_text(NULL)));
    CHECK(hookseal_step_claimed_count(NULL) == 0);
    CHECK(hookseal_step_body(NULL).data == NULL);
    CHECK(hookseal_claimed_seq(NULL) == 0 && hookseal_claimed_attempt(NULL) == 0);
    CHECK(none(hookseal_claimed_source(NULL)));
    CHECK(!hookseal_claimed_received_at(NULL, &number, &nanoseconds));
    CHECK(number == 7 && nanoseconds == 7);
    CHECK(hookseal_error_retry_after(NULL) == 0);

    hookseal_text_free(NULL);
    hookseal_step_free(NULL);
    hookseal_claimed_free(NULL);
    hookseal_verified_free(NULL);
    hookseal_operation_free(made);
    hookseal_operation_free(NULL);
    hookseal_inbox_free(inbox);
    hookseal_inbox_free(NULL);
    hookseal_webhook_free(webhook);
}

static void to_free(void) {
    hookseal_error_free(NULL);
    hookseal_scheme_free(NULL);
    hookseal_webhook_free(NULL);
    hookseal_event_free(NULL);
    hookseal_body_free(NULL);
    hookseal_headers_free(NULL);
    hookseal_report_free(NULL);
}

void test_null(void) {
    to_build();
    to_verify();
    to_sign();
    to_explain();
    to_keep();
    to_ask();
    to_free();
}
