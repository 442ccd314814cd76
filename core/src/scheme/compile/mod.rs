//! Compilation of a scheme as it is written to one that is ready for use, refusing what cannot be
//! safe.

mod borders;
mod envelope;
mod event;
mod handshake;
mod key;
pub(super) mod limits;
mod names;
mod payload;
mod problem;
mod signature;
mod weakness;

use std::time::Duration;

use self::borders::settle_borders;
use self::event::{event_places, unsigned, with_signed_id};
use self::handshake::{check_macs, handshakes};
use self::payload::{payload_kinds, representations};
use self::problem::{Result, header_names, problem};
use self::signature::signatures;
use super::border::Part;
use super::compiled::SignedPlaces;
use super::document::{Document, IdFormName, KeyTable, TimestampTable};
use super::envelope::{CONTENT_DIGEST, Envelope, SIGNATURE_INPUT};
use super::field::Field;
use super::place::{EventPlaces, Place};
use super::signature::{SignatureForm, SignatureHeader};
use super::value::Value;
use super::weakness::Weakness;
use super::{Compiled, PayloadKinds, TimestampRule};
use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use hookseal_json::{Root, Selector};

/// The tolerance of a scheme that names none.
const DEFAULT_TOLERANCE: u64 = 300;

pub(super) fn compile(document: Document) -> Result<Compiled> {
    limits::check(&document)?;
    let name = name(document.name)?;
    let payload = document.payload.unwrap_or_default();
    let representations = representations(&payload)?;
    let payload = payload_kinds(payload)?;
    let mut signed_places = SignedPlaces::new(payload.json);
    let parameter = document.timestamp.as_ref().and_then(|table| table.parameter.clone());
    let signatures = signatures(document.signature, parameter.as_deref(), &mut signed_places)?;
    for form in signatures.iter().flat_map(|header| &header.forms) {
        weakness::refuse_unstated(form, &weakness::found(form))?;
    }
    let (id, id_is_uuid) = match document.id {
        Some(table) => (header_names("id.header", &table.header)?, table.form == IdFormName::Uuid),
        None => (Vec::new(), false),
    };
    let timestamp =
        document.timestamp.map(|table| timestamp(table, &mut signed_places)).transpose()?;
    let mut selector = Selector::of(payload.json.unwrap_or_default());
    let mut places = event_places(document.event, payload.is_json(), &mut selector)?;
    places.id = with_signed_id(places.id, &id);

    let key_begins_with = document.key.as_ref().and_then(KeyTable::beginning);
    let (key, key_id, signature_names_key) = key::key(document.key, &signatures)?;
    let mut handshake_places = SignedPlaces::new(Some(Root::Object));
    let handshakes = handshakes(document.handshake, &mut handshake_places)?;
    let required_headers = required_headers(&signatures, &id, timestamp.as_ref(), &places);
    let mut compiled = Compiled {
        title: document.title.unwrap_or_else(|| name.clone()),
        name,
        key_begins_with,
        key_id,
        signature_names_key,
        key,
        required_headers,
        signatures,
        id,
        id_is_uuid,
        constants: document.constants.unwrap_or_default().into_iter().collect(),
        signed_places,
        timestamp,
        payload,
        representations,
        selector,
        places,
        // They are known when all else is.
        unsigned: Vec::new(),
        weaknesses: Vec::new(),
        message_headers: Vec::new(),
        handshakes,
        handshake_places,
    };
    compiled.message_headers = message_headers(&compiled);
    check_signed_values(&compiled)?;
    let (body, id) = (body_part(&compiled), id_part(&compiled));
    let unit = compiled.timestamp.as_ref().map(|rule| rule.unit);
    let (movable, parts) = settle_borders(&mut compiled.signatures, unit, [&body, &id])?;
    check_macs(&compiled, &parts)?;
    compiled.weaknesses = weaknesses(&compiled, &movable)?;
    compiled.unsigned = unsigned_fields(&compiled);
    Ok(compiled)
}

