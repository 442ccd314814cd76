//! A digest of another hash than the scheme's.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedDigest, WrittenDigest};

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureAlgorithm, weight: Weight::Unusual, shows };

fn shows(received: &ReceivedDigest<'_>) -> Option<String> {
    let expected = received.form.algorithm;
    (received.algorithm != expected).then(|| {
        format!(
            "`{}` holds {} bytes, as {} gives; the scheme's {} gives {}",
            received.name,
            received.len(),
            received.algorithm.name(),
            expected.name(),
            expected.digest_len()
        )
    })
}
