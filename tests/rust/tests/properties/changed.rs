//! What was changed by a single bit never verifies.

use hookseal_json::to_ecmascript;
use hookseal_tests::documents::Documents;
use proptest::prelude::*;

use crate::senders::{EVENT, Encoding, Headers, Sender, event_body, senders};

#[test]
fn no_bit_of_a_body_may_change() {
    let body = event_body().into_bytes();
    let mut refused = 0;
    let senders = senders();
    for sender in &senders {
        let headers = sender.sign(&body);
        assert!(sender.verify(&body, &headers).is_ok(), "{}", sender.name);
        for bit in 0..body.len() * 8 {
            let changed = flip(&body, bit);
            let result = sender.verify(&changed, &headers);
            assert!(result.is_err(), "{}: bit {bit}: {result:?}", sender.name);
            refused += 1;
        }
    }
    assert_eq!(refused, senders.len() * body.len() * 8);
}

#[test]
fn no_bit_of_a_signed_header_may_change() {
    let body = event_body().into_bytes();
    let (mut refused, mut same) = (0, 0);
    for sender in &senders() {
        let headers = sender.sign(&body);
        let signed = |(at, (name, _)): (usize, &(String, _))| sender.is_signed(name).then_some(at);
        for header in headers.iter().enumerate().filter_map(signed) {
            for bit in 0..headers[header].1.len() * 8 {
                let mut changed = headers.clone();
                changed[header].1 = flip(&headers[header].1, bit);
                match sender.verify(&body, &changed) {
                    Err(_) => refused += 1,
                    Ok(_) if is_the_same_digest(sender, &headers, &changed) => same += 1,
                    Ok(event) => unreachable!("{}: {changed:?}: {event:?}", sender.name),
                }
            }
        }
    }
    // Letters of hexadecimal digits, in the other case.
    assert!((100..1000).contains(&same), "{same}");
    assert!(refused > 8_000, "{refused}");
}

/// Returns `true` if the values differ in the case of hexadecimal digits alone.
fn is_the_same_digest(sender: &Sender, headers: &Headers, changed: &Headers) -> bool {
    let prefix = sender.form.prefix.len();
    let (old, new) = (sender.signature(headers), sender.signature(changed));
    sender.form.encoding == Encoding::Hex
        && old[..prefix] == new[..prefix]
        && old[prefix..].eq_ignore_ascii_case(&new[prefix..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A change that verifies, where ECMAScript writes both bodies alike, changes nothing.
    #[test]
    fn no_change_of_a_body_is_believed(seed: u64, at: prop::sample::Index) {
        let body = Documents::nasty(seed).object_with(EVENT).into_bytes();
        let changed = flip(&body, at.index(body.len() * 8));
        for sender in senders() {
            let headers = sender.sign(&body);
            let Ok(event) = sender.verify(&changed, &headers) else { continue };
            let form = to_ecmascript(core::str::from_utf8(&body).expect("it is a document"));
            prop_assert_eq!(Ok(event.body()), form.as_deref().map(str::as_bytes));
            let original = sender.verify(form.as_deref().unwrap_or_default().as_bytes(), &headers);
            let original = original.expect("the form was signed");
            prop_assert_eq!(event.data_json(), original.data_json());
            prop_assert_eq!(event.event_type(), original.event_type());
            prop_assert_eq!(event.id(), original.id());
        }
    }

    /// Only the right secret verifies.
    #[test]
    fn another_secret_never_verifies(secret in "[0-9a-f]{2}([0-9a-f]{2}){1,40}") {
        let body = event_body().into_bytes();
        for sender in senders() {
            let headers = sender.sign(&body);
            let scheme = sender.verifier.scheme().clone();
            let Ok(other) = hookseal::Webhook::builder(scheme).build([&secret]) else { continue };
            prop_assert!(other.verify_at(&body, &headers, crate::senders::now()).is_err());
        }
    }
}

fn flip(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[bit / 8] ^= 1 << (bit % 8);
    flipped
}
