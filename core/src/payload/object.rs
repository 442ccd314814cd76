//! Lenient reading of the providers' payload types: no documentation promises which fields a sender
//! leaves out.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A type that is read from a JSON object, field by field.
pub(crate) trait Object: Default {
    /// The fields that must be present.
    const REQUIRED: &'static [&'static str];

    /// Reads the value of a field, if the type has it.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: &str,
        value: &mut A,
    ) -> Result<bool, A::Error>;
}

/// Reads an object. `null` counts as one without fields, and so does `[]`, which PHP writes for an
/// empty array. Unknown fields are ignored; of a duplicate field the last counts.
pub(crate) fn object<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<T: Object> ObjectVisitor<T> {
    fn empty<E: Error>() -> Result<T, E> {
        match T::REQUIRED {
            [] => Ok(T::default()),
            [first, ..] => Err(E::missing_field(first)),
        }
    }
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::default();
        let mut missing: Vec<&'static str> = T::REQUIRED.to_vec();
        while let Some(field) = map.next_key::<String>()? {
            if object.read(&field, &mut map)? {
                missing.retain(|name| *name != field);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match missing.first() {
            None => Ok(object),
            Some(field) => Err(A::Error::missing_field(field)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<T, A::Error> {
        match list.next_element::<IgnoredAny>()? {
            None => Self::empty(),
            Some(_) => Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self)),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Self::empty()
    }
}

/// A JSON object none of whose fields is documented.
#[derive(Default)]
pub(crate) struct Properties(pub(crate) Map<String, Value>);

impl Object for Properties {
    const REQUIRED: &'static [&'static str] = &[];

    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: &str,
        value: &mut A,
    ) -> Result<bool, A::Error> {
        self.0.insert(field.to_owned(), value.next_value()?);
        Ok(true)
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer)
    }
}

impl From<Properties> for Map<String, Value> {
    fn from(properties: Properties) -> Self {
        properties.0
    }
}
