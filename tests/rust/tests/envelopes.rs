//! Signatures that say themselves what they sign: what is made verifies, and nothing else does.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::time::{Duration, SystemTime};

use hookseal::{ErrorCode, Field, RequestHead, Scheme, SignOptions, Webhook};

const BODY: &str = r#"{"id":"evt_1","type":"policy.created"}"#;
const URL: &str = "https://example.com/in?a=1";
/// The pair of RFC 8032's first test.
const PRIVATE: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const PUBLIC: &str = r#"{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

const MESSAGE: &str = r#"
    name = "sender"
    event = { type = { pointer = "/type" }, id = { pointer = "/id" } }
    key.id = { parameter = "keyid" }
    timestamp = { parameter = "created", unit = "seconds" }
    [[signature]]
    header = "Signature"
    layout = "rfc9421"
    algorithm = "ed25519"
    tag = "sender"
    components = ["@method", "@target-uri", "content-type", "content-digest"]
    parameters = ["created", "expires", "nonce", "keyid", "alg"]
    lifetime = 60
"#;

const CLAIMS: &str = r#"
    name = "sender"
    event = { type = { pointer = "/type" }, id = { pointer = "/id" } }
    key.id = { parameter = "kid" }
    timestamp = { parameter = "iat", unit = "seconds" }
    [[signature]]
    header = "X-JWT"
    layout = "jws"
    algorithm = "ed25519"
    body_hash = { claim = "request_body_sha256", algorithm = "sha256:hex" }
"#;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000 + seconds)
}

fn webhook(scheme: &str, key: &str) -> Webhook {
    Webhook::builder(Scheme::parse(scheme).unwrap()).build([key]).unwrap()
}

/// The headers of a delivery that is signed with the private key.
fn signed(webhook: &Webhook) -> Vec<(String, String)> {
    let own = [("Content-Type", "application/json")];
    let options = SignOptions::new().private_key(PRIVATE).timestamp(at(0)).headers(&own);
    let mut headers = webhook.sign(BODY, &options.method("POST").url(URL)).unwrap();
    headers.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
    headers
}

fn verify(
    webhook: &Webhook,
    headers: &[(String, String)],
    body: &str,
    url: &str,
    seconds: u64,
) -> Result<(), ErrorCode> {
    let head = RequestHead::new(headers).method("POST").url(url);
    webhook.verify_at(body, &head, at(seconds)).map(drop).map_err(|error| error.code())
}

#[test]
fn what_is_signed_verifies() {
    // Without claims the body itself is what is signed, and no time.
    let is_of_claims = |line: &&str| line.contains("body_hash") || line.contains("timestamp");
    let detached: Vec<&str> = CLAIMS.lines().filter(|line| !is_of_claims(line)).collect();
    for scheme in [MESSAGE, CLAIMS, &detached.join("\n")] {
        let webhook = webhook(scheme, PUBLIC);
        let headers = signed(&webhook);
        assert_eq!(verify(&webhook, &headers, BODY, URL, 0), Ok(()), "{scheme}");
        let forged = BODY.replace("evt_1", "evt_2");
        assert_eq!(verify(&webhook, &headers, &forged, URL, 0), Err(ErrorCode::SignatureMismatch));
        for (place, (name, value)) in headers.iter().enumerate() {
            if name == "Content-Type" {
                continue;
            }
            for at in 0..value.len() {
                let mut changed = headers.clone();
                let other = if value.as_bytes()[at] == b'A' { "B" } else { "A" };
                changed[place].1.replace_range(at..=at, other);
                let error = verify(&webhook, &changed, BODY, URL, 0).unwrap_err();
                assert!(
                    matches!(
                        error,
                        ErrorCode::SignatureMismatch
                            | ErrorCode::MalformedHeader
                            | ErrorCode::MissingHeader
                    ),
                    "{name} {at}: {error:?}"
                );
            }
        }
    }
}

#[test]
fn a_message_is_signed_for_its_address_and_for_a_time() {
    let webhook = webhook(MESSAGE, PUBLIC);
    let headers = signed(&webhook);
    let refused = |url, seconds| verify(&webhook, &headers, BODY, url, seconds).unwrap_err();
    assert_eq!(refused("https://example.com/in?a=2", 0), ErrorCode::SignatureMismatch);
    assert_eq!(refused("http://example.com/in?a=1", 0), ErrorCode::SignatureMismatch);
    assert_eq!(refused(URL, 61), ErrorCode::TimestampOutOfTolerance);
    assert_eq!(verify(&webhook, &headers, BODY, "HTTPS://EXAMPLE.com:443/in?a=1", 60), Ok(()));
    assert!(
        headers
            .iter()
            .any(|(name, value)| name == "Content-Digest" && value.starts_with("sha-256=:"))
    );
}

#[test]
fn a_key_must_be_one_that_deliveries_can_name() {
    let nameless = PUBLIC.replace(r#""kid":"one","#, "");
    let webhook = webhook(MESSAGE, &nameless);
    let own = [("Content-Type", "application/json")];
    let options = SignOptions::new().private_key(PRIVATE).headers(&own).method("POST").url(URL);
    let error = webhook.sign(BODY, &options).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidSecret);
    assert!(error.message().contains("`kid`"), "{error}");
}

#[test]
fn what_every_signature_covers_is_read_and_signed() {
    let scheme = Scheme::parse(MESSAGE).unwrap();
    assert!(scheme.signs_request() && scheme.unsigned().is_empty());
    let headers: Vec<&str> = scheme.headers().map(hookseal::HeaderName::as_str).collect();
    for name in ["Signature", "Signature-Input", "Content-Digest", "content-type"] {
        assert!(headers.iter().any(|own| own.eq_ignore_ascii_case(name)), "{name}: {headers:?}");
    }
    let open = MESSAGE.replace(r#", "content-digest""#, "");
    assert_eq!(Scheme::parse(&open).unwrap_err().code(), ErrorCode::InvalidScheme);
    let stated = open.replace("lifetime = 60", "lifetime = 60\n weakness = \"body-unsigned\"");
    assert!(Scheme::parse(&stated).unwrap().unsigned().contains(&Field::Body));
    let typed =
        MESSAGE.replace(r#"type = { pointer = "/type" }"#, r#"type = { header = "X-Type" }"#);
    assert_eq!(Scheme::parse(&typed).unwrap().unsigned(), [Field::Type]);
    let covered = typed.replace("\"content-type\"", "\"x-type\"");
    assert!(Scheme::parse(&covered).unwrap().unsigned().is_empty());
}
