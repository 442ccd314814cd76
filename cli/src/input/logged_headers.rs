//! Headers as JSON, as programs log them and other tools export them.

use serde_json::{Map, Value};

use super::delivery::HeaderList;
use crate::failure::Failure;

const FORMS: &str = "\
    the headers are no JSON that is understood: an object of names and values; a list of pairs, or \
    of objects with `name` or `key` and `value`; or a request, such as a Lambda event, that has \
    these under `headers`";

/// Reads headers in any of the forms.
pub(super) fn read(bytes: &[u8]) -> Result<HeaderList, Failure> {
    let value = serde_json::from_slice(bytes).map_err(|_| Failure::input(FORMS))?;
    let mut headers = HeaderList::new();
    add(value, &mut headers).ok_or_else(|| Failure::input(FORMS))?;
    // HTTP/2 and 3 have their request line among the headers, as `:method` and the like.
    headers.retain(|(name, _)| !name.starts_with(':'));
    Ok(headers)
}

/// Gives the headers of a request that is written as JSON, `None` if they are in none of the forms.
pub(super) fn of(value: Value) -> Option<HeaderList> {
    let mut headers = HeaderList::new();
    match value {
        Value::Object(object) => add_object(object, &mut headers)?,
        value => add(value, &mut headers)?,
    }
    headers.retain(|(name, _)| !name.starts_with(':'));
    Some(headers)
}

/// Adds headers in any form, `None` if it is none of them.
fn add(value: Value, headers: &mut HeaderList) -> Option<()> {
    match value {
        Value::Object(mut object) => match of_request(&mut object) {
            Some(Value::Object(inner)) => add_object(inner, headers),
            Some(inner) => add(inner, headers),
            None => add_object(object, headers),
        },
        Value::Array(list) => add_list(list, headers),
        _ => None,
    }
}

/// Takes what holds the headers of a request, `None` if the object is no request. API Gateway has
/// both of the first two, of which only the one with lists is whole.
fn of_request(object: &mut Map<String, Value>) -> Option<Value> {
    let is_filled = |value: &Value| match value {
        Value::Object(object) => !object.is_empty(),
        // Other than a header of this name, which has texts for values.
        Value::Array(list) => !list.iter().all(Value::is_string),
        _ => false,
    };
    let is_there = |name: &&str| object.get(*name).is_some_and(is_filled);
    let name = ["multiValueHeaders", "headers", "header"].into_iter().find(is_there)?;
    object.remove(name)
}

/// Adds `{"name": "value"}`, with lists where one is given more than once. Lambda@Edge has objects
/// in these: `{"name": [{"key": "Name", "value": "value"}]}`; `CloudFront`'s functions have one alone:
/// `{"name": {"value": "value"}}`.
fn add_object(object: Map<String, Value>, headers: &mut HeaderList) -> Option<()> {
    for (name, value) in object {
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in values {
            match value {
                Value::Object(mut object) if !object.contains_key("key") => {
                    match object.remove("multiValue") {
                        Some(Value::Array(all)) => {
                            for one in all {
                                add_header(name.clone(), one.get("value")?.clone(), headers)?;
                            }
                        }
                        _ => add_header(name.clone(), object.remove("value")?, headers)?,
                    }
                }
                Value::Object(object) => add_named(object, headers)?,
                value => add_header(name.clone(), value, headers)?,
            }
        }
    }
    Some(())
}

/// Adds `[["name", "value"]]`, `[{"name": "name", "value": "value"}]`, or names and values by
/// turns, as Node's `rawHeaders` has them.
fn add_list(list: Vec<Value>, headers: &mut HeaderList) -> Option<()> {
    if list.len().is_multiple_of(2) && list.iter().all(Value::is_string) {
        let mut texts = list.into_iter();
        while let (Some(Value::String(name)), Some(value)) = (texts.next(), texts.next()) {
            add_header(name, value, headers)?;
        }
        return Some(());
    }
    for entry in list {
        if let Value::Object(object) = entry {
            add_named(object, headers)?;
        } else {
            let (name, value) = serde_json::from_value(entry).ok()?;
            add_header(name, value, headers)?;
        }
    }
    Some(())
}

/// Adds an object with a name and a value. Postman marks one that is not sent as disabled.
fn add_named(object: Map<String, Value>, headers: &mut HeaderList) -> Option<()> {
    let lower = |(name, value): (String, Value)| (name.to_ascii_lowercase(), value);
    let mut parts: Map<String, Value> = object.into_iter().map(lower).collect();
    if parts.get("disabled") == Some(&Value::Bool(true)) {
        return Some(());
    }
    match parts.remove("name").or_else(|| parts.remove("key"))? {
        Value::String(name) => add_header(name, parts.remove("value")?, headers),
        _ => None,
    }
}

/// Adds a header, which is not there if its value is null.
fn add_header(name: String, value: Value, headers: &mut HeaderList) -> Option<()> {
    match value {
        Value::String(text) => headers.push((name, text.into_bytes())),
        Value::Number(number) => headers.push((name, number.to_string().into_bytes())),
        Value::Null => {}
        _ => return None,
    }
    Some(())
}
