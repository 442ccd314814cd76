//! The places of an event's fields.

use super::problem::{Result, header_names, problem};
use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use crate::scheme::Field;
use crate::scheme::document::{EventTable, OneOrMany, PlaceTable, TestTable};
use crate::scheme::place::{EventPlaces, MomentPlace, Place, TestRule};
use hookseal_json::{Pointer, Selector};

const CREATED_AT: &str = "event.created_at";

/// Also takes the places' pointers into the selector.
pub(super) fn event_places(
    event: EventTable,
    is_json: bool,
    selector: &mut Selector,
) -> Result<EventPlaces> {
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
    let created_at = event.created_at.map(|tables| tables.0).unwrap_or_default();
    let units: Vec<_> = created_at.iter().map(|table| table.unit).collect();
    let created_at: Vec<Place> = places(CREATED_AT, Some(OneOrMany(created_at)))?;
    let moment = |(place, unit): (Place, Option<_>)| {
        let unit = unit.map_or(TimestampUnit::Rfc3339, TimestampUnit::from);
        MomentPlace { place, unit }
    };
    let created_at = created_at.into_iter().zip(units).map(moment).collect();
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
    if table.unit.is_some() && key != CREATED_AT {
        return problem(format!("{key}.unit"), "has a meaning with `event.created_at` alone");
    }
    match (table.header, table.pointer) {
        (Some(names), None) => header_names(&format!("{key}.header"), &names).map(Place::Header),
        (None, Some(pointer)) => {
            self::pointer(key, &pointer, is_json, selector).map(Place::Pointer)
        }
        _ => problem(key, "must have either `header` or `pointer`"),
    }
}

fn pointer(key: &str, pointer: &str, is_json: bool, selector: &mut Selector) -> Result<Pointer> {
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
pub(super) fn with_signed_id(places: Vec<Place>, signed: &[HeaderName]) -> Vec<Place> {
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

/// Returns the fields that no signature covers: those that only a header says which is not signed
/// itself; and where the body is not signed, it and what it says.
pub(super) fn unsigned(
    places: &EventPlaces,
    body_is_signed: bool,
    is_signed: impl Fn(&Place) -> bool,
) -> Vec<Field> {
    let is_open = |place: &Place| match place {
        Place::Header(_) => !is_signed(place),
        Place::Pointer(_) => !body_is_signed && !is_signed(place),
        Place::SignedId => false,
    };
    let fields = [Field::Type, Field::Id, Field::CreatedAt].into_iter();
    let open = fields.filter(|field| places.of(*field).into_iter().any(is_open));
    open.chain((!body_is_signed).then_some(Field::Body)).collect()
}
