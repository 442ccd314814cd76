//! How much a scheme may hold: a hostile one makes neither reading it nor verifying with it slow.

use std::collections::BTreeMap;

use super::problem::{Result, problem};
use crate::scheme::document::{Document, OneOrMany};

/// The longest text of a scheme, in bytes.
pub(in crate::scheme) const MAX_TEXT: usize = 64 << 10;

const MAX_FORMS: usize = 16;
const MAX_HANDSHAKES: usize = 8;
const MAX_CONSTANTS: usize = 16;
const MAX_NAMES: usize = 64;
const MAX_PLACES: usize = 16;
/// Of a `content`, in bytes, and of the variables in it: a hash of the body is computed for each.
const MAX_CONTENT: usize = 1024;
const MAX_VARIABLES: usize = 16;

pub(super) fn check(document: &Document) -> Result<()> {
    let forms = &document.signature.0;
    at_most("signature", forms.len(), MAX_FORMS)?;
    at_most("handshake", document.handshake.len(), MAX_HANDSHAKES)?;
    let constants = document.constants.as_ref().map_or(0, BTreeMap::len);
    at_most("constants", constants, MAX_CONSTANTS)?;
    for (number, form) in forms.iter().enumerate() {
        let names = form.header.as_ref().map_or(0, |names| names.0.len());
        at_most(&format!("signature[{number}].header"), names, MAX_NAMES)?;
        let lists = [
            ("components", &form.components),
            ("may_cover", &form.may_cover),
            ("parameters", &form.parameters),
        ];
        for (key, list) in lists {
            let count = list.as_ref().map_or(0, Vec::len);
            at_most(&format!("signature[{number}].{key}"), count, MAX_NAMES)?;
        }
        let content = form.content.as_deref().unwrap_or_default();
        let path = format!("signature[{number}].content");
        if content.len() > MAX_CONTENT || content.matches('{').count() > MAX_VARIABLES {
            return problem(
                path,
                format!("may be of {MAX_CONTENT} bytes and hold {MAX_VARIABLES} variables"),
            );
        }
    }
    let count = |names: Option<&OneOrMany<String>>| names.map_or(0, |names| names.0.len());
    at_most("id.header", count(document.id.as_ref().map(|id| &id.header)), MAX_NAMES)?;
    let timestamp = document.timestamp.as_ref().and_then(|table| table.header.as_ref());
    at_most("timestamp.header", count(timestamp), MAX_NAMES)?;
    let event = &document.event;
    let fields = [
        ("event.type", &event.r#type),
        ("event.id", &event.id),
        ("event.created_at", &event.created_at),
        ("event.data", &event.data),
    ];
    for (path, places) in fields {
        let places = places.as_ref().map_or(&[][..], |places| &places.0);
        at_most(path, places.len(), MAX_PLACES)?;
        for place in places {
            at_most(path, count(place.header.as_ref()), MAX_NAMES)?;
        }
    }
    Ok(())
}

fn at_most(path: &str, count: usize, most: usize) -> Result<()> {
    if count <= most {
        Ok(())
    } else {
        problem(path, format!("may hold {most} entries at the most"))
    }
}
