//! Something else before the digest than the scheme has.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedDigest, WrittenDigest};
use crate::mac::Algorithm;
use crate::scheme::Layout;

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignaturePrefix, weight: Weight::Unusual, shows };

fn shows(received: &ReceivedDigest<'_>) -> Option<String> {
    let (token, expected) = (received.token, received.form_prefix());
    if received.is_cut() || is_right(received) || token.before == expected {
        return None;
    }
    let before = match received.form.layout {
        Layout::Pairs { .. } => token.before.rsplit([',', ';', ' ']).next().unwrap_or_default(),
        _ => token.before,
    };
    let before = match before {
        "" => "nothing".to_owned(),
        before if is_harmless(before) => format!("`{before}`"),
        _ => "something else".to_owned(),
    };
    let expected = if expected.is_empty() { "nothing".to_owned() } else { format!("`{expected}`") };
    Some(format!("`{}` has {before} before the digest; the scheme has {expected}", received.name))
}

/// Returns `true` if the digest stands where the scheme has it.
pub(super) fn is_right(received: &ReceivedDigest<'_>) -> bool {
    let (token, expected) = (received.token, received.form_prefix());
    let is_right = match received.form.layout {
        Layout::Single { .. } => token.before == expected && token.is_last,
        Layout::List { .. } | Layout::Pairs { .. } => token.before.ends_with(&expected),
    };
    // The other algorithm's name belongs to it.
    let names_algorithm = Algorithm::MACS.iter().any(|a| token.before == format!("{}=", a.hash()));
    is_right || (received.algorithm != received.form.algorithm && names_algorithm)
}

/// Returns `true` if what stands before a digest is short and plain enough to be shown.
fn is_harmless(before: &str) -> bool {
    before.len() <= 12
        && before.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=, :".contains(&b))
}

/// Returns the cause that the value as a whole does not have the scheme's form.
pub(in crate::explain) fn otherwise(name: &str) -> Cause {
    let evidence = format!("`{name}` is not written as the scheme has it");
    Cause::new(FindingCode::SignaturePrefix, evidence)
}
