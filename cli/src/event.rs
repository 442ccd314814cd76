//! An event as JSON.

use hookseal::Event;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::text;

/// An event as JSON: the fields are named as in every language.
#[derive(Debug, Serialize)]
pub(crate) struct EventJson<'e> {
    provider: &'e str,
    r#type: &'e str,
    id: Option<&'e str>,
    created_at: Option<String>,
    test: bool,
    /// Absent where the event has none: `null` may be what it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Box<RawValue>>,
    unsigned: Vec<&'static str>,
    key_index: usize,
    dedupe_key: String,
}

impl<'e> EventJson<'e> {
    pub(crate) fn new(event: &'e Event<'_>) -> Result<Self, Failure> {
        let data = event.data_json().map(|json| RawValue::from_string(text::one_line(json)));
        Ok(Self {
            provider: event.provider(),
            r#type: event.event_type(),
            id: event.id(),
            created_at: event.created_at().and_then(text::moment),
            test: event.is_test(),
            data: data
                .transpose()
                .map_err(|error| Failure::io("the event's data as JSON", &error.into()))?,
            unsigned: event.unsigned().iter().map(|field| field.as_str()).collect(),
            key_index: event.key_index(),
            dedupe_key: event.dedupe_key(),
        })
    }
}
