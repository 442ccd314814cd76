//! A secret of the test mode for a live delivery, or the other way round.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};
use crate::scheme::TestRule;

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretTestMode, weight: Weight::Unusual, shows };

/// Shows that the secret is of another mode than the payload.
fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    let compiled = received.scheme.compiled();
    let TestRule::Pointer(pointer, test) = &compiled.places.test else { return None };
    let secret = mode(received.bytes)?;
    let json = simdutf8::basic::from_utf8(received.body).ok()?;
    let span = compiled.selector.places(json)?.get(*pointer)?;
    let payload = match &json[span] {
        "true" if *test => Mode::Test,
        "false" if !*test => Mode::Test,
        "true" | "false" => Mode::Live,
        _ => return None,
    };
    let (word, is) = match (secret, payload) {
        (Mode::Test, Mode::Live) => ("_test_", "a live delivery"),
        (Mode::Live, Mode::Test) => ("_live_", "a test delivery"),
        _ => return None,
    };
    Some(format!("the secret holds `{word}`, and the payload says that it is {is}"))
}

/// The modes that a secret's own text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Test,
    Live,
}

/// The mode that a secret names, as in `sk_test_…`.
fn mode(secret: &[u8]) -> Option<Mode> {
    let holds =
        |word: &[u8]| secret.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    match (holds(b"_test_"), holds(b"_live_")) {
        (true, false) => Some(Mode::Test),
        (false, true) => Some(Mode::Live),
        _ => None,
    }
}

/// Returns `true` if two secrets are of different modes, as far as what they begin with says so.
pub(super) fn differ_in_mode(ours: &[u8], other: &[u8]) -> bool {
    /// What comes later is random.
    const BEGINNING: usize = 20;
    let names_test = |secret: &[u8]| {
        let beginning = &secret[..secret.len().min(BEGINNING)];
        let mut words = beginning.split(|byte| !byte.is_ascii_alphanumeric());
        words
            .any(|word| word.eq_ignore_ascii_case(b"test") || word.eq_ignore_ascii_case(b"sandbox"))
    };
    names_test(ours) != names_test(other)
}
