//! A known provider, as its folder describes it.

use super::catalogue::{Catalogue, parse};

/// A known provider and what is documented of it.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    pub(super) name: &'static str,
    pub(super) scheme: &'static str,
    pub(super) events: &'static str,
    pub(super) payload_schema: &'static str,
    pub(super) samples: &'static [Sample],
    pub(super) largest_body: Option<usize>,
}

/// A genuine delivery of a provider's, signed with a secret that is public.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The event's type.
    pub event_type: &'static str,
    /// The delivery as a case of the conformance vectors: JSON with `secrets`, `headers`, `body`
    /// and what is expected of them.
    pub json: &'static str,
}

impl Provider {
    /// The name that [`Webhook::new`](crate::Webhook::new) takes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The scheme's source, in TOML: a start for one of your own.
    #[must_use]
    pub fn scheme_toml(&self) -> &'static str {
        self.scheme
    }

    /// The documented events and how deliveries are retried.
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        parse(self.events)
    }

    /// The JSON Schema of the events' data, with a definition for each kind.
    #[must_use]
    pub fn payload_schema(&self) -> &'static str {
        self.payload_schema
    }

    /// Sample deliveries.
    #[must_use]
    pub fn samples(&self) -> &'static [Sample] {
        self.samples
    }
}
