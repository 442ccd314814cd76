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
    /// What happens when every retry failed.
    pub then: Option<String>,
    /// The page that says so.
    pub source: Option<String>,
    /// What is assumed or to be known about it.
    pub note: Option<String>,
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
    then: Option<String>,
    source: Option<String>,
    note: Option<String>,
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
            then: document.delivery.then,
            source: document.delivery.source,
            note: document.delivery.note,
        },
        source: document.source,
    }
}

#[cfg(test)]
mod tests {
    use crate::providers;

    #[test]
    fn every_catalogue_is_readable() {
        let events: usize = providers().map(|provider| provider.catalogue().events.len()).sum();
        assert_eq!(events, 36);
    }
}
