//! One delivery: what its headers and body have for the scheme.

use crate::clock::Moment;
use crate::event::{Body, Data, Event, Text};
use crate::headers::{HeaderName, Headers};
use crate::json::{DataVisitor, RawString, Selection, Span, replace_lone_surrogates};
use crate::scheme::{Compiled, Place, Scheme, Signature, SignatureForm, SignatureHeader, TestRule};
use crate::{Error, ErrorCode};
use std::borrow::Cow;

pub(crate) struct Delivery<'d, H: ?Sized> {
    scheme: &'d Scheme,
    headers: &'d H,
}

/// The bytes that a signature was found to cover.
pub(crate) enum Authenticated<'b> {
    Raw(&'b [u8]),
    Ecmascript(String),
}

impl<'d, H: Headers + ?Sized> Delivery<'d, H> {
    pub(crate) fn new(scheme: &'d Scheme, headers: &'d H) -> Self {
        Self { scheme, headers }
    }

    fn compiled(&self) -> &'d Compiled {
        self.scheme.compiled()
    }

    /// Checks that the headers are there that stand beside every signature.
    pub(crate) fn check_presence(&self) -> Result<(), Error> {
        let is_there = |name: &HeaderName| {
            let mut found = false;
            self.headers.each_value(name, &mut |_| found = true);
            found
        };
        let required = &self.compiled().required_headers;
        match required.iter().find(|names| !names.iter().any(is_there)) {
            Some(names) => Err(self.missing(names.iter())),
            None => Ok(()),
        }
    }

    /// The signature, and the first of the scheme's forms that it has.
    pub(crate) fn signature(&self) -> Result<(&'d SignatureForm, Signature<'d>), Error> {
        let mut error = None;
        for header in &self.compiled().signatures {
            let value = match self.headers.signature() {
                Some(value) => Some((&header.names[0], text(&header.names[0], value)?)),
                None => self.header(&header.names)?,
            };
            let Some((name, value)) = value else { continue };
            for form in &header.forms {
                if let Some(signature) = form.read(value) {
                    return Ok((form, signature));
                }
            }
            error = error.or_else(|| Some(self.malformed_signature(header, name, value)));
        }
        Err(error.unwrap_or_else(|| self.missing(self.compiled().signature_names())))
    }

    /// The id that the signature covers, `""` if it covers none. What is signed is one text, so the
    /// id must be one whose end is certain.
    pub(crate) fn signed_id(&self, form: &SignatureForm) -> Result<&'d str, Error> {
        if !form.content.has_id() {
            return Ok("");
        }
        let scheme = self.compiled();
        let id = self.required(&scheme.id)?;
        if form.content.bounds_id(id, scheme.is_json) {
            return Ok(id);
        }
        Err(unbounded_id(&scheme.id[0]))
    }

    /// The timestamp that the signature covers, if it covers any: as it is written, and what it
    /// means.
    pub(crate) fn timestamp(
        &self,
        form: &SignatureForm,
        signature: &Signature<'d>,
    ) -> Result<Option<(&'d str, Moment)>, Error> {
        let Some(rule) = &self.compiled().timestamp else { return Ok(None) };
        if !form.content.has_timestamp() {
            return Ok(None);
        }
        let text = match signature.timestamp {
            Some(text) => text,
            None => self.required(&rule.headers)?,
        };
        match rule.unit.read(text) {
            Some(moment) => Ok(Some((text, moment))),
            None => Err(Error::new(
                ErrorCode::MalformedHeader,
                format!(
                    "the timestamp that {} signs must be {}",
                    self.scheme.title(),
                    rule.unit.description()
                ),
            )),
        }
    }

    /// The event, once the signature is known to be right.
    pub(crate) fn event<'b>(
        &self,
        authenticated: Authenticated<'b>,
        signed_id: &str,
        key_index: usize,
        visitor: &mut impl DataVisitor,
    ) -> Result<Event<'b>, Error> {
        let mut selection = Selection::new();
        let body = self.read_body(authenticated, &mut selection, visitor)?;
        let fields = Fields { body: &body, selection: &selection };
        let places = &self.compiled().places;

        let event_type = self.event_type(&fields)?;
        let id = self.optional(&places.id, signed_id, &fields)?;
        let created_at = self.optional(&places.created_at, signed_id, &fields)?;
        let data = fields
            .data(places.data.iter().copied())
            .or(places.data_default.as_ref().map(|_| Data::Default));
        let is_test = match &places.test {
            TestRule::Never => false,
            TestRule::Type(name) => fields.resolve(&event_type) == name,
            TestRule::Pointer(pointer, value) => fields
                .span(*pointer)
                .is_some_and(|span| fields.slice(&span) == if *value { "true" } else { "false" }),
        };
        let scheme = self.scheme.clone();
        Ok(Event { scheme, body, event_type, id, created_at, data, is_test, key_index })
    }

    /// The type; the first of its places where there is anything says it.
    fn event_type(&self, fields: &Fields<'_>) -> Result<Text, Error> {
        let places = &self.compiled().places;
        for place in &places.event_type {
            match place {
                Place::SignedId => {}
                Place::Pointer(pointer) => match (fields.string(*pointer), fields.span(*pointer)) {
                    (Some(text), _) => return Ok(text),
                    (None, Some(_)) if places.type_required => return Err(self.no_type()),
                    (None, _) => {}
                },
                Place::Header(names) => match self.header(names)? {
                    Some((name, "")) if places.type_required => {
                        return Err(malformed(name, "is empty: it should say the event's type"));
                    }
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
                self.scheme.title()
            ),
        )
    }

    /// The first of the places that holds a text; an empty one says nothing.
    fn optional(
        &self,
        places: &'d [Place],
        signed_id: &str,
        fields: &Fields<'_>,
    ) -> Result<Option<Text>, Error> {
        for place in places {
            let found = match place {
                Place::Pointer(pointer) => fields.string(*pointer),
                Place::SignedId => Some(Text::Own(signed_id.into())),
                Place::Header(names) => {
                    self.header(names)?.map(|(_, value)| Text::Own(value.into()))
                }
            };
            if let Some(text) = found
                && !fields.resolve(&text).is_empty()
            {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    fn read_body<'b>(
        &self,
        authenticated: Authenticated<'b>,
        selection: &mut Selection,
        visitor: &mut impl DataVisitor,
    ) -> Result<Body<'b>, Error> {
        let scheme = self.compiled();
        let text = match authenticated {
            Authenticated::Raw(bytes) if !scheme.is_json => {
                return Ok(Body::Bytes(Cow::Borrowed(bytes)));
            }
            Authenticated::Raw(bytes) => match simdutf8::basic::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => return Err(not_utf8(bytes)),
            },
            Authenticated::Ecmascript(json) => Cow::Owned(json),
        };
        // Of several places only the end of the body shows which one counts.
        let data = match scheme.places.data[..] {
            [data] => Some(data),
            _ => None,
        };
        match scheme.selector.select(&text, selection, data, visitor) {
            Ok(()) => Ok(Body::Json(text)),
            Err(problem) => Err(invalid_payload(&problem)),
        }
    }

    /// The first of the headers that is there.
    fn header(&self, names: &'d [HeaderName]) -> Result<Option<(&'d HeaderName, &'d str)>, Error> {
        for name in names {
            let mut first: Option<&'d [u8]> = None;
            let mut conflict = false;
            self.headers.each_value(name, &mut |value| {
                conflict |= *first.get_or_insert(value) != value;
            });
            if conflict {
                return Err(malformed(
                    name,
                    "is there more than once, with different values: which one counts cannot be \
                     known, so something between the sender and here has added one",
                ));
            }
            if let Some(value) = first {
                return Ok(Some((name, text(name, value)?)));
            }
        }
        Ok(None)
    }

    fn required(&self, names: &'d [HeaderName]) -> Result<&'d str, Error> {
        match self.header(names)? {
            Some((name, "")) => Err(malformed(name, "is empty")),
            Some((_, value)) => Ok(value),
            None => Err(self.missing(names.iter())),
        }
    }

    fn missing<'n>(&self, names: impl Iterator<Item = &'n HeaderName>) -> Error {
        let names: Vec<String> = names.map(|name| format!("`{}`", name.as_str())).collect();
        Error::new(
            ErrorCode::MissingHeader,
            format!(
                "the header {} is missing, which {} sends with every delivery: pass all of the \
                 request's headers, and check that no proxy removes it",
                names.join(" or "),
                self.scheme.title()
            ),
        )
    }

    fn malformed_signature(
        &self,
        header: &SignatureHeader,
        name: &HeaderName,
        value: &str,
    ) -> Error {
        if value.is_empty() {
            return malformed(name, "is empty");
        }
        let forms: Vec<String> = header.forms.iter().map(SignatureForm::description).collect();
        malformed(
            name,
            &format!(
                "is not a signature of {}: it must be {}",
                self.scheme.title(),
                forms.join(", or ")
            ),
        )
    }
}