/// The weaknesses of all forms, each once. `movable` holds the numbers of the forms with borders
/// that can be moved.
fn weaknesses(scheme: &Compiled, movable: &[usize]) -> Result<Vec<Weakness>> {
    let mut all = Vec::new();
    for form in scheme.forms() {
        let mut found = weakness::found(form);
        if movable.contains(&form.number) && !found.contains(&Weakness::Borders) {
            found.push(Weakness::Borders);
        }
        weakness::refuse_wrong(form, &found)?;
        let is_strict = scheme.payload.is_json() && scheme.payload.form_field.is_none();
        if found.contains(&Weakness::PlainDigest) && !is_strict {
            return problem(
                format!("signature[{}].algorithm", form.number),
                "hashes without a key, so something can be appended to what is signed: it needs a \
                 body that is JSON, which nothing can be appended to",
            );
        }
        found.retain(|weakness| !all.contains(weakness));
        all.extend(found);
    }
    Ok(all)
}

/// The headers that HTTP message signatures have beside themselves.
fn message_headers(scheme: &Compiled) -> Vec<HeaderName> {
    if scheme.messages().next().is_none() {
        return Vec::new();
    }
    let names = [SIGNATURE_INPUT, CONTENT_DIGEST].into_iter();
    names.filter_map(HeaderName::new).collect()
}

fn unsigned_fields(scheme: &Compiled) -> Vec<Field> {
    let is_covered = |weakness: &Weakness| !weakness.leaves_body_unsigned();
    let signed_by_all = |is_it: &dyn Fn(&Value) -> bool| {
        scheme.forms().all(|form| form.content.values().any(is_it))
    };
    let is_signed = |place: &Place| match place {
        Place::Header(names) => names.iter().all(|name| {
            signed_by_all(&|value| match value {
                Value::Header(own) => own == name,
                Value::Envelope(envelope) => match &**envelope {
                    Envelope::Message(rules) => rules.demands(name),
                    Envelope::Token(_) => false,
                },
                _ => false,
            })
        }),
        Place::Pointer(pointer) => signed_by_all(&|value| match value {
            // Both selectors are asked for the same place.
            Value::Pointer(text) => {
                scheme.selector.clone().add(text).is_ok_and(|own| own == *pointer)
            }
            _ => false,
        }),
        Place::SignedId => true,
    };
    unsigned(&scheme.places, scheme.weaknesses.iter().all(is_covered), is_signed)
}

/// Returns what the check of the borders knows about an id.
fn id_part(scheme: &Compiled) -> Part {
    if scheme.id_is_uuid { Part::uuid("{id}") } else { Part::header_text("{id}") }
}

impl SignedPlaces {
    fn new(json: Option<Root>) -> Self {
        // What is no JSON has no places.
        Self { selector: Selector::of(json.unwrap_or_default()), pointers: Vec::new() }
    }

