//! What deliveries are answered, and what is said of them.

use hookseal_tests::outcome::{FoundEvent, Outcome, judge};
use hookseal_tests::{Case, moment, samples};
use serde_json::Value;

use super::kit::{Listener, curl, deliver, post, signed};
use super::support::{Folder, hookseal};

/// A listener for a sample's provider, with its secret.
fn listener_for(case: &Case, folder: &Folder) -> Listener {
    let secret = folder.file("secret", &case.secrets[0]);
    let provider = case.provider.as_deref().unwrap();
    let mut listen = hookseal(["listen", "--json", "--port=0", "--provider", provider]);
    let known = hookseal::providers().find(|known| known.name() == provider).unwrap();
    // One that signs no timestamp has none to be tolerant of.
    if known.scheme_toml().contains("{timestamp}") {
        listen.arg("--tolerance=1e10");
    }
    Listener::start(listen.args(["--secret-file", &secret]))
}

fn outcome(line: &Value, body: Vec<u8>) -> Outcome {
    let event = &line["event"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Outcome::Event(FoundEvent {
        provider: text(&event["provider"]).unwrap(),
        event_type: text(&event["type"]).unwrap(),
        id: text(&event["id"]),
        created_at: event["created_at"].as_str().map(moment),
        test: event["test"].as_bool().unwrap(),
        data: event.get("data").map(Value::to_string),
        unsigned: serde_json::from_value(event["unsigned"].clone()).unwrap(),
        key_index: usize::try_from(event["key_index"].as_u64().unwrap()).unwrap(),
        dedupe_key: text(&event["dedupe_key"]).unwrap(),
        body,
    })
}

#[test]
fn every_providers_samples_verify_and_forgeries_do_not() {
    let mut count = 0;
    for case in samples() {
        let folder = Folder::new();
        let listener = listener_for(&case, &folder);
        let answer = post(listener.url(), &case.headers, case.body());
        let line = listener.line();
        assert_eq!((answer.status, answer.body.as_str()), (204, ""), "{}", case.name);
        assert_eq!(line["verified"], true, "{}: {line}", case.name);
        judge(&case, &outcome(&line, case.body())).unwrap();

        let mut forged = case.body();
        let place = forged.iter().position(u8::is_ascii_alphabetic).unwrap();
        forged[place] ^= 1;
        let answer = post(listener.url(), &case.headers, forged);
        let line = listener.line();
        assert_eq!((answer.status, &line["verified"]), (401, &false.into()), "{}", case.name);
        assert_eq!(line["error"]["code"], "signature_mismatch");
        assert_eq!(line["event"], Value::Null);
        count += 1;
    }
    assert_eq!(count, 41);
}

#[test]
fn what_does_not_verify_is_answered_as_the_core_says() {
    let listener = Listener::kasko("");
    let all = signed("policy.created", b"{}");
    let without = |name: &str| all.iter().filter(|(n, _)| n != name).cloned().collect::<Vec<_>>();
    let with = |name: &str, value: &str| {
        let mut headers = without(name);
        headers.push((name.to_owned(), value.to_owned()));
        headers
    };
    let mut twice = all.clone();
    twice.push(("X-KASKO-Signature".to_owned(), format!("sha1={}", "0".repeat(40))));
    for (headers, body, status, code) in [
        (without("X-KASKO-Signature"), "{}", 401, "missing_header"),
        (without("X-KASKO-Event"), "{}", 401, "missing_header"),
        (with("X-KASKO-Signature", "sha1=zz"), "{}", 401, "malformed_header"),
        (twice, "{}", 401, "malformed_header"),
        (all.clone(), "{} ", 401, "signature_mismatch"),
        (signed("policy.created", b"[]"), "[]", 400, "invalid_payload"),
    ] {
        let answer = post(listener.url(), &headers, body);
        assert_eq!(answer.status, status, "{code}");
        assert_eq!(answer.body, format!(r#"{{"error":"{code}"}}"#));
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let line = listener.line();
        assert_eq!(line["error"]["code"], code);
        assert_eq!(line["error"]["http_status"], status);
        assert_eq!(line["answer"]["status"], status);
        assert!(!line["error"]["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_timestamp_has_a_tolerance() {
    let case =
        samples().into_iter().find(|case| case.provider.as_deref() == Some("stripe")).unwrap();
    let folder = Folder::new();
    let secret = folder.file("secret", &case.secrets[0]);
    let listen = ["listen", "--json", "--port=0", "--provider=stripe", "--secret-file", &secret];
    let listener = Listener::start(&mut hookseal(listen));
    assert_eq!(post(listener.url(), &case.headers, case.body()).status, 401);
    assert_eq!(listener.line()["error"]["code"], "timestamp_out_of_tolerance");
}

#[test]
fn any_path_takes_deliveries_by_post_alone() {
    let listener = Listener::kasko("");
    let url = format!("{}webhooks/a%20b?tenant=7&token=abc", listener.url());
    for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        let mut arguments = vec!["--request", method, "--data-binary", "@-"];
        if method == "HEAD" {
            arguments = vec!["--head"];
        }
        let answer = curl(&url, &arguments, "");
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("POST"));
    }
    // The first that is told of is the first that is taken in.
    assert_eq!(deliver(&url, "policy.created", "{}").status, 204);
    let line = listener.line();
    assert_eq!(line["delivery"], 1);
    assert_eq!(line["request"]["method"], "POST");
    assert_eq!(line["request"]["target"], "/webhooks/a%20b?tenant=7&token=…");
    assert_eq!(line["request"]["bytes"], 2);
}

#[test]
fn bodies_are_left_as_they_are() {
    let scheme = r#"
        name = "own"
        [[signature]]
        header = "X-Seal"
        algorithm = "hmac-sha256"
        encoding = "hex"
        content = "v1:{body}"
        [payload]
        format = "bytes"
        [event]
        type_required = false
    "#;
    let folder = Folder::new();
    let path = folder.file("scheme.toml", scheme);
    let listener =
        Listener::start(&mut hookseal(["listen", "--json", "--port=0", "--scheme", &path]));
    let webhook = hookseal::Webhook::builder(hookseal::Scheme::parse(scheme).unwrap())
        .build([super::support::SECRET])
        .unwrap();
    // What a server that unpacks would make another body of.
    let packed = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xabV*\x01\0\xffnot gzip at all\r\n\0".as_slice();
    let mut headers = webhook.sign(packed, &hookseal::SignOptions::new()).unwrap();
    headers.push(("Content-Encoding".to_owned(), "gzip".to_owned()));
    assert_eq!(post(listener.url(), &headers, packed).status, 204);
    let line = listener.line();
    assert_eq!(line["request"]["bytes"], packed.len());
    assert_eq!(line["event"].get("data"), None);
    headers.push(("Transfer-Encoding".to_owned(), "chunked".to_owned()));
    assert_eq!(post(listener.url(), &headers, packed).status, 204);
}

#[test]
fn rotated_secrets_are_told_apart() {
    let folder = Folder::new();
    let new = folder.file("new", "whsec_new");
    let old = folder.file("old", super::support::SECRET);
    let listen = ["listen", "--json", "--port=0", "--provider=kasko", "--secret-file", &new];
    let listener = Listener::start(hookseal(listen).args(["--secret-file", &old]));
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    assert_eq!(listener.line()["event"]["key_index"], 1);
}
