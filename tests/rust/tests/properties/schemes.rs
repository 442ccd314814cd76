//! A scheme either cannot be loaded, or what it signs verifies.

use hookseal::{ErrorCode, Scheme, SignOptions, Webhook};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::senders::{HEX_SECRET, event_body, now};

/// Of a character that no content here has, for an id may not hold what separates it from the rest.
const ID: &str = "~~~";

/// A signature table, with keys that belong to its layout and, at times, one that does not.
fn signature() -> impl Strategy<Value = Value> {
    let text = "[a-z0-9=:_./,; -]{0,6}";
    let table = (
        select(vec!["hmac-sha1", "hmac-sha256", "hmac-sha512"]),
        select(vec!["hex", "base64", "base64url", "base64url-nopad"]),
        select(vec!["single", "list", "pairs"]),
        "[!-z]?(\\{(timestamp|id)\\}[!-z]){0,2}\\{body\\}[!-z]?",
        text,
        select(vec![" ", ",", ";", "|"]),
        ("[a-z0-9]{1,3}", option::of("[a-z0-9]{1,3}")),
        any::<prop::sample::Index>(),
    );
    table.prop_map(|(algorithm, encoding, layout, content, prefix, separator, keys, odd)| {
        let mut table = json!({
            "header": ["x-sig", "x-old-sig"], "algorithm": algorithm, "encoding": encoding,
            "layout": layout, "content": content,
        });
        let all = json!({
            "prefix": prefix, "separator": separator, "signature_key": keys.0,
            "timestamp_key": keys.1,
        });
        let used: &[&str] = match layout {
            "single" => &["prefix"],
            "list" => &["prefix", "separator"],
            _ => &["separator", "signature_key", "timestamp_key"],
        };
        let all = all.as_object().cloned().unwrap_or_default();
        let odd = odd.index(40);
        for (at, (key, value)) in all.into_iter().enumerate() {
            if (used.contains(&key.as_str()) || at == odd) && !value.is_null() {
                table[key] = value;
            }
        }
        table
    })
}

/// Where a field stands: in a header of its own, in the body, or nowhere.
fn place(header: &'static str, pointer: &'static str) -> impl Strategy<Value = Option<Value>> {
    select(vec![
        None,
        Some(json!({ "header": header })),
        Some(json!({ "pointer": pointer })),
        Some(json!([{ "header": header }, { "pointer": pointer }])),
    ])
}

fn scheme() -> impl Strategy<Value = Value> {
    let unit = select(vec!["seconds", "milliseconds", "rfc3339"]);
    let payload = option::of((select(vec!["json", "bytes"]), select(vec!["raw", "ecmascript"])));
    (
        prop::collection::vec(signature(), 1..3),
        option::of((option::of(Just("x-time")), unit)),
        option::of(Just(json!({ "header": "x-id" }))),
        option::of(select(vec!["utf8", "hex"])),
        payload,
        (place("x-type", "/type"), place("x-delivery", "/id"), any::<bool>()),
    )
        .prop_map(
            |(signatures, timestamp, id, key, payload, (event_type, event_id, required))| {
                let mut scheme = Map::from_iter([
                    ("name".to_owned(), json!("random")),
                    ("signature".to_owned(), Value::from(signatures)),
                ]);
                let mut event = Map::from_iter([("type_required".to_owned(), json!(required))]);
                event.extend(event_type.map(|place| ("type".to_owned(), place)));
                event.extend(event_id.map(|place| ("id".to_owned(), place)));
                scheme.insert("event".to_owned(), event.into());
                scheme.extend(timestamp.map(|(header, unit)| {
                    let mut table = Map::from_iter([("unit".to_owned(), json!(unit))]);
                    table.extend(header.map(|header| ("header".to_owned(), json!(header))));
                    ("timestamp".to_owned(), table.into())
                }));
                scheme.extend(id.map(|id| ("id".to_owned(), id)));
                scheme.extend(key.map(|key| ("key".to_owned(), json!({ "encoding": key }))));
                scheme.extend(payload.map(|(format, signed_as)| {
                    ("payload".to_owned(), json!({ "format": format, "signed_as": signed_as }))
                }));
                scheme.into()
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 200_000, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_scheme_that_loads_verifies_what_it_signs(scheme in scheme()) {
        let loaded = Scheme::parse(&scheme.to_string());
        if let Err(error) = &loaded {
            prop_assert_eq!(error.code(), ErrorCode::InvalidScheme);
        }
        prop_assume!(loaded.is_ok());
        let webhook = Webhook::builder(loaded.expect("it is")).build([HEX_SECRET]).expect("usual");
        let options = SignOptions::new().event_type("a.b").id(ID).timestamp(now());
        let body = event_body();
        let headers = webhook.sign(&body, &options).expect("the options fit");
        let event = webhook.verify_at(&body, &headers, now());
        prop_assert!(event.is_ok(), "{:?}: {:?}", headers, event);
    }
}
