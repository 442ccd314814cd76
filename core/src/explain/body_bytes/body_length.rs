//! A body that is longer or shorter than the request says.

use super::super::FindingCode;
use super::super::came::{Body, CameBody};
use super::super::part::{Symptom, Weight};

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyLength, weight: Weight::Vague, shows };

fn shows(came: &CameBody<'_>) -> Option<String> {
    let (declared, length) = (came.declared_length()?, came.bytes.len());
    (declared != length)
        .then(|| format!("Content-Length says {declared} bytes, and the body has {length}"))
}
