//! Completes in the shell what is in the catalogue: providers, and the events of the one that is
//! named.
//!
//! The shell calls the command itself for that, with [`VARIABLE`] set: see `hookseal completions`.

use std::collections::BTreeSet;
use std::env;

use clap_complete::CompletionCandidate;
use hookseal::Provider;

/// The variable by which the shell asks for completions.
pub(crate) const VARIABLE: &str = "HOOKSEAL_COMPLETE";

/// The providers by their names, and by their other names where nothing else fits.
pub(crate) fn providers() -> Vec<CompletionCandidate> {
    let candidate = |name: &'static str, known: &Provider| {
        CompletionCandidate::new(name).help(Some(known.title().into()))
    };
    let names = hookseal::providers().map(|known| candidate(known.name(), known));
    let aliases = hookseal::providers()
        .flat_map(|known| known.aliases().iter().map(|alias| candidate(alias, known).hide(true)));
    names.chain(aliases).collect()
}

/// The events of the provider that is named on the command line so far.
pub(crate) fn events() -> Vec<CompletionCandidate> {
    let words = env::args_os().map(|word| word.to_string_lossy().into_owned());
    let typed: Vec<String> = words.skip_while(|word| word != "--").skip(1).collect();
    let Some(provider) = named(&typed) else { return Vec::new() };
    let events = provider.catalogue().events.into_iter().filter(|event| !event.name.is_empty());
    let candidate = |event: hookseal::EventType| {
        CompletionCandidate::new(event.name).help(Some(event.description.into()))
    };
    events.map(candidate).collect()
}

/// The categories of the providers.
pub(crate) fn categories() -> Vec<CompletionCandidate> {
    each(Provider::category)
}

/// The kinds of evidence for the providers.
pub(crate) fn evidence() -> Vec<CompletionCandidate> {
    each(|provider| provider.evidence().as_str())
}

fn each(of: fn(&Provider) -> &'static str) -> Vec<CompletionCandidate> {
    let all: BTreeSet<&str> = hookseal::providers().map(of).collect();
    all.into_iter().map(CompletionCandidate::new).collect()
}

/// The provider that these words name, in each of the ways in which options are written. Bash takes
/// `--provider=kasko` for three words.
fn named(words: &[String]) -> Option<&'static Provider> {
    let mut name = None;
    for (index, word) in words.iter().enumerate() {
        let next = || words[index + 1..].iter().find(|word| *word != "=").cloned();
        let short = word.strip_prefix("-p").filter(|_| !word.starts_with("--"));
        name = match (word.as_str(), short) {
            ("--provider" | "-p", _) => next(),
            (_, Some(rest)) => Some(rest.trim_start_matches('=').to_owned()),
            _ => word.strip_prefix("--provider=").map(str::to_owned).or(name),
        };
    }
    let name = name?;
    hookseal::providers().find(|it| it.name() == name || it.aliases().contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_provider_is_named_in_any_way() {
        for line in [
            "send --provider kasko --event",
            "send -p kasko --event",
            "send -pkasko --event",
            "send --provider=kasko --event",
            "send --provider = kasko --event",
            "send -p stripe --event x -p kasko",
        ] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            assert_eq!(named(&words).map(hookseal::Provider::name), Some("kasko"), "{line}");
        }
        let alias = ["-p".to_owned(), "svix".to_owned()];
        assert_eq!(named(&alias).map(hookseal::Provider::name), Some("standard-webhooks"));
        for line in ["send --event", "send -p", "send -p nobody", "send --private-key-file kasko"] {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            assert!(named(&words).is_none(), "{line}");
        }
    }
}
