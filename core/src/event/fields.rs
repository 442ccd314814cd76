//! Finds the values of a scheme's pointers in an authenticated body.

use std::borrow::Cow;

use hookseal_json::{DataVisitor, Ignore, Pointer, RawString, Selection, Span};

use super::form;
use crate::scheme::{Compiled, PayloadKinds};
use crate::{Error, ErrorCode};

/// The bytes that were authenticated.
#[derive(Clone)]
pub(crate) enum Body<'b> {
    /// One JSON value, or nothing.
    Json(Cow<'b, str>),
    /// A form, and the JSON value in its field.
    Form {
        body: Cow<'b, str>,
        json: String,
    },
    Bytes(Cow<'b, [u8]>),
}

impl Body<'_> {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Json(text) | Self::Form { body: text, .. } => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// The JSON value that was authenticated, with the white space around it; `""` if there is
    /// none.
    pub(crate) fn json(&self) -> &str {
        match self {
            Self::Json(text) => text,
            Self::Form { json, .. } => json,
            Self::Bytes(_) => "",
        }
    }

    pub(crate) fn slice(&self, span: &Span) -> &str {
        &self.json()[span.clone()]
    }

    pub(crate) fn into_owned(self) -> Body<'static> {
        match self {
            Self::Json(text) => Body::Json(Cow::Owned(text.into_owned())),
            Self::Form { body, json } => Body::Form { body: Cow::Owned(body.into_owned()), json },
            Self::Bytes(bytes) => Body::Bytes(Cow::Owned(bytes.into_owned())),
        }
    }
}

/// A string of the event's: a part of the body, or its own where it is decoded or from a header.
#[derive(Clone, Debug)]
pub(crate) enum Text {
    Body(Span),
    Own(Box<str>),
}

impl Text {
    pub(crate) fn resolve<'t>(&'t self, body: &'t Body<'_>) -> &'t str {
        match self {
            Self::Body(span) => body.slice(span),
            Self::Own(own) => own,
        }
    }
}

/// An event's data: a part of the JSON, or the scheme's default.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    Body(Span),
    Default,
}

/// Validates a body as the scheme says and finds the values of its pointers, which it leaves in
/// `selection`.
pub(crate) fn select<'b>(
    scheme: &Compiled,
    body: Cow<'b, [u8]>,
    selection: &mut Selection,
    visitor: &mut impl DataVisitor,
) -> Result<Body<'b>, Error> {
    let kinds = &scheme.payload;
    if !kinds.is_json() {
        return Ok(Body::Bytes(body));
    }
    let text = into_text(body, kinds)?;
    if text.is_empty() && kinds.may_be_empty() {
        return Ok(Body::Json(text));
    }
    if let Some(value) = kinds.form_value(&text) {
        let json = form::decode(value).map_err(|problem| invalid_payload(&problem, kinds))?;
        // What a visitor is told stands in the body, and this does not.
        return match scheme.selector.select(&json, selection, None, &mut Ignore) {
            Ok(()) => Ok(Body::Form { body: text, json }),
            Err(problem) => Err(invalid_payload(&format_args!("in the form, {problem}"), kinds)),
        };
    }
    // Of several places only the end of the body shows which one counts.
    let data = match scheme.places.data[..] {
        [data] => Some(data),
        _ => None,
    };
    match scheme.selector.select(&text, selection, data, visitor) {
        Ok(()) => Ok(Body::Json(text)),
        Err(problem) => Err(invalid_payload(&problem, kinds)),
    }
}

fn into_text<'b>(body: Cow<'b, [u8]>, kinds: &PayloadKinds) -> Result<Cow<'b, str>, Error> {
    match body {
        Cow::Borrowed(bytes) => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err(not_utf8(bytes, kinds)),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(not_utf8(error.as_bytes(), kinds)),
        },
    }
}

/// What the body has for the scheme's pointers.
pub(crate) struct Fields<'f> {
    pub(crate) body: &'f Body<'f>,
    pub(crate) selection: &'f Selection,
}

impl Fields<'_> {
    pub(crate) fn span(&self, pointer: Pointer) -> Option<Span> {
        self.selection.get(pointer)
    }

    pub(crate) fn slice(&self, span: &Span) -> &str {
        self.body.slice(span)
    }

    pub(crate) fn resolve<'t>(&'t self, text: &'t Text) -> &'t str {
        text.resolve(self.body)
    }

    pub(crate) fn string(&self, pointer: Pointer) -> Option<Text> {
        let span = self.span(pointer)?;
        if self.body.json().as_bytes().get(span.start) != Some(&b'"') {
            return None;
        }
        if self.selection.has_escapes() {
            let string = RawString::from_literal(self.slice(&span))?;
            if string.is_escaped() {
                return Some(Text::Own(string.decode().into()));
            }
        }
        Some(Text::Body(span.start + 1..span.end - 1))
    }

    /// A string, or an integer as it is written. `-0` is none, for its text would be another's.
    pub(crate) fn string_or_integer(&self, pointer: Pointer) -> Option<Text> {
        if let Some(text) = self.string(pointer) {
            return Some(text);
        }
        let span = self.span(pointer)?;
        let literal = self.slice(&span);
        let digits = literal.strip_prefix('-').unwrap_or(literal);
        let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit()) && literal != "-0";
        is_integer.then_some(Text::Body(span))
    }

    pub(crate) fn data(&self, mut pointers: impl Iterator<Item = Pointer>) -> Option<Data> {
        pointers.find_map(|pointer| self.span(pointer)).map(Data::Body)
    }
}

fn not_utf8(bytes: &[u8], kinds: &PayloadKinds) -> Error {
    let offset = core::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    invalid_payload(&format_args!("it is not valid UTF-8 (at byte {offset})"), kinds)
}

fn invalid_payload(problem: &dyn core::fmt::Display, kinds: &PayloadKinds) -> Error {
    let expected = kinds.description();
    Error::new(
        ErrorCode::InvalidPayload,
        format!("the delivery is authentic, but its body is not {expected}: {problem}"),
    )
}
