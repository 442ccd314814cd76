//! Tells of an arrival as JSON.

use hookseal::{Event, Scheme};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::arrival::{Arrival, Verdict};
use super::{facts, redact, text};

/// What `--json` prints for each arrival.
#[derive(Debug, Serialize)]
pub(super) struct Line<'a> {
    delivery: u64,
    received_at: String,
    verified: bool,
    event: Option<EventFields<'a>>,
    error: Option<ErrorFields<'a>>,
    request: RequestFields<'a>,
    answer: AnswerFields<'a>,
    saved: Option<String>,
    save_error: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct EventFields<'a> {
    provider: &'a str,
    r#type: &'a str,
    id: Option<&'a str>,
    created_at: Option<String>,
    test: bool,
    check: bool,
    unsigned: Vec<&'static str>,
    key_index: usize,
    dedupe_key: String,
    data: Option<Box<RawValue>>,
}

#[derive(Debug, Serialize)]
struct ErrorFields<'a> {
    code: &'static str,
    message: &'a str,
    http_status: u16,
}

#[derive(Debug, Serialize)]
struct RequestFields<'a> {
    method: &'a str,
    target: String,
    /// Name and value; null for a value that is not shown.
    headers: Vec<(String, Option<String>)>,
    bytes: usize,
}

#[derive(Debug, Serialize)]
struct AnswerFields<'a> {
    status: u16,
    /// Null if it is this program's own.
    from: Option<String>,
    milliseconds: Option<u128>,
    failure: Option<&'a str>,
}

impl<'a> Line<'a> {
    pub(super) fn new(arrival: &'a Arrival, scheme: &Scheme) -> Self {
        let request = &arrival.request;
        let headers = redact::headers(scheme, request).into_iter();
        let target = arrival.answer.from.as_ref();
        let (event, error) = match &arrival.verdict {
            Verdict::Verified(event) => (Some(event_fields(event)), None),
            Verdict::Refused(refusal) => (
                None,
                Some(ErrorFields {
                    code: refusal.code,
                    message: &refusal.message,
                    http_status: refusal.status,
                }),
            ),
        };
        Self {
            delivery: arrival.number,
            received_at: facts::rfc3339(arrival.at),
            verified: arrival.is_verified(),
            event,
            error,
            request: RequestFields {
                method: &request.method,
                target: redact::url(&request.target),
                headers: headers.map(|header| (header.name, header.value)).collect(),
                bytes: request.body.len(),
            },
            answer: AnswerFields {
                status: arrival.answer.status,
                from: target.map(|target| redact::url(&target.url)),
                milliseconds: target.map(|target| target.elapsed.as_millis()),
                failure: target.and_then(|target| target.failure.as_deref()),
            },
            saved: match &arrival.saved {
                Some(Ok(path)) => Some(path.display().to_string()),
                _ => None,
            },
            save_error: match &arrival.saved {
                Some(Err(error)) => Some(error),
                _ => None,
            },
        }
    }
}

fn event_fields<'a>(event: &'a Event<'static>) -> EventFields<'a> {
    EventFields {
        provider: event.provider(),
        r#type: event.event_type(),
        id: event.id(),
        created_at: event.created_at().map(facts::rfc3339),
        test: event.is_test(),
        check: event.is_check(),
        unsigned: event.unsigned().iter().map(|field| field.as_str()).collect(),
        key_index: event.key_index(),
        dedupe_key: event.dedupe_key(),
        data: event.data_json().and_then(raw),
    }
}

/// The data as it was sent, on one line: numbers keep their digits.
fn raw(json: &str) -> Option<Box<RawValue>> {
    let json = text::compact(json);
    RawValue::from_string(json.clone()).or_else(|_| to_raw_value(&json)).ok()
}
