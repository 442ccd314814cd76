//! A scheme as it is written, to make others of it: forgeries are signed as a scheme says that is
//! almost the right one.

use hookseal::Scheme;
use serde_json::Value;

use crate::failure::Failure;

/// A scheme's source.
#[derive(Clone, Debug)]
pub(super) struct SchemeSource(Value);

impl SchemeSource {
    /// Reads a scheme that is known to be right, in TOML or JSON.
    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let mut value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(_) => toml::from_str(text)
                .map_err(|error| Failure::set_up("invalid_scheme", error.to_string()))?,
        };
        if value["signature"].is_object() {
            value["signature"] = Value::Array(vec![value["signature"].take()]);
        }
        Ok(Self(value))
    }

    /// Gives the text at a pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.0.pointer(pointer)?.as_str()
    }

    /// Gives the number at a pointer.
    pub(super) fn number(&self, pointer: &str) -> Option<u64> {
        self.0.pointer(pointer)?.as_u64()
    }

    /// Gives the text at a pointer, or the first of a list of them.
    pub(super) fn first(&self, pointer: &str) -> Option<&str> {
        self.text(pointer).or_else(|| self.text(&format!("{pointer}/0")))
    }

    /// Puts another text at a key of the first form.
    pub(super) fn with(mut self, key: &str, text: &str) -> Self {
        self.0["signature"][0][key] = text.into();
        self
    }

    /// Moves the first form that signs a timestamp before all others, `None` if there is none.
    pub(super) fn with_timestamp_first(&self) -> Option<Self> {
        let mut source = self.clone();
        let forms = source.0["signature"].as_array_mut()?;
        let is_in_body = self.has_time_in_body();
        let signs = |form: &Value| {
            form["content"].as_str().is_some_and(|content| {
                content.contains("{timestamp}") || (is_in_body && content.contains("{body}"))
            })
        };
        let index = forms.iter().position(signs)?;
        forms[..=index].rotate_right(1);
        Some(source)
    }

    /// Tells whether the time of signing stands in the body.
    pub(super) fn has_time_in_body(&self) -> bool {
        self.text("/timestamp/pointer").is_some()
    }

    /// Compiles the scheme, `None` if it is not one.
    pub(super) fn scheme(&self) -> Option<Scheme> {
        Scheme::parse(&self.0.to_string()).ok()
    }
}
