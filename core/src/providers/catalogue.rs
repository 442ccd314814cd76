use std::time::Duration;

use serde::Deserialize;

/// A catalogue of what a provider documents about its events and deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Catalogue {
    /// The documented event types; others may arrive and verify too.
    pub events: Vec<EventType>,
    /// How the provider delivers: retries, timeouts, sizes.
    pub delivery: Delivery,
    /// The address of the page that documents the events.
    pub source: Option<String>,
}

/// A documented type of event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct EventType {
    /// The event type, as [`Event::event_type`](crate::Event::event_type) returns it.
    #[serde(rename = "type")]
    pub name: String,
    /// A description of when the provider sends the event.
    pub description: String,
    /// The name of the data's definition in the provider's payload schema, `None` if it is not
    /// described.
    pub payload: Option<String>,
    /// What answering with success does, if it is more than to say that the event was received.
    pub answer_means: Option<String>,
    /// Which delivery counts, if the event may be sent in two versions.
    pub precedence: Option<String>,
}

/// A provider's rules of delivery: retries, timeouts, sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The time to wait before each retry: empty if the provider does not retry, `None` if it is
    /// not documented.
    pub retries: Option<Vec<Duration>>,
    /// The time in which a handler must respond, `None` if not documented.
    pub timeout: Option<Duration>,
    /// The statuses that count as success, such as `2xx`; `None` if not documented.
    pub success: Option<String>,
    /// The statuses that end the retries at once, such as `410`; `None` if not documented.
    pub stop: Option<String>,
    /// A description of what happens when every retry has failed, `None` if not documented.
    pub then: Option<String>,
    /// The size of the largest body that is sent, in bytes, `None` if not documented.
    pub largest_body: Option<usize>,
    /// The names of those fields here that the provider does not document: they are assumptions or
    /// others' experience, as the note says.
    pub assumed: Vec<String>,
    /// The address of the page that documents the deliveries.
    pub source: Option<String>,
    /// A note on what is assumed or worth knowing.
    pub note: Option<String>,
}

impl Delivery {
    /// Returns `true` if a response with this status counts as success; 2xx does where nothing is
    /// documented.
    #[must_use]
    pub fn succeeds(&self, status: u16) -> bool {
        covers(self.success.as_deref().unwrap_or("2xx"), status)
    }

    /// Returns `true` if a response with this status ends the retries at once.
    #[must_use]
    pub fn stops(&self, status: u16) -> bool {
        self.stop.as_deref().is_some_and(|statuses| covers(statuses, status))
    }

    /// Returns `true` if a fact, given by its field's name, is an assumption or not documented.
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

/// Returns `true` if a list such as `2xx, 304` contains the status.
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
        assert!(events >= 36, "only {events} events");
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
