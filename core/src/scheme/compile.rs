//! From a scheme as it is written to one that is ready for use, refusing what cannot be safe.

use std::time::Duration;

use super::content::Content;
use super::document::{
    AlgorithmName, Document, EncodingName, EventTable, KeyEncodingName, KeyTable, LayoutName,
    OneOrMany, PayloadFormatName, PlaceTable, SignatureTable, SignedAsName, TestTable,
    TimestampTable, TimestampUnitName,
};
use super::place::{EventPlaces, Place, TestRule};
use super::signature::{Layout, SignatureForm, SignatureHeader};
use super::{Compiled, SignedAs, TimestampRule};
use crate::clock::TimestampUnit;
use crate::encoding::{Encoding, KeyFormat};
use crate::event::Field;
use crate::headers::HeaderName;
use crate::json::Selector;
use crate::mac::Algorithm;

/// The tolerance of a scheme that names none.
const DEFAULT_TOLERANCE: u64 = 300;

/// What is wrong, and at which key.
pub(super) struct Problem {
    pub(super) path: String,
    pub(super) what: String,
}

type Result<T> = core::result::Result<T, Problem>;

fn problem<T>(path: impl Into<String>, what: impl Into<String>) -> Result<T> {
    Err(Problem { path: path.into(), what: what.into() })
}

pub(super) fn compile(document: Document) -> Result<Compiled> {
    let name = name(document.name)?;
    let signatures = signatures(document.signature)?;
    let id = match document.id {
        Some(table) => header_names("id.header", &table.header)?,
        None => Vec::new(),
    };
    let timestamp = document.timestamp.map(timestamp).transpose()?;
    let payload = document.payload;
    let is_json = payload.as_ref().is_none_or(|table| table.format == PayloadFormatName::Json);
    let signed_as = match payload.map(|table| table.signed_as) {
        Some(SignedAsName::Ecmascript) if is_json => SignedAs::Ecmascript,
        Some(SignedAsName::Ecmascript) => {
            return problem("payload.signed_as", "`ecmascript` needs `format = \"json\"`");
        }
        _ => SignedAs::Raw,
    };
    let mut selector = Selector::new();
    let mut places = event_places(document.event, is_json, &mut selector)?;
    places.id = with_signed_id(places.id, &id);

    let required_headers = required_headers(&signatures, &id, timestamp.as_ref(), &places);
    let compiled = Compiled {
        title: document.title.unwrap_or_else(|| name.clone()),
        name,
        key: key_format(document.key)?,
        unsigned: unsigned(&places),
        required_headers,
        signatures,
        id,
        timestamp,
        is_json,
        signed_as,
        selector,
        places,
    };
    check_signed_values(&compiled)?;
    Ok(compiled)
}

fn name(name: String) -> Result<String> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || name.starts_with('-') || !name.bytes().all(allowed) {
        return problem("name", "must be of lower-case letters, digits and `-`");
    }
    Ok(name)
}

fn header_name(path: &str, name: &str) -> Result<HeaderName> {
    HeaderName::new(name)
        .map_or_else(|| problem(path, "must be a header's name, as in `X-Signature`"), Ok)
}

fn header_names(path: &str, names: &OneOrMany<String>) -> Result<Vec<HeaderName>> {
    if names.0.is_empty() {
        return problem(path, "must name at least one header");
    }
    names.0.iter().map(|name| header_name(path, name)).collect()
}

/// Brings the forms of one header together, in the order they are written.
fn signatures(tables: OneOrMany<SignatureTable>) -> Result<Vec<SignatureHeader>> {
    let mut headers: Vec<SignatureHeader> = Vec::new();
    for (number, table) in tables.0.into_iter().enumerate() {
        let path = format!("signature[{number}]");
        let names = header_names(&format!("{path}.header"), &table.header)?;
        let form = SignatureForm {
            algorithm: algorithm(table.algorithm),
            encoding: encoding(table.encoding),
            content: Content::parse(&table.content)
                .or_else(|what| problem(format!("{path}.content"), what))?,
            layout: layout(&path, table)?,
        };
        match headers.iter_mut().find(|header| header.names == names) {
            Some(header) => header.forms.push(form),
            None => headers.push(SignatureHeader { names, forms: vec![form] }),
        }
    }
    if headers.is_empty() {
        return problem("signature", "must say at least once where the signature stands");
    }
    Ok(headers)
}