    pub(super) fn add(&mut self, path: &str, pointer: &str) -> Result<()> {
        let added = self.selector.add(pointer).or_else(|what| problem(path, what))?;
        if self.get(pointer).is_none() {
            self.pointers.push((pointer.to_owned(), added));
        }
        Ok(())
    }
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

fn timestamp(table: TimestampTable, places: &mut SignedPlaces) -> Result<TimestampRule> {
    let headers = match table.header {
        Some(names) => header_names("timestamp.header", &names)?,
        None => Vec::new(),
    };
    if let Some(pointer) = &table.pointer {
        if !headers.is_empty() || table.parameter.is_some() {
            return problem("timestamp", "must have one of `header`, `pointer` and `parameter`");
        }
        places.add("timestamp.pointer", pointer)?;
    }
    let unit = TimestampUnit::from(table.unit);
    let tolerance = table.tolerance.unwrap_or(DEFAULT_TOLERANCE);
    if tolerance == 0 {
        return problem("timestamp.tolerance", "must be at least one second");
    }
    let in_signature = table.parameter.is_some();
    if in_signature && (!headers.is_empty() || unit != TimestampUnit::Seconds) {
        return problem(
            "timestamp.parameter",
            "must stand alone, with `unit = \"seconds\"`: other times are in no signature",
        );
    }
    let tolerance = Duration::from_secs(tolerance);
    Ok(TimestampRule { headers, pointer: table.pointer, in_signature, unit, tolerance })
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
    let forms = || signatures.iter().flat_map(|header| &header.forms);
    for value in forms().next().into_iter().flat_map(|form| form.content.values()) {
        if let Value::Header(name) = value
            && every_form(&|form| form.content.values().any(|other| other == value))
        {
            required.push(vec![name.clone()]);
        }
    }
    if !id.is_empty() && every_form(&|form| form.content.has_id()) {
        required.push(id.to_vec());
    }
    if let Some(rule) = timestamp
        && !rule.headers.is_empty()
        && every_form(&|form| form.content.has_timestamp() && !form.layout.has_timestamp())
    {
        required.push(rule.headers.clone());
    }
    if every_form(&|form| matches!(form.envelope(), Some(Envelope::Message(_)))) {
        required.extend(HeaderName::new(SIGNATURE_INPUT).map(|name| vec![name]));
    }
    let in_headers = places.event_type.iter().all(|place| matches!(place, Place::Header(_)));
    if places.type_required && in_headers {
        required.push(places.event_type.iter().flat_map(Place::header_names).cloned().collect());
    }
    required
}

/// A content holds the body once, or says that it does not; and the secret where it is no key.
fn check_content(scheme: &Compiled, form: &SignatureForm) -> Result<()> {
    let path = format!("signature[{}].content", form.number);
    if form.content.bodies() > 1 {
        return problem(path, "may hold {body} once");
    }
    let secrets = form.content.values().filter(|value| **value == Value::Secret).count();
    if form.algorithm.is_plain() && secrets != 1 {
        return problem(path, "must hold {secret} once: the algorithm has no key");
    }
    if !form.algorithm.is_plain() && secrets > 0 {
        return problem(path, "holds {secret}, which is the key of this algorithm already");
    }
    for value in form.content.values() {
        if let Value::Constant(name) = value
            && !scheme.constants.iter().any(|(own, _)| own == name)
        {
            return problem(
                format!("constants.{name}"),
                "must say, in some words, what the receiver has to give",
            );
        }
        if matches!(value, Value::BodyHash(_) | Value::Form) && scheme.representations.len() > 1 {
            return problem(path, "needs `payload.signed_as = \"raw\"` for this variable");
        }
    }
    Ok(())
}

/// Each value that a content names needs a source, and each source must be signed.
fn check_signed_values(scheme: &Compiled) -> Result<()> {
    let forms = || scheme.signatures.iter().flat_map(|header| &header.forms);
    let from_header = scheme.timestamp.as_ref().is_some_and(|rule| !rule.headers.is_empty());
    let from_body = scheme.timestamp.as_ref().is_some_and(|rule| rule.pointer.is_some());

    for form in forms() {
        let number = form.number;
        let signs_timestamp = form.content.has_timestamp();
        if signs_timestamp && scheme.timestamp.is_none() {
            return problem("timestamp", "must give the `unit` of the timestamp that is signed");
        }
        if signs_timestamp && !form.layout.has_timestamp() && !from_header && !from_body {
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
        check_content(scheme, form)?;
    }
    for (name, _) in &scheme.constants {
        let is_it = |value: &Value| matches!(value, Value::Constant(own) if own == name);
        let is_token = scheme.is_token(name);
        if !is_token && !forms().any(|form| form.content.values().any(is_it)) {
            return problem(format!("constants.{name}"), "stands in no `content`");
        }
    }
    for (number, handshake) in scheme.handshakes.iter().enumerate() {
        if let Some((_, name)) = &handshake.token
            && !scheme.constants.iter().any(|(own, _)| own == name)
        {
            return problem(
                format!("handshake[{number}].token.constant"),
                "must be one of `constants`, which says what the receiver has to give",
            );
        }
    }
    if !scheme.signed_places.pointers.is_empty() && !scheme.payload.is_json() {
        return problem("payload.format", "must be \"json\" for a `pointer` into the body");
    }
    let elsewhere = scheme
        .id
        .iter()
        .chain(&scheme.key_id)
        .chain(scheme.timestamp.iter().flat_map(|rule| &rule.headers));
    let places = scheme.places.header_names();
    if let Some(name) = elsewhere.chain(places).find(|name| {
        scheme.signature_names().any(|signature| signature.matches(name.as_str().as_bytes()))
    }) {
        return problem(
            "signature",
            format!("`{}` cannot hold the signature and something else too", name.as_str()),
        );
    }
    let in_body = |form: &SignatureForm| from_body && form.content.bodies() > 0;
    let in_signature = |form: &SignatureForm| {
        form.envelope().is_some() && scheme.timestamp.as_ref().is_some_and(|rule| rule.in_signature)
    };
    if scheme.timestamp.is_some()
        && !forms().any(|form| form.content.has_timestamp() || in_body(form) || in_signature(form))
    {
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
