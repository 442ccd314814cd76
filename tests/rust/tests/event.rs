//! What an event holds: its envelope, its JSON, and bodies of every kind that schemes take.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::time::{Duration, SystemTime};

use hookseal::{EXPLAIN_PAGES, Error, ErrorCode, Event, Scheme, SignOptions, Surface, Webhook};
use hookseal_tests::samples;
use serde_json::{Value, json};

fn webhook(provider: &str) -> Webhook {
    let secret = match provider {
        "standard-webhooks" => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        _ => "secret",
    };
    Webhook::new(provider, [secret]).unwrap()
}

fn verified<'b>(
    webhook: &Webhook,
    body: &'b (impl AsRef<[u8]> + ?Sized),
) -> Result<Event<'b>, Error> {
    let headers = webhook.sign(body, &SignOptions::new().event_type("a.type").id("id_1")).unwrap();
    webhook.verify(body, &headers)
}

#[test]
fn the_envelope_is_all_of_what_was_signed() {
    let body = " {\"id\":\"evt_1\",\"type\":\"a\",\"account\":\"acct_1\",\"data\":{\"n\":1.50}}\n";
    let event = verified(&webhook("stripe"), body).unwrap();
    assert_eq!(event.envelope_json(), Some(body.trim()));
    assert_eq!(event.data_json(), Some("{\"n\":1.50}"));
    assert_eq!(event.envelope::<Value>().unwrap()["account"], "acct_1");
    let misfit = event.envelope::<Vec<u8>>().unwrap_err();
    assert_eq!(misfit.code(), ErrorCode::InvalidPayload);

    // KASKO has no envelope around its data.
    let event = verified(&webhook("kasko"), "{\"a\":1}").unwrap();
    assert_eq!(event.envelope_json(), event.data_json());

    // Of MyCover.ai it is what was signed, not what was sent.
    let webhook = webhook("mycover");
    let signed = "{\"event\":\"a\",\"status\":\"failed\",\"data\":{}}";
    let headers = webhook.sign(signed, &SignOptions::new()).unwrap();
    let sent = signed.replace(':', " : ");
    let event = webhook.verify(&sent, &headers).unwrap().into_owned();
    assert_eq!(event.envelope_json(), Some(signed));
}

