//! The reasons for which a webhook refuses a secret.

use super::super::FindingCode;
use super::super::received::ReceivedSecret;
use crate::secret::read_key;

/// Returns the message of the webhook's error, if it is about this cause.
pub(super) fn refused(received: &ReceivedSecret<'_>, code: FindingCode) -> Option<String> {
    let scheme = received.scheme.compiled();
    let error = read_key(received.bytes, &scheme.key, &scheme.name).err()?;
    let text = received.text().unwrap_or_default();
    let cause = if text.trim().is_empty() || scheme.key.read(received.bytes).is_err() {
        FindingCode::SecretUnusable
    } else if text.trim() == text {
        FindingCode::SecretQuoted
    } else {
        FindingCode::SecretWhitespace
    };
    (cause == code).then(|| error.message().to_owned())
}
