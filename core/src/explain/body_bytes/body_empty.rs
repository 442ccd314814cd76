//! A body of which nothing is left.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{Body, ReceivedBody};

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyEmpty, weight: Weight::Certain, shows };

fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let body = received.bytes.trim_ascii();
    let stands_for_nothing = matches!(body, b"{}" | b"null" | b"\"\"" | b"[]" | b"undefined");
    let expected = received.declared_length().filter(|declared| *declared > received.bytes.len());
    match (body.len(), expected) {
        (0, Some(declared)) => Some(format!("no byte came, and Content-Length says {declared}")),
        (0, None) if received.must_be_json() => {
            Some("no byte came, and the sender sends JSON".to_owned())
        }
        (length, Some(declared)) if stands_for_nothing => Some(format!(
            "{length} bytes came that stand for nothing, and Content-Length says {declared}"
        )),
        _ => None,
    }
}
