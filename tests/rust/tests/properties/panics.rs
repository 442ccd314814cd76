//! Nothing panics, whatever the input.

use hookseal::{ErrorCode, Scheme, SignOptions, Webhook, providers};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::senders::{SECRET, event_body, now};

const HEADERS: [&str; 16] = [
    "coverkit-signature",
    "X-KASKO-Signature",
    "X-KASKO-Event",
    "X-KASKO-Delivery",
    "x-mycoverai-signature",
    "X-ClaimPort-Signature",
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
    "svix-signature",
    "Stripe-Signature",
    "X-Hub-Signature-256",
    "X-GitHub-Event",
    "HTTP_X_KASKO_SIGNATURE",
    "HTTP_STRIPE_SIGNATURE",
    "http_stripe_signature",
];

pub(crate) fn names() -> Vec<&'static str> {
    providers().map(hookseal::Provider::name).collect()
}

pub(crate) fn header_name() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => select(&HEADERS[..]).prop_map(|name| name.as_bytes().to_vec()),
        1 => any::<Vec<u8>>(),
    ]
}

/// What looks like a signature, a timestamp or a list of them, or like nothing.
pub(crate) fn header_value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        "(sha1=|sha256=|v1=|v1,|t=)?[0-9a-fA-F]{0,130}".prop_map(String::into_bytes),
        "(t=|v1=|v0=|v1,|,|;| |=|[0-9]{0,22}|[0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?){0,12}"
            .prop_map(String::into_bytes),
        "[0-9]{0,25}".prop_map(String::into_bytes),
    ]
}

pub(crate) fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        "[\\[\\]{}\",:\\\\0-9eE.+truefalsn \u{e9}\u{1f600}-]{0,60}".prop_map(String::into_bytes),
        Just(event_body().into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn verifying_does_not(
        provider in select(names()),
        secrets in vec(any::<Vec<u8>>(), 0..3),
        headers in vec((header_name(), header_value()), 0..8),
        body in body(),
    ) {
        let webhook = match Webhook::new(provider, &secrets) {
            Ok(webhook) => webhook,
            Err(error) => {
                prop_assert_eq!(error.code(), ErrorCode::InvalidSecret);
                let Ok(webhook) = Webhook::new(provider, [SECRET]) else { return Ok(()) };
                webhook
            }
        };
        // Nobody guesses a digest.
        let error = webhook.verify_at(&body, &headers, now()).map(|_| ()).expect_err("a forgery");
        prop_assert_eq!(error.http_status(), 401, "{}", error);
        prop_assert!(webhook.verify(&body, "").is_err());
    }

    #[test]
    fn an_authentic_body_does_not(provider in select(names()), body in body(), id: String, event_type: String) {
        let Ok(webhook) = Webhook::new(provider, [SECRET]) else { return Ok(()) };
        let options = SignOptions::new().event_type(&event_type).id(&id).timestamp(now());
        match webhook.sign(&body, &options) {
            Ok(headers) => match webhook.verify_at(&body, &headers, now()) {
                Ok(event) => {
                    let owned = event.clone().into_owned();
                    prop_assert_eq!(owned.body(), event.body());
                }
                Err(error) => prop_assert_eq!(error.code(), ErrorCode::InvalidPayload),
            },
            Err(error) => prop_assert!(
                matches!(error.code(), ErrorCode::MalformedHeader | ErrorCode::MissingHeader)
            ),
        }
    }

    #[test]
    fn reading_json_does_not(text in "\\PC{0,80}", body in body()) {
        for text in [&*text, &*String::from_utf8_lossy(&body)] {
            let valid = hookseal_json::validate(text);
            prop_assert_eq!(valid.err(), hookseal_json::to_ecmascript(text).err());
            prop_assert!(valid.err().is_none_or(|error| error.offset() <= text.len()));
        }
    }

    #[test]
    fn reading_any_text_as_a_scheme_does_not(text: String, json in "[\\[\\]{}\":,a-z0-9]{0,60}") {
        for text in [text, format!("{{{json}"), json] {
            if let Err(error) = Scheme::parse(&text) {
                prop_assert_eq!(error.code(), ErrorCode::InvalidScheme);
            }
        }
    }

    /// A known scheme with a line gone, doubled or changed.
    #[test]
    fn reading_a_spoilt_scheme_does_not(
        provider in select(names()),
        at: prop::sample::Index,
        value in "('[ -~]{0,8}'|[0-9]{1,20}|true|\\[\\]|\\{\\}|\\[\\{\\}\\])",
        how in 0..3,
        body in body(),
    ) {
        let known = providers().find(|known| known.name() == provider).expect("it is known");
        let mut lines: Vec<String> = known.scheme_toml().lines().map(str::to_owned).collect();
        let at = at.index(lines.len());
        match how {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            _ => {
                let key = lines[at].split(" = ").next().unwrap_or_default().to_owned();
                lines[at] = format!("{key} = {value}");
            }
        }
        match Scheme::parse(&lines.join("\n")) {
            Err(error) => prop_assert_eq!(error.code(), ErrorCode::InvalidScheme),
            Ok(scheme) => {
                let Ok(webhook) = Webhook::builder(scheme).build([SECRET]) else { return Ok(()) };
                let options = SignOptions::new().event_type("a").timestamp(now());
                if let Ok(headers) = webhook.sign(&body, &options)
                    && let Err(error) = webhook.verify_at(&body, &headers, now())
                {
                    prop_assert_eq!(error.code(), ErrorCode::InvalidPayload, "{}", error);
                }
            }
        }
    }
}
