//! Whatever is explained: nothing panics, nothing that nobody could sign is proven, no secret is
//! told; and what another serialiser did to a body is found.

use hookseal::{FindingCode, Hints, Scheme, Webhook};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

use crate::panics::{body, header_name, header_value, names};
use crate::senders::{SECRET, event_body, now, senders};

/// Values that `serde_json` writes as they came.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec(("[a-z/é]{1,6}", inner), 0..4)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_forgery_is_never_explained_away(
        provider in select(names()),
        secrets in vec(any::<Vec<u8>>(), 0..3),
        hints in vec("[ -~]{0,40}", 0..3),
        headers in vec((header_name(), header_value()), 0..8),
        body in body(),
    ) {
        let builder = Webhook::builder(Scheme::provider(provider).expect("it is known"));
        let hints = Hints::new().secrets(&hints).at(now());
        let report = builder.explain(&secrets, &body, &headers, &hints);
        prop_assert!(!report.verifies());
        prop_assert!(report.findings().iter().all(|finding| !finding.is_proven()), "{}", report);
        prop_assert!(serde_json::from_str::<Value>(&report.to_json()).is_ok());
    }

    #[test]
    fn no_secret_is_told(sender in select((0..senders().len()).collect::<Vec<_>>()), body in body()) {
        let sender = &senders()[sender];
        let headers = sender.sign(event_body().as_bytes());
        let report = sender.verifier.explain_with(&body, &headers, &Hints::new().at(now()));
        let text = format!("{report}{report:?}{}", report.to_json());
        prop_assert!(!text.contains(&SECRET[8..]), "{}", text);
        let digest = sender.signature(&headers).trim_start_matches(sender.form.prefix);
        prop_assert!(!text.contains(digest), "{}", text);
    }

    /// The sender writes compact JSON and the receiver's framework pretty one, or the other way
    /// round, both by `serde_json`.
    #[test]
    fn a_body_that_was_written_anew_is_found(value in value(), compact: bool) {
        let mut event: Map<String, Value> =
            serde_json::from_str(&event_body()).expect("it is an object");
        event.insert("extra".to_owned(), value);
        let pretty = serde_json::to_string_pretty(&event).expect("a map is written");
        let tight = serde_json::to_string(&event).expect("a map is written");
        let (sent, received) = if compact { (tight, pretty) } else { (pretty, tight) };
        for sender in senders() {
            let headers = sender.sign(sent.as_bytes());
            let report = sender.verifier.explain_with(&received, &headers, &Hints::new().at(now()));
            if report.verifies() {
                // What is signed is the same in every style.
                prop_assert!(sender.verifier.scheme().signs_ecmascript());
                continue;
            }
            let found: Vec<_> = report.findings().iter().map(|f| (f.code(), f.is_proven())).collect();
            prop_assert_eq!(found, [(FindingCode::BodyReserialised, true)], "{}", sender.name);
        }
    }
}
