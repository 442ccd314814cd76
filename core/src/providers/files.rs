//! What a provider's folder holds besides its scheme, for who asks.

#[cfg(feature = "catalogue")]
use super::catalogue::{Catalogue, parse};
use super::provider::Provider;
#[cfg(feature = "catalogue")]
use super::provider::Sample;
use super::registry;

#[cfg(feature = "catalogue")]
impl Provider {
    /// Returns the source of the scheme, in TOML: a start for one of your own.
    ///
    /// This and what follows is available with the feature `catalogue`.
    #[must_use]
    pub fn scheme_toml(&self) -> &'static str {
        registry::scheme_toml(self.name)
    }

    /// Returns the documented events and how deliveries are retried.
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        parse(registry::events(self.name))
    }

    /// Returns the JSON Schema of the events' data, with a definition for each kind; `None` if the
    /// provider's payloads are not described.
    #[must_use]
    pub fn payload_schema(&self) -> Option<&'static str> {
        registry::payload_schema(self.name)
    }

    /// Returns the provider's sample deliveries.
    #[must_use]
    pub fn samples(&self) -> &'static [Sample] {
        registry::samples(self.name)
    }
}

#[cfg(feature = "explain")]
impl Provider {
    /// Returns those samples whose body is as the provider writes it.
    pub(crate) fn documented_samples(&self) -> &'static [&'static str] {
        registry::documented_samples(self.name)
    }
}
