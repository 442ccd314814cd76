//! The known provider that a wrong name was probably meant for.

use super::provider::Provider;
use super::registry::PROVIDERS;

/// The longest text that is compared: provider's names are short, and secrets are not.
const LONGEST: usize = 32;

/// Returns the name or alias of a known provider that is nearly the one given; `None` if none is, or
/// if what was given does not look like a provider's name.
pub(super) fn nearest(given: &str) -> Option<&'static str> {
    let looks_like_a_name = given.len() <= LONGEST
        && given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ".contains(&byte));
    if !looks_like_a_name {
        return None;
    }
    let given = letters(given);
    let mut best: Option<(usize, &'static str)> = None;
    for (known, name) in PROVIDERS.iter().flat_map(spellings) {
        let known = letters(known);
        let distance = distance(&given, &known);
        let is_near = distance <= known.len().min(given.len()) / 4;
        let is_longer = known.len() >= 4 && given.starts_with(&known);
        let rank = if is_near { distance } else { LONGEST };
        if (is_near || is_longer) && best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}

/// What a provider is called, each with the name to give instead.
fn spellings(provider: &'static Provider) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = [(provider.name, provider.name), (provider.title, provider.name)];
    own.into_iter().chain(provider.aliases.iter().map(|alias| (*alias, *alias)))
}

/// Only letters and digits, in lower case.
fn letters(name: &str) -> Vec<u8> {
    let kept = name.bytes().filter(u8::is_ascii_alphanumeric);
    kept.map(|byte| byte.to_ascii_lowercase()).collect()
}

/// How many letters must be changed, added, left out or swapped with the next.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = core::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};
    use crate::providers;

    #[test]
    fn slips_and_other_spellings_are_recognised() {
        for (given, meant) in [
            ("strpe", "stripe"),
            ("Stripe", "stripe"),
            ("stripe_live", "stripe"),
            ("gihtub", "github"),
            ("GitHub", "github"),
            ("standardwebhooks", "standard-webhooks"),
            ("standard_webhooks", "standard-webhooks"),
            ("Svix", "svix"),
            ("mycover.ai", "mycover"),
            ("cover-kit", "coverkit"),
        ] {
            assert_eq!(nearest(given), Some(meant), "{given}");
        }
        for provider in providers() {
            assert_eq!(nearest(provider.name()), Some(provider.name()));
        }
    }

    #[test]
    fn what_is_no_name_has_none_near() {
        for given in [
            "",
            "-",
            "q",
            "nobody",
            "whsec_stripe",
            "sk_live_51H",
            "stripe\n",
            "str\u{ef}pe",
            "stripe stripe stripe stripe stripe stripe",
            "MCASECK|x",
        ] {
            assert_eq!(nearest(given), None, "{given}");
        }
    }

    #[test]
    fn slips_are_counted() {
        let count = |a: &str, b: &str| distance(a.as_bytes(), b.as_bytes());
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("stripe", "stripe"), 0);
        assert_eq!(count("stirpe", "stripe"), 1);
        assert_eq!(count("strip", "stripe"), 1);
        assert_eq!(count("kitten", "sitting"), 3);
    }
}
