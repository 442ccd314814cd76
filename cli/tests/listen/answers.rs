//! What deliveries are answered, and what is said of them.

use std::io::Write as _;

use hookseal::Webhook;
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
        envelope: None,
        unsigned: serde_json::from_value(event["unsigned"].clone()).unwrap(),
        key_index: usize::try_from(event["key_index"].as_u64().unwrap()).unwrap(),
        dedupe_key: text(&event["dedupe_key"]).unwrap(),
        body,
    })
}

#[test]
fn every_providers_samples_verify_and_forgeries_do_not() {
    let mut count = 0;
    for case in samples().into_iter().filter(Case::needs_no_more_than_headers) {
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
    assert!(count >= 41, "only {count} samples");
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

/// A listener for any bytes, and a webhook that signs them.
fn listener_for_bytes(folder: &Folder, arguments: &str) -> (Listener, Webhook) {
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
    let path = folder.file("scheme.toml", scheme);
    let listen = format!("listen --json --port=0 --scheme {path} {arguments}");
    let listener = Listener::start(&mut hookseal(listen.split_whitespace()));
    let scheme = hookseal::Scheme::parse(scheme).unwrap();
    (listener, Webhook::builder(scheme).build([super::support::SECRET]).unwrap())
}

fn with(headers: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let further = (name.to_owned(), value.to_owned());
    headers.iter().cloned().chain([further]).collect()
}

/// What a program of the system's makes of a body.
fn packed(program: &str, body: &[u8]) -> Vec<u8> {
    let mut words = program.split(' ');
    let mut command = std::process::Command::new(words.next().unwrap());
    let mut child = command
        .args(words)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let body = body.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&body));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program}");
    output.stdout
}

/// The signature is of the body before it was compressed.
#[test]
fn bodies_are_verified_without_their_encoding() {
    let folder = Folder::new();
    let (listener, webhook) = listener_for_bytes(&folder, "");
    let body = [&b"\x00\xff\r\n"[..], &[b'x'; 1000]].concat();
    let headers = webhook.sign(&body, &hookseal::SignOptions::new()).unwrap();
    let gzip = packed("gzip -c", &body);
    let twice = packed("gzip -c", &gzip);
    let members = [packed("gzip -c", &body[..10]), packed("gzip -c", &body[10..])].concat();
    let cases = [
        ("gzip", gzip.as_slice()),
        ("x-gzip", &gzip),
        ("GZIP", &gzip),
        ("gzip, gzip", &twice),
        ("gzip", &members),
        ("identity", &body),
        // Something on the way has undone it, or it is not known here.
        ("gzip", &body),
        ("zstd", &body),
    ];
    for (encoding, sent) in cases {
        let headers = with(&headers, "Content-Encoding", encoding);
        assert_eq!(post(listener.url(), &headers, sent).status, 204, "{encoding}");
        let line = listener.line();
        assert_eq!(
            (&line["verified"], &line["request"]["bytes"]),
            (&true.into(), &sent.len().into())
        );
        let chunked = with(&headers, "Transfer-Encoding", "chunked");
        assert_eq!(post(listener.url(), &chunked, sent).status, 204, "{encoding}");
        listener.line();
    }
    let layered = with(&with(&headers, "Content-Encoding", "gzip"), "Content-Encoding", "gzip");
    assert_eq!(post(listener.url(), &layered, &twice).status, 204);
    listener.line();

    let cut = &gzip[..gzip.len() / 2];
    for garbled in [cut, b"\x1f\x8b\x08\0\0\0\0\0\0\x03not gzip at all"] {
        let headers = with(&headers, "Content-Encoding", "gzip");
        let answer = post(listener.url(), &headers, garbled);
        assert_eq!((answer.status, answer.body.as_str()), (400, r#"{"error":"incomplete_body"}"#));
        assert_eq!(listener.line()["error"]["explanation"], Value::Null);
    }
}

#[test]
fn what_is_inflated_counts() {
    let folder = Folder::new();
    let (listener, webhook) = listener_for_bytes(&folder, "--max-body 10000");
    for (size, status) in [(10_000, 204), (10_001, 413), (100 << 20, 413)] {
        let body = vec![b' '; size];
        let headers = webhook.sign(&body, &hookseal::SignOptions::new()).unwrap();
        let headers = with(&headers, "Content-Encoding", "gzip");
        assert_eq!(
            post(listener.url(), &headers, packed("gzip -c", &body)).status,
            status,
            "{size}"
        );
        let code = &listener.line()["error"]["code"];
        assert_eq!(code.as_str(), (status == 413).then_some("body_too_large"));
    }
    #[cfg(target_os = "linux")]
    assert!(listener.peak_memory() < 100 << 20, "{}", listener.peak_memory());
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
