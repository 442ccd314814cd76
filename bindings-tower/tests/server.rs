//! The layer in a real server: what the cases of all languages do not say.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{any, post};
use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{Field, Scheme, SignOptions, Webhook, WebhookBuilder, kasko};
use hookseal_tower::{VerifiedEvent, WebhookLayer};
use kit::{Answer, post as deliver, send, send_part, serve};
use sha2::Sha256;

const SECRET: &str = "a secret of the sender";
const BODY: &str = r#"{"type":"policy.created","id":"e1"}"#;
const ORIGIN: &str = "https://hooks.example.com";
const TARGET: &str = "/in/hooks?b=2&a=%C3%A9&b=1";
const REFUSED: (u16, &str) = (401, r#"{"error":"signature_mismatch"}"#);

/// What of a request anybody can say who sends it.
const CLAIMED: [(&str, &str); 4] = [
    ("X-Forwarded-Host", "elsewhere.example"),
    ("X-Forwarded-Proto", "https"),
    ("X-Original-URL", "/elsewhere"),
    ("X-HTTP-Method-Override", "PUT"),
];

fn sender(signature: &str) -> WebhookBuilder {
    let scheme = format!(
        r#"{{ "name": "sender", "event": {{ "type": {{ "pointer": "/type" }} }},
              "signature": {{ "header": "X-Signature", {signature} }} }}"#
    );
    Webhook::builder(Scheme::parse(&scheme).unwrap())
}

