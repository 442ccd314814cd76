//! What is signed verifies.

use std::time::{Duration, SystemTime};

use hookseal_json::to_ecmascript;
use hookseal_tests::documents::Documents;
use proptest::prelude::*;

use crate::senders::{EVENT, NOW, senders};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_signed_verifies(
        seed: u64,
        id in "[!-~]([ -~]{0,30}[!-~])?",
        age in -60_i64..=60,
        nanoseconds in 0_u32..1_000_000_000,
    ) {
        let body = Documents::nasty(seed).object_with(EVENT);
        let signed_at = SystemTime::UNIX_EPOCH
            + Duration::new(NOW.saturating_add_signed(age), nanoseconds.min(999));
        for sender in senders() {
            let headers = sender.sign_with(body.as_bytes(), &id, signed_at);
            let event = sender.verify(body.as_bytes(), &headers);
            let event = event.map_err(|e| TestCaseError::fail(format!("{}: {e}", sender.name)))?;
            prop_assert_eq!(event.key_index(), 0);
            let authenticated = event.body() == body.as_bytes()
                || Ok(event.body()) == to_ecmascript(&body).as_deref().map(str::as_bytes);
            prop_assert!(authenticated, "{}: another body", sender.name);
        }
    }

    /// Of a sender that signs bytes, any are fine.
    #[test]
    fn any_bytes_verify(body: Vec<u8>) {
        let senders = senders();
        let sender = senders.iter().find(|sender| sender.name == "bytes").expect("it is there");
        let headers = sender.sign(&body);
        let event = sender.verify(&body, &headers);
        prop_assert_eq!(event.as_ref().map(hookseal::Event::body), Ok(&*body));
    }
}
