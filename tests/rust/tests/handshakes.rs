//! Senders that ask whether an endpoint is the receiver's, with the requests of their documentation.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{ErrorCode, RequestHead, Scheme, Webhook, WebhookBuilder};
use hookseal_tests::asked;
use sha2::Sha256;

const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
const NOW: u64 = 1_760_000_000;
const NONE: [(&str, &str); 0] = [];

fn mac(content: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(content.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn builder(toml: &str) -> WebhookBuilder {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    Webhook::builder(Scheme::parse(toml).unwrap()).clock(move || now)
}

/// The answer to a request, or the error's code.
fn ask(
    webhook: &Webhook,
    (method, url): (&str, &str),
    headers: &[(&str, String)],
    body: &str,
) -> Result<Option<(&'static str, String)>, ErrorCode> {
    let head = RequestHead::new(headers).method(method).url(url);
    let answer = webhook.handshake(body, &head).map_err(|error| error.code())?;
    Ok(answer.map(|answer| (answer.content_type(), answer.body().to_owned())))
}

const SLACK: &str = r#"name = "slack-like"
    event.type = { pointer = "/event/type" }
    event.type_required = false
    timestamp = { header = "X-Slack-Request-Timestamp", unit = "seconds" }
    [[signature]]
    header = "X-Slack-Signature"
    algorithm = "hmac-sha256"
    encoding = "hex"
    prefix = "v0="
    content = "v0:{timestamp}:{body}"
    [[handshake]]
    when = { pointer = "/type", equals = "url_verification" }
    challenge = { pointer = "/challenge" }
    text = "{challenge}""#;

/// The body is that of `https://docs.slack.dev/reference/events/url_verification`.
#[test]
fn a_signed_question_is_verified_first() {
    let webhook = builder(SLACK).build([SECRET]).unwrap();
    assert!(webhook.scheme().has_handshake());
    let body = r#"{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl",
        "challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}"#;
    let signed = |body: &str, at: u64| {
        let digest = hex(&mac(&format!("v0:{at}:{body}")));
        [
            ("x-slack-signature", format!("v0={digest}")),
            ("x-slack-request-timestamp", at.to_string()),
        ]
    };
    let post = ("POST", "/slack");
    let answer = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P".to_owned();
    assert_eq!(ask(&webhook, post, &signed(body, NOW), body), Ok(Some(("text/plain", answer))));
    let forged = ask(&webhook, post, &signed("{}", NOW), body);
    assert_eq!(forged, Err(ErrorCode::SignatureMismatch));
    assert_eq!(ask(&webhook, post, &[], body), Err(ErrorCode::MissingHeader));
    let old = ask(&webhook, post, &signed(body, NOW - 301), body);
    assert_eq!(old, Err(ErrorCode::TimestampOutOfTolerance));
    for other in [r#"{"type":"event_callback","challenge":"x"}"#, "no JSON", "", "[]"] {
        assert_eq!(ask(&webhook, post, &signed(other, NOW), other), Ok(None));
    }
    assert_eq!(ask(&webhook, ("GET", "/slack"), &signed(body, NOW), body), Ok(None));
    for challenge in
        ["\"<script>\"", "\"\"", "7", "\"\\u00e9\"", &format!("\"{}\"", "x".repeat(257))]
    {
        let body = format!("{{\"type\":\"url_verification\",\"challenge\":{challenge}}}");
        let refused = ask(&webhook, post, &signed(&body, NOW), &body);
        assert_eq!(refused, Err(ErrorCode::InvalidPayload), "{challenge}");
    }
}

/// A question is no event: it has no type.
#[test]
fn a_signed_question_needs_no_type() {
    let scheme = SLACK.replace("    event.type_required = false\n", "");
    let webhook = builder(&scheme).build([SECRET]).unwrap();
    let body = r#"{"type":"url_verification","challenge":"abc"}"#;
    let digest = hex(&mac(&format!("v0:{NOW}:{body}")));
    let headers = [
        ("x-slack-signature", format!("v0={digest}")),
        ("x-slack-request-timestamp", NOW.to_string()),
    ];
    let answer = Some(("text/plain", "abc".to_owned()));
    assert_eq!(ask(&webhook, ("POST", "/"), &headers, body), Ok(answer));
    let error = webhook.verify(body, &headers).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidPayload);
}

/// The request is that of `https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events`.
#[test]
fn a_challenge_is_signed_that_could_be_no_delivery() {
    let zoom = SLACK
        .replace("X-Slack-Request-Timestamp", "x-zm-request-timestamp")
        .replace("X-Slack-Signature", "x-zm-signature");
    let at = zoom.find("[[handshake]]").unwrap();
    let handshake = r#"[[handshake]]
        when = { pointer = "/event", equals = "endpoint.url_validation" }
        challenge = { pointer = "/payload/plainToken" }
        mac = { algorithm = "hmac-sha256", encoding = "hex" }
        json = { plainToken = "{challenge}", encryptedToken = "{mac}" }"#;
    let zoom = format!("{}{handshake}", &zoom[..at]);
    let webhook = builder(&zoom).build([SECRET]).unwrap();
    let token = "qgg8vlvZRS6UYooatFL8Aw";
    let body = format!(
        r#"{{"payload":{{"plainToken":"{token}"}},"event_ts":1654503849680,"event":"endpoint.url_validation"}}"#
    );
    let signature = format!("v0={}", hex(&mac(&format!("v0:{NOW}:{body}"))));
    let headers = [("x-zm-signature", signature), ("x-zm-request-timestamp", NOW.to_string())];
    let (content_type, answer) =
        ask(&webhook, ("POST", "/zoom"), &headers, &body).unwrap().unwrap();
    assert_eq!(content_type, "application/json");
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let expected = serde_json::json!({
        "plainToken": token, "encryptedToken": hex(&mac(token))
    });
    assert_eq!(answer, expected);

    for (from, to) in [
        ("v0:{timestamp}:{body}", "{timestamp}"),
        ("hmac-sha256\", encoding", "hmac-sha1\", encoding"),
    ] {
        let mut scheme = zoom.replacen(from, to, 1);
        if to == "{timestamp}" {
            scheme = scheme.replace(
                "encoding = \"hex\"\n    prefix",
                "encoding = \"hex\"\n    weakness = \"body-unsigned\"\n    prefix",
            );
        }
        let error = Scheme::parse(&scheme).unwrap_err();
        assert!(error.message().contains("handshake[0].mac"), "{error}");
    }
}

/// The requests are those of Meta's and Dropbox's documentation.
#[test]
fn a_question_in_the_address_is_answered() {
    let meta = r#"name = "meta-like"
        event.type = { pointer = "/object" }
        constants.verify_token = "the token that you chose for the endpoint"
        [[signature]]
        header = "X-Hub-Signature-256"
        algorithm = "hmac-sha256"
        encoding = "hex"
        prefix = "sha256="
        content = "{body}"
        [[handshake]]
        method = "GET"
        signed = false
        when = { query = "hub.mode", equals = "subscribe" }
        token = { query = "hub.verify_token", constant = "verify_token" }
        challenge = { query = "hub.challenge" }
        text = "{challenge}""#;
    let url = "https://www.example.com/webhooks?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock";
    let webhook = builder(meta).constant("verify_token", "meatyhamhock").build([SECRET]).unwrap();
    let get = |webhook: &Webhook, url: &str| ask(webhook, ("GET", url), &[], "");
    assert_eq!(get(&webhook, url), Ok(Some(("text/plain", "1158201444".to_owned()))));
    for wrong in [url.replace("meaty", "Meaty"), url.replace("&hub.verify_token=meatyhamhock", "")]
    {
        assert_eq!(get(&webhook, &wrong), Err(ErrorCode::SignatureMismatch));
    }
    assert_eq!(get(&webhook, &url.replace("subscribe", "other")), Ok(None));
    assert_eq!(ask(&webhook, ("POST", url), &[], "{}"), Ok(None));
    let without = builder(meta).build([SECRET]).unwrap();
    assert_eq!(get(&without, url), Err(ErrorCode::InvalidScheme));
    assert_eq!(without.verify("{}", &NONE).unwrap_err().code(), ErrorCode::MissingHeader);

    let dropbox = meta
        .replace("constants.verify_token = \"the token that you chose for the endpoint\"\n", "")
        .replace("token = { query = \"hub.verify_token\", constant = \"verify_token\" }\n", "")
        .replace("{ query = \"hub.mode\", equals = \"subscribe\" }", "{ query = \"challenge\" }")
        .replace("hub.challenge", "challenge");
    let webhook = builder(&dropbox).build([SECRET]).unwrap();
    assert_eq!(get(&webhook, "/?challenge=abc123"), Ok(Some(("text/plain", "abc123".to_owned()))));
    assert_eq!(get(&webhook, "/?challenge=%3Cb%3E"), Err(ErrorCode::InvalidPayload));
    assert_eq!(get(&webhook, "/"), Ok(None));
}

/// The type stands in a header, as Twitch has it.
#[test]
fn a_question_may_be_told_by_a_header() {
    let webhook = builder(
        r#"name = "twitch-like"
        event.type = { header = "Twitch-Eventsub-Message-Type" }
        [[signature]]
        header = "Twitch-Eventsub-Message-Signature"
        algorithm = "hmac-sha256"
        encoding = "hex"
        prefix = "sha256="
        content = "{body}"
        [[handshake]]
        when = { header = "Twitch-Eventsub-Message-Type", equals = "webhook_callback_verification" }
        challenge = { pointer = "/challenge" }
        text = "{challenge}""#,
    );
    let webhook = webhook.build([SECRET]).unwrap();
    let body = r#"{"challenge":"pogchamp-kappa-360noscope-vohiyo"}"#;
    let asked = |kind: &str| {
        let digest = format!("sha256={}", hex(&mac(body)));
        let headers = [
            ("Twitch-Eventsub-Message-Signature", digest),
            ("Twitch-Eventsub-Message-Type", kind.to_owned()),
        ];
        ask(&webhook, ("POST", "/"), &headers, body)
    };
    let answer = "pogchamp-kappa-360noscope-vohiyo".to_owned();
    assert_eq!(asked("webhook_callback_verification"), Ok(Some(("text/plain", answer))));
    assert_eq!(asked("notification"), Ok(None));
}

/// Every sender's documented question, and hostile ones.
#[test]
fn questions_are_answered_as_documented() {
    let mut failures = Vec::new();
    for case in asked::cases() {
        let mut builder = Webhook::builder(Scheme::provider(&case.provider).unwrap());
        for (name, value) in &case.options.constants {
            builder = builder.constant(name, value);
        }
        if case.options.accept_unsigned {
            builder = builder.accept_unsigned();
        }
        if let Some(tolerance) = case.tolerance {
            builder = builder.tolerance(Duration::from_secs(tolerance));
        }
        let webhook = builder.build(&case.secrets).unwrap();
        let head = RequestHead::new(&case.headers)
            .method(case.request.method.as_deref())
            .url(case.request.url.as_deref());
        let found = match webhook.handshake(&case.body, &head) {
            Ok(answer) => Ok(answer.map(|answer| asked::Answer {
                content_type: answer.content_type().to_owned(),
                body: answer.body().to_owned(),
            })),
            Err(error) => Err(error.code().as_str().to_owned()),
        };
        let expected = match case.expect {
            asked::Expected::Answer(answer) => Ok(answer),
            asked::Expected::Error(code) => Err(code),
        };
        if found != expected {
            failures.push(format!("{}: {found:?}, expected {expected:?}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The known providers that ask first.
#[test]
fn providers_that_ask_are_answered() {
    let asking: Vec<&str> = hookseal::providers()
        .filter(|provider| Scheme::provider(provider.name()).unwrap().has_handshake())
        .map(hookseal::Provider::name)
        .collect();
    assert_eq!(asking, ["dropbox", "meta", "nylas", "okta", "slack", "twitch", "twitter", "zoom"]);
    let meta = Webhook::builder(Scheme::provider("meta").unwrap());
    let meta = meta.constant("verify_token", "mine").build([SECRET]).unwrap();
    let url = "/in?hub.mode=subscribe&hub.verify_token=mine&hub.challenge=1158201444";
    let answer = Some(("text/plain", "1158201444".to_owned()));
    assert_eq!(ask(&meta, ("GET", url), &[], ""), Ok(answer));
    let dropbox = Webhook::new("dropbox", [SECRET]).unwrap();
    let twitter = Webhook::new("twitter", [SECRET]).unwrap();
    let (kind, token) =
        ask(&twitter, ("GET", "/in?crc_token=abc-123_XYZ"), &[], "").unwrap().unwrap();
    assert_eq!(kind, "application/json");
    assert!(token.starts_with("{\"response_token\":\"sha256="), "{token}");
    let okta = Webhook::builder(Scheme::provider("okta").unwrap()).accept_unsigned();
    let okta = okta.build([SECRET]).unwrap();
    let challenge = ("X-Okta-Verification-Challenge", "Me_rShK8JHsTnbyYrWXCEoMGbM_zsZ6k0hLPZ_Pg");
    let answer = format!("{{\"verification\":\"{}\"}}", challenge.1);
    let with = |authorization: &str| {
        [(challenge.0, challenge.1.to_owned()), ("Authorization", authorization.to_owned())]
    };
    assert_eq!(
        ask(&okta, ("GET", "/in"), &with(SECRET), ""),
        Ok(Some(("application/json", answer)))
    );
    let forged = ask(&okta, ("GET", "/in"), &with("another"), "");
    assert_eq!(forged, Err(ErrorCode::SignatureMismatch));
    let answer = Some(("text/plain", "abc123".to_owned()));
    assert_eq!(ask(&dropbox, ("GET", "/in?challenge=abc123"), &[], ""), Ok(answer));
}
