//! Why a webhook refuses a secret.

use super::super::FindingCode;
use super::super::came::CameSecret;
use crate::secret::read_key;

/// What the webhook says, if it says it for this cause.
pub(super) fn refused(came: &CameSecret<'_>, code: FindingCode) -> Option<String> {
    let scheme = came.scheme.compiled();
    let error = read_key(came.bytes, &scheme.key, &scheme.name).err()?;
    let text = came.text().unwrap_or_default();
    let cause = if text.trim().is_empty() || scheme.key.read(came.bytes).is_err() {
        FindingCode::SecretUnusable
    } else if text.trim() == text {
        FindingCode::SecretQuoted
    } else {
        FindingCode::SecretWhitespace
    };
    (cause == code).then(|| error.message().to_owned())
}
