//! A signature that was cut or extended never verifies, as it once did elsewhere
//! (RUSTSEC-2024-0010): comparing only as many bytes as there are lets one byte be guessed.

use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding as _};
use hookseal::ErrorCode;

use crate::senders::{Encoding, Headers, Sender, event_body, senders};

fn code(sender: &Sender, body: &[u8], headers: &Headers, value: &[u8]) -> Option<ErrorCode> {
    let headers = sender.with_signature(headers, value);
    sender.verify(body, &headers).err().map(|error| error.code())
}

#[test]
fn no_prefix_of_a_signature_verifies() {
    let body = event_body().into_bytes();
    let mut refused = 0;
    for sender in &senders() {
        let headers = sender.sign(&body);
        let value = sender.signature(&headers);
        assert!(value.starts_with(sender.form.prefix), "{}: {value}", sender.name);
        assert_eq!(code(sender, &body, &headers, value.as_bytes()), None, "{}", sender.name);
        for end in 0..value.len() {
            let code = code(sender, &body, &headers, &value.as_bytes()[..end]);
            assert_eq!(code, Some(ErrorCode::MalformedHeader), "{}: {end}", sender.name);
            refused += 1;
        }
    }
    assert!(refused > 900, "{refused}");
}

/// Behind a wrong signature, a cut right one is no better.
#[test]
fn no_prefix_of_a_second_signature_verifies() {
    let body = event_body().into_bytes();
    let mut refused = 0;
    for sender in &senders() {
        let headers = sender.sign(&body);
        let right = sender.signature(&headers);
        let (Some(separator), Some(key)) =
            (sender.form.separators.chars().next(), entry_prefix(sender))
        else {
            continue;
        };
        let wrong = written(sender, &vec![0x5a; digest(sender, right).len()]);
        let second = &right[sender.form.prefix.len()..];
        let value = format!("{}{wrong}{separator}{key}{second}", sender.form.prefix);
        assert_eq!(code(sender, &body, &headers, value.as_bytes()), None, "{}", sender.name);
        let first_end = sender.form.prefix.len() + wrong.len();
        for end in first_end..value.len() {
            let code = code(sender, &body, &headers, &value.as_bytes()[..end]);
            assert_eq!(code, Some(ErrorCode::SignatureMismatch), "{}: {end}", sender.name);
            refused += 1;
        }
    }
    assert!(refused > 300, "{refused}");
}

/// A digest that was cut or extended and then written anew, so that the text is well formed.
#[test]
fn no_part_of_a_digest_verifies() {
    let body = event_body().into_bytes();
    let mut refused = 0;
    for sender in &senders() {
        let headers = sender.sign(&body);
        let digest = digest(sender, sender.signature(&headers));
        let mut others: Vec<Vec<u8>> =
            (0..digest.len()).map(|length| digest[..length].to_vec()).collect();
        others.extend((1..digest.len()).map(|from| digest[from..].to_vec()));
        for more in 1..=digest.len() {
            others.push([&digest[..], &vec![0; more]].concat());
        }
        others.push(digest.repeat(2));
        for other in others {
            let value = format!("{}{}", sender.form.prefix, written(sender, &other));
            let code = code(sender, &body, &headers, value.as_bytes());
            assert_eq!(code, Some(ErrorCode::MalformedHeader), "{}: {value}", sender.name);
            refused += 1;
        }
    }
    assert!(refused > 1_500, "{refused}");
}

#[test]
fn no_extended_signature_verifies() {
    let body = event_body().into_bytes();
    let (mut refused, mut separators) = (0, 0);
    for sender in &senders() {
        let headers = sender.sign(&body);
        let value = sender.signature(&headers).as_bytes();
        for byte in 0..=255_u8 {
            for extended in [[value, &[byte]].concat(), [&[byte], value].concat()] {
                let code = code(sender, &body, &headers, &extended);
                if sender.form.separators.as_bytes().contains(&byte) {
                    // An empty entry beside the right one says nothing.
                    assert_eq!(code, None, "{}: {byte}", sender.name);
                    separators += 1;
                } else {
                    let what = String::from_utf8_lossy(&extended);
                    assert_eq!(code, Some(ErrorCode::MalformedHeader), "{}: {what}", sender.name);
                    refused += 1;
                }
            }
        }
    }
    assert_eq!(refused + separators, 15 * 2 * 256);
    assert_eq!(separators, 2 * (1 + 5 * 2));
}

/// What stands before each digest but the first.
fn entry_prefix(sender: &Sender) -> Option<&'static str> {
    let separators: Vec<char> = sender.form.separators.chars().collect();
    sender.form.prefix.rsplit(&separators[..]).next().filter(|_| !separators.is_empty())
}

fn digest(sender: &Sender, value: &str) -> Vec<u8> {
    let text = &value[sender.form.prefix.len()..];
    let digest = match sender.form.encoding {
        Encoding::Hex => (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("it is hexadecimal"))
            .collect(),
        Encoding::Base64 => Base64::decode_vec(text).expect("it is base64"),
        Encoding::Base64Url => Base64Url::decode_vec(text).expect("it is base64url"),
        Encoding::Base64UrlNoPad => Base64UrlUnpadded::decode_vec(text).expect("it is base64url"),
    };
    assert_eq!(written(sender, &digest), text, "{}", sender.name);
    digest
}

fn written(sender: &Sender, digest: &[u8]) -> String {
    match sender.form.encoding {
        Encoding::Hex => {
            digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
        }
        Encoding::Base64 => Base64::encode_string(digest),
        Encoding::Base64Url => Base64Url::encode_string(digest),
        Encoding::Base64UrlNoPad => Base64UrlUnpadded::encode_string(digest),
    }
}
