//! The known providers, whose data is in `providers/`.

#[cfg(feature = "catalogue")]
mod catalogue;
#[cfg(any(feature = "catalogue", feature = "explain"))]
mod files;
mod nearest;
mod provider;
mod registry;

use std::sync::OnceLock;

#[cfg(feature = "catalogue")]
pub use catalogue::{Catalogue, Delivery, EventType};
use nearest::nearest;
#[cfg(feature = "catalogue")]
pub use provider::Sample;
pub use provider::{Evidence, Provider};
use registry::PROVIDERS;

use crate::scheme::Scheme;
use crate::{Error, ErrorCode};

/// Returns the known providers in the order of their names.
#[must_use]
pub fn providers() -> impl ExactSizeIterator<Item = &'static Provider> {
    PROVIDERS.iter()
}

impl Scheme {
    /// Returns the scheme of a known provider, by its name, such as `"kasko"`, or by an alias; see
    /// [`providers`].
    ///
    /// # Errors
    /// [`ErrorCode::UnknownProvider`].
    pub fn provider(name: &str) -> Result<Self, Error> {
        scheme(name)
    }

    /// Returns the scheme that verifies the deliveries of `provider`: `own` if it is given, else
    /// the known provider's.
    ///
    /// The name of `own` must be `provider`. This is for programs that have a provider's name
    /// beside the scheme, such as in their configuration.
    ///
    /// ```
    /// use hookseal::{ErrorCode, Scheme};
    ///
    /// let kasko = Scheme::resolve("kasko", None)?;
    /// let refused = Scheme::resolve("paddle", Some(kasko)).unwrap_err();
    /// assert_eq!(refused.code(), ErrorCode::InvalidScheme);
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::UnknownProvider`], or [`ErrorCode::InvalidScheme`] if `own` has another name.
    pub fn resolve(provider: &str, own: Option<Self>) -> Result<Self, Error> {
        match own {
            None => Self::provider(provider),
            Some(own) if own.name() == provider || is_alias(provider, own.name()) => Ok(own),
            // Without the name that was given: it is a secret if the arguments are the wrong way
            // round.
            Some(own) => Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "the scheme is called `{}`, but the webhook's provider is not: give both the \
                     same name, which the events carry and deliveries are deduplicated by",
                    own.name()
                ),
            )),
        }
    }
}

/// Returns `true` if `alias` is another name of the known provider `name`.
fn is_alias(alias: &str, name: &str) -> bool {
    find(name).is_some_and(|provider| provider.aliases.contains(&alias))
}

/// Returns the size in bytes of the largest body that this provider documents.
pub(crate) fn largest_body(name: &str) -> Option<usize> {
    find(name)?.largest_body
}

/// Returns the provider whose own name this is.
pub(crate) fn find(name: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.name == name)
}

impl Provider {
    /// Returns the known provider with this name or alias.
    ///
    /// ```
    /// use hookseal::Provider;
    ///
    /// assert_eq!(Provider::named("svix")?.name(), "standard-webhooks");
    /// let error = Provider::named("strpe").unwrap_err();
    /// assert!(error.message().contains("did you mean `stripe`?"));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::UnknownProvider`], with the name that was probably meant.
    pub fn named(name: &str) -> Result<&'static Self, Error> {
        let known = PROVIDERS
            .iter()
            .find(|provider| provider.name == name || provider.aliases.contains(&name));
        // Without the name that was given: it is a secret if the arguments are the wrong way round.
        known.ok_or_else(|| {
            let near = match nearest(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`hookseal providers` lists those that are known.".to_owned(),
            };
            Error::new(
                ErrorCode::UnknownProvider,
                format!(
                    "no provider has the name given; {near} The name comes before the secrets, and \
                     for another sender give a scheme"
                ),
            )
        })
    }
}

/// Returns the scheme of the provider with this name, which is read once per process.
fn scheme(name: &str) -> Result<Scheme, Error> {
    static SCHEMES: [OnceLock<Scheme>; PROVIDERS.len()] =
        [const { OnceLock::new() }; PROVIDERS.len()];
    let provider = Provider::named(name)?;
    let kept = PROVIDERS.iter().zip(&SCHEMES).find(|(known, _)| known.name == provider.name);
    if let Some(scheme) = kept.and_then(|(_, kept)| kept.get()) {
        return Ok(scheme.clone());
    }
    let scheme = read(provider)?;
    if let Some((_, kept)) = kept {
        return Ok(kept.get_or_init(|| scheme).clone());
    }
    Ok(scheme)
}

/// Reads a provider's scheme, and does not keep it.
pub(crate) fn read(provider: &Provider) -> Result<Scheme, Error> {
    // A test reads every one.
    Scheme::from_compact(provider.scheme).ok_or_else(|| {
        let message = format!("the scheme of {} is of another version", provider.title);
        Error::new(ErrorCode::InvalidScheme, message)
    })
}

#[cfg(all(test, feature = "catalogue"))]
mod tests {
    use super::*;

    #[test]
    fn the_compact_schemes_are_what_the_compiler_makes_of_the_files() {
        let mut count = 0;
        for provider in providers() {
            let kept = Scheme::provider(provider.name()).expect("the provider is known");
            let compiled = Scheme::parse(provider.scheme_toml()).expect("its file is readable");
            assert_eq!(format!("{kept:?}"), format!("{compiled:?}"));
            assert_eq!(kept.to_compact(), compiled.to_compact());
            assert_eq!(kept.to_compact(), provider.scheme, "{}", provider.name());
            count += 1;
        }
        assert_eq!(count, PROVIDERS.len());
        assert!(count >= 80, "only {count} providers");
    }

    #[test]
    fn a_compact_scheme_that_is_cut_off_is_none() {
        for provider in providers() {
            for len in 0..provider.scheme.len() {
                let cut = Scheme::from_compact(&provider.scheme[..len]);
                assert!(cut.is_none(), "{}: {len}", provider.name());
            }
            let longer = [provider.scheme, &[0]].concat();
            assert!(Scheme::from_compact(&longer).is_none(), "{}", provider.name());
        }
    }
}
