//! A body whose end is missing.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{Body, ReceivedBody};
use super::super::words::counted;

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyTruncated, weight: Weight::Unreadable, shows };

/// Returns `true` if JSON ends in its middle.
fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let text = received.text().filter(|_| received.must_be_json())?;
    let error = hookseal_json::validate(text).err()?;
    let is_json_until_there = text.trim_start().starts_with('{');
    let ends_early = error.offset() >= text.trim_end().len() || error.is_unterminated();
    if !is_json_until_there || !ends_early {
        return None;
    }
    let declared = match received.declared_length() {
        Some(declared) if declared > text.len() => {
            format!("; Content-Length says {declared} bytes")
        }
        _ => String::new(),
    };
    Some(format!("the JSON ends in its middle, after {}{declared}", counted(text.len(), "byte")))
}
