//! A secret of which only the beginning is here.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretTruncated, weight: Weight::Certain, shows };

/// Shows that only the prefix of the sender's secrets is left.
fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    let text = received.text()?.trim();
    let own = received.scheme.compiled();
    let documented = own.key_begins_with.iter().chain(own.key.prefixes());
    let prefix = documented.filter(|prefix| !prefix.is_empty()).find(|prefix| {
        let word = prefix.trim_end_matches(|char: char| !char.is_ascii_alphanumeric());
        let rest = text.strip_prefix(word).unwrap_or("whole");
        matches!(rest.to_ascii_lowercase().trim_end_matches(['_', '|', ':']), "" | "_test")
    })?;
    Some(format!("it is nothing but the `{prefix}` that the sender's secrets begin with"))
}