fn layout(path: &str, table: SignatureTable) -> Result<Layout> {
    let SignatureTable { layout, prefix, separator, signature_key, timestamp_key, .. } = table;
    let unused = |key: &str, given: bool, layout: &str| {
        if given {
            problem(format!("{path}.{key}"), format!("has no meaning with `layout = \"{layout}\"`"))
        } else {
            Ok(())
        }
    };
    let separator_of = |allowed: [char; 2], layout: &str| {
        let mut given = separator.as_deref().unwrap_or_default().chars();
        match (given.next(), given.next()) {
            (Some(char), None) if allowed.contains(&char) => Ok(char),
            _ => problem(
                format!("{path}.separator"),
                format!(
                    "must be \"{}\" or \"{}\" with `layout = \"{layout}\"`",
                    allowed[0], allowed[1]
                ),
            ),
        }
    };
    match layout {
        LayoutName::Single => {
            unused("separator", separator.is_some(), "single")?;
            unused("signature_key", signature_key.is_some(), "single")?;
            unused("timestamp_key", timestamp_key.is_some(), "single")?;
            Ok(Layout::Single { prefix: prefix.unwrap_or_default() })
        }
        LayoutName::List => {
            unused("signature_key", signature_key.is_some(), "list")?;
            unused("timestamp_key", timestamp_key.is_some(), "list")?;
            let separator = separator_of([' ', ','], "list")?;
            let prefix = prefix.unwrap_or_default();
            if prefix.contains(separator) && separator == ' ' {
                return problem(format!("{path}.prefix"), "must not hold the separator");
            }
            Ok(Layout::List { separator, prefix })
        }
        LayoutName::Pairs => {
            unused("prefix", prefix.is_some(), "pairs")?;
            let separator = separator_of([',', ';'], "pairs")?;
            let signature = pair_key(path, "signature_key", signature_key.unwrap_or_default())?;
            let timestamp =
                timestamp_key.map(|key| pair_key(path, "timestamp_key", key)).transpose()?;
            if timestamp.as_ref() == Some(&signature) {
                return problem(
                    format!("{path}.timestamp_key"),
                    "must differ from `signature_key`",
                );
            }
            Ok(Layout::Pairs { separator, signature, timestamp })
        }
    }
}

fn pair_key(path: &str, name: &str, key: String) -> Result<String> {
    if key.is_empty() || key.contains(['=', ',', ';', ' ']) {
        return problem(
            format!("{path}.{name}"),
            "must be what stands before the `=`, as in \"v1\"",
        );
    }
    Ok(key)
}

fn algorithm(name: AlgorithmName) -> Algorithm {
    match name {
        AlgorithmName::HmacSha1 => Algorithm::HmacSha1,
        AlgorithmName::HmacSha256 => Algorithm::HmacSha256,
        AlgorithmName::HmacSha512 => Algorithm::HmacSha512,
    }
}

fn encoding(name: EncodingName) -> Encoding {
    match name {
        EncodingName::Hex => Encoding::Hex,
        EncodingName::Base64 => Encoding::Base64,
        EncodingName::Base64Url => Encoding::Base64Url,
        EncodingName::Base64UrlNoPad => Encoding::Base64UrlNoPad,
    }
}

fn key_format(table: Option<KeyTable>) -> Result<KeyFormat> {
    let Some(KeyTable { encoding, prefix, .. }) = table else {
        return Ok(KeyFormat::Verbatim);
    };
    match encoding {
        KeyEncodingName::Utf8 if prefix.is_some() => problem(
            "key.prefix",
            "has no meaning with `encoding = \"utf8\"`: the secret is used as it is",
        ),
        KeyEncodingName::Utf8 => Ok(KeyFormat::Verbatim),
        KeyEncodingName::Hex => Ok(KeyFormat::Hex { prefix: prefix.unwrap_or_default() }),
        KeyEncodingName::Base64 => Ok(KeyFormat::Base64 { prefix: prefix.unwrap_or_default() }),
    }
}

fn timestamp(table: TimestampTable) -> Result<TimestampRule> {
    let headers = match table.header {
        Some(names) => header_names("timestamp.header", &names)?,
        None => Vec::new(),
    };
    let unit = match table.unit {
        TimestampUnitName::Seconds => TimestampUnit::Seconds,
        TimestampUnitName::Milliseconds => TimestampUnit::Milliseconds,
        TimestampUnitName::Rfc3339 => TimestampUnit::Rfc3339,
    };
    let tolerance = table.tolerance.unwrap_or(DEFAULT_TOLERANCE);
    if tolerance == 0 {
        return problem("timestamp.tolerance", "must be at least one second");
    }
    Ok(TimestampRule { headers, unit, tolerance: Duration::from_secs(tolerance) })
}

