//! Reads the subset of JSON Schema that payloads are described in.
//!
//! A keyword outside the subset is an error: an emitter that did not know it would promise a type
//! that the schema does not.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Error;
use crate::ir::{Definition, Field, Kind};

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
    kind: Option<Types>,
    // An annotation: no emitter has a type for it.
    #[serde(rename = "format", default)]
    _format: IgnoredAny,
    properties: Option<IndexMap<String, Node>>,
    #[serde(default)]
    required: Vec<String>,
    items: Option<Box<Node>>,
    #[serde(rename = "maxItems")]
    max_items: Option<u64>,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "anyOf")]
    any_of: Option<Vec<Node>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Types {
    One(TypeName),
    Several(Vec<TypeName>),
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
    Null,
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
    let is_object = matches!(node.kind, Some(Types::One(TypeName::Object)));
    let has_more = node.reference.is_some()
        || node.items.is_some()
        || node.max_items.is_some()
        || node.any_of.is_some();
    match node.properties {
        Some(properties) if is_object && !has_more => {
            Ok(Definition { name, description, fields: fields(properties, &node.required)? })
        }
        _ => Err(Error::new("must be an object with `properties`, and nothing else")),
    }
}

fn fields(properties: IndexMap<String, Node>, required: &[String]) -> Result<Vec<Field>, Error> {
    if let Some(name) = required.iter().find(|name| !properties.contains_key(*name)) {
        return Err(Error::at("required", format!("there is no property `{name}`")));
    }
    properties
        .into_iter()
        .map(|(name, mut node)| {
            let described = node.description.take().ok_or_else(undescribed);
            let read = described.and_then(|description| Ok((description, value(node)?)));
            let (description, (kind, nullable)) =
                read.map_err(|error| Error::at(format!("properties.{name}"), error))?;
            Ok(Field { required: required.contains(&name), name, description, nullable, kind })
        })
        .collect()
}

/// What a value is, and whether it may be null too.
fn value(mut node: Node) -> Result<(Kind, bool), Error> {
    if let Some(options) = node.any_of.take() {
        if node.kind.is_some() || node.reference.is_some() {
            return Err(Error::at("anyOf", "stands alone"));
        }
        let (nulls, mut others): (Vec<Node>, Vec<Node>) = options
            .into_iter()
            .partition(|option| matches!(option.kind, Some(Types::One(TypeName::Null))));
        return match (nulls.len(), others.pop(), others.pop()) {
            (1, Some(node), None) => Ok((kind(node)?, true)),
            _ => Err(Error::at("anyOf", "must be of one schema and `{ \"type\": \"null\" }`")),
        };
    }
    let nullable = match &mut node.kind {
        Some(Types::Several(names)) => {
            let before = names.len();
            names.retain(|name| *name != TypeName::Null);
            names.len() < before
        }
        _ => false,
    };
    Ok((kind(node)?, nullable))
}

fn kind(node: Node) -> Result<Kind, Error> {
    if node.any_of.is_some() || node.properties.is_some() || !node.required.is_empty() {
        return Err(Error::new("give it a name under $defs, and a $ref here"));
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
    let names = match node.kind {
        None => Vec::new(),
        Some(Types::One(name)) => vec![name],
        Some(Types::Several(names)) => names,
    };
    if node.items.is_some() && names != [TypeName::Array] {
        return Err(Error::at("items", "only a `type` of `array` has them"));
    }
    match (&names[..], node.max_items) {
        ([TypeName::Object, TypeName::Array], Some(0)) => return Ok(Kind::MapOrEmptyList),
        (_, None) => {}
        _ => return Err(Error::at("maxItems", "is 0, beside `[\"object\", \"array\"]`")),
    }
    Ok(match names[..] {
        [] => Kind::Any,
        [TypeName::String] => Kind::String,
        [TypeName::Integer] => Kind::Integer,
        [TypeName::Number] => Kind::Number,
        [TypeName::Boolean] => Kind::Boolean,
        [TypeName::Object] => Kind::Map,
        [TypeName::Array] => Kind::List(Box::new(match node.items {
            None => Kind::Any,
            Some(items) => kind(*items).map_err(|error| Error::at("items", error))?,
        })),
        _ => return Err(Error::at("type", "is one name, and `null` beside it if it may be null")),
    })
}

fn undescribed() -> Error {
    Error::new("has no description, which its documentation is made of in every language")
}

#[cfg(test)]
mod tests;
