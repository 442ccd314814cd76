//! What each form of a scheme leaves open, which its author must have written down.

use super::problem::{Result, problem};
use crate::scheme::body_hash::BodyHash;
use crate::scheme::envelope::Envelope;
use crate::scheme::signature::SignatureForm;
use crate::scheme::value::Value;
use crate::scheme::weakness::Weakness;

/// The weaknesses that a form shows by itself.
pub(super) fn found(form: &SignatureForm) -> Vec<Weakness> {
    if form.algorithm.is_token() {
        return vec![Weakness::Token];
    }
    let mut weaknesses = Vec::new();
    let hashes = || form.content.body_hashes();
    let has_form = form.content.values().any(|value| *value == Value::Form);
    if has_form {
        // Its names and values are joined without anything between them.
        weaknesses.push(Weakness::Borders);
    } else if let Some(envelope) = form.envelope() {
        if matches!(envelope, Envelope::Message(rules) if !rules.covers_body()) {
            weaknesses.push(Weakness::BodyUnsigned);
        }
    } else if form.content.bodies() == 0 && form.covers.is_none() {
        if hashes().next().is_none() {
            weaknesses.push(Weakness::BodyUnsigned);
        } else if !hashes().any(BodyHash::covers_body) {
            weaknesses.push(Weakness::Crc32);
        }
    }
    if form.algorithm.is_plain() {
        weaknesses.push(Weakness::PlainDigest);
    }
    weaknesses
}

/// Refuses a form that has a weakness which its author does not state.
pub(super) fn refuse_unstated(form: &SignatureForm, found: &[Weakness]) -> Result<()> {
    let Some(missing) = found.iter().find(|weakness| !form.stated.contains(weakness)) else {
        return Ok(());
    };
    let what = missing.consequence();
    let remedy = match missing {
        Weakness::BodyUnsigned | Weakness::Crc32 => "Have `content` hold {body}; or, if",
        Weakness::Token | Weakness::Borders | Weakness::PlainDigest => "If",
    };
    problem(
        format!("signature[{}].weakness", form.number),
        format!(
            "must be stated: with this signature {what}. {remedy} that is how the sender signs, write \
             `weakness = \"{missing}\"`"
        ),
    )
}

/// Refuses a weakness that a form has not.
pub(super) fn refuse_wrong(form: &SignatureForm, found: &[Weakness]) -> Result<()> {
    match form.stated.iter().find(|weakness| !found.contains(weakness)) {
        Some(wrong) => problem(
            format!("signature[{}].weakness", form.number),
            format!("states `{wrong}`, which this signature has not: leave it out"),
        ),
        None => Ok(()),
    }
}
