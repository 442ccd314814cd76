//! The reasons for which a webhook refuses a secret.

use super::super::FindingCode;
use super::super::received::ReceivedSecret;
use crate::ErrorCode;
use crate::key::read_keys;
use crate::public_key::shape;
use crate::secret::check_text;

/// Returns the message of the webhook's error, if it is about this cause.
pub(super) fn refused(received: &ReceivedSecret<'_>, code: FindingCode) -> Option<String> {
    let scheme = received.scheme.compiled();
    let error = read_keys(received.bytes, scheme, 0).err()?;
    if error.code() != ErrorCode::InvalidSecret {
        return None;
    }
    let text = received.text().unwrap_or_default();
    let shape = shape(text);
    let takes_secrets = scheme.algorithms().iter().any(|algorithm| algorithm.public().is_none());
    // Where only public keys are taken, what is no key is taken for a secret.
    let is_secret = !text.trim().is_empty() && !takes_secrets;
    let is_other_kind = shape.is_of_pair() || is_secret;
    let is_clean = check_text(received.bytes, "").is_ok();
    let cause = if is_other_kind && is_clean {
        FindingCode::SecretKeyKind
    } else if text.trim().is_empty() || is_clean || scheme.key.read(received.bytes).is_err() {
        FindingCode::SecretUnusable
    } else if text.trim() == text {
        FindingCode::SecretQuoted
    } else {
        FindingCode::SecretWhitespace
    };
    (cause == code).then(|| error.message().to_owned())
}