fn keyed(content: &str) -> WebhookBuilder {
    sender(&format!(r#""algorithm": "hmac-sha256", "encoding": "hex", "content": "{content}""#))
}

/// The headers of a delivery whose signature is made here.
fn signed(content: &str) -> Vec<(String, String)> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(content.as_bytes());
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap();
    let digest = mac.finalize().into_bytes();
    let hex: String = digest.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect();
    let claimed = CLAIMED.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    claimed.chain([("X-Signature".to_owned(), hex)]).collect()
}

/// Serves a handler behind the layer, nested, so that the router takes a part of the path away.
async fn nested(builder: WebhookBuilder) -> (String, Events) {
    let events = Events::default();
    let own = events.clone();
    let handler = async move |event: VerifiedEvent| {
        own.0.lock().unwrap().push(event);
        StatusCode::NO_CONTENT
    };
    let layer = WebhookLayer::new(builder.build([SECRET]).unwrap());
    let inner = Router::new().route("/hooks", post(handler).layer(layer));
    (serve(Router::new().nest("/in", inner)).await, events)
}

#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<VerifiedEvent>>>);

impl Events {
    fn take(&self) -> Vec<VerifiedEvent> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

async fn at(address: &str, target: &str, content: &str) -> Answer {
    deliver(address, target, &signed(content), BODY.as_bytes()).await
}

#[tokio::test]
async fn the_method_the_path_and_the_query_are_what_was_sent() {
    let (address, events) = nested(keyed(r"{method} {path}\n{query}\n{body}")).await;
    let line = |method, target: &str| format!("{method} {}\n{BODY}", target.replace('?', "\n"));
    assert_eq!(at(&address, TARGET, &line("POST", TARGET)).await.short(), (204, ""));
    assert_eq!(events.take()[0].unsigned(), []);
    let other = TARGET.replace("b=1", "b=3");
    assert_eq!(at(&address, &other, &line("POST", TARGET)).await.short(), REFUSED);
    assert_eq!(at(&address, TARGET, &line("PUT", TARGET)).await.short(), REFUSED);
}

#[tokio::test]
async fn behind_a_proxy_the_webhook_says_what_its_origin_is() {
    let (address, events) = nested(keyed(r"{url}\n{body}").origin(ORIGIN)).await;
    let content = format!("{ORIGIN}{TARGET}\n{BODY}");
    assert_eq!(at(&address, TARGET, &content).await.short(), (204, ""));
    assert_eq!(events.take().len(), 1);
    let elsewhere = format!("https://elsewhere.example{TARGET}\n{BODY}");
    assert_eq!(at(&address, TARGET, &elsewhere).await.short(), REFUSED);

    let (address, _) = nested(keyed(r"{url}\n{body}")).await;
    let missing = (500, r#"{"error":"missing_request"}"#);
    assert_eq!(at(&address, TARGET, &content).await.short(), missing);
}

#[tokio::test]
async fn a_sender_of_a_token_is_accepted_by_one_who_says_so() {
    let token = || sender(r#""algorithm": "token", "weakness": "token""#);
    assert!(token().build([SECRET]).is_err());
    let (address, events) = nested(token().accept_unsigned()).await;
    let header = |token: &str| [("X-Signature".to_owned(), token.to_owned())];
    let answer = deliver(&address, TARGET, &header(SECRET), BODY.as_bytes()).await;
    assert_eq!(answer.short(), (204, ""));
    assert!(events.take()[0].unsigned().contains(&Field::Body));
    let answer = deliver(&address, TARGET, &header("another"), BODY.as_bytes()).await;
    assert_eq!(answer.short(), REFUSED);
}

/// As Meta asks, and as Slack does: the requests of their documentation.
#[tokio::test]
async fn a_sender_that_asks_first_is_answered() {
    let meta = r#"{ "name": "meta-like", "event": { "type": { "pointer": "/object" } },
        "constants": { "verify_token": "the token that you chose for the endpoint" },
        "signature": { "header": "X-Signature", "algorithm": "hmac-sha256", "encoding": "hex",
                       "content": "{body}" },
        "handshake": [{ "method": "GET", "signed": false,
            "when": { "query": "hub.mode", "equals": "subscribe" },
            "token": { "query": "hub.verify_token", "constant": "verify_token" },
            "challenge": { "query": "hub.challenge" }, "text": "{challenge}" }] }"#;
    let webhook = Webhook::builder(Scheme::parse(meta).unwrap()).constant("verify_token", "mine");
    let layer = WebhookLayer::new(webhook.build([SECRET]).unwrap());
    let handler = async |event: VerifiedEvent| event.event_type().to_owned();
    let inner = Router::new().route("/hooks", any(handler).layer(layer));
    let address = serve(Router::new().nest("/in", inner)).await;
    let ask =
        async |query: &str| send(&address, "GET", &format!("/in/hooks?{query}"), &[], b"").await;
    let asked = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    let answer = ask(&format!("{asked}mine")).await;
    assert_eq!(answer.short(), (200, "1158201444"));
    assert_eq!(answer.header("content-type"), Some("text/plain"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(ask(&format!("{asked}other")).await.short(), REFUSED);
    assert_eq!(ask("hub.mode=other").await.status, 405);
    let body = r#"{"object":"page"}"#;
    let answer = deliver(&address, "/in/hooks", &signed(body), body.as_bytes()).await;
    assert_eq!(answer.short(), (200, "page"));

    let slack = r#"{ "name": "slack-like", "event": { "type": { "pointer": "/event/type" }, "type_required": false },
        "signature": { "header": "X-Signature", "algorithm": "hmac-sha256", "encoding": "hex",
                       "content": "{body}" },
        "handshake": [{ "when": { "pointer": "/type", "equals": "url_verification" },
            "challenge": { "pointer": "/challenge" }, "text": "{challenge}" }] }"#;
    let (address, events) = nested(Webhook::builder(Scheme::parse(slack).unwrap())).await;
    let question = r#"{"type":"url_verification","challenge":"3eZbrw1a"}"#;
    let ask = async |headers: Vec<(String, String)>| {
        deliver(&address, "/in/hooks", &headers, question.as_bytes()).await
    };
    assert_eq!(ask(signed(question)).await.short(), (200, "3eZbrw1a"));
    assert_eq!(ask(signed("another")).await.short(), REFUSED);
    assert_eq!(events.take().len(), 0);
}

fn webhook() -> Webhook {
    Webhook::new("kasko", ["whsec_1b6f2ae8d0444a349cc1f4c8"]).unwrap()
}

fn delivery(body: &str) -> Vec<(String, String)> {
    webhook().sign(body, &SignOptions::new().event_type("policy.created").id("d-1")).unwrap()
}

#[tokio::test]
async fn events_are_typed() {
    async fn received(event: VerifiedEvent, body: Bytes) -> (StatusCode, String) {
        let Ok(kasko::Payload::PolicyCreated(policy)) = event.payload() else {
            return (StatusCode::INTERNAL_SERVER_ERROR, "another event".to_owned());
        };
        assert_eq!(event.body(), &body[..]);
        (StatusCode::OK, policy.policy_id.unwrap_or_default())
    }
    let app = Router::new().route("/", post(received).layer(WebhookLayer::new(webhook())));
    let address = serve(app).await;
    let body = r#"{"policy_id":"P-1"}"#;
    let answer = deliver(&address, "/", &delivery(body), body.as_bytes()).await;
    assert_eq!(answer.short(), (200, "P-1"));
}

#[tokio::test]
async fn what_an_encoding_said_of_the_body_is_gone_once_it_is_undone() {
    async fn received(headers: HeaderMap, body: String) -> String {
        let is_there = |name: &str| headers.contains_key(name);
        format!("{} {} {body}", is_there("content-encoding"), is_there("content-length"))
    }
    let app = Router::new().route("/", post(received).layer(WebhookLayer::new(webhook())));
    let address = serve(app).await;
    let body = r#"{"policy_id":"P-1"}"#;
    let mut headers = delivery(body);
    let plain = deliver(&address, "/", &headers, body.as_bytes()).await;
    assert_eq!(plain.short(), (200, format!("false true {body}").as_str()));
    headers.push(("Content-Encoding".to_owned(), "deflate".to_owned()));
    // One block that is stored as it is.
    let length = u16::try_from(body.len()).unwrap();
    let block = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), body.as_bytes()];
    let encoded = deliver(&address, "/", &headers, &block.concat()).await;
    assert_eq!(encoded.short(), (200, format!("false false {body}").as_str()));
}

#[tokio::test]
async fn other_methods_and_handlers_without_the_layer_get_no_event() {
    let never = async |_: VerifiedEvent| StatusCode::NO_CONTENT;
    let app = Router::new()
        .route("/", any(never).layer(WebhookLayer::new(webhook())))
        .route("/without", any(never));
    let address = serve(app).await;
    for method in ["GET", "PUT", "DELETE"] {
        let answer = send(&address, method, "/", &delivery("{}"), b"").await;
        assert_eq!(answer.short(), (405, r#"{"error":"method_not_allowed"}"#));
        assert_eq!(answer.header("allow"), Some("POST"));
    }
    assert_eq!(send(&address, "POST", "/without", &[], b"").await.status, 500);
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_not_beyond() {
    let events = Events::default();
    let own = events.clone();
    let handler = async move |event: VerifiedEvent| {
        own.0.lock().unwrap().push(event);
        StatusCode::NO_CONTENT
    };
    let body = r#"{"policy_id":"P-1"}"#;
    let layer = WebhookLayer::new(webhook()).max_body(body.len());
    let address = serve(Router::new().route("/", post(handler).layer(layer))).await;
    let too_large = (413, r#"{"error":"body_too_large"}"#);

    let answer = deliver(&address, "/", &delivery(body), body.as_bytes()).await;
    assert_eq!(answer.short(), (204, ""));
    let longer = format!("{body} ");
    let answer = deliver(&address, "/", &delivery(&longer), longer.as_bytes()).await;
    assert_eq!(answer.short(), too_large);

    let mut chunked = delivery(body);
    chunked.push(("Transfer-Encoding".to_owned(), "chunked".to_owned()));
    let pieces = |pieces: &[&str]| -> String {
        pieces
            .iter()
            .map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len()))
            .collect::<Vec<_>>()
            .concat()
    };
    let whole = pieces(&[&body[..3], &body[3..4], &body[4..], ""]);
    let answer = send(&address, "POST", "/", &chunked, whole.as_bytes()).await;
    assert_eq!(answer.short(), (204, ""));
    // It is not known how long it is, and it does not end.
    let endless = pieces(&[body, " "]);
    let answer = send(&address, "POST", "/", &chunked, endless.as_bytes()).await;
    assert_eq!(answer.short(), too_large);

    send_part(&address, &delivery(body), body.as_bytes()).await;
    let answer = deliver(&address, "/", &delivery(body), body.as_bytes()).await;
    assert_eq!(answer.short(), (204, ""));
    assert_eq!(events.take().len(), 3);
}
