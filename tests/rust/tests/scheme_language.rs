//! Schemes of senders that sign more than the body, or less: each signature is made here by hand.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{
    ErrorCode, Event, Field, RequestHead, Scheme, SignOptions, Weakness, Webhook, WebhookBuilder,
};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384};

const SECRET: &str = "a-secret-of-some-length";
const NOW: u64 = 1_760_000_000;

macro_rules! hmac {
    ($hash:ty, $content:expr) => {{
        let mut mac = Hmac::<$hash>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update($content.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }};
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn base64(bytes: &[u8]) -> String {
    use base64ct::{Base64, Encoding as _};
    Base64::encode_string(bytes)
}

fn builder(toml: &str) -> WebhookBuilder {
    let scheme = Scheme::parse(toml).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    Webhook::builder(scheme).clock(move || now)
}

/// A request of a sender.
struct Sent<'s> {
    method: &'s str,
    url: &'s str,
    headers: Vec<(&'s str, String)>,
    body: &'s str,
}

impl Sent<'_> {
    fn verify(&self, webhook: &Webhook) -> Result<Event<'_>, ErrorCode> {
        let head = RequestHead::new(&self.headers).method(self.method).url(self.url);
        webhook.verify(self.body, &head).map_err(|error| error.code())
    }
}

#[test]
fn method_address_and_headers_are_signed() {
    let webhook = builder(
        r#"name = "sender"
        [[signature]]
        header = "X-Signature"
        algorithm = "hmac-sha384"
        encoding = "base64"
        content = "{method}\n{path}\n{query}\n{header:X-User}\n{body}"
        [event]
        type = { pointer = "/type" }
        id = { header = "X-User" }"#,
    );
    let webhook = webhook.build([SECRET]).unwrap();
    assert!(webhook.scheme().signs_request() && webhook.scheme().unsigned().is_empty());
    let body = r#"{"type":"a"}"#;
    let content = format!("POST\n/hooks\na=1\nuser 7\n{body}");
    let signature = base64(&hmac!(Sha384, content));
    let sent = |method, url, user: &str, body| Sent {
        method,
        url,
        headers: vec![("x-signature", signature.clone()), ("X-USER", user.to_owned())],
        body,
    };
    let event = sent("post", "https://x.example/hooks?a=1", "user 7", body);
    assert_eq!(event.verify(&webhook).unwrap().id(), Some("user 7"));
    let mismatch = Some(ErrorCode::SignatureMismatch);
    for other in [
        sent("PUT", "/hooks?a=1", "user 7", body),
        sent("POST", "/hooks?a=2", "user 7", body),
        sent("POST", "/hooks/?a=1", "user 7", body),
        sent("POST", "/hooks?a=1", "user 8", body),
        sent("POST", "/hooks?a=1", "user 7", r#"{"type":"b"}"#),
    ] {
        assert_eq!(other.verify(&webhook).err(), mismatch);
    }
    let without = webhook.verify(body, &event.headers).unwrap_err();
    assert_eq!(without.code(), ErrorCode::MissingRequest);
    assert_eq!(without.http_status(), 500);
    let without = [("X-Signature", signature.as_str())];
    let without = RequestHead::new(&without).method("POST").url("/hooks?a=1");
    assert_eq!(webhook.verify(body, &without).unwrap_err().code(), ErrorCode::MissingHeader);

    let given = [("X-User", "user 7")];
    let options = SignOptions::new().method("POST").url("/hooks?a=1").headers(&given);
    let signed = webhook.sign(body, &options).unwrap();
    assert!(signed.iter().any(|(name, value)| name == "X-Signature" && *value == signature));
}

#[test]
fn the_whole_address_is_what_the_sender_called() {
    const SQUARE: &str = r#"name = "square-like"
        [[signature]]
        header = "x-square-hmacsha256-signature"
        algorithm = "hmac-sha256"
        encoding = "base64"
        content = "{constant:notification_url}{body}"
        [constants]
        notification_url = "the URL that is registered for the notifications"
        [event]
        type = { pointer = "/type" }"#;
    const URL: &str = "https://x.example/square";
    let body = r#"{"type":"payment.created"}"#;
    let signature = base64(&hmac!(Sha256, format!("{URL}{body}")));
    let headers = [("x-square-hmacsha256-signature", signature.as_str())];
    let webhook = builder(SQUARE).constant("notification_url", URL).build([SECRET]).unwrap();
    assert!(webhook.verify(body, &headers).is_ok());
    let other = builder(SQUARE).constant("notification_url", "https://y.example").build([SECRET]);
    let error = other.unwrap().verify(body, &headers).unwrap_err();
    assert_eq!(error.code(), ErrorCode::SignatureMismatch);
    for wrong in [
        builder(SQUARE),
        builder(SQUARE).constant("notification_url", ""),
        builder(SQUARE).constant("notification_url", URL).constant("other", "x"),
        builder(SQUARE).constant("notification_url", URL).constant("notification_url", URL),
        builder(SQUARE).constant("notification_url", URL).origin("https://x.example"),
        builder(SQUARE).constant("notification_url", URL).accept_unsigned(),
    ] {
        assert_eq!(wrong.build([SECRET]).unwrap_err().code(), ErrorCode::InvalidScheme);
    }

    let from_request = SQUARE.replace("{constant:notification_url}", "{url}");
    let at = from_request.find("[constants]").unwrap();
    let until = from_request.find("[event]").unwrap();
    let from_request = format!("{}{}", &from_request[..at], &from_request[until..]);
    let behind_proxy = builder(&from_request).origin("https://x.example/").build([SECRET]).unwrap();
    let direct = builder(&from_request).build([SECRET]).unwrap();
    let at = |url| RequestHead::new(&headers).url(url);
    assert!(behind_proxy.verify(body, &at("http://10.0.0.7:8080/square")).is_ok());
    assert!(behind_proxy.verify(body, &at("/square")).is_ok());
    assert!(direct.verify(body, &at(URL)).is_ok());
    let error = direct.verify(body, &at("/square")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MissingRequest);
    assert!(error.message().contains("origin"), "{error}");
}

/// The form's values are those of Twilio's documentation; the signature is made here.
#[test]
fn a_form_is_signed_sorted_and_joined() {
    let webhook = builder(
        r#"name = "twilio-like"
        [[signature]]
        header = "X-Twilio-Signature"
        algorithm = "hmac-sha1"
        encoding = "base64"
        content = "{url}"
        body_hash = { query = "bodySHA256", algorithm = "sha256:hex" }
        [[signature]]
        header = "X-Twilio-Signature"
        algorithm = "hmac-sha1"
        encoding = "base64"
        content = "{url}{form:sorted}"
        weakness = "borders"
        [payload]
        format = "bytes"
        [event]
        type_required = false"#,
    );
    let webhook = webhook.accept_unsigned().build([SECRET]).unwrap();
    assert_eq!(webhook.scheme().unsigned(), [Field::Body]);
    let verify = |url: &str, content: &str, body: &str| {
        let headers = [("X-Twilio-Signature", base64(&hmac!(Sha1, content)))];
        let head = RequestHead::new(&headers).url(url);
        webhook.verify(body, &head).map(|_| ()).map_err(|error| error.code())
    };
    let url = "https://example.com/myapp.php?foo=1&bar=2";
    let body = "To=%2B18005551212&Digits=1234&From=%2B12349013030&CallSid=CA1&Caller=%2B1+234";
    let joined = "CallSidCA1Caller+1 234Digits1234From+12349013030To+18005551212";
    assert_eq!(verify(url, &format!("{url}{joined}"), body), Ok(()));
    let changed = body.replace("1234&", "1235&");
    let mismatch = Err(ErrorCode::SignatureMismatch);
    assert_eq!(verify(url, &format!("{url}{joined}"), &changed), mismatch);
    assert_eq!(verify(url, &format!("{url}{joined}"), "a=%zz"), Err(ErrorCode::InvalidPayload));

    let json = r#"{"a":1}"#;
    let url = format!("https://example.com/?bodySHA256={}", hex(&Sha256::digest(json)));
    assert_eq!(verify(&url, &url, json), Ok(()));
    assert_eq!(verify(&url, &url, r#"{"a":2}"#), mismatch);
}

#[test]
fn tokens_and_credentials_are_the_secret() {
    let scheme = |algorithm: &str| {
        format!(
            r#"name = "sender"
            [[signature]]
            header = "Authorization"
            algorithm = "{algorithm}"
            weakness = "token"
            [event]
            type = {{ pointer = "/type" }}
            id = {{ header = "X-Id" }}"#
        )
    };
    let body = r#"{"type":"a"}"#;
    let error = builder(&scheme("token")).build([SECRET]).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidScheme);
    assert!(error.message().contains("accept_unsigned"), "{error}");
    for (algorithm, secret, right, wrong) in [
        ("token", SECRET, SECRET.to_owned(), vec!["", "a-secret", "A-SECRET-OF-SOME-LENGTH"]),
        (
            "basic",
            "user:pass",
            "bAsIc dXNlcjpwYXNz".to_owned(),
            vec![
                "Basic dXNlcjpwYXNy",
                "dXNlcjpwYXNz",
                "Basic dXNlcjpwYXNz=",
                "Bearer dXNlcjpwYXNz",
            ],
        ),
    ] {
        let webhook = builder(&scheme(algorithm)).accept_unsigned().build([secret]).unwrap();
        let unsigned = [Field::Type, Field::Id, Field::Body];
        assert_eq!(webhook.scheme().unsigned(), unsigned);
        assert_eq!(webhook.scheme().weaknesses(), [Weakness::Token]);
        let event = webhook.verify(body, &[("Authorization", right.as_str())]).unwrap();
        assert_eq!((event.event_type(), event.unsigned()), ("a", &unsigned[..]));
        for wrong in wrong {
            let error = webhook.verify(body, &[("Authorization", wrong)]).unwrap_err();
            assert!(error.http_status() == 401, "{wrong}: {error}");
        }
        let signed = webhook.sign(body, &SignOptions::new().id("1")).unwrap();
        assert!(webhook.verify(body, &signed).is_ok());
    }
}

#[test]
fn a_digest_without_a_key_hashes_the_secret() {
    let scheme = r#"name = "herald-like"
        [[signature]]
        header = "x-signature"
        algorithm = "sha256"
        encoding = "hex"
        content = "{secret}{body}"
        weakness = "plain-digest"
        [event]
        type = { pointer = "/type" }"#;
    let webhook = builder(scheme).build([SECRET, "another-secret"]).unwrap();
    assert!(webhook.scheme().unsigned().is_empty());
    assert_eq!(webhook.warnings().count(), 1);
    let body = r#"{"type":"a"}"#;
    let digest = hex(&Sha256::digest(format!("another-secret{body}")));
    let event = webhook.verify(body, &[("x-signature", digest.as_str())]).unwrap();
    assert_eq!(event.key_index(), 1);
    let bytes = format!("{scheme}\n[payload]\nformat = \"bytes\"");
    assert_eq!(Scheme::parse(&bytes).unwrap_err().code(), ErrorCode::InvalidScheme);
    for (from, to) in [("{secret}{body}", "{body}"), ("\"sha256\"", "\"hmac-sha256\"")] {
        let error = Scheme::parse(&scheme.replace(from, to)).unwrap_err();
        assert!(error.message().contains("{secret}"), "{error}");
    }
}

#[test]
fn what_is_signed_may_stand_in_the_body() {
    let scheme = r#"name = "mailgun-like"
        [[signature]]
        pointer = "/signature/signature"
        algorithm = "hmac-sha256"
        encoding = "hex"
        content = "{timestamp}{pointer:/signature/token}"
        weakness = "body-unsigned"
        [timestamp]
        pointer = "/signature/timestamp"
        unit = "seconds"
        [event]
        type = { pointer = "/event" }
        id = { pointer = "/signature/token" }"#;
    let webhook = builder(scheme).accept_unsigned().build([SECRET]).unwrap();
    assert_eq!(webhook.scheme().unsigned(), [Field::Type, Field::Body]);
    let body = |time: u64, token: &str| {
        let signature = hex(&hmac!(Sha256, format!("{NOW}0123456789")));
        format!(
            r#"{{"signature":{{"timestamp":"{time}","token":"{token}","signature":"{signature}"}},
                "event":"delivered"}}"#
        )
    };
    let none: [(&str, &str); 0] = [];
    let right = body(NOW, "0123456789");
    let event = webhook.verify(&right, &none).unwrap();
    assert_eq!((event.event_type(), event.id()), ("delivered", Some("0123456789")));
    let code = |body: &str| webhook.verify(body, &none).unwrap_err().code();
    assert_eq!(code(&body(NOW + 1, "0123456789")), ErrorCode::SignatureMismatch);
    assert_eq!(code(&body(NOW, "x")), ErrorCode::SignatureMismatch);
    assert_eq!(code(r#"{"event":"delivered"}"#), ErrorCode::MissingHeader);
    assert_eq!(code("no JSON"), ErrorCode::MissingHeader);
    let twice = right.replace("\"event\"", "\"signature\":{},\"event\"");
    assert_eq!(code(&twice), ErrorCode::MissingHeader);
}

#[test]
fn a_date_of_http_and_quoted_pairs_are_read() {
    let webhook = builder(
        r#"name = "xcover-like"
        [[signature]]
        header = "Authorization"
        prefix = "Signature "
        layout = "pairs"
        separator = ","
        signature_key = "signature"
        quoted = true
        algorithm = "hmac-sha256"
        encoding = "base64"
        content = "date: {timestamp}"
        weakness = "body-unsigned"
        [timestamp]
        header = "Date"
        unit = "http-date"
        [event]
        type_required = false"#,
    );
    let webhook = webhook.accept_unsigned().build([SECRET]).unwrap();
    let sent = |date: &str, signed: &str| {
        let digest = base64(&hmac!(Sha256, format!("date: {signed}")));
        let quoted = digest.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let value =
            format!("Signature keyId=\"k\",algorithm=\"hmac-sha256\",signature=\"{quoted}\"");
        webhook
            .verify("{}", &[("Authorization", value), ("Date", date.to_owned())])
            .map(|event| event.provider().to_owned())
            .map_err(|error| error.code())
    };
    let now = "Thu, 09 Oct 2025 08:53:20 GMT";
    assert_eq!(sent(now, now).as_deref(), Ok("xcover-like"));
    let old = "Thu, 09 Oct 2025 08:43:20 GMT";
    assert_eq!(sent(old, old), Err(ErrorCode::TimestampOutOfTolerance));
    assert_eq!(sent(now, old), Err(ErrorCode::SignatureMismatch));
    for other in ["Thu, 9 Oct 2025 08:53:20 GMT", "Fri, 09 Oct 2025 08:53:20 GMT", "1760000000"] {
        assert_eq!(sent(other, other), Err(ErrorCode::MalformedHeader));
    }
    let signed = webhook.sign("{}", &SignOptions::new()).unwrap();
    assert!(webhook.verify("{}", &signed).is_ok());
}

#[test]
fn any_of_several_headers_may_hold_the_signature() {
    let webhook = builder(
        r#"name = "box-like"
        [[signature]]
        header = ["BOX-SIGNATURE-PRIMARY", "BOX-SIGNATURE-SECONDARY"]
        header_match = "any"
        layout = "list"
        separator = ","
        algorithm = "hmac-sha256"
        encoding = "base64"
        content = "{body}{timestamp}"
        [timestamp]
        header = "BOX-DELIVERY-TIMESTAMP"
        unit = "rfc3339"
        [event]
        type = { pointer = "/type" }"#,
    );
    let webhook = webhook.build([SECRET]).unwrap();
    let (body, time) = (r#"{"type":"a"}"#, "2025-10-09T08:53:20Z");
    let right = base64(&hmac!(Sha256, format!("{body}{time}")));
    let wrong = base64(&[7; 32]);
    let verify = |primary: Option<&str>, secondary: Option<&str>| {
        let mut headers = vec![("box-delivery-timestamp", time)];
        headers.extend(primary.map(|value| ("box-signature-primary", value)));
        headers.extend(secondary.map(|value| ("box-signature-secondary", value)));
        webhook.verify(body, &headers).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(verify(Some(&right), Some(&wrong)), Ok(()));
    assert_eq!(verify(Some(&wrong), Some(&right)), Ok(()));
    assert_eq!(verify(None, Some(&right)), Ok(()));
    assert_eq!(verify(Some(&wrong), None), Err(ErrorCode::SignatureMismatch));
    assert_eq!(verify(None, None), Err(ErrorCode::MissingHeader));
}

/// Each place is read by itself.
#[test]
fn a_signature_may_stand_in_one_of_several_places() {
    let webhook = builder(
        r#"name = "places"
        event.type_required = false
        [[signature]]
        pointer = "/old"
        algorithm = "hmac-sha256"
        encoding = "hex"
        content = "{pointer:/what}"
        weakness = "body-unsigned"
        [[signature]]
        pointer = "/new"
        algorithm = "hmac-sha256"
        encoding = "hex"
        content = "{pointer:/what}"
        weakness = "body-unsigned""#,
    );
    let webhook = webhook.accept_unsigned().build([SECRET]).unwrap();
    let none: [(&str, &str); 0] = [];
    let right = hex(&hmac!(Sha256, "x"));
    let verify = |body: &str| webhook.verify(body, &none).map(|_| ()).map_err(|e| e.code());
    assert_eq!(verify(&format!(r#"{{"what":"x","old":"unlike","new":"{right}"}}"#)), Ok(()));
    assert_eq!(verify(&format!(r#"{{"what":"x","old":"{right}"}}"#)), Ok(()));
    let unlike = r#"{"what":"x","old":"unlike","new":"unlike"}"#;
    assert_eq!(verify(unlike), Err(ErrorCode::MalformedHeader));
}
