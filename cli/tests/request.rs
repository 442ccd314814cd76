//! Senders that sign the request, a constant, or less than the body.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use support::{Folder, SECRET, fed, hookseal};

const BODY: &str = r#"{"type":"a"}"#;
const URL: &str = "https://hooks.example.com/in?a=1";
/// Of `4711 POST https://hooks.example.com/in?a=1`, a line feed and the body, by Python's `hmac`.
const DIGEST: &str = "30cd705ca9ebd313145708648ca8ed1fdbb1e5e5f8e66e024f8db52444c8fae7";

const SIGNING: &str = r#"name = "sender"
signature = { header = "X-Signature", algorithm = "hmac-sha256", encoding = "hex", content = "{constant:account} {method} {url}\n{body}" }
constants = { account = "the account's number" }
event = { type = { pointer = "/type" } }"#;

const TOKEN: &str = r#"name = "sender"
signature = { header = "X-Token", algorithm = "token", weakness = "token" }
event = { type = { pointer = "/type" } }"#;

#[test]
fn the_method_and_the_address_are_verified_and_explained() {
    let folder = Folder::new();
    let scheme = format!("--scheme={}", folder.file("scheme", SIGNING));
    let head = format!("POST /in?a=1 HTTP/1.1\r\nHost: 10.0.0.7\r\nX-Signature: {DIGEST}\r\n\r\n");
    let request = format!("--request={}", folder.file("saved.http", head + BODY));
    let archive = serde_json::json!({"log": {"entries": [{"request": {
        "method": "POST", "url": URL, "postData": {"text": BODY},
        "headers": [{"name": "X-Signature", "value": DIGEST}],
    }}]}});
    let archive = format!("--har={}", folder.file("saved.har", archive.to_string()));
    let url = format!("--url={URL}");
    let header = format!("-HX-Signature: {DIGEST}");
    let origin = "--origin=https://hooks.example.com";
    let given: [&[&str]; 5] = [
        &[&header, "--method=POST", &url],
        &[&header, "--method=post", "--url=/in?a=1", origin],
        &[&request, origin],
        &[&request, &url],
        &[&archive],
    ];
    for arguments in given {
        for command in ["verify", "explain"] {
            let all = [command, &scheme, "--constant=account=4711"];
            let ran = fed(&mut hookseal(all.iter().chain(arguments)), BODY).ok();
            assert!(ran.stdout.starts_with("verified"), "{arguments:?}: {ran:?}");
        }
    }
    let other: [&[&str]; 2] =
        [&[&request, origin, "--method=PUT"], &[&archive, "--url=https://x/"]];
    for arguments in other {
        let all = ["verify", &scheme, "--json", "--constant=account=4711"];
        let ran = fed(&mut hookseal(all.iter().chain(arguments)), "").failed(1);
        assert_eq!(ran.json_error()["code"], "signature_mismatch");
    }
    let missing: [&[&str]; 3] =
        [&[&header], &[&header, "--method=POST"], &[&header, "--method=POST", "--url=/in?a=1"]];
    for arguments in missing {
        let all = ["verify", &scheme, "--json", "--constant=account=4711"];
        let ran = fed(&mut hookseal(all.iter().chain(arguments)), BODY).failed(3);
        assert_eq!(ran.json_error()["code"], "missing_request");
    }
    let ran = fed(&mut hookseal(["verify", &scheme, "--constant=account"]), BODY).failed(2);
    assert!(ran.stderr.contains("account=4711"), "{ran:?}");
}

#[test]
fn the_method_and_the_address_are_signed() {
    let folder = Folder::new();
    let scheme = format!("--scheme={}", folder.file("scheme", SIGNING));
    let all = ["sign", &scheme, "--constant=account=4711"];
    let url = format!("--url={URL}");
    let ran = fed(&mut hookseal(all.iter().chain(&["--method=POST", &url])), BODY).ok();
    assert_eq!(ran.stdout, format!("X-Signature: {DIGEST}\n"));
    let body = folder.file("body.json", BODY);
    let curl = format!("--curl={URL}");
    let ran = fed(&mut hookseal(all.iter().chain(&[curl.as_str(), "-HX-Tenant: acme", &body])), "");
    let command = ran.ok().stdout;
    assert!(command.contains(&format!("'X-Signature: {DIGEST}'")), "{command}");
    assert!(command.contains("'X-Tenant: acme'"), "{command}");
    let ran = fed(&mut hookseal(all.iter().chain(&["--json"])), BODY).failed(3);
    assert_eq!(ran.json_error()["code"], "missing_request");
}

#[test]
fn an_unsigned_body_takes_an_explicit_word() {
    let folder = Folder::new();
    let scheme = format!("--scheme={}", folder.file("scheme", TOKEN));
    let header = format!("-HX-Token: {SECRET}");
    let ran = fed(&mut hookseal(["verify", &scheme, &header]), BODY).failed(3);
    assert!(ran.stderr.contains("`--accept-unsigned`"), "{ran:?}");
    let accepted = ["verify", &scheme, &header, "--accept-unsigned"];
    let ran = fed(&mut hookseal(accepted), BODY).ok();
    assert!(ran.stdout.contains("the body is not signed"), "{ran:?}");
    let ran = fed(&mut hookseal(accepted.iter().chain(&["--json"])), BODY).ok();
    assert_eq!(ran.json()["unsigned"], serde_json::json!(["type", "body"]));
}
