//! A known provider, as its folder describes it.

use super::catalogue::{Catalogue, parse};

/// A known provider and what it documents.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    pub(super) name: &'static str,
    pub(super) scheme: &'static str,
    pub(super) events: &'static str,
    pub(super) payload_schema: &'static str,
    pub(super) samples: &'static [Sample],
    pub(super) largest_body: Option<usize>,
}

/// A sample delivery of a provider, signed with a public secret.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The event's type, such as `policy.created`.
    pub event_type: &'static str,
    /// The delivery in the form of the conformance vectors: JSON with `secrets`, `headers`, `body`
    /// and the expected result.
    pub json: &'static str,
}

impl Provider {
    /// Returns the provider's name, which [`Webhook::new`](crate::Webhook::new) takes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the source of the scheme, in TOML: a start for one of your own.
    #[must_use]
    pub fn scheme_toml(&self) -> &'static str {
        self.scheme
    }

    /// Returns the documented events and how deliveries are retried.
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        parse(self.events)
    }

    /// Returns the JSON Schema of the events' data, with a definition for each kind.
    #[must_use]
    pub fn payload_schema(&self) -> &'static str {
        self.payload_schema
    }

    /// Returns the provider's sample deliveries.
    #[must_use]
    pub fn samples(&self) -> &'static [Sample] {
        self.samples
    }
}