#[test]
fn lone_surrogates_are_replaced_in_data_and_envelope() {
    let body =
        r#"{"id":"evt_1","type":"a","x":"\ud800","data":{"v":"\ud800x","\udc00":"\ud83d\ude00"}}"#;
    let event = verified(&webhook("stripe"), body).unwrap();
    assert_eq!(event.data_json(), Some(r#"{"v":"\ufffdx","\ufffd":"\ud83d\ude00"}"#));
    assert_eq!(event.envelope::<Value>().unwrap()["x"], "\u{fffd}");
    assert_eq!(event.body(), body.as_bytes());
    assert_eq!(serde_json::to_value(&event).unwrap()["data"]["v"], "\u{fffd}x");
}

#[test]
fn an_event_has_one_shape_as_json() {
    let webhook = webhook("coverkit");
    let body = "{\"id\":\"evt_1\",\"type\":\"policy.created\",\"createdAt\":\"2024-12-20T13:00:00.25+01:00\",\n\
                \"data\":{\r\n\"premium\":299.00,\"big\":123456789012345678901234567890}}";
    let event = verified(&webhook, body).unwrap();
    let expected = concat!(
        r#"{"provider":"coverkit","type":"policy.created","id":"evt_1","created_at":"2024-12-20T12:00:00.25Z","#,
        r#""test":false,"check":false,"data":{  "premium":299.00,"big":123456789012345678901234567890},"#,
        r#""unsigned":[],"key_index":0,"dedupe_key":"coverkit:evt_1"}"#
    );
    assert_eq!(event.to_json(), expected);
    assert_eq!(serde_json::to_string(&event).unwrap(), expected);
    assert_eq!(
        format!("{event:?}"),
        r#"Event { provider: "coverkit", type: "policy.created", id: Some("evt_1"), .. }"#
    );

    let event = verified(&webhook, r#"{"type":"policy.created"}"#).unwrap();
    let json = serde_json::to_value(&event).unwrap();
    assert_eq!((&json["id"], &json["created_at"]), (&Value::Null, &Value::Null));
    assert!(json.get("data").is_none());

    let claimport = self::webhook("claimport");
    let json =
        serde_json::to_value(verified(&claimport, r#"{"type":"webhook.test"}"#).unwrap()).unwrap();
    assert_eq!(
        (&json["test"], &json["check"], &json["data"]),
        (&json!(true), &json!(true), &json!({}))
    );
}

#[test]
fn formats_that_are_no_text_get_the_same_shape() {
    let body = r#"{"id":"evt_1","type":"a","data":{"n":1,"list":[true,null,"é"]}}"#;
    let event = verified(&webhook("coverkit"), body).unwrap();
    let mut bytes = Vec::new();
    ciborium::into_writer(&event, &mut bytes).unwrap();
    let read: Value = ciborium::from_reader(bytes.as_slice()).unwrap();
    assert_eq!(read, serde_json::to_value(&event).unwrap());
}

#[test]
fn every_sample_has_its_event_in_its_json() {
    let samples = samples();
    for case in samples.iter().filter(|case| case.needs_no_more_than_headers()) {
        let webhook = Webhook::new(case.provider.as_deref().unwrap(), case.secrets()).unwrap();
        let now = case.now.unwrap_or_default();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
        let body = case.body();
        let event = webhook.verify_at(&body, &case.headers, at).unwrap();
        let json: Value = serde_json::from_str(&event.to_json()).unwrap();
        assert_eq!(json["type"], event.event_type(), "{}", case.name);
        assert_eq!(json["dedupe_key"], event.dedupe_key(), "{}", case.name);
        if let Some(data) = json.get("data") {
            assert_eq!(*data, event.data::<Value>().unwrap(), "{}", case.name);
        }
    }
    assert!(samples.len() >= 41, "only {} samples", samples.len());
}

#[test]
fn standard_webhooks_takes_arrays_and_nothing() {
    let webhook = webhook("standard-webhooks");
    let event = verified(&webhook, "[{\"type\":\"a\"},2]").unwrap();
    assert_eq!((event.event_type(), event.id(), event.data_json()), ("", Some("id_1"), None));
    assert_eq!(event.envelope_json(), Some("[{\"type\":\"a\"},2]"));

    let event = verified(&webhook, "").unwrap();
    assert_eq!((event.event_type(), event.id()), ("", Some("id_1")));
    assert_eq!(
        (event.data_json(), event.envelope_json(), event.body_text()),
        (None, None, Some(""))
    );
    assert_eq!(event.data::<Value>().unwrap(), Value::Null);

    for body in ["1", "\"a\"", "true", "null", " ", "1760000000.{}"] {
        let error = verified(&webhook, body).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidPayload, "{body}");
        assert!(error.message().contains("one JSON object or array or empty"), "{error}");
    }
}

#[test]
fn github_forms_are_read() {
    let webhook = webhook("github");
    let form = "payload=%7B%22action%22%3A%22a+b%26c%2B%C3%A9%22%2C%22n%22%3A1%7d";
    let event = verified(&webhook, form).unwrap();
    assert_eq!(event.body(), form.as_bytes());
    assert_eq!(event.body_text(), Some(form));
    assert_eq!(event.event_type(), "a.type");
    assert_eq!(event.data_json(), Some("{\"action\":\"a b&c+é\",\"n\":1}"));
    assert_eq!(event.envelope_json(), event.data_json());
    let event = event.into_owned();
    assert_eq!(event.data::<Value>().unwrap()["n"], 1);

    for (form, said) in [
        ("payload=", "it is empty"),
        ("payload=%5B%5D", "a JSON object is expected"),
        ("payload=%7B%7D&a=1", "second field"),
        ("payload=%7B%7D&payload=%7B%7D", "second field"),
        ("payload=%7B%7", "two hexadecimal digits"),
        ("payload=%7B%22a%22%3A%22%FF%22%7D", "UTF-8"),
        ("a=1&payload=%7B%7D", "a JSON value is expected"),
        ("Payload=%7B%7D", "a JSON value is expected"),
        ("", "it is empty"),
    ] {
        let error = verified(&webhook, form).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidPayload, "{form}");
        assert!(
            error.message().contains("or a form with nothing but the field `payload`"),
            "{error}"
        );
        assert!(error.message().contains(said), "{form}: {error}");
    }
    let error = verified(&self::webhook("kasko"), "payload=%7B%7D").unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidPayload);
}

#[test]
fn a_scheme_says_what_its_bodies_may_be() {
    let scheme = |payload: &str| {
        Scheme::parse(&format!(
            r#"{{"name":"x","signature":{{"header":"X-Sig","algorithm":"hmac-sha256","encoding":"hex",
                "content":"{{body}}"}},"payload":{payload},
                "event":{{"type_required":false,"data":{{"pointer":""}},"id":{{"pointer":"/0/id"}}}}}}"#
        ))
    };
    let accepts = |payload: &str| {
        let webhook = Webhook::builder(scheme(payload).unwrap()).build(["s"]).unwrap();
        ["{}", "[]", "7", "", "f=%7B%7D"].map(|body| verified(&webhook, body).is_ok())
    };
    assert_eq!(accepts("{}"), [true, false, false, false, false]);
    assert_eq!(accepts(r#"{"accepts":["object"]}"#), [true, false, false, false, false]);
    assert_eq!(accepts(r#"{"accepts":["object","array"]}"#), [true, true, false, false, false]);
    assert_eq!(accepts(r#"{"accepts":["any","empty"]}"#), [true, true, true, true, false]);
    assert_eq!(accepts(r#"{"accepts":["any"],"form_field":"f"}"#), [true, true, true, false, true]);

    let batch = Webhook::builder(scheme(r#"{"accepts":["object","array"]}"#).unwrap());
    let batch = batch.build(["s"]).unwrap();
    let event = verified(&batch, "[{\"id\":\"first\"},{}]").unwrap();
    assert_eq!((event.id(), event.data_json()), (Some("first"), Some("[{\"id\":\"first\"},{}]")));

    for (payload, said) in [
        (r#"{"accepts":["array"]}"#, "payload.accepts"),
        (r#"{"accepts":[]}"#, "payload.accepts"),
        (r#"{"accepts":["text"]}"#, "unknown variant `text`"),
        (r#"{"format":"bytes","accepts":["any"]}"#, "payload.accepts"),
        (r#"{"format":"bytes","form_field":"f"}"#, "payload.form_field"),
        (r#"{"form_field":""}"#, "payload.form_field"),
        (r#"{"form_field":"a=b"}"#, "payload.form_field"),
        (r#"{"form_field":"1"}"#, "payload.form_field"),
        (r#"{"form_field":"f","signed_as":"ecmascript"}"#, "payload.form_field"),
    ] {
        let error = scheme(payload).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidScheme, "{payload}");
        assert!(error.message().contains(said), "{payload}: {error}");
    }
}

#[test]
fn the_largest_body_is_what_the_provider_documents() {
    assert_eq!(webhook("github").max_body(), 26_214_400);
    assert_eq!(webhook("kasko").max_body(), 1_048_576);
    let delivery = hookseal::providers().find(|one| one.name() == "github").unwrap().catalogue();
    assert_eq!(delivery.delivery.largest_body, Some(26_214_400));
}

#[test]
fn a_mismatch_names_its_cause_and_what_to_call() {
    let scheme = || Scheme::provider("claimport").unwrap();
    let body = r#"{"type":"webhook.test"}"#;
    let signed = webhook("claimport").sign(body, &SignOptions::new()).unwrap();
    let said = |surface, body: &str, more: &[(&str, &str)]| {
        let webhook = Webhook::builder(scheme()).surface(surface).build(["secret"]).unwrap();
        let mut headers = signed.clone();
        headers.extend(more.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        let error = webhook.verify(body, &headers).unwrap_err();
        assert_eq!(error.code(), ErrorCode::SignatureMismatch);
        error.message().to_owned()
    };
    for (surface, words) in [
        (Surface::Rust, "`webhook.explain(body, headers)`"),
        (Surface::C, "`hookseal_webhook_explain()`"),
        (Surface::Python, "`webhook.explain(body, headers)`"),
        (Surface::Node, "`webhook.explain(body, headers)`"),
        (Surface::Php, "`$webhook->explain($body, $headers)`"),
        (Surface::Command, "`hookseal explain`"),
    ] {
        let message = said(surface, "{}", &[]);
        assert!(message.contains(words), "{message}");
        let end = format!("finds out which, while you develop: {EXPLAIN_PAGES}");
        assert!(message.ends_with(&end), "{message}");
    }
    let plain = said(Surface::Rust, "{}", &[]);
    assert!(plain.contains("before anything parses"), "{plain}");
    let empty = said(Surface::Rust, "", &[]);
    assert!(empty.contains("the body is empty: "), "{empty}");
    let empty = said(Surface::Rust, "", &[("content-length", "17")]);
    assert!(empty.contains("the body is empty, though the header Content-Length"), "{empty}");
    assert!(said(Surface::Rust, "", &[("content-length", "0")]).contains("the body is empty: "));
    let encoded = said(Surface::Rust, "{}", &[("content-encoding", "gzip")]);
    assert!(encoded.contains("still encoded"), "{encoded}");
    for none in ["", "identity"] {
        assert_eq!(said(Surface::Rust, "{}", &[("Content-Encoding", none)]), plain);
    }
}
