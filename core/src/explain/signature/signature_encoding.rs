//! A digest in another encoding than the scheme's.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedDigest, WrittenDigest};

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureEncoding, weight: Weight::Unusual, shows };

fn shows(received: &ReceivedDigest<'_>) -> Option<String> {
    let written = received.token.written;
    if received.is_cut() || written.is(received.form.encoding, received.algorithm) {
        return None;
    }
    let (is, expected) = (written.description(), received.form.encoding.characters());
    Some(format!("`{}` holds {is}; the scheme has {expected}", received.name))
}
