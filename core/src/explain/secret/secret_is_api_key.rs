//! Another kind of credential than the one that the sender signs with.

use super::super::FindingCode;
use super::super::came::{CameSecret, Secret};
use super::super::part::{Symptom, Weight};

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
    "-----BEGIN",
];

fn shows(came: &CameSecret<'_>) -> Option<String> {
    let (secret, own) = (came.bytes, came.scheme.compiled());
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
        came.others.iter().filter_map(|other| other.compiled().key_begins_with.as_deref());
    let foreign = foreign.into_iter().find(|prefix| begins(prefix));
    let Some(foreign) = foreign else {
        return is_sibling(secret, expected.as_bytes())
            .then(|| format!("it begins almost like `{expected}`, as the sender's other keys do"));
    };
    Some(format!("it begins with `{foreign}`; {}'s begin with `{expected}`", own.title))
}

/// Whether a secret begins as another kind of key of the same sender's would: as long a word, with
/// the same letters first and the same sign after it.
fn is_sibling(secret: &[u8], expected: &[u8]) -> bool {
    const SHARED: usize = 3;
    let Some(beginning) = secret.get(..expected.len()) else { return false };
    expected.len() > SHARED + 1
        && beginning[..SHARED] == expected[..SHARED]
        && beginning.last() == expected.last()
        && beginning[..expected.len() - 1].iter().all(u8::is_ascii_alphanumeric)
}
