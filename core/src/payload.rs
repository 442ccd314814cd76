use core::fmt;

use serde::de::DeserializeOwned;

/// A provider's documented payloads as one type, chosen by the event's type.
pub trait Payload: Sized {
    /// Reads the data of an event of this type.
    ///
    /// # Errors
    /// Where the data does not fit.
    fn from_type_and_json(event_type: &str, json: &str) -> Result<Self, Misfit>;
}

/// Where a payload does not fit the type asked for. It does not say with which value, which may be
/// personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit(String);

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Misfit {}

/// Reads a validated JSON text as `T`.
pub(crate) fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, Misfit> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    // The text nests at most as deep as the reader allows.
    deserializer.disable_recursion_limit();
    T::deserialize(&mut deserializer).or_else(|_| from_tree(json))
}

/// The slow way: a derived type refuses duplicate keys, where a tree keeps the last; and it is
/// the one that knows where a value does not fit.
fn from_tree<T: DeserializeOwned>(json: &str) -> Result<T, Misfit> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.disable_recursion_limit();
    let tree: serde_json::Value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| Misfit(error.path().to_string()))?;
    serde_path_to_error::deserialize(tree).map_err(|error| Misfit(error.path().to_string()))
}
