//! What a provider's folder holds besides its scheme, for who asks.

use super::catalogue::{Catalogue, parse};
use super::provider::{Provider, Sample};
use super::registry;

impl Provider {
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

    /// Returns those samples whose body is as the provider writes it.
    #[cfg(feature = "explain")]
    pub(crate) fn documented_samples(&self) -> &'static [&'static str] {
        registry::documented_samples(self.name)
    }
}
