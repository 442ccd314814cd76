//! A secret whose prefix is missing, doubled, or not the sender's.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::cause::Evidence;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{ReceivedSecret, Secret};
use super::super::table::fixes;
use super::super::words::counted;

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretPrefix, effort: Effort::Read, offer };

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    let known: Vec<String> = received.prefixes.iter().flat_map(|prefix| modes(prefix)).collect();
    let own = known.iter().filter(|prefix| text.starts_with(prefix.as_str()));
    let own = own.max_by_key(|prefix| prefix.len());
    for prefix in &known {
        match text.strip_prefix(prefix.as_str()) {
            Some(rest) if rest.starts_with(prefix.as_str()) => {
                let bare = rest.trim_start_matches(prefix.as_str());
                let evidence = format!("the secret begins with `{prefix}` more than once");
                let twice = || Evidence::from(evidence.as_str()).with_fix(fixes::SECRET_PREFIX_OFF);
                offers.offer_secret(format!("{prefix}{bare}"), twice())?;
                offers.offer_secret(bare, twice())?;
            }
            Some(rest) => {
                let evidence = format!("the secret begins with `{prefix}`, the sender's does not");
                let evidence = Evidence::from(evidence).with_fix(fixes::SECRET_PREFIX_OFF);
                offers.offer_secret(rest, evidence)?;
            }
            None => {
                let evidence = format!("the secret lacks `{prefix}` before it");
                offers.offer_secret(format!("{prefix}{text}"), evidence)?;
            }
        }
        if let Some(own) = own.filter(|own| *own != prefix) {
            let evidence = format!("the secret begins with `{own}`, the sender's with `{prefix}`");
            offers.offer_secret(format!("{prefix}{}", &text[own.len()..]), evidence)?;
        }
    }
    offer_without_other(text, &known, offers)
}

/// Offers what comes after another sender's prefix: up to an underscore or the like.
fn offer_without_other(
    text: &str,
    known: &[String],
    offers: &mut Offers<'_, Secret>,
) -> ControlFlow<()> {
    let border =
        |(index, char): (usize, char)| matches!(char, '_' | '|' | ':').then_some(index + 1);
    let version = ["v1,", "v2,"].into_iter().find(|version| text.starts_with(version));
    let borders = text.char_indices().take(24).filter_map(border);
    for end in version.map(str::len).into_iter().chain(borders) {
        if known.iter().any(|prefix| *prefix == text[..end]) {
            continue;
        }
        let evidence = match version.filter(|version| version.len() == end) {
            Some(version) => format!("the secret begins with `{version}`, the sender's does not"),
            None => {
                format!("the secret begins with {} that the key lacks", counted(end, "character"))
            }
        };
        let evidence = Evidence::from(evidence).with_fix(fixes::SECRET_PREFIX_OFF);
        offers.offer_secret(&text[end..], evidence)?;
    }
    ControlFlow::Continue(())
}

/// A prefix, and what the test mode's keys have for it: `MCASECK_TEST|` beside `MCASECK|`.
fn modes(prefix: &str) -> [String; 2] {
    let word =
        if prefix.contains(|char: char| char.is_ascii_uppercase()) { "TEST" } else { "test" };
    let (name, sign) =
        prefix.split_at(prefix.len() - prefix.chars().last().map_or(0, char::len_utf8));
    let test =
        if sign == "_" { format!("{prefix}{word}_") } else { format!("{name}_{word}{sign}") };
    [prefix.to_owned(), test]
}

#[cfg(test)]
mod tests {
    use super::modes;

    #[test]
    fn knows_the_test_modes_prefix() {
        assert_eq!(modes("MCASECK|"), ["MCASECK|", "MCASECK_TEST|"]);
        assert_eq!(modes("whsec_"), ["whsec_", "whsec_test_"]);
    }
}
