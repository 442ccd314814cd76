//! The table of adapter cases is true: an adapter of a few lines, as anybody would write it on the
//! core, does what each of them says.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::collections::BTreeMap;
use std::time::Duration;

use base64ct::{Base64, Encoding as _};
use hookseal::{BodyError, Error, Scheme, Webhook, decode_body};
use hookseal_tests::{moment, root};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "description")]
    _description: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(rename = "why")]
    _why: Option<String>,
    needs: Option<String>,
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
#[serde(deny_unknown_fields)]
struct Request {
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
    body_repeated: Option<Repeated>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeated {
    before: String,
    repeat: String,
    times: usize,
    after: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Expectation {
    Handled(Map<String, Value>),
    Acknowledged(bool),
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
            _ => unreachable!("a request has a body"),
        }
    }

    /// The values of all headers of this name.
    fn header(&self, name: &str) -> String {
        let same = self.headers.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// What an adapter does.
fn receive(webhook: &Webhook, options: &Options, request: &Request) -> Expectation {
    let body = request.body();
    let max_body = options.max_body.unwrap_or_else(|| webhook.max_body());
    if body.len() > max_body {
        return refused(BodyError::TooLarge);
    }
    let body = match decode_body(&body, &request.header("content-encoding"), max_body) {
        Ok(body) => body,
        Err(error) => return refused(error),
    };
    let event = match webhook.verify(&*body, &request.headers) {
        Ok(event) => event,
        Err(error) => return failed(&error),
    };
    let acknowledges = match options.acknowledge.as_deref() {
        Some("none") => false,
        Some("tests") => event.is_test(),
        _ => event.is_check(),
    };
    if acknowledges {
        return Expectation::Acknowledged(true);
    }
    let Value::Object(mut fields) = serde_json::to_value(&event).unwrap() else {
        unreachable!("an event is an object")
    };
    fields.entry("data").or_insert(Value::Null);
    fields.insert("envelope".to_owned(), event.envelope().unwrap());
    fields.insert("body".to_owned(), String::from_utf8_lossy(event.body()).into());
    Expectation::Handled(fields)
}

fn refused(error: BodyError) -> Expectation {
    Expectation::Refused { status: error.http_status(), error: error.as_str().to_owned() }
}

fn failed(error: &Error) -> Expectation {
    Expectation::Refused { status: error.http_status(), error: error.code().to_string() }
}

#[test]
fn the_table_is_true() {
    let text = std::fs::read_to_string(root().join("tests/adapters/cases.json")).unwrap();
    let table: Table = serde_json::from_str(&text).unwrap();
    let mut needs = BTreeMap::<&str, usize>::new();
    for case in &table.cases {
        *needs.entry(case.needs.as_deref().unwrap_or("nothing")).or_default() += 1;
        let scheme = match (&case.provider, &case.scheme) {
            (Some(provider), None) => Scheme::provider(provider).unwrap(),
            (None, Some(scheme)) => Scheme::parse(&scheme.to_string()).unwrap(),
            _ => unreachable!("{}: a case has either `provider` or `scheme`", case.name),
        };
        let mut builder = Webhook::builder(scheme);
        if let Some(tolerance) = case.options.tolerance {
            builder = builder.tolerance(Duration::from_secs(tolerance));
        }
        let webhook = builder.build(&case.secrets).unwrap();
        match (receive(&webhook, &case.options, &case.request), &case.expect) {
            (Expectation::Handled(found), Expectation::Handled(expected)) => {
                for (name, value) in expected {
                    let (found, value) = (found[name].clone(), value.clone());
                    match (name.as_str(), found.as_str(), value.as_str()) {
                        ("created_at", Some(found), Some(expected)) => {
                            assert_eq!(moment(found), moment(expected), "{}", case.name);
                        }
                        _ => assert_eq!(found, value, "{}: {name}", case.name),
                    }
                }
            }
            (found, expected) => assert_eq!(found, *expected, "{}", case.name),
        }
    }
    let expected =
        [("adapter_decodes", 19), ("adapter_reads", 7), ("headers_twice", 1), ("nothing", 54)];
    assert_eq!(needs.into_iter().collect::<Vec<_>>(), expected);
}
