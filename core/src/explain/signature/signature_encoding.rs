//! A digest in another encoding than the scheme's.

use super::super::FindingCode;
use super::super::came::{CameDigest, WrittenDigest};
use super::super::part::{Symptom, Weight};

pub(super) const SYMPTOM: Symptom<WrittenDigest> =
    Symptom { code: FindingCode::SignatureEncoding, weight: Weight::Unusual, shows };

fn shows(came: &CameDigest<'_>) -> Option<String> {
    let written = came.token.written;
    if came.is_cut() || written.is(came.form.encoding, came.algorithm) {
        return None;
    }
    let (is, expected) = (written.description(), came.form.encoding.characters());
    Some(format!("`{}` holds {is}; the scheme has {expected}", came.name))
}
