//! The places of an event's fields in a delivery.

use super::field::Field;
use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use hookseal_json::Pointer;

/// A place where a field may be.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// The first of these headers that is present.
    Header(Vec<HeaderName>),
    /// The id that the signature covers.
    SignedId,
    /// A JSON pointer into the body.
    Pointer(Pointer),
}

impl Place {
    pub(crate) fn header_names(&self) -> &[HeaderName] {
        match self {
            Self::Header(names) => names,
            Self::SignedId | Self::Pointer(_) => &[],
        }
    }
}

/// A place where a time may be, and the unit in which it is written there.
#[derive(Clone, Debug)]
pub(crate) struct MomentPlace {
    pub(crate) place: Place,
    pub(crate) unit: TimestampUnit,
}

/// The rule that says when an event is a test.
#[derive(Clone, Debug)]
pub(crate) enum TestRule {
    Never,
    Type(String),
    Pointer(Pointer, bool),
}

/// The places of all fields; of several the first that is present counts.
#[derive(Clone, Debug)]
pub(crate) struct EventPlaces {
    pub(crate) event_type: Vec<Place>,
    pub(crate) type_required: bool,
    pub(crate) id: Vec<Place>,
    pub(crate) created_at: Vec<MomentPlace>,
    pub(crate) data: Vec<Pointer>,
    /// The data, as JSON, of a delivery that has none.
    pub(crate) data_default: Option<String>,
    pub(crate) test: TestRule,
}

impl EventPlaces {
    pub(crate) fn of(&self, field: Field) -> Vec<&Place> {
        match field {
            Field::Type => self.event_type.iter().collect(),
            Field::Id => self.id.iter().collect(),
            Field::CreatedAt => self.created_at.iter().map(|moment| &moment.place).collect(),
            Field::Body => Vec::new(),
        }
    }

    /// The headers that any of the fields may stand in.
    pub(crate) fn header_names(&self) -> impl Iterator<Item = &HeaderName> {
        [Field::Type, Field::Id, Field::CreatedAt]
            .into_iter()
            .flat_map(|field| self.of(field))
            .flat_map(Place::header_names)
    }
}
