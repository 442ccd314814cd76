//! What a surface made of a case, and whether that is what the case expects. Every runner that can
//! be asked from Rust is judged here.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::{Case, ExpectedEvent, moment};

/// What a surface made of a case.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It verified.
    Event(FoundEvent),
    /// It was refused.
    Error {
        /// The stable code.
        code: String,
        /// The HTTP status to answer.
        http_status: u16,
        /// All that may reach a log.
        message: String,
    },
}

/// An event's fields, as a surface gave them.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the event's own fields")]
pub struct FoundEvent {
    pub provider: String,
    pub event_type: String,
    pub id: Option<String>,
    pub created_at: Option<SystemTime>,
    pub test: bool,
    /// As JSON.
    pub data: Option<String>,
    /// The same; `None` where the surface does not tell it.
    pub envelope: Option<Option<String>>,
    pub unsigned: Vec<String>,
    pub key_index: usize,
    pub dedupe_key: String,
    pub body: Vec<u8>,
}

/// Returns `true` if the outcome is the one that the case expects.
///
/// # Errors
/// What differs.
pub fn judge(case: &Case, outcome: &Outcome) -> Result<(), String> {
    match (outcome, &case.expect.event, &case.expect.error) {
        (Outcome::Event(event), Some(expected), None) => {
            authenticated(case, &event.body)?;
            compare(event, expected)
        }
        (Outcome::Error { code, http_status, message }, None, Some(expected)) => {
            same("error", code, expected)?;
            same("http_status", http_status, &status(code))?;
            discloses_nothing(message, case)
        }
        _ => Err(format!("{outcome:?}, expected {:?}", case.expect)),
    }
}

/// The event's body is what came, or means the same where the sender signs another form of it.
fn authenticated(case: &Case, found: &[u8]) -> Result<(), String> {
    let body = case.body();
    let is_right = match &case.expect.canonical {
        _ if found == body => true,
        Some(canonical) => found == canonical.as_bytes(),
        None => {
            let parse = serde_json::from_slice::<Value>;
            matches!((parse(found), parse(&body)), (Ok(found), Ok(body)) if found == body)
        }
    };
    if is_right { Ok(()) } else { Err("the event's body is not what was signed".to_owned()) }
}

/// What to answer a delivery with that was refused.
fn status(code: &str) -> u16 {
    match code {
        "unknown_provider" | "invalid_secret" | "invalid_scheme" | "missing_request" => 500,
        "invalid_payload" => 400,
        _ => 401,
    }
}

fn compare(event: &FoundEvent, expected: &ExpectedEvent) -> Result<(), String> {
    same("provider", &event.provider, &expected.provider)?;
    same("type", &event.event_type, &expected.event_type)?;
    same("id", &event.id, &expected.id)?;
    same("created_at", &event.created_at, &expected.created_at.as_deref().map(moment))?;
    same("test", &event.test, &expected.test)?;
    if let Some(data) = &expected.data {
        same("data", &json("data", event.data.as_deref())?, data)?;
    }
    if let (Some(expected), Some(envelope)) = (&expected.envelope, &event.envelope) {
        same("envelope", &json("envelope", envelope.as_deref())?, expected)?;
    }
    if let Some(has_data) = expected.has_data {
        same("has_data", &event.data.is_some(), &has_data)?;
    }
    if let Some(unsigned) = &expected.unsigned {
        same("unsigned", &event.unsigned, unsigned)?;
    }
    if let Some(key_index) = expected.key_index {
        same("key_index", &event.key_index, &key_index)?;
    }
    if let Some(dedupe_key) = &expected.dedupe_key {
        same("dedupe_key", &event.dedupe_key, dedupe_key)?;
    }
    Ok(())
}

/// The value of a JSON text; null if there is none.
fn json(what: &str, text: Option<&str>) -> Result<Value, String> {
    text.map_or(Ok(Value::Null), serde_json::from_str).map_err(|error| format!("{what}: {error}"))
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}: {found:?}, expected {expected:?}"))
    }
}

/// No secret and no signature in what is logged.
fn discloses_nothing(text: &str, case: &Case) -> Result<(), String> {
    let hidden = case.secrets.iter().chain(case.headers.iter().map(|(_, value)| value));
    match hidden.filter(|value| value.len() > 12).find(|value| text.contains(value.as_str())) {
        Some(value) => Err(format!("the error holds {value}: {text}")),
        None => Ok(()),
    }
}

/// The moment so many seconds, and nanoseconds after them, from 1970.
#[must_use]
pub fn since_1970(seconds: i64, nanoseconds: u32) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let whole = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    whole?.checked_add(Duration::from_nanos(nanoseconds.into()))
}
