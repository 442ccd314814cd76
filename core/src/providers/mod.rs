//! The known providers, whose data is in `providers/`.

mod catalogue;
mod provider;
mod registry;

use std::sync::OnceLock;

pub use catalogue::{Catalogue, Delivery, EventType};
pub use provider::{Provider, Sample};
use registry::PROVIDERS;

use crate::scheme::Scheme;
use crate::{Error, ErrorCode};

/// Returns the known providers in the order of their names.
#[must_use]
pub fn providers() -> impl ExactSizeIterator<Item = &'static Provider> {
    PROVIDERS.iter()
}

impl Scheme {
    /// Returns the scheme of a known provider, such as `"kasko"`; see [`providers`].
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
            Some(own) if own.name() == provider => Ok(own),
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

/// Returns the size in bytes of the largest body that this provider documents.
pub(crate) fn largest_body(name: &str) -> Option<usize> {
    PROVIDERS.iter().find(|provider| provider.name == name)?.largest_body
}

/// Returns the scheme of the provider with this name, which is read once per process.
fn scheme(name: &str) -> Result<Scheme, Error> {
    static SCHEMES: [OnceLock<Scheme>; PROVIDERS.len()] =
        [const { OnceLock::new() }; PROVIDERS.len()];
    let Some(index) = PROVIDERS.iter().position(|provider| provider.name() == name) else {
        let known: Vec<&str> = PROVIDERS.iter().map(Provider::name).collect();
        // Without the name that was given: it is a secret if the arguments are the wrong way round.
        return Err(Error::new(
            ErrorCode::UnknownProvider,
            format!(
                "no provider has the name given; known are {}: the name comes before the secrets, \
                 and for another sender give a scheme",
                known.join(", ")
            ),
        ));
    };
    if let Some(scheme) = SCHEMES[index].get() {
        return Ok(scheme.clone());
    }
    let scheme = Scheme::parse(PROVIDERS[index].scheme_toml())?;
    Ok(SCHEMES[index].get_or_init(|| scheme).clone())
}
