//! `hookseal sign`, against OpenSSL, curl and a shell.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::process::Command;

use base64ct::{Base64, Encoding as _};
use support::{Folder, Ran, SECRET, fed, hookseal, run};

const BODY: &str = "{\"policy_id\":\"TEST-POLICY-12345\",\"holder\":\"Zoë\"}\n";

/// What OpenSSL makes of the same, in hex.
fn openssl(digest: &str, key: &[u8], content: &str) -> String {
    let key = key.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let mut command = Command::new("openssl");
    command.args(["dgst", digest, "-mac", "HMAC", "-macopt", &format!("hexkey:{key}"), "-r"]);
    let ran = fed(&mut command, content).ok();
    ran.stdout.split(' ').next().unwrap().to_owned()
}

fn header(ran: &Ran, name: &str) -> String {
    let line = ran.stdout.lines().find(|line| line.starts_with(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name}: {ran:?}"))[name.len() + 2..].to_owned()
}

#[test]
fn openssl_signs_the_same() {
    for (arguments, name, prefix, digest) in [
        ("-p kasko --type policy.created", "X-KASKO-Signature", "sha1=", "-sha1"),
        ("-p claimport", "X-ClaimPort-Signature", "sha256=", "-sha256"),
        ("-p coverkit", "coverkit-signature", "sha256=", "-sha256"),
        ("-p github --type ping", "X-Hub-Signature-256", "sha256=", "-sha256"),
    ] {
        let ran = fed(&mut hookseal(format!("sign {arguments}").split(' ')), BODY).ok();
        let expected = format!("{prefix}{}", openssl(digest, SECRET.as_bytes(), BODY));
        assert_eq!(header(&ran, name), expected, "{arguments}");
    }
}

#[test]
fn openssl_signs_what_javascript_writes() {
    let mut command = hookseal(["sign", "-p", "mycover"]);
    let ran = fed(&mut command, "{ \"event\": \"a.b\", \"data\": {\"n\": 1.0} }").ok();
    let expected = openssl("-sha512", SECRET.as_bytes(), r#"{"event":"a.b","data":{"n":1}}"#);
    assert_eq!(header(&ran, "x-mycoverai-signature"), expected);
}

#[test]
fn openssl_signs_ids_and_timestamps_the_same() {
    let arguments = "sign -p standard-webhooks --id msg_1 --timestamp 2026-01-01T00:00:00Z";
    let mut command = hookseal(arguments.split(' '));
    let ran = fed(command.env("HOOKSEAL_SECRET", "whsec_AAECAwQFBgcICQoLDA0ODxAREhM="), BODY).ok();
    assert_eq!(header(&ran, "webhook-id"), "msg_1");
    assert_eq!(header(&ran, "webhook-timestamp"), "1767225600");
    let key: Vec<u8> = (0..20).collect();
    let hex = openssl("-sha256", &key, &format!("msg_1.1767225600.{BODY}"));
    let digest: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect();
    let expected = format!("v1,{}", Base64::encode_string(&digest));
    assert_eq!(header(&ran, "webhook-signature"), expected);
}

#[test]
fn json_has_the_headers_by_name() {
    let mut command = hookseal("sign -p kasko --type policy.created --id d-1 --json".split(' '));
    let json = fed(&mut command, BODY).ok().json();
    let expected = format!("sha1={}", openssl("-sha1", SECRET.as_bytes(), BODY));
    assert_eq!(
        json,
        serde_json::json!({
            "provider": "kasko",
            "headers": {
                "X-KASKO-Signature": expected,
                "X-KASKO-Event": "policy.created",
                "X-KASKO-Delivery": "d-1",
            },
        })
    );
}

#[test]
fn what_is_missing_is_a_matter_of_the_command_line() {
    let ran = fed(&mut hookseal(["sign", "-p", "kasko"]), BODY).failed(2);
    assert!(ran.stderr.contains("X-KASKO-Event"), "{ran:?}");
    let ran = fed(&mut hookseal(["sign", "-p", "kasko", "--type", "ä"]), BODY).failed(2);
    assert!(ran.stderr.contains("visible ASCII"), "{ran:?}");
    let ran = run("sign -p kasko --timestamp yesterday").failed(2);
    assert!(ran.stderr.contains("RFC 3339"), "{ran:?}");
}

/// The printed command is run by a shell, with a curl that says what it was given.
#[test]
fn the_curl_command_survives_the_shell() {
    let folder = Folder::new();
    let body = folder.file("it's a $body.json", BODY);
    let url = "http://localhost:1/it's?a=$b&c=`d`";
    let arguments = ["sign", "-p", "kasko", "--type", "policy.created", "--curl", url, &body];
    let ran = hookseal(arguments).output().map(Ran::from).unwrap().ok();
    let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}\n{}", ran.stdout);
    let given = fed(&mut Command::new("sh"), script).ok().stdout;
    let words: Vec<&str> = given.lines().collect();
    assert_eq!(words[..2], ["--data-binary", &format!("@{body}")]);
    assert_eq!(words[2..4], ["--header", "Content-Type: application/json"]);
    assert_eq!(words[words.len() - 2..], ["--url", url]);
    assert!(words.contains(&"X-KASKO-Event: policy.created"), "{words:?}");

    let ran = run("sign -p kasko --type policy.created --curl http://localhost:1").failed(2);
    assert!(ran.stderr.contains("in a file"), "{ran:?}");
}

#[test]
fn openssl_signs_with_a_private_key_the_same() {
    let folder = Folder::new();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let openssl = |arguments: &[&str]| fed(Command::new("openssl").args(arguments), "").ok();
    let (key, public, signature) = (path("key.pem"), path("public.pem"), path("signature"));
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", &key]);
    openssl(&["pkey", "-in", &key, "-pubout", "-out", &public]);
    let content = folder.file("content", format!("msg_1.1767225600.{BODY}"));
    let made = ["pkeyutl", "-sign", "-rawin", "-inkey", &key, "-in", &content, "-out", &signature];
    openssl(&made);
    let expected = Base64::encode_string(&std::fs::read(&signature).unwrap());

    let arguments = "sign -p standard-webhooks --id msg_1 --timestamp 2026-01-01T00:00:00Z";
    let sign = || {
        let mut command = hookseal(arguments.split(' '));
        command.args(["--secret-file", &public]);
        command
    };
    let ran = fed(sign().args(["--private-key-file", &key]), BODY).ok();
    assert_eq!(header(&ran, "webhook-signature"), format!("v1a,{expected}"));
    let ran = fed(&mut sign(), BODY);
    assert!(ran.stderr.contains("of which a receiver has only the public half"), "{ran:?}");
}
