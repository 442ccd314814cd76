//! The data that is reported while a body is validated, against the same data read on its own.

#![expect(clippy::unwrap_used, reason = "how a test fails")]
#![expect(clippy::unnecessary_wraps, reason = "what a visitor returns")]

use core::convert::Infallible;

use hookseal::{Scheme, SignOptions, Webhook};
use hookseal_json::{DataVisitor, RawNumber, RawString, Visitor, read};
use hookseal_tests::FORMS;
use hookseal_tests::documents::{Documents, count, seed};

/// What was reported.
#[derive(Debug, Default, PartialEq)]
struct Reported {
    tokens: Vec<String>,
    texts: Vec<(usize, usize)>,
}

impl Reported {
    fn say(&mut self, token: impl Into<String>) -> Result<(), Infallible> {
        self.tokens.push(token.into());
        Ok(())
    }

    fn text(&mut self, kind: &str, string: RawString<'_>) -> Result<(), Infallible> {
        let raw = string.as_raw_bytes();
        self.texts.push((raw.as_ptr().addr(), raw.len()));
        self.say(format!("{kind} {:?}", string.decode()))
    }
}

impl Visitor<'_> for Reported {
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        self.say("null")
    }
    fn boolean(&mut self, value: bool) -> Result<(), Infallible> {
        self.say(value.to_string())
    }
    fn number(&mut self, number: RawNumber<'_>) -> Result<(), Infallible> {
        self.say(number.as_str())
    }
    fn string(&mut self, string: RawString<'_>) -> Result<(), Infallible> {
        self.text("string", string)
    }
    fn begin_array(&mut self) -> Result<(), Infallible> {
        self.say("[")
    }
    fn end_array(&mut self) -> Result<(), Infallible> {
        self.say("]")
    }
    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.say("{")
    }
    fn key(&mut self, key: RawString<'_>) -> Result<(), Infallible> {
        self.text("key", key)
    }
    fn end_object(&mut self) -> Result<(), Infallible> {
        self.say("}")
    }
}

impl DataVisitor for Reported {
    fn begin(&mut self, text: &str) {
        assert!(self.tokens.is_empty(), "what came before counts too: {text}");
    }
    fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Returns `true` if anything was reported; if so, it is the event's data.
fn is_reported(webhook: &Webhook, body: &str) -> bool {
    let headers = webhook.sign(body, &SignOptions::new().event_type("t").id("i")).unwrap();
    let mut reported = Reported::default();
    let visited = webhook.verify_visiting(body, &headers, None, &mut reported);
    let event = webhook.verify(body, &headers);
    assert_eq!(visited.is_ok(), event.is_ok(), "{body}");
    let (Ok(visited), Ok(event)) = (visited, event) else { return false };
    assert_eq!(visited.data_json(), event.data_json(), "{body}");
    if reported.tokens.is_empty() {
        return false;
    }
    let mut expected = Reported::default();
    read(event.data_json().unwrap(), &mut expected).unwrap();
    assert_eq!(reported.tokens, expected.tokens, "{body}");
    let whole = visited.body().as_ptr_range();
    for (at, len) in reported.texts {
        assert!(at >= whole.start.addr() && at + len <= whole.end.addr(), "outside of {body}");
    }
    true
}

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A webhook of each kind of provider, and of one that puts the data deeper.
fn webhooks() -> Vec<Webhook> {
    let known = FORMS.into_iter().map(|provider| Webhook::new(provider, [SECRET]).unwrap());
    known.chain([deeper()]).collect()
}

fn deeper() -> Webhook {
    let scheme = r#"{"name":"deeper","source":"https://example.org","signature":[{"header":"sig",
        "algorithm":"hmac-sha256","encoding":"hex","content":"{body}"}],"event":{
        "type":{"pointer":"/type"},"data":{"pointer":"/data/object"}}}"#;
    Webhook::builder(Scheme::parse(scheme).unwrap()).build([SECRET]).unwrap()
}

#[test]
fn what_is_reported_is_the_data() {
    let mut documents = Documents::nasty(seed());
    let webhooks = webhooks();
    let mut reported = vec![0; webhooks.len()];
    let bodies = count(400);
    for _ in 0..bodies {
        let mut value = || documents.value();
        let (first, second, third) = (value(), value(), value());
        let data = if documents.rng().bool() {
            format!(r#""x":{first},"data":{{"object":{second},"x":{third}}}"#)
        } else {
            format!(
                r#""data":{first},"\u0064ata":{second},"data":{{"object":{third},"object":{first}}},"livemode":{second}"#
            )
        };
        let body = format!(r#"{{"type":"t","id":"i",{data},"event":"t"}}"#);
        for (webhook, reported) in webhooks.iter().zip(&mut reported) {
            *reported += usize::from(is_reported(webhook, &body));
        }
    }
    for (webhook, reported) in webhooks.iter().zip(reported) {
        assert!(reported > bodies / 4, "{webhook:?}: {reported} of {bodies}");
    }
}

#[test]
fn data_that_is_not_there_in_the_end_is_not_reported() {
    let webhook = &deeper();
    assert!(is_reported(webhook, r#"{"type":"t","data":{"object":{"n":1}}}"#));
    assert!(!is_reported(webhook, r#"{"type":"t","data":{"object":{"n":1}},"data":{}}"#));
    assert!(!is_reported(webhook, r#"{"type":"t"}"#));
}
