//! Whether a payload says that it is a test or the real thing.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::secret::Mode;
use crate::scheme::{Scheme, TestRule};

/// That the secret is of another mode than the payload says it is of.
pub(in crate::explain) fn other_mode(
    scheme: &Scheme,
    body: &[u8],
    secret: Option<Mode>,
) -> Option<Cause> {
    let compiled = scheme.compiled();
    let TestRule::Pointer(pointer, test) = &compiled.places.test else { return None };
    let text = simdutf8::basic::from_utf8(body).ok()?;
    let span = compiled.selector.places(text)?.get(*pointer)?;
    let payload = match &text[span] {
        "true" if *test => Mode::Test,
        "false" if !*test => Mode::Test,
        "true" | "false" => Mode::Live,
        _ => return None,
    };
    let (secret, evidence) = match (secret?, payload) {
        (Mode::Test, Mode::Live) => ("_test_", "the payload says that it is a live delivery"),
        (Mode::Live, Mode::Test) => ("_live_", "the payload says that it is a test delivery"),
        _ => return None,
    };
    let evidence = format!("the secret holds `{secret}`, and {evidence}");
    Some(Cause::new(FindingCode::SecretTestMode, evidence))
}
