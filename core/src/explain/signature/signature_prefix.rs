//! Something else before the digest than the scheme has.

use super::super::FindingCode;
use super::super::came::{CameDigest, WrittenDigest};
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use crate::mac::Algorithm;
use crate::scheme::Layout;

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignaturePrefix, weight: Weight::Unusual, shows };

fn shows(came: &CameDigest<'_>) -> Option<String> {
    let (token, expected) = (came.token, came.form_prefix());
    if came.is_cut() || is_right(came) || token.before == expected {
        return None;
    }
    let before = match came.form.layout {
        Layout::Pairs { .. } => token.before.rsplit([',', ';', ' ']).next().unwrap_or_default(),
        _ => token.before,
    };
    let before = match before {
        "" => "nothing".to_owned(),
        before if is_harmless(before) => format!("`{before}`"),
        _ => "something else".to_owned(),
    };
    let expected = if expected.is_empty() { "nothing".to_owned() } else { format!("`{expected}`") };
    Some(format!("`{}` has {before} before the digest; the scheme has {expected}", came.name))
}

/// Whether the digest stands where the scheme has it.
pub(super) fn is_right(came: &CameDigest<'_>) -> bool {
    let (token, expected) = (came.token, came.form_prefix());
    let is_right = match came.form.layout {
        Layout::Single { .. } => token.before == expected && token.is_last,
        Layout::List { .. } | Layout::Pairs { .. } => token.before.ends_with(&expected),
    };
    // The other algorithm's name belongs to it.
    let names_algorithm = Algorithm::ALL.iter().any(|a| token.before == format!("{}=", a.hash()));
    is_right || (came.algorithm != came.form.algorithm && names_algorithm)
}

/// Whether what stands before a digest is short and plain enough to be shown.
fn is_harmless(before: &str) -> bool {
    before.len() <= 12
        && before.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=, :".contains(&b))
}

/// That the value as a whole does not have the scheme's form.
pub(in crate::explain) fn otherwise(name: &str) -> Cause {
    let evidence = format!("`{name}` is not written as the scheme has it");
    Cause::new(FindingCode::SignaturePrefix, evidence)
}
