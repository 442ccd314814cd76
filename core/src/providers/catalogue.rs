use std::time::Duration;

use serde::Deserialize;

/// What a provider documents of its events and deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Catalogue {
    /// The documented events; others may arrive and verify too.
    pub events: Vec<EventType>,
    /// How deliveries are made.
    pub delivery: Delivery,
    /// The page that the events are documented on.
    pub source: Option<String>,
}

/// A documented event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct EventType {
    /// What [`Event::event_type`](crate::Event::event_type) gives.
    #[serde(rename = "type")]
    pub name: String,
    /// When the provider sends it.
    pub description: String,
    /// The definition in the provider's payload schema, `None` if the event has no data.
    pub payload: Option<String>,
}

/// How a provider delivers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The waits before each retry: none if the provider does not retry, `None` if it does not say.
    pub retries: Option<Vec<Duration>>,
    /// How long a handler may take, `None` if not documented.
    pub timeout: Option<Duration>,
    /// Which answers count as success, such as `2xx`.
    pub success: Option<String>,
    /// Which answers end the retries at once, such as `410`.
    pub stop: Option<String>,
    /// What happens when every retry failed.
    pub then: Option<String>,
    /// The largest body that is sent, in bytes, `None` if not documented.
    pub largest_body: Option<usize>,
    /// Which of these facts, by the field's name, the provider's documentation does not say: they
    /// are an assumption or others' experience, as the note tells.
    pub assumed: Vec<String>,
    /// The page that says so.
    pub source: Option<String>,
    /// What is assumed or to be known about it.
    pub note: Option<String>,
}

impl Delivery {
    /// Whether an answer with this status counts as success; 2xx where nothing is documented.
    #[must_use]
    pub fn succeeds(&self, status: u16) -> bool {
        covers(self.success.as_deref().unwrap_or("2xx"), status)
    }

    /// Whether an answer with this status ends the retries at once.
    #[must_use]
    pub fn stops(&self, status: u16) -> bool {
        self.stop.as_deref().is_some_and(|statuses| covers(statuses, status))
    }

    /// Whether a fact, by its field's name, is an assumption or not documented at all.
    #[must_use]
    pub fn assumes(&self, fact: &str) -> bool {
        let is_documented = match fact {
            "retries" => self.retries.is_some(),
            "timeout" => self.timeout.is_some(),
            "success" => self.success.is_some(),
            "stop" => self.stop.is_some(),
            "then" => self.then.is_some(),
            "largest_body" => self.largest_body.is_some(),
            _ => false,
        };
        !is_documented || self.assumed.iter().any(|assumed| assumed == fact)
    }
}

/// Whether a list such as `2xx, 304` names the status.
fn covers(statuses: &str, status: u16) -> bool {
    let digits = status.to_string();
    statuses.split(',').map(str::trim).any(|pattern| {
        pattern.len() == digits.len()
            && pattern.bytes().zip(digits.bytes()).all(|(p, digit)| p == b'x' || p == digit)
    })
}

#[derive(Deserialize)]
struct Document {
    source: Option<String>,
    #[serde(default)]
    event: Vec<EventType>,
    #[serde(default)]
    delivery: DeliveryTable,
}

#[derive(Default, Deserialize)]
struct DeliveryTable {
    retries: Option<Vec<u64>>,
    timeout: Option<u64>,
    success: Option<String>,
    stop: Option<String>,
    then: Option<String>,
    largest_body: Option<usize>,
    #[serde(default)]
    assumed: Vec<String>,
    note: Option<String>,
    source: Option<String>,
}

/// Reads a provider's own `events.toml`, which a test proves to be readable.
pub(super) fn parse(toml: &str) -> Catalogue {
    let document: Document = toml::from_str(toml).expect("the provider's events.toml is readable");
    Catalogue {
        events: document.event,
        delivery: Delivery {
            retries: (document.delivery.retries)
                .map(|waits| waits.into_iter().map(Duration::from_secs).collect()),
            timeout: document.delivery.timeout.map(Duration::from_secs),
            success: document.delivery.success,
            stop: document.delivery.stop,
            then: document.delivery.then,
            largest_body: document.delivery.largest_body,
            assumed: document.delivery.assumed,
            note: document.delivery.note,
            source: document.delivery.source,
        },
        source: document.source,
    }
}

#[cfg(test)]
mod tests {
    use super::{Delivery, covers};
    use crate::providers;

    #[test]
    fn every_catalogue_is_readable() {
        let events: usize = providers().map(|provider| provider.catalogue().events.len()).sum();
        assert_eq!(events, 36);
    }

    #[test]
    fn what_is_assumed_is_a_fact_that_is_there() {
        for provider in providers() {
            let delivery = provider.catalogue().delivery;
            let without = Delivery { assumed: Vec::new(), ..delivery.clone() };
            for fact in &delivery.assumed {
                assert!(!without.assumes(fact), "{}: {fact}", provider.name());
            }
        }
    }

    #[test]
    fn statuses_are_matched_digit_by_digit() {
        assert!(covers("2xx", 200) && covers("2xx", 299) && covers("2xx, 304", 304));
        assert!(!covers("2xx", 304) && !covers("200", 201) && !covers("", 200));
        let undocumented = Delivery::default();
        assert!(undocumented.succeeds(204) && undocumented.assumes("success"));
        assert!(!undocumented.succeeds(302) && !undocumented.stops(410));
    }
}
