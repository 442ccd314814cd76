//! The values of a request that are signed beside its body.

use std::borrow::Cow;

use hookseal_json::RawString;

use super::Request;
use crate::address;
use crate::headers::Headers;
use crate::scheme::{Content, SignatureForm, Value};
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

impl<'d, H: Headers + ?Sized> Request<'d, H> {
    /// The values that the form signs besides the body, an id and a timestamp.
    pub(crate) fn values(
        &self,
        form: &'d SignatureForm,
        webhook: &Webhook,
    ) -> Result<Vec<Cow<'d, [u8]>>, Error> {
        let values = self.content_values(&form.content, webhook)?;
        let mut numbered = values.iter().enumerate();
        if numbered.all(|(number, value)| form.borders.allow_value(number, value)) {
            return Ok(values);
        }
        Err(Error::new(
            ErrorCode::MalformedHeader,
            "a signed header has a character that separates it from what else is signed: which of \
             it is the header's would not be certain",
        ))
    }

    /// The values that a content holds besides the body, an id and a timestamp.
    pub(crate) fn content_values(
        &self,
        content: &'d Content,
        webhook: &Webhook,
    ) -> Result<Vec<Cow<'d, [u8]>>, Error> {
        content.values().map(|value| self.value(value, webhook)).collect()
    }

    /// A value that a content holds.
    pub(crate) fn value(
        &self,
        value: &'d Value,
        webhook: &Webhook,
    ) -> Result<Cow<'d, [u8]>, Error> {
        Ok(match value {
            Value::Header(name) => {
                Cow::Borrowed(self.required(core::slice::from_ref(name))?.as_bytes())
            }
            Value::Pointer(pointer) => match self.signed_string(pointer) {
                Some(text) => Cow::Owned(text.into_bytes()),
                None => return Err(self.no_signed_place(pointer)),
            },
            Value::BodyHash(hash) => Cow::Owned(hash.of(self.body).into_bytes()),
            Value::Method => Cow::Owned(self.method()?.into_bytes()),
            Value::Url => Cow::Owned(self.whole_url(webhook)?.into_bytes()),
            Value::Path => Cow::Borrowed(address::path(self.url()?).as_bytes()),
            Value::Query => Cow::Borrowed(address::query(self.url()?).as_bytes()),
            Value::Form => match address::sorted_form(self.body) {
                Some(form) => Cow::Owned(form),
                None => {
                    return Err(Error::new(
                        ErrorCode::InvalidPayload,
                        format!(
                            "the body is not the form that {} sends, so what it signs cannot be \
                             told: pass the raw bytes",
                            self.scheme.title()
                        ),
                    ));
                }
            },
            Value::Constant(name) => {
                Cow::Owned(webhook.constant(name).unwrap_or_default().as_bytes().to_vec())
            }
            Value::Envelope(envelope) => Cow::Owned(self.signed_by(envelope, webhook)?),
            // The key gives it.
            Value::Secret => Cow::Borrowed(&[]),
        })
    }

    /// The string at a place in the body that is read before the body is authentic.
    pub(crate) fn signed_string(&self, pointer: &str) -> Option<String> {
        let places = &self.compiled().signed_places;
        let select = || places.selector.places(simdutf8::basic::from_utf8(self.body).ok()?);
        let selection = self.selection.get_or_init(select).as_ref()?;
        let span = selection.get(places.get(pointer)?)?;
        let literal = core::str::from_utf8(self.body.get(span)?).ok()?;
        match RawString::from_literal(literal) {
            Some(string) => Some(string.decode().into_owned()),
            // A number is signed as it stands.
            None if literal.bytes().all(|byte| byte.is_ascii_digit()) => Some(literal.to_owned()),
            None => None,
        }
    }
}
