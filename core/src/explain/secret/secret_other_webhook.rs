//! Another webhook's secret.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::secret_test_mode::differ_in_mode;

/// Returns the cause that the delivery is signed with a secret given as a hint.
pub(in crate::explain) fn of_hint(secret: &[u8], own: &[&[u8]]) -> Cause {
    let code = if own.iter().any(|own| differ_in_mode(own, secret)) {
        FindingCode::SecretTestMode
    } else {
        FindingCode::SecretOtherWebhook
    };
    Cause::new(code, "the signature matches with another secret that was given as a hint")
}
