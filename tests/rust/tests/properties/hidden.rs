//! No message and no debug output tells a secret, a key, or a signature that would be right.

use core::fmt::{Debug, Display};
use std::time::Duration;

use base64ct::{Base64, Encoding as _};
use hookseal::{ErrorCode, SignOptions, Webhook};

use crate::senders::{HEX_SECRET, SECRET, Sender, event_body, now, senders};

#[test]
fn nothing_tells_a_secret() {
    let mut checked = 0;
    for sender in &senders() {
        let hidden = hidden(sender);
        let mut shown = Vec::new();
        show(&mut shown, &sender.verifier);
        show(&mut shown, sender.verifier.scheme());
        show(&mut shown, &Webhook::builder(sender.verifier.scheme().clone()));
        for code in failures(sender, &mut shown) {
            assert!(ErrorCode::ALL.contains(&code));
        }
        let body = event_body().into_bytes();
        let headers = sender.sign(&body);
        let event = sender.verify(&body, &headers).expect("it is genuine");
        show(&mut shown, &event);
        show(&mut shown, &event.clone().into_owned());
        for text in &shown {
            for secret in &hidden {
                let told = text.to_lowercase().contains(&secret.to_lowercase());
                assert!(!told, "{}: {secret} in {text}", sender.name);
                checked += 1;
            }
        }
    }
    assert!(checked > 1_000, "{checked}");
}

/// Everything that can go wrong with one of the sender's deliveries.
fn failures(sender: &Sender, shown: &mut Vec<String>) -> Vec<ErrorCode> {
    let body = event_body().into_bytes();
    let headers = sender.sign(&body);
    let signature = sender.signature(&headers);
    let mut codes = Vec::new();
    let mut fail = |body: &[u8], headers: &_, later: u64| {
        let at = now() + Duration::from_secs(later);
        if let Err(error) = sender.verifier.verify_at(body, headers, at) {
            show_error(shown, &error);
            codes.push(error.code());
        }
    };
    fail(&body, &Vec::new(), 0);
    fail(&body, &sender.with_signature(&headers, b""), 0);
    fail(&body, &sender.with_signature(&headers, &signature.as_bytes()[1..]), 0);
    fail(&body, &sender.with_signature(&headers, &[0xff; 64]), 0);
    fail(b"{}", &headers, 0);
    fail(&body, &headers, 3600);
    for payload in [&b""[..], b"[]", b"{\"type\":1}", b"\xff", b"{", SECRET.as_bytes()] {
        fail(payload, &sender.sign(payload), 0);
    }
    let twice = [&headers[..], &sender.with_signature(&headers, b"another")[..]].concat();
    fail(&body, &twice, 0);
    let signed = sender.signer.sign(&body, &SignOptions::new().id("\n").event_type("\n"));
    if let Err(error) = signed {
        show_error(shown, &error);
    }
    codes
}

/// Secrets that are refused are still secrets.
#[test]
fn nothing_tells_a_refused_secret() {
    let mut refused = 0;
    for sender in &senders() {
        let scheme = sender.verifier.scheme();
        for spoilt in [
            format!(" {SECRET}"),
            format!("{SECRET}\n"),
            format!("\"{SECRET}\""),
            format!("'{SECRET}'"),
            format!("{SECRET}\u{a0}"),
            format!("{SECRET}*"),
        ] {
            let built = Webhook::builder(scheme.clone()).build([HEX_SECRET, &spoilt, SECRET]);
            let Err(error) = built else { continue };
            assert_eq!(error.code(), ErrorCode::InvalidSecret);
            let mut shown = Vec::new();
            show_error(&mut shown, &error);
            for text in shown {
                for secret in [SECRET, HEX_SECRET] {
                    assert!(!text.contains(secret), "{}: {text}", sender.name);
                }
            }
            refused += 1;
        }
    }
    assert!(refused >= 15 * 5, "{refused}");
}

fn show(shown: &mut Vec<String>, value: &impl Debug) {
    shown.push(format!("{value:?}"));
    shown.push(format!("{value:#?}"));
}

fn show_error(shown: &mut Vec<String>, error: &(impl Debug + Display)) {
    show(shown, error);
    shown.push(error.to_string());
}

/// The secret and its key as they might be shown, and the genuine signature.
fn hidden(sender: &Sender) -> Vec<String> {
    let secret = if sender.name == "bytes" { HEX_SECRET } else { SECRET };
    let encoded = secret.trim_start_matches("whsec_");
    let key = Base64::decode_vec(encoded).unwrap_or_default();
    let mut hidden = vec![secret.to_owned(), encoded.to_owned()];
    for bytes in [secret.as_bytes(), &key] {
        let listed = format!("{bytes:?}");
        hidden.push(listed.trim_matches(['[', ']']).to_owned());
        hidden.push(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat());
        hidden.push(Base64::encode_string(bytes));
    }
    let headers = sender.sign(event_body().as_bytes());
    hidden.push(sender.signature(&headers)[sender.form.prefix.len()..].to_owned());
    hidden.retain(|text| !text.is_empty());
    hidden
}
