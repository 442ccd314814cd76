//! Another kind of credential than the one that the sender signs with.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretIsApiKey, weight: Weight::Certain, shows };

/// What API keys and other credentials begin with.
const API_KEYS: [&str; 14] = [
    "sk_",
    "pk_",
    "rk_",
    "ghp_",
    "gho_",
    "github_pat_",
    "Bearer ",
    "Basic ",
    "eyJ",
    "AKIA",
    "xox",
    "SG.",
    "AIza",
    "ssh-",
];

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    let (secret, own) = (received.bytes, received.scheme.compiled());
    let begins = |prefix: &str| secret.starts_with(prefix.as_bytes());
    let expected = own.key_begins_with.as_deref();
    if expected.is_some_and(begins) {
        return None;
    }
    if let Some(prefix) = API_KEYS.into_iter().find(|prefix| begins(prefix)) {
        return Some(format!("it begins with `{}`, as API keys and tokens do", prefix.trim_end()));
    }
    // Where it is documented what secrets begin with, another sender's beginning is telling.
    let expected = expected?;
    let foreign =
        received.others.iter().filter_map(|other| other.compiled().key_begins_with.as_deref());
    let foreign = foreign.into_iter().find(|prefix| begins(prefix));
    let Some(foreign) = foreign else {
        return is_sibling(secret, expected.as_bytes())
            .then(|| format!("it begins almost like `{expected}`, as the sender's other keys do"));
    };
    Some(format!("it begins with `{foreign}`; {}'s begin with `{expected}`", own.title))
}

/// Returns `true` if a secret begins as another kind of key of the same sender's would: with the
/// same letters first, and after a word the same sign.
fn is_sibling(secret: &[u8], expected: &[u8]) -> bool {
    const SHARED: usize = 3;
    const LONGEST: usize = 24;
    let (Some(sign), true) = (expected.last(), expected.len() > SHARED + 1) else { return false };
    let beginning = &secret[..secret.len().min(LONGEST)];
    let Some(end) = beginning.iter().rposition(|byte| byte == sign) else { return false };
    let (word, own) = (&beginning[..end], &expected[..expected.len() - 1]);
    word.starts_with(&expected[..SHARED])
        && !word.starts_with(own)
        && word.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}
