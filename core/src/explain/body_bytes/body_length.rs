//! A body that is longer or shorter than the request says.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{Body, ReceivedBody};

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyLength, weight: Weight::Vague, shows };

fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let (declared, length) = (received.declared_length()?, received.bytes.len());
    (declared != length)
        .then(|| format!("Content-Length says {declared} bytes, and the body has {length}"))
}
