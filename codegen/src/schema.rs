//! Reads the subset of JSON Schema that payloads are described in.
//!
//! A keyword outside the subset is an error: an emitter that did not know it would promise a type
//! that the schema does not.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Error;
use crate::ir::{Definition, Field, Kind, Shape};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "$schema")]
    dialect: String,
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "description")]
    _description: String,
    #[serde(rename = "$comment", default)]
    _comment: IgnoredAny,
    #[serde(rename = "$defs")]
    definitions: IndexMap<String, Node>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Node {
    description: Option<String>,
    #[serde(rename = "$comment", default)]
    _comment: IgnoredAny,
    #[serde(rename = "type")]
    kind: Option<TypeName>,
    // An annotation: no emitter has a type for it.
    #[serde(rename = "format", default)]
    _format: IgnoredAny,
    properties: Option<IndexMap<String, Node>>,
    #[serde(default)]
    required: Vec<String>,
    items: Option<Box<Node>>,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "anyOf")]
    any_of: Option<Vec<Node>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum TypeName {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}

/// The definitions of a schema, in its order.
pub(crate) fn parse(text: &str) -> Result<Vec<Definition>, Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document: Document = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| Error::at(error.path(), error.inner()))?;
    if document.dialect != DIALECT {
        return Err(Error::at("$schema", format!("expected `{DIALECT}`")));
    }
    let definitions: Vec<Definition> = document
        .definitions
        .into_iter()
        .map(|(name, node)| {
            let place = format!("$defs.{name}");
            definition(name, node).map_err(|error| Error::at(place, error))
        })
        .collect::<Result<_, _>>()?;
    for one in &definitions {
        for name in one.mentions() {
            if !definitions.iter().any(|other| other.name == name) {
                return Err(Error::at(
                    format!("$defs.{}", one.name),
                    format!("there is no `{name}` under $defs"),
                ));
            }
        }
    }
    Ok(definitions)
}

fn definition(name: String, node: Node) -> Result<Definition, Error> {
    let description = node.description.ok_or_else(undescribed)?;
    let shape = match (node.kind, node.properties, node.any_of) {
        (Some(TypeName::Object), Some(properties), None) => {
            Shape::Object(fields(properties, &node.required)?)
        }
        (None, None, Some(options)) if node.required.is_empty() => Shape::AnyOf(
            options
                .into_iter()
                .map(|option| match kind(option)? {
                    Kind::Named(name) => Ok(name),
                    _ => Err(Error::at("anyOf", "each option must be a $ref")),
                })
                .collect::<Result<_, _>>()?,
        ),
        _ => {
            return Err(Error::new("must be an object with `properties`, or an `anyOf`"));
        }
    };
    if node.reference.is_some() || node.items.is_some() {
        return Err(Error::new(
            "must be an object with `properties`, or an `anyOf`, and nothing else",
        ));
    }
    Ok(Definition { name, description, shape })
}

fn fields(properties: IndexMap<String, Node>, required: &[String]) -> Result<Vec<Field>, Error> {
    if let Some(name) = required.iter().find(|name| !properties.contains_key(*name)) {
        return Err(Error::at("required", format!("there is no property `{name}`")));
    }
    properties
        .into_iter()
        .map(|(name, mut node)| {
            let described = node.description.take().ok_or_else(undescribed);
            let read = described.and_then(|description| Ok((description, kind(node)?)));
            let (description, kind) =
                read.map_err(|error| Error::at(format!("properties.{name}"), error))?;
            Ok(Field { required: required.contains(&name), name, description, kind })
        })
        .collect()
}

fn kind(node: Node) -> Result<Kind, Error> {
    if node.any_of.is_some() || node.properties.is_some() || !node.required.is_empty() {
        return Err(Error::new("give it a name under $defs, and a $ref here"));
    }
    if node.items.is_some() && node.kind != Some(TypeName::Array) {
        return Err(Error::at("items", "only a `type` of `array` has them"));
    }
    if let Some(reference) = node.reference {
        return match (reference.strip_prefix("#/$defs/"), node.kind) {
            (Some(name), None) => Ok(Kind::Named(name.to_owned())),
            (Some(_), Some(_)) => Err(Error::at("type", "has no place beside a $ref")),
            (None, _) => {
                Err(Error::at("$ref", format!("`{reference}` does not begin with `#/$defs/`")))
            }
        };
    }
    Ok(match node.kind {
        None => Kind::Any,
        Some(TypeName::String) => Kind::String,
        Some(TypeName::Integer) => Kind::Integer,
        Some(TypeName::Number) => Kind::Number,
        Some(TypeName::Boolean) => Kind::Boolean,
        Some(TypeName::Object) => Kind::Map,
        Some(TypeName::Array) => Kind::List(Box::new(match node.items {
            None => Kind::Any,
            Some(items) => kind(*items).map_err(|error| Error::at("items", error))?,
        })),
    })
}

fn undescribed() -> Error {
    Error::new("has no description, which its documentation is made of in every language")
}

#[cfg(test)]
mod tests;
