//! A secret inside something else: a line of an environment file, or JSON.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::came::{CameSecret, Secret};
use super::super::part::{Candidates, Effort, Offers};

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretWrapped, effort: Effort::Read, offer };

fn offer(came: &CameSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let Some(text) = came.text() else { return ControlFlow::Continue(()) };
    let mut offer = |inner: &str, evidence: &str| {
        if inner.is_empty() || inner == text {
            return ControlFlow::Continue(());
        }
        offers.offer_inside(inner, evidence)
    };
    let assignment = text.trim().strip_prefix("export ").unwrap_or(text.trim());
    if let Some((name, value)) = assignment.split_once('=')
        && !name.is_empty()
        && name.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        offer(value.trim(), "the secret is a whole line `NAME=…`")?;
    }
    for word in ["Bearer ", "Basic ", "Secret: ", "Token "] {
        if let Some(rest) = text.strip_prefix(word) {
            offer(rest, "the secret has a word before it, as an Authorization header has")?;
        }
    }
    if let Ok(serde_json::Value::Object(object)) = serde_json::from_str(text) {
        for value in object.values().take(16).filter_map(serde_json::Value::as_str) {
            offer(value, "the secret is a JSON object, and the right one stands in it")?;
        }
    }
    if text.trim().contains('\n') {
        for line in text.lines().map(str::trim).take(8) {
            offer(line, "the secret is several lines, and the right one is among them")?;
        }
    }
    ControlFlow::Continue(())
}