fn event_places(event: EventTable, is_json: bool, selector: &mut Selector) -> Result<EventPlaces> {
    let mut places = |key: &str, tables: Option<OneOrMany<PlaceTable>>| {
        let tables = tables.map(|tables| tables.0).unwrap_or_default();
        tables.into_iter().map(|table| place(key, table, is_json, selector)).collect::<Result<_>>()
    };
    let event_type: Vec<Place> = places("event.type", event.r#type)?;
    if event_type.is_empty() && event.type_required {
        return problem(
            "event.type",
            "must say where the type stands, unless `type_required = false`",
        );
    }
    let id: Vec<Place> = places("event.id", event.id)?;
    let created_at = places("event.created_at", event.created_at)?;
    let mut data = Vec::new();
    let data_places: Vec<Place> = places("event.data", event.data)?;
    for place in data_places {
        match place {
            Place::Pointer(pointer) => data.push(pointer),
            Place::Header(_) | Place::SignedId => {
                return problem("event.data", "must be a `pointer` into the body");
            }
        }
    }
    if data.is_empty() && event.data_default.is_some() {
        return problem("event.data_default", "has no meaning without `data`");
    }
    Ok(EventPlaces {
        event_type,
        type_required: event.type_required,
        id,
        created_at,
        data,
        data_default: event.data_default.map(|value| value.to_string()),
        test: test_rule(event.test, is_json, selector)?,
    })
}

fn place(key: &str, table: PlaceTable, is_json: bool, selector: &mut Selector) -> Result<Place> {
    match (table.header, table.pointer) {
        (Some(names), None) => header_names(&format!("{key}.header"), &names).map(Place::Header),
        (None, Some(pointer)) => {
            self::pointer(key, &pointer, is_json, selector).map(Place::Pointer)
        }
        _ => problem(key, "must have either `header` or `pointer`"),
    }
}

fn pointer(
    key: &str,
    pointer: &str,
    is_json: bool,
    selector: &mut Selector,
) -> Result<crate::json::Pointer> {
    let path = format!("{key}.pointer");
    if !is_json {
        return problem(path, "needs a body that is JSON, but `payload.format` is \"bytes\"");
    }
    selector.add(pointer).or_else(|what| problem(path, what))
}

fn test_rule(table: Option<TestTable>, is_json: bool, selector: &mut Selector) -> Result<TestRule> {
    let Some(TestTable { r#type, pointer, equals, .. }) = table else {
        return Ok(TestRule::Never);
    };
    match (r#type, pointer, equals) {
        (Some(event_type), None, None) => Ok(TestRule::Type(event_type)),
        (None, Some(pointer), Some(equals)) => {
            let pointer = self::pointer("event.test", &pointer, is_json, selector)?;
            Ok(TestRule::Pointer(pointer, equals))
        }
        _ => problem("event.test", "must have either `type`, or `pointer` and `equals`"),
    }
}

/// The event's id is the signed one if nothing else is said. A header that may hold the signed id
/// is never read by itself: beside the one that was signed, anybody could add another.
fn with_signed_id(places: Vec<Place>, signed: &[HeaderName]) -> Vec<Place> {
    if signed.is_empty() {
        return places;
    }
    if places.is_empty() {
        return vec![Place::SignedId];
    }
    let is_signed = |place: &Place| place.header_names().iter().any(|name| signed.contains(name));
    places
        .into_iter()
        .map(|place| if is_signed(&place) { Place::SignedId } else { place })
        .collect()
}

/// A field that only a header says is not covered by any signature, unless the header is signed
/// itself, as a signed id is.
fn unsigned(places: &EventPlaces) -> Vec<Field> {
    let from_header = |places: &[Place]| places.iter().any(|p| matches!(p, Place::Header(_)));
    let fields = [
        (Field::Type, from_header(&places.event_type)),
        (Field::Id, from_header(&places.id)),
        (Field::CreatedAt, from_header(&places.created_at)),
    ];
    fields.into_iter().filter(|(_, is_unsigned)| *is_unsigned).map(|(field, _)| field).collect()
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
