//! A provider as it is printed.

use hookseal::{Provider, Scheme};
use serde_json::{Value, json};

use super::facts::{self, Facts};
use crate::failure::Failure;

/// A provider with its scheme and its catalogue.
pub(super) struct Entry {
    pub(super) provider: &'static Provider,
    pub(super) scheme: Scheme,
    pub(super) facts: Facts,
    pub(super) catalogue: hookseal::Catalogue,
}

impl Entry {
    pub(super) fn new(provider: &'static Provider) -> Result<Self, Failure> {
        Ok(Self {
            provider,
            scheme: Scheme::provider(provider.name())?,
            facts: facts::read(provider.scheme_toml())?,
            catalogue: provider.catalogue(),
        })
    }

    /// The scheme stands in it as schemes are written, so that it can be a start for one's own.
    pub(super) fn to_json(&self) -> Result<Value, Failure> {
        let delivery = &self.catalogue.delivery;
        let seconds = |duration: &std::time::Duration| duration.as_secs();
        let unsigned = self.scheme.unsigned().iter().map(|field| field.as_str());
        let event = |event: &hookseal::EventType| {
            json!({
                "type": event.name,
                "description": event.description,
                "answer_means": event.answer_means,
                "precedence": event.precedence,
            })
        };
        Ok(json!({
            "name": self.provider.name(),
            "title": self.scheme.title(),
            "aliases": self.provider.aliases(),
            "category": self.provider.category(),
            "evidence": self.provider.evidence().as_str(),
            "unsigned": unsigned.collect::<Vec<_>>(),
            "events": self.catalogue.events.iter().map(event).collect::<Vec<_>>(),
            "delivery": {
                "success": delivery.success,
                "timeout": delivery.timeout.as_ref().map(seconds),
                "retries": delivery.retries.as_ref().map(|waits| waits.iter().map(seconds).collect::<Vec<_>>()),
                "stop": delivery.stop,
                "then": delivery.then,
                "assumed": delivery.assumed,
                "source": delivery.source,
                "note": delivery.note,
            },
            "scheme": facts::as_json(self.provider.scheme_toml())?,
            "source": self.catalogue.source,
        }))
    }
}
