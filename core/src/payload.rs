//! Deserialization of an event's data into a type.

mod mismatch;
mod object;

use serde::de::DeserializeOwned;

pub use mismatch::PayloadMismatch;
pub(crate) use object::{Object, Properties, object};

/// An enum of a provider's documented payloads, from which the event's type chooses.
pub trait Payload: Sized {
    /// Reads the data of an event of this type from JSON.
    ///
    /// # Errors
    /// Where and why the data does not fit the type.
    fn from_type_and_json(event_type: &str, json: &str) -> Result<Self, PayloadMismatch>;
}

/// Reads a validated JSON text as `T`.
pub(crate) fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, PayloadMismatch> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    // The text nests at most as deep as the reader allows.
    deserializer.disable_recursion_limit();
    T::deserialize(&mut deserializer).or_else(|_| from_tree(json))
}

/// Reads a JSON text as `T` by way of a tree of values, which is slower. A derived type refuses
/// duplicate keys, where a tree keeps the last; and a tree shows where a value does not fit.
fn from_tree<T: DeserializeOwned>(json: &str) -> Result<T, PayloadMismatch> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.disable_recursion_limit();
    let tree: serde_json::Value = serde::Deserialize::deserialize(&mut deserializer)
        .map_err(|_| PayloadMismatch::unreadable())?;
    T::deserialize(&tree).or_else(|_| mismatch::read(&tree))
}
