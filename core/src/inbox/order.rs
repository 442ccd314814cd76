//! The order in which the events of one aggregate, such as a policy or a claim, are handled.

use sha2::{Digest as _, Sha256};

use super::failure::{InboxError, InboxErrorCode};
use crate::Event;

/// The value that orders an event among those of the same aggregate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderBy {
    /// The time at which the event was stored.
    #[default]
    Arrival,
    /// [`Event::created_at`]; events without one come first.
    CreatedAt,
    /// An integer that the sender counts up, at this JSON Pointer into the signed JSON.
    Sequence(String),
}

/// The order of a source's events: one is not claimed while an earlier one of the same aggregate is
/// not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// A JSON Pointer (RFC 6901) into the signed JSON to what names the thing that an event is
    /// about, such as `/data/policy_id`. An event without it is in no order.
    pub aggregate: String,
    /// The value that orders events of the same aggregate.
    pub order_by: OrderBy,
    /// True if a dead event holds up those after it, until a person retries or discards it.
    pub dead_blocks: bool,
}

impl Order {
    /// Orders the events that have the same value at the JSON Pointer `aggregate` by arrival; a dead
    /// event holds up those after it.
    #[must_use]
    pub fn by(aggregate: impl Into<String>) -> Self {
        Self { aggregate: aggregate.into(), order_by: OrderBy::Arrival, dead_blocks: true }
    }

    pub(super) fn check(&self) -> Result<(), InboxError> {
        let sequence = match &self.order_by {
            OrderBy::Sequence(pointer) => Some(pointer),
            OrderBy::Arrival | OrderBy::CreatedAt => None,
        };
        let is_pointer = |text: &String| text.starts_with('/');
        if [Some(&self.aggregate), sequence].into_iter().flatten().all(is_pointer) {
            return Ok(());
        }
        Err(InboxError::new(
            InboxErrorCode::InvalidInbox,
            "an order names its places by JSON Pointers, which begin with `/`, such as \
             `/data/policy_id`",
        ))
    }

    /// Where the event stands.
    pub(super) fn place(&self, source: &str, event: &Event<'_>) -> Option<Place> {
        let envelope: serde_json::Value = serde_json::from_str(event.envelope_json()?).ok()?;
        let aggregate = match envelope.pointer(&self.aggregate)? {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let position = match &self.order_by {
            OrderBy::Arrival => Some(0),
            OrderBy::CreatedAt => event.created_at().map(crate::clock::milliseconds),
            OrderBy::Sequence(pointer) => envelope.pointer(pointer).and_then(|value| {
                value.as_i64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
            }),
        };
        let digest = Sha256::new().chain_update(source).chain_update([0]).chain_update(aggregate);
        Some(Place { aggregate: digest.finalize().to_vec(), position: position.unwrap_or(0) })
    }
}

/// An event's aggregate, and its position in that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// A hash of the source's and the aggregate's name, so that its length is bounded.
    pub(super) aggregate: Vec<u8>,
    pub(super) position: i64,
}
