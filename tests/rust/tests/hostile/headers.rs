use hookseal::{ErrorCode, Scheme, Webhook};

use crate::{MILLION, SECRET, outcome, signed, webhook};

const BODY: &[u8] = br#"{"type":"policy.created","data":{}}"#;

/// The genuine headers, the signature's value changed.
fn with_signature(
    webhook: &Webhook,
    name: &str,
    change: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    let mut headers = signed(webhook, BODY);
    let value = headers.iter_mut().find(|(given, _)| given == name).map(|(_, value)| value);
    let value = value.expect("the provider has this header");
    *value = change(value);
    headers
}

#[test]
fn a_million_separators() {
    let mut checked = 0;
    for (provider, header, separator) in [
        ("stripe", "Stripe-Signature", ","),
        ("standard-webhooks", "webhook-signature", " "),
        ("coverkit", "coverkit-signature", ","),
        ("kasko", "X-KASKO-Signature", ","),
        ("mycover", "x-mycoverai-signature", ","),
    ] {
        let webhook = webhook(provider);
        let many = separator.repeat(MILLION);
        let nothing_else = with_signature(&webhook, header, |_| many.clone());
        assert_eq!(outcome(&webhook, BODY, &nothing_else), Err(ErrorCode::MalformedHeader));
        let around = with_signature(&webhook, header, |value| format!("{many}{value}{many}"));
        let expected = match provider {
            "stripe" | "standard-webhooks" => Ok(()),
            _ => Err(ErrorCode::MalformedHeader),
        };
        assert_eq!(outcome(&webhook, BODY, &around), expected, "{provider}");
        checked += 2;
    }
    assert_eq!(checked, 10);
}

#[test]
fn a_million_entries() {
    let webhook = webhook("stripe");
    let check = |entry: String, expected| {
        let many = entry.repeat(MILLION / 10);
        let headers =
            with_signature(&webhook, "Stripe-Signature", |value| format!("{many}{value}"));
        assert_eq!(outcome(&webhook, BODY, &headers), expected, "{entry}");
    };
    check("v0=1,".to_owned(), Ok(()));
    check("v1=1,".to_owned(), Ok(()));
    check("t=1760000000,".to_owned(), Ok(()));
    check("t=1760000001,".to_owned(), Err(ErrorCode::MalformedHeader));
    check("=,".to_owned(), Ok(()));
    check(" v1 = 1 ,".to_owned(), Ok(()));
    check(format!("v1={},", "0".repeat(64)), Ok(()));

    let wrong = format!(",v1={}", "0".repeat(64)).repeat(MILLION / 10);
    let headers = with_signature(&webhook, "Stripe-Signature", |_| format!("t=1760000000{wrong}"));
    assert_eq!(outcome(&webhook, BODY, &headers), Err(ErrorCode::SignatureMismatch));
}

#[test]
fn a_huge_value() {
    let mut checked = 0;
    for (provider, header) in [
        ("claimport", "X-ClaimPort-Signature"),
        ("github", "X-Hub-Signature-256"),
        ("coverkit", "coverkit-signature"),
        ("standard-webhooks", "webhook-id"),
        ("standard-webhooks", "webhook-timestamp"),
        ("standard-webhooks", "webhook-signature"),
    ] {
        let webhook = webhook(provider);
        let headers = with_signature(&webhook, header, |value| value.repeat(MILLION / 10));
        let expected = match header {
            "webhook-id" => ErrorCode::SignatureMismatch,
            _ => ErrorCode::MalformedHeader,
        };
        assert_eq!(outcome(&webhook, BODY, &headers), Err(expected), "{header}");
        checked += 1;
    }
    assert_eq!(checked, 6);
}

#[test]
fn an_endless_date() {
    let scheme = Scheme::parse(
        "name = 'dated'
        signature = { header = 'x-sig', algorithm = 'hmac-sha256', encoding = 'hex', content = '{timestamp}{body}' }
        timestamp = { header = 'x-time', unit = 'rfc3339' }
        event.type.pointer = '/type'",
    );
    let webhook = Webhook::builder(scheme.expect("it is right")).build([SECRET]).expect("usual");
    let headers = with_signature(&webhook, "x-time", |date| {
        date.replace('Z', &format!(".{}Z", "1".repeat(MILLION)))
    });
    assert_eq!(outcome(&webhook, BODY, &headers), Err(ErrorCode::SignatureMismatch));
}

#[test]
fn a_million_headers() {
    let webhook = webhook("kasko");
    let genuine = signed(&webhook, BODY);
    let others = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned()); MILLION];

    let mut headers = others("X-KASKO-Signaturf", "sha1=00");
    assert_eq!(outcome(&webhook, BODY, &headers), Err(ErrorCode::MissingHeader));
    headers.extend(genuine.clone());
    assert_eq!(outcome(&webhook, BODY, &headers), Ok(()));

    let signature = &genuine.iter().find(|(name, _)| name == "X-KASKO-Signature").expect("it is").1;
    let mut headers = others("HTTP_X_KASKO_SIGNATURE", signature);
    headers.extend(genuine);
    assert_eq!(outcome(&webhook, BODY, &headers), Ok(()));
    headers.push(("x-kasko-signature".to_owned(), "sha1=".to_owned()));
    assert_eq!(outcome(&webhook, BODY, &headers), Err(ErrorCode::MalformedHeader));
}
