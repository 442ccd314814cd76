//! An error that says where a payload does not fit a type.

use core::fmt;
use core::slice;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer as _,
    MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Value, map};

/// An error that says where a payload does not fit the requested type, and why. It does not contain
/// the value, which may be personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadMismatch {
    /// The names and indexes that lead to the value; empty for the data itself.
    path: String,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Missing,
    Unknown,
    Kind { found: &'static str, expected: String },
    Value,
}

impl PayloadMismatch {
    fn here(problem: Problem) -> Self {
        Self { path: String::new(), problem }
    }

    /// Returns the mismatch of a text that holds more than any type here takes.
    pub(super) fn unreadable() -> Self {
        Self::here(Problem::Value)
    }

    fn kind(found: &Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
            Unexpected::Float(_) => "a number with a fraction or an exponent",
            Unexpected::Char(_) | Unexpected::Str(_) => "a string",
            Unexpected::Unit | Unexpected::Option => "null",
            Unexpected::Seq => "a list",
            Unexpected::Map => "an object",
            _ => "of another form",
        };
        Self::here(Problem::Kind { found, expected: expected.to_string() })
    }

    fn within(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }
}

/// Describes the mismatch in words, such as "`claim.id` is missing".
impl fmt::Display for PayloadMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.path {
            "" => f.write_str("the data")?,
            path => write!(f, "`{path}`")?,
        }
        match &self.problem {
            Problem::Missing => f.write_str(" is missing"),
            Problem::Unknown => f.write_str(" is a field that the type does not have"),
            Problem::Kind { found, expected } => {
                write!(f, " is {found}, where the type has {expected}")
            }
            Problem::Value => f.write_str(" has a value that the type does not take"),
        }
    }
}

impl core::error::Error for PayloadMismatch {}

/// Takes no part of the text that it is given: it may contain the value.
impl de::Error for PayloadMismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::here(Problem::Value)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::kind(&found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::kind(&found, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::here(Problem::Missing).within(field)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::here(Problem::Unknown).within(field)
    }
}

/// Reads a value as a type, and knows where it does not fit.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, PayloadMismatch> {
    T::deserialize(Node(value))
}

struct Node<'de>(&'de Value);

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = PayloadMismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PayloadMismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (None, Some(value), _) => visitor.visit_i64(value),
                (None, None, value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter(), next: 0 }),
            Value::Object(fields) => {
                visitor.visit_map(Fields { fields: fields.iter(), current: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, PayloadMismatch> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, PayloadMismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, PayloadMismatch> {
        match self.0 {
            Value::String(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Value::Object(fields) => visitor.visit_enum(MapAccessDeserializer::new(Fields {
                fields: fields.iter(),
                current: None,
            })),
            _ => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de> {
    items: slice::Iter<'de, Value>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = PayloadMismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, PayloadMismatch> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Node(item)).map(Some).map_err(|error| error.within(&format!("[{index}]")))
    }
}

struct Fields<'de> {
    fields: map::Iter<'de>,
    current: Option<(&'de str, &'de Value)>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = PayloadMismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, PayloadMismatch> {
        let Some((name, value)) = self.fields.next() else { return Ok(None) };
        self.current = Some((name, value));
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, PayloadMismatch> {
        let (name, value) = self.current.take().unwrap_or(("", &Value::Null));
        seed.deserialize(Node(value)).map_err(|error| error.within(name))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::HashMap;

    use serde::Deserialize;

    use crate::payload::from_json;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "it is read and never looked at")]
    struct Policy {
        id: i64,
        holder: Option<Holder>,
        #[serde(default)]
        assets: Vec<(String, u8)>,
        #[serde(default)]
        state: State,
        #[serde(default)]
        premiums: HashMap<String, f64>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is read and never looked at")]
    struct Holder {
        email: String,
    }

    #[derive(Debug, Default, Deserialize)]
    enum State {
        #[default]
        Active,
        Ended {
            at: u32,
        },
    }

    #[test]
    fn a_mismatch_says_where_and_why_and_with_no_value() {
        for (json, said) in [
            ("{}", "`id` is missing"),
            ("7", "the data is an integer, where the type has struct Policy"),
            (r#"{"id":"Jane"}"#, "`id` is a string, where the type has i64"),
            (
                r#"{"id":19.99}"#,
                "`id` is a number with a fraction or an exponent, where the type has i64",
            ),
            (r#"{"id":1,"holder":{}}"#, "`holder.email` is missing"),
            (
                r#"{"id":1,"holder":{"email":null}}"#,
                "`holder.email` is null, where the type has a string",
            ),
            (
                r#"{"id":1,"assets":[["a",1],["b",300]]}"#,
                "`assets[1][1]` is an integer, where the type has u8",
            ),
            (r#"{"id":1,"state":"Jane"}"#, "`state` has a value that the type does not take"),
            (r#"{"id":1,"state":{"Ended":{}}}"#, "`state.Ended.at` is missing"),
            (r#"{"id":1,"state":7}"#, "`state` is an integer, where the type has enum State"),
            (
                r#"{"id":1,"premiums":{"a":1,"b":[]}}"#,
                "`premiums.b` is a list, where the type has f64",
            ),
            (r#"{"id":1,"name":"Jane"}"#, "`name` is a field that the type does not have"),
        ] {
            assert_eq!(from_json::<Policy>(json).unwrap_err().to_string(), said, "{json}");
        }
    }

    #[test]
    fn what_fits_is_read_though_a_key_is_there_twice() {
        let read: Policy = from_json(r#"{"id":1,"id":2,"state":{"Ended":{"at":3}}}"#).unwrap();
        assert_eq!(read.id, 2);
        assert!(matches!(read.state, State::Ended { at: 3 }));
    }
}
