//! A digest of another hash than the scheme's.

use super::super::FindingCode;
use super::super::came::{CameDigest, WrittenDigest};
use super::super::part::{Symptom, Weight};

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureAlgorithm, weight: Weight::Unusual, shows };

fn shows(came: &CameDigest<'_>) -> Option<String> {
    let expected = came.form.algorithm;
    (came.algorithm != expected).then(|| {
        format!(
            "`{}` holds {} bytes, as {} gives; the scheme's {} gives {}",
            came.name,
            came.len(),
            came.algorithm.name(),
            expected.name(),
            expected.digest_len()
        )
    })
}
