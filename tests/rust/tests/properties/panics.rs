//! Nothing panics, whatever the input.

use hookseal::{
    Error, ErrorCode, Field, HeaderName, RequestHead, Scheme, SignOptions, Weakness, Webhook,
    providers,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::senders::{SECRET, event_body, now};

/// The headers that a known scheme reads, as HTTP and as CGI write them.
fn headers() -> Vec<String> {
    let schemes = names().into_iter().map(|name| Scheme::provider(name).expect("it is known"));
    let mut headers: Vec<String> = schemes
        .flat_map(|scheme| {
            let both = |name: &HeaderName| [name.as_str().to_owned(), name.as_cgi().to_owned()];
            scheme.headers().flat_map(both).collect::<Vec<_>>()
        })
        .collect();
    headers.sort_unstable();
    headers.dedup();
    headers
}

/// The webhook of a known provider, with all that its scheme needs besides secrets.
pub(crate) fn webhook<S: AsRef<[u8]>>(provider: &str, secrets: &[S]) -> Result<Webhook, Error> {
    let scheme = Scheme::provider(provider).expect("it is known");
    let constants: Vec<String> = scheme.constants().map(|(name, _)| name.to_owned()).collect();
    let is_open = scheme.unsigned().contains(&Field::Body);
    let mut builder = Webhook::builder(scheme);
    for name in constants {
        builder = builder.constant(name, "https://example.com/in");
    }
    if is_open {
        builder = builder.accept_unsigned();
    }
    builder.build(secrets)
}

pub(crate) fn names() -> Vec<&'static str> {
    providers().map(hookseal::Provider::name).collect()
}

pub(crate) fn header_name() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => select(headers()).prop_map(String::into_bytes),
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
        let webhook = match webhook(provider, &secrets) {
            // A short token may be guessed.
            Ok(webhook) if !webhook.scheme().weaknesses().contains(&Weakness::Token) => webhook,
            Ok(_) => return Ok(()),
            Err(error) => {
                prop_assert_eq!(error.code(), ErrorCode::InvalidSecret);
                let Ok(webhook) = self::webhook(provider, &[SECRET]) else { return Ok(()) };
                webhook
            }
        };
        // Nobody guesses a digest.
        let head = RequestHead::new(&headers).method("POST").url("https://example.com/in?a=1");
        let error = webhook.verify_at(&body, &head, now()).map(|_| ()).expect_err("a forgery");
        // Without a text that is signed, there is nothing to compare with.
        let is_early = error.code() == ErrorCode::InvalidPayload
            && webhook.scheme().unsigned().contains(&Field::Body);
        prop_assert!(error.http_status() == 401 || is_early, "{}", error);
        prop_assert!(webhook.verify(&body, "").is_err());
    }

    #[test]
    fn an_authentic_body_does_not(provider in select(names()), body in body(), id: String, event_type: String) {
        let Ok(webhook) = webhook(provider, &[SECRET]) else { return Ok(()) };
        // One that stands in the body cannot be written there.
        if webhook.scheme().signature_headers().next().is_none() {
            return Ok(());
        }
        let url = "https://example.com/in?a=1";
        let options = SignOptions::new().event_type(&event_type).id(&id).timestamp(now());
        match webhook.sign(&body, &options.method("POST").url(url)) {
            Ok(headers) => match webhook.verify_at(
                &body,
                &RequestHead::new(&headers).method("POST").url(url),
                now(),
            ) {
                Ok(event) => {
                    let owned = event.clone().into_owned();
                    prop_assert_eq!(owned.body(), event.body());
                }
                Err(error) => prop_assert_eq!(error.code(), ErrorCode::InvalidPayload),
            },
            Err(error) => {
                let is_open = webhook.scheme().unsigned().contains(&Field::Body);
                prop_assert!(matches!(
                    error.code(),
                    ErrorCode::MalformedHeader | ErrorCode::MissingHeader
                ) || is_open && error.code() == ErrorCode::InvalidPayload, "{}", error);
            }
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
