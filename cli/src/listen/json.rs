//! Reports an arrival as JSON.

use hookseal::{Event, Scheme};
use serde::Serialize;
use serde_json::value::RawValue;

use super::arrival::{Arrival, Verdict};
use super::redact;
use crate::text::moment_in_milliseconds;

/// The line that `--json` prints for each arrival.
#[derive(Debug, Serialize)]
pub(super) struct Line<'a> {
    delivery: u64,
    received_at: String,
    verified: bool,
    event: Option<&'a Event<'a>>,
    error: Option<ErrorFields<'a>>,
    request: RequestFields<'a>,
    answer: AnswerFields<'a>,
    saved: Option<String>,
    save_error: Option<&'a str>,
    /// The number of the delivery that this one repeats.
    replay_of: Option<u64>,
}

#[derive(Debug, Serialize)]
struct ErrorFields<'a> {
    code: &'static str,
    message: &'a str,
    http_status: u16,
    /// As `hookseal explain --json` has it; null where there is none.
    explanation: Option<Box<RawValue>>,
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
    /// What to do if the application refused what is genuine.
    advice: Option<String>,
}

impl<'a> Line<'a> {
    pub(super) fn new(arrival: &'a Arrival, scheme: &Scheme) -> Self {
        let request = &arrival.request;
        let headers = redact::headers(scheme, request).into_iter();
        let target = arrival.answer.from.as_ref();
        let (event, error) = match &arrival.verdict {
            Verdict::Verified(event) => (Some(event.as_ref()), None),
            Verdict::Refused(refusal) => (
                None,
                Some(ErrorFields {
                    code: refusal.code,
                    message: &refusal.message,
                    http_status: refusal.status,
                    explanation: refusal
                        .explanation
                        .as_ref()
                        .and_then(|report| RawValue::from_string(report.to_json()).ok()),
                }),
            ),
        };
        Self {
            delivery: arrival.number,
            received_at: moment_in_milliseconds(arrival.at).unwrap_or_default(),
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
                advice: arrival.advice(),
            },
            saved: match &arrival.saved {
                Some(Ok(path)) => Some(path.display().to_string()),
                _ => None,
            },
            save_error: match &arrival.saved {
                Some(Err(error)) => Some(error),
                _ => None,
            },
            replay_of: arrival.replay.map(|replay| replay.of),
        }
    }
}
