//! An event as JSON: the shape that every language and the command write.

use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Event;
use crate::clock::write_unix;
use crate::scheme::Field;

impl Event<'_> {
    /// Returns the whole event as one line of JSON.
    ///
    /// The object has `provider`, `type`, `id`, `created_at` (RFC 3339, or null), `test`, `check`,
    /// `data` (absent where the event has none), `unsigned`, `key_index` and `dedupe_key`.
    /// [`Serialize`] writes the same.
    ///
    /// It contains the event's data, which is personal: a logger that serialises its arguments
    /// writes all of it. For a log use [`Debug`](core::fmt::Debug), which shows only the provider,
    /// the type and the id.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to be JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Serializes the whole event; see [`Event::to_json`].
///
/// Text formats such as `serde_json` write the data's numbers as they stand in the body; other
/// formats get the nearest number that they have.
impl Serialize for Event<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let data = self.data_json().map(Json);
        let fields = 9 + usize::from(data.is_some());
        let mut event = serializer.serialize_struct("Event", fields)?;
        event.serialize_field("provider", self.provider())?;
        event.serialize_field("type", self.event_type())?;
        event.serialize_field("id", &self.id())?;
        event.serialize_field("created_at", &self.created_at_unix().and_then(write_unix))?;
        event.serialize_field("test", &self.is_test())?;
        event.serialize_field("check", &self.is_check())?;
        match &data {
            Some(data) => event.serialize_field("data", data)?,
            None => event.skip_field("data")?,
        }
        let unsigned: Vec<&str> = self.unsigned().iter().copied().map(Field::as_str).collect();
        event.serialize_field("unsigned", &unsigned)?;
        event.serialize_field("key_index", &self.key_index())?;
        event.serialize_field("dedupe_key", &self.dedupe_key())?;
        event.end()
    }
}

/// A JSON text that is valid.
struct Json<'j>(&'j str);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            // A line break is only ever between two tokens.
            let line = self.0.replace(['\n', '\r'], " ");
            return RawValue::from_string(line).map_err(S::Error::custom)?.serialize(serializer);
        }
        let mut deserializer = serde_json::Deserializer::from_str(self.0);
        deserializer.disable_recursion_limit();
        let value: Value = serde::Deserialize::deserialize(&mut deserializer)
            .map_err(|_| S::Error::custom("the data has a number that is too large"))?;
        value.serialize(serializer)
    }
}
