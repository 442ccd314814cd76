//! How a digest that was found differs from the form that it should have.

use super::super::FindingCode;
use super::super::cause::{Cause, Causes};
use super::token::Token;
use crate::mac::Algorithm;
use crate::scheme::{Layout, SignatureForm};

/// What would have to be undone for a token to be a digest of the form, for each algorithm that
/// it may be of.
pub(super) fn token_causes(
    token: &Token<'_>,
    form: &SignatureForm,
    name: &str,
    may_be_cut: bool,
) -> Vec<(Algorithm, Causes)> {
    let length = token.digest.as_bytes().len();
    let expected = form.algorithm.digest_len();
    let mut found = Vec::new();
    if let Some(algorithm) = Algorithm::ALL.into_iter().find(|a| a.digest_len() == length) {
        let mut causes = Causes::none();
        if algorithm != form.algorithm {
            let evidence = format!(
                "`{name}` holds {length} bytes, as {} gives; the scheme's {} gives {expected}",
                algorithm.name(),
                form.algorithm.name()
            );
            causes.add(Cause::new(FindingCode::SignatureAlgorithm, evidence));
        }
        if !token.written.is(form.encoding, algorithm) {
            let evidence = format!(
                "`{name}` holds {}; the scheme has {}",
                token.written.description(),
                form.encoding.characters()
            );
            causes.add(Cause::new(FindingCode::SignatureEncoding, evidence));
        }
        if let Some(cause) = prefix_cause(token, form, name, algorithm) {
            causes.add(cause);
        }
        found.push((algorithm, causes));
    }
    if may_be_cut && length < expected {
        let evidence = format!("`{name}` holds {length} bytes of {expected}, and they are right");
        let cause = Cause::new(FindingCode::SignatureTruncated, evidence);
        found.push((form.algorithm, cause.into()));
    }
    found
}

fn prefix_cause(
    token: &Token<'_>,
    form: &SignatureForm,
    name: &str,
    algorithm: Algorithm,
) -> Option<Cause> {
    let expected = match &form.layout {
        Layout::Single { prefix } | Layout::List { prefix, .. } => prefix.clone(),
        Layout::Pairs { signature, .. } => format!("{signature}="),
    };
    let is_right = match form.layout {
        Layout::Single { .. } => token.before == expected && token.is_last,
        Layout::List { .. } | Layout::Pairs { .. } => token.before.ends_with(&expected),
    };
    // The other algorithm's name belongs to it.
    let names_algorithm = Algorithm::ALL.iter().any(|a| token.before == format!("{}=", a.hash()));
    if is_right || (algorithm != form.algorithm && names_algorithm) {
        return None;
    }
    if token.before == expected {
        let evidence = format!("`{name}` has something after the digest");
        return Some(Cause::new(FindingCode::SignatureDecorated, evidence));
    }
    let before = match form.layout {
        Layout::Pairs { .. } => token.before.rsplit([',', ';', ' ']).next().unwrap_or_default(),
        _ => token.before,
    };
    let came = match before {
        "" => "nothing".to_owned(),
        before if is_harmless(before) => format!("`{before}`"),
        _ => "something else".to_owned(),
    };
    let expected = if expected.is_empty() { "nothing".to_owned() } else { format!("`{expected}`") };
    let evidence = format!("`{name}` has {came} before the digest; the scheme has {expected}");
    Some(Cause::new(FindingCode::SignaturePrefix, evidence))
}

/// Whether what stands before a digest is short and plain enough to be shown.
fn is_harmless(before: &str) -> bool {
    before.len() <= 12
        && before.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=, :".contains(&b))
}
