//! A digest whose end is missing.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedDigest, WrittenDigest};

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureTruncated, weight: Weight::Unusual, shows };

fn shows(received: &ReceivedDigest<'_>) -> Option<String> {
    let (is, expected) = (received.len(), received.algorithm.digest_len());
    received
        .is_cut()
        .then(|| format!("`{}` holds {is} bytes of {expected}, and they are right", received.name))
}
