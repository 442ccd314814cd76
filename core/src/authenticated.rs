//! Reads an event out of an authenticated delivery.

use std::borrow::Cow;

use hookseal_json::{DataVisitor, Selection, replace_lone_surrogates};

use crate::clock::TimestampUnit;
use crate::event::{Data, Event, Fields, Text, select};
use crate::headers::Headers;
use crate::request::{Request, joined, malformed};
use crate::scheme::{Compiled, MomentPlace, Place, TestRule};
use crate::{Error, ErrorCode};

/// A delivery whose signature is right.
pub(crate) struct Authenticated<'a, 'b, H: ?Sized> {
    pub(crate) request: &'a Request<'a, H>,
    /// The bytes that were signed.
    pub(crate) body: Cow<'b, [u8]>,
    /// The id that was signed, `""` if none was.
    pub(crate) id: &'a str,
    /// The secret that the signature was made with.
    pub(crate) key_index: usize,
}

impl<'b, H: Headers + ?Sized> Authenticated<'_, 'b, H> {
    /// Reads the event, reporting its data to `visitor` on the way.
    pub(crate) fn event(self, visitor: &mut impl DataVisitor) -> Result<Event<'b>, Error> {
        let scheme = self.request.scheme();
        let mut selection = Selection::new();
        let body = select(scheme.compiled(), self.body, &mut selection, visitor)?;
        let reader = Reader {
            request: self.request,
            signed_id: self.id,
            fields: Fields { body: &body, selection: &selection },
        };
        let places = &scheme.compiled().places;
        let event_type = reader.event_type()?;
        let id = reader.id()?;
        let created_at = reader.created_at()?;
        let is_test = reader.is_test(&event_type);
        let data = reader
            .fields
            .data(places.data.iter().copied())
            .or(places.data_default.as_ref().map(|_| Data::Default));
        let replaced =
            selection.has_lone_surrogates().then(|| replace_lone_surrogates(body.json()).into());
        let (scheme, key_index) = (scheme.clone(), self.key_index);
        Ok(Event { scheme, body, replaced, event_type, id, created_at, data, is_test, key_index })
    }
}

/// Looks for an event's fields in the headers and the body.
struct Reader<'r, H: ?Sized> {
    request: &'r Request<'r, H>,
    signed_id: &'r str,
    fields: Fields<'r>,
}

impl<'r, H: Headers + ?Sized> Reader<'r, H> {
    fn compiled(&self) -> &'r Compiled {
        self.request.scheme().compiled()
    }

    /// The type; the first of its places where there is anything says it.
    fn event_type(&self) -> Result<Text, Error> {
        let places = &self.compiled().places;
        for place in &places.event_type {
            match place {
                Place::SignedId => {}
                Place::Pointer(pointer) => {
                    match (self.fields.string(*pointer), self.fields.span(*pointer)) {
                        (Some(text), _) => return Ok(text),
                        (None, Some(_)) if places.type_required => return Err(self.no_type()),
                        (None, _) => {}
                    }
                }
                Place::Header(names) => match self.request.single(names)? {
                    Some((name, "")) if places.type_required => {
                        return Err(malformed(name, "is empty: it should say the event's type"));
                    }
                    // No type holds a comma, and some servers join without a space after it.
                    Some((name, value)) if value.contains(',') => return Err(joined(name)),
                    Some((_, value)) => return Ok(Text::Own(value.into())),
                    None => {}
                },
            }
        }
        if places.type_required { Err(self.no_type()) } else { Ok(Text::Own(Box::default())) }
    }

    fn no_type(&self) -> Error {
        Error::new(
            ErrorCode::InvalidPayload,
            format!(
                "the delivery is authentic, but it has no event type, a string, where {} puts it: \
                 is this URL given to another kind of webhook too?",
                self.compiled().title
            ),
        )
    }

    /// The id; the first of its places that holds a text or an integer says it.
    fn id(&self) -> Result<Option<Text>, Error> {
        for place in &self.compiled().places.id {
            let found = match place {
                Place::Pointer(pointer) => self.fields.string_or_integer(*pointer),
                Place::SignedId => Some(Text::Own(self.signed_id.into())),
                Place::Header(names) => {
                    self.request.single(names)?.map(|(_, value)| Text::Own(value.into()))
                }
            };
            if let Some(text) = found
                && !self.fields.resolve(&text).is_empty()
            {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// The time that the event happened, as it is written in the first of its places.
    fn created_at(&self) -> Result<Option<(Text, TimestampUnit)>, Error> {
        for MomentPlace { place, unit } in &self.compiled().places.created_at {
            let found = match (place, unit) {
                (Place::Pointer(pointer), TimestampUnit::Rfc3339) => self.fields.string(*pointer),
                (Place::Pointer(pointer), _) => self.fields.string_or_integer(*pointer),
                (Place::SignedId, _) => None,
                // An HTTP date has a comma of its own.
                (Place::Header(names), _) => {
                    self.request.header(names)?.map(|(_, value)| Text::Own(value.into()))
                }
            };
            if let Some(text) = found
                && !self.fields.resolve(&text).is_empty()
            {
                return Ok(Some((text, *unit)));
            }
        }
        Ok(None)
    }

    fn is_test(&self, event_type: &Text) -> bool {
        match &self.compiled().places.test {
            TestRule::Never => false,
            TestRule::Type(name) => self.fields.resolve(event_type) == name,
            TestRule::Pointer(pointer, value) => self.fields.span(*pointer).is_some_and(|span| {
                self.fields.slice(&span) == if *value { "true" } else { "false" }
            }),
        }
    }
}
