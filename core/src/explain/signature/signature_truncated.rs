//! A digest whose end is missing.

use super::super::FindingCode;
use super::super::came::{CameDigest, WrittenDigest};
use super::super::part::{Symptom, Weight};

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureTruncated, weight: Weight::Unusual, shows };

fn shows(came: &CameDigest<'_>) -> Option<String> {
    let (is, expected) = (came.len(), came.algorithm.digest_len());
    came.is_cut()
        .then(|| format!("`{}` holds {is} bytes of {expected}, and they are right", came.name))
}
