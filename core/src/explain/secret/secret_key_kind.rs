//! A key of another kind than the signature needs.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use super::super::received::{Given, Named, ReceivedSecret, Secret};
use super::refused::refused;
use crate::key::{Key, read_keys};

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretKeyKind, weight: Weight::Certain, shows };

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    refused(received, FindingCode::SecretKeyKind)
}

/// Returns the cause that the delivery is signed in a way of the scheme's that needs another kind of
/// key.
pub(in crate::explain) fn for_other_signature(
    received: &ReceivedSecret<'_>,
    given: &Given,
) -> Option<Cause> {
    let scheme = received.scheme.compiled();
    let keys = read_keys(received.bytes, scheme, 0).ok()?.keys;
    let own: Vec<_> = keys.iter().map(Key::algorithm).collect();
    let mut signed_with = scheme.signatures.iter().flat_map(|header| {
        let values = given.headers.iter().filter(|h| h.named(&header.names) != Named::Otherwise);
        values
            .flat_map(|given| header.forms.iter().filter(|form| form.read(&given.value).is_some()))
    });
    let first = signed_with.next()?;
    if own.contains(&first.algorithm) || signed_with.any(|form| own.contains(&form.algorithm)) {
        return None;
    }
    let evidence = format!(
        "the delivery is signed with {}, and this is a key for {}",
        first.algorithm.name(),
        own.first()?.name()
    );
    Some(Cause::new(FindingCode::SecretKeyKind, evidence))
}
