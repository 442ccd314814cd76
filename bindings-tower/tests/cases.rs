//! The cases that every adapter of every language runs, over HTTP: `tests/adapters/README.md`.

#![expect(clippy::unwrap_used, reason = "how a test fails")]
#![expect(clippy::panic, reason = "how a test fails")]

mod kit;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::any;
use base64ct::{Base64, Encoding as _};
use hookseal::{Scheme, Webhook};
use hookseal_tower::{Acknowledge, VerifiedEvent, WebhookLayer};
use serde::Deserialize;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// How many there are: a runner that finds fewer has lost some.
const CASES: usize = 81;

#[derive(Deserialize)]
struct Table {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    provider: Option<String>,
    scheme: Option<Value>,
    secrets: Vec<String>,
    #[serde(default)]
    options: Options,
    request: Request,
    expect: Expectation,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    max_body: Option<usize>,
    acknowledge: Option<String>,
    tolerance: Option<u64>,
}

#[derive(Deserialize)]
struct Request {
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
    body_repeated: Option<Repeated>,
}

#[derive(Deserialize)]
struct Repeated {
    before: String,
    repeat: String,
    times: usize,
    after: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expectation {
    Handled(Map<String, Value>),
    Acknowledged(#[expect(dead_code, reason = "it is always true")] bool),
    Refused { status: u16, error: String },
}

impl Request {
    fn body(&self) -> Vec<u8> {
        match self {
            Self { body: Some(text), .. } => text.clone().into_bytes(),
            Self { body_base64: Some(text), .. } => Base64::decode_vec(text).unwrap(),
            Self { body_repeated: Some(Repeated { before, repeat, times, after }), .. } => {
                format!("{before}{}{after}", repeat.repeat(*times)).into_bytes()
            }
            _ => panic!("a request has a body"),
        }
    }
}

impl Case {
    fn layer(&self) -> WebhookLayer {
        let scheme = match (&self.provider, &self.scheme) {
            (Some(provider), None) => Scheme::provider(provider).unwrap(),
            (None, Some(scheme)) => Scheme::parse(&scheme.to_string()).unwrap(),
            _ => panic!("{}: a case has either `provider` or `scheme`", self.name),
        };
        let mut builder = Webhook::builder(scheme);
        if let Some(tolerance) = self.options.tolerance {
            builder = builder.tolerance(Duration::from_secs(tolerance));
        }
        let mut layer = WebhookLayer::new(builder.build(&self.secrets).unwrap());
        if let Some(bytes) = self.options.max_body {
            layer = layer.max_body(bytes);
        }
        layer.acknowledge(match self.options.acknowledge.as_deref() {
            Some("none") => Acknowledge::None,
            Some("tests") => Acknowledge::Tests,
            _ => Acknowledge::default(),
        })
    }
}

#[tokio::test]
async fn every_case_is_answered_as_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/adapters/cases.json");
    let table: Table = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut ran = 0;
    for case in &table.cases {
        let events = Arc::new(Mutex::new(Vec::new()));
        let received = Arc::clone(&events);
        let handler = async move |event: VerifiedEvent| {
            received.lock().unwrap().push(event);
            StatusCode::NO_CONTENT
        };
        let app = Router::new().route("/", any(handler).layer(case.layer()));
        let address = kit::serve(app).await;
        let answer = kit::post(&address, "/", &case.request.headers, &case.request.body()).await;
        check(case, &answer, &events.lock().unwrap());
        ran += 1;
    }
    assert_eq!(ran, CASES);
}

fn check(case: &Case, answer: &kit::Answer, events: &[VerifiedEvent]) {
    let name = &case.name;
    match &case.expect {
        Expectation::Refused { status, error } => {
            let expected = format!(r#"{{"error":"{error}"}}"#);
            assert_eq!(answer.short(), (*status, expected.as_str()), "{name}");
            assert_eq!(answer.header("content-type"), Some("application/json"), "{name}");
            assert_eq!(events.len(), 0, "{name}");
        }
        Expectation::Acknowledged(_) => {
            assert_eq!((answer.status, events.len()), (200, 0), "{name}");
        }
        Expectation::Handled(fields) => {
            assert_eq!((answer.short(), events.len()), ((204, ""), 1), "{name}");
            let event = &*events[0];
            let mut found = serde_json::to_value(event).unwrap();
            found["envelope"] = event.envelope().unwrap();
            found["body"] = String::from_utf8_lossy(event.body()).into();
            for (field, expected) in fields {
                let found = found.get(field).unwrap_or(&Value::Null);
                match (field.as_str(), found.as_str(), expected.as_str()) {
                    ("created_at", Some(found), Some(expected)) => {
                        assert_eq!(moment(found), moment(expected), "{name}");
                    }
                    _ => assert_eq!(found, expected, "{name}: {field}"),
                }
            }
        }
    }
}

fn moment(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap()
}
