//! Which providers are asked for.

use std::collections::BTreeSet;

use hookseal::{ErrorCode, Provider};

use super::ProvidersArgs;
use super::entry::Entry;
use crate::failure::Failure;

/// The providers that were asked for.
pub(super) enum Found {
    /// One, by its name or an alias.
    One(&'static Provider),
    /// Those that fit.
    Many(Vec<Entry>),
}

/// Finds them.
pub(super) fn find(args: &ProvidersArgs) -> Result<Found, Failure> {
    let is_filtered =
        args.category.is_some() || args.evidence.is_some() || args.unsigned || args.bounded;
    if let (Some(name), false) = (&args.name, is_filtered)
        && let Some(provider) = hookseal::providers().find(|provider| is_called(provider, name))
    {
        return Ok(Found::One(provider));
    }
    known(args.category.as_deref(), "category", Provider::category)?;
    known(args.evidence.as_deref(), "evidence", |provider| provider.evidence().as_str())?;
    let mut found = Vec::new();
    for provider in hookseal::providers() {
        let fits = args.name.as_deref().is_none_or(|name| mentions(provider, name))
            && args.category.as_deref().is_none_or(|category| provider.category() == category)
            && args.evidence.as_deref().is_none_or(|it| provider.evidence().as_str() == it);
        if fits {
            let entry = Entry::new(provider)?;
            let is_unsigned = !entry.scheme.unsigned().is_empty();
            let is_bounded = entry.facts.signature[0].is_stamped();
            if (is_unsigned || !args.unsigned) && (is_bounded || !args.bounded) {
                found.push(entry);
            }
        }
    }
    match (&args.name, found.is_empty()) {
        // With the name that was probably meant.
        (Some(name), true) if !is_filtered => {
            Provider::named(name).map(Found::One).map_err(Into::into)
        }
        (_, true) => Err(Failure::set_up(
            ErrorCode::UnknownProvider.as_str(),
            "no provider is like that; `hookseal providers` lists all",
        )),
        (_, false) => Ok(Found::Many(found)),
    }
}

fn is_called(provider: &Provider, name: &str) -> bool {
    provider.name() == name || provider.aliases().contains(&name)
}

/// Returns `true` if a name of the provider's has this in it, in any case.
fn mentions(provider: &Provider, text: &str) -> bool {
    let text = text.to_lowercase();
    let names = [provider.name(), provider.title()].into_iter();
    names.chain(provider.aliases().iter().copied()).any(|name| name.to_lowercase().contains(&text))
}

/// Refuses a value that no provider has.
fn known(
    given: Option<&str>,
    what: &str,
    of: fn(&Provider) -> &'static str,
) -> Result<(), Failure> {
    let all: BTreeSet<&str> = hookseal::providers().map(of).collect();
    match given {
        Some(given) if !all.contains(given) => {
            let all = all.into_iter().collect::<Vec<_>>().join(", ");
            Err(Failure::usage(format!("`--{what}` is one of {all}")))
        }
        _ => Ok(()),
    }
}