/// What the body has for the scheme's pointers.
struct Fields<'f> {
    body: &'f Body<'f>,
    selection: &'f Selection,
}

impl Fields<'_> {
    fn span(&self, pointer: crate::json::Pointer) -> Option<Span> {
        self.selection.get(pointer)
    }

    fn slice(&self, span: &Span) -> &str {
        self.body.slice(span)
    }

    fn resolve<'t>(&'t self, text: &'t Text) -> &'t str {
        text.resolve(self.body)
    }

    fn string(&self, pointer: crate::json::Pointer) -> Option<Text> {
        let span = self.span(pointer)?;
        let literal = self.slice(&span);
        let in_body = literal.starts_with('"').then(|| Text::Body(span.start + 1..span.end - 1));
        if !self.selection.has_escapes() {
            return in_body;
        }
        let string = RawString::from_literal(literal)?;
        if string.is_escaped() { Some(Text::Own(string.decode().into())) } else { in_body }
    }

    fn data(&self, mut pointers: impl Iterator<Item = crate::json::Pointer>) -> Option<Data> {
        let span = pointers.find_map(|pointer| self.span(pointer))?;
        Some(if self.selection.has_lone_surrogates() {
            Data::Own(replace_lone_surrogates(self.slice(&span)).into())
        } else {
            Data::Body(span)
        })
    }
}

/// A header's value as text: HTTP's visible characters, spaces and tabs.
fn text<'h>(name: &HeaderName, value: &'h [u8]) -> Result<&'h str, Error> {
    // Without an early end, so that it is done many bytes at a time.
    let allowed = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    let allowed = value.iter().fold(true, |all, byte| all & allowed(byte));
    match core::str::from_utf8(value) {
        Ok(text) if allowed => Ok(text),
        _ => Err(malformed(name, "holds characters that are not ASCII")),
    }
}

pub(crate) fn unbounded_id(name: &HeaderName) -> Error {
    malformed(
        name,
        "has spaces around the id, or in it what separates it from the rest that is signed",
    )
}

fn malformed(name: &HeaderName, what: &str) -> Error {
    Error::new(ErrorCode::MalformedHeader, format!("the header `{}` {what}", name.as_str()))
}

fn not_utf8(bytes: &[u8]) -> Error {
    let offset = core::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    invalid_payload(&format_args!("it is not valid UTF-8 (at byte {offset})"))
}

fn invalid_payload(problem: &dyn core::fmt::Display) -> Error {
    Error::new(
        ErrorCode::InvalidPayload,
        format!("the delivery is authentic, but its body is not one JSON object: {problem}"),
    )
}
