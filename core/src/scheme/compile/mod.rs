//! Compilation of a scheme as it is written to one that is ready for use, refusing what cannot be
//! safe.

mod borders;
mod event;
mod key;
mod payload;
mod problem;
mod signature;

use std::time::Duration;

use self::borders::settle_borders;
use self::event::{event_places, unsigned, with_signed_id};
use self::payload::{payload_kinds, representations};
use self::problem::{Result, header_names, problem};
use self::signature::signatures;
use super::border::Part;
use super::document::{Document, KeyTable, TimestampTable};
use super::place::{EventPlaces, Place};
use super::signature::{SignatureForm, SignatureHeader};
use super::{Compiled, PayloadKinds, TimestampRule};
use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use hookseal_json::{Root, Selector};

/// The tolerance of a scheme that names none.
const DEFAULT_TOLERANCE: u64 = 300;

pub(super) fn compile(document: Document) -> Result<Compiled> {
    let name = name(document.name)?;
    let signatures = signatures(document.signature)?;
    let id = match document.id {
        Some(table) => header_names("id.header", &table.header)?,
        None => Vec::new(),
    };
    let timestamp = document.timestamp.map(timestamp).transpose()?;
    let payload = document.payload.unwrap_or_default();
    let representations = representations(&payload)?;
    let payload = payload_kinds(payload)?;
    let mut selector = Selector::of(payload.json.unwrap_or_default());
    let mut places = event_places(document.event, payload.is_json(), &mut selector)?;
    places.id = with_signed_id(places.id, &id);

    let key_begins_with = document.key.as_ref().and_then(KeyTable::beginning);
    let (key, key_id) = key::key(document.key, &signatures)?;
    let required_headers = required_headers(&signatures, &id, timestamp.as_ref(), &places);
    let mut compiled = Compiled {
        title: document.title.unwrap_or_else(|| name.clone()),
        name,
        key_begins_with,
        key_id,
        key,
        unsigned: unsigned(&places),
        required_headers,
        signatures,
        id,
        timestamp,
        payload,
        representations,
        selector,
        places,
    };
    check_signed_values(&compiled)?;
    let body = body_part(&compiled);
    let unit = compiled.timestamp.as_ref().map(|rule| rule.unit);
    settle_borders(&mut compiled.signatures, unit, &body)?;
    Ok(compiled)
}

/// Returns what the check of the borders knows about a body.
fn body_part(scheme: &Compiled) -> Part {
    let PayloadKinds { json, empty, form_field } = &scheme.payload;
    match json {
        Some(Root::Object | Root::Container) if form_field.is_none() => {
            Part::json_containers("{body}", *json == Some(Root::Container), *empty)
        }
        _ => Part::any_bytes("{body}"),
    }
}

fn name(name: String) -> Result<String> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || name.starts_with('-') || !name.bytes().all(allowed) {
        return problem("name", "must be of lower-case letters, digits and `-`");
    }
    Ok(name)
}

fn timestamp(table: TimestampTable) -> Result<TimestampRule> {
    let headers = match table.header {
        Some(names) => header_names("timestamp.header", &names)?,
        None => Vec::new(),
    };
    let unit = TimestampUnit::from(table.unit);
    let tolerance = table.tolerance.unwrap_or(DEFAULT_TOLERANCE);
    if tolerance == 0 {
        return problem("timestamp.tolerance", "must be at least one second");
    }
    Ok(TimestampRule { headers, unit, tolerance: Duration::from_secs(tolerance) })
}

fn required_headers(
    signatures: &[SignatureHeader],
    id: &[HeaderName],
    timestamp: Option<&TimestampRule>,
    places: &EventPlaces,
) -> Vec<Vec<HeaderName>> {
    let every_form = |needs: &dyn Fn(&SignatureForm) -> bool| {
        signatures.iter().flat_map(|header| &header.forms).all(needs)
    };
    let mut required = Vec::new();
    if !id.is_empty() && every_form(&|form| form.content.has_id()) {
        required.push(id.to_vec());
    }
    if let Some(rule) = timestamp
        && every_form(&|form| form.content.has_timestamp() && !form.layout.has_timestamp())
    {
        required.push(rule.headers.clone());
    }
    let in_headers = places.event_type.iter().all(|place| matches!(place, Place::Header(_)));
    if places.type_required && in_headers {
        required.push(places.event_type.iter().flat_map(Place::header_names).cloned().collect());
    }
    required
}

/// Each value that a content names needs a source, and each source must be signed.
fn check_signed_values(scheme: &Compiled) -> Result<()> {
    let forms = || scheme.signatures.iter().flat_map(|header| &header.forms);
    let from_header = scheme.timestamp.as_ref().is_some_and(|rule| !rule.headers.is_empty());

    for (number, form) in forms().enumerate() {
        let signs_timestamp = form.content.has_timestamp();
        if signs_timestamp && scheme.timestamp.is_none() {
            return problem("timestamp", "must give the `unit` of the timestamp that is signed");
        }
        if signs_timestamp && !form.layout.has_timestamp() && !from_header {
            return problem(
                "timestamp.header",
                "must name the header of the timestamp that is signed",
            );
        }
        if form.layout.has_timestamp() && !signs_timestamp {
            return problem(
                format!("signature[{number}].timestamp_key"),
                "names a timestamp that `content` does not sign: anybody could change it",
            );
        }
        if form.content.has_id() && scheme.id.is_empty() {
            return problem("id.header", "must name the header of the id that is signed");
        }
    }
    let elsewhere = scheme.id.iter().chain(scheme.timestamp.iter().flat_map(|rule| &rule.headers));
    let places = scheme.places.header_names();
    if let Some(name) = elsewhere.chain(places).find(|name| {
        scheme.signature_names().any(|signature| signature.matches(name.as_str().as_bytes()))
    }) {
        return problem(
            "signature",
            format!("`{}` cannot hold the signature and something else too", name.as_str()),
        );
    }
    if scheme.timestamp.is_some() && !forms().any(|form| form.content.has_timestamp()) {
        return problem(
            "timestamp",
            "is not signed by any `content`, so checking it would protect nothing",
        );
    }
    if !scheme.id.is_empty() && !forms().any(|form| form.content.has_id()) {
        return problem("id", "is not signed by any `content`: give it as `event.id` instead");
    }
    Ok(())
}
