//! The event of a verified delivery, and access to its fields.

mod fields;
mod form;
mod serialize;

use core::fmt;
use std::time::SystemTime;

use serde::de::DeserializeOwned;

pub(crate) use self::fields::{Body, Data, Fields, Text, select};
use crate::clock::TimestampUnit;
use crate::payload::{self, Payload, PayloadMismatch};
use crate::scheme::{Field, Scheme, TestRule};
use crate::{Error, ErrorCode};

/// A verified event: what the provider reports in a delivery whose signature matched.
///
/// Only [`Webhook::verify`](crate::Webhook::verify) and its variants make one.
#[derive(Clone)]
#[expect(clippy::struct_field_names, reason = "`type` is a keyword")]
pub struct Event<'b> {
    pub(crate) scheme: Scheme,
    pub(crate) body: Body<'b>,
    /// The JSON with its lone surrogate escapes replaced, if it has any.
    pub(crate) replaced: Option<Box<str>>,
    pub(crate) event_type: Text,
    pub(crate) id: Option<Text>,
    pub(crate) created_at: Option<(Text, TimestampUnit)>,
    pub(crate) data: Option<Data>,
    pub(crate) is_test: bool,
    pub(crate) key_index: usize,
}

impl Event<'_> {
    /// Returns the name of the provider that sent the event, as its scheme spells it.
    #[must_use]
    pub fn provider(&self) -> &str {
        self.scheme.name()
    }

    /// Returns the event's type, such as `policy.created`; empty if the provider gives none.
    #[must_use]
    pub fn event_type(&self) -> &str {
        self.event_type.resolve(&self.body)
    }

    /// Returns the id of the event or the delivery, or `None` if it has none. Retries of a delivery
    /// carry the same id.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_ref().map(|id| id.resolve(&self.body))
    }

    /// Returns the time at which the event happened.
    ///
    /// `None` if the provider does not give one, or it is not in the format that the scheme names:
    /// RFC 3339, or seconds or milliseconds since 1970.
    #[must_use]
    pub fn created_at(&self) -> Option<SystemTime> {
        let (text, unit) = self.created_at.as_ref()?;
        unit.read_time(text.resolve(&self.body))
    }

    /// Returns the same in seconds since 1970, which are negative before it, and the nanoseconds beyond
    /// them: also where the platform's times begin in 1970, as in WebAssembly.
    #[must_use]
    pub fn created_at_unix(&self) -> Option<(i64, u32)> {
        let (text, unit) = self.created_at.as_ref()?;
        unit.read_unix(text.resolve(&self.body))
    }

    /// Returns `true` if the provider marks the event as a test.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.is_test
    }

    /// Returns `true` if the event only checks that the endpoint works.
    ///
    /// Such an event is a test by its type (a "ping"), not one about test data. It reports nothing
    /// that happened, so a success response is all it needs.
    #[must_use]
    pub fn is_check(&self) -> bool {
        self.is_test && matches!(self.scheme.compiled().places.test, TestRule::Type(_))
    }

    /// Returns the event's data as JSON, or `None` if the event has no data.
    ///
    /// The text is the one in the body, except that lone surrogate escapes such as `\ud800`, which
    /// stand for no character and which many parsers refuse, are replaced by `\ufffd`. Every
    /// language does the same.
    #[must_use]
    pub fn data_json(&self) -> Option<&str> {
        Some(match self.data.as_ref()? {
            Data::Body(span) => &self.json()[span.clone()],
            Data::Default => self.scheme.compiled().places.data_default.as_deref()?,
        })
    }

    /// Returns the whole JSON value that was signed, of which [`data_json`](Self::data_json) is a
    /// part, or `None` if the payload is empty or not JSON.
    ///
    /// It includes what a sender puts beside the data, such as the account that the event belongs
    /// to. Of a form it is the value of the payload's field. Lone surrogate escapes are replaced,
    /// as in [`data_json`](Self::data_json).
    #[must_use]
    pub fn envelope_json(&self) -> Option<&str> {
        let json = self.json().trim_matches([' ', '\t', '\n', '\r']);
        (!json.is_empty()).then_some(json)
    }

    fn json(&self) -> &str {
        self.replaced.as_deref().unwrap_or_else(|| self.body.json())
    }

    /// Deserializes the whole JSON value that was signed into a type of yours.
    ///
    /// See [`envelope_json`](Self::envelope_json). Where that is `None`, this reads `null`.
    ///
    /// ```
    /// # use hookseal::{SignOptions, Webhook};
    /// #[derive(serde::Deserialize)]
    /// struct Envelope {
    ///     account: String,
    /// }
    ///
    /// # let webhook = Webhook::new("stripe", ["whsec_test"])?;
    /// # let body = r#"{"id":"evt_1","type":"invoice.paid","account":"acct_1","data":{}}"#;
    /// # let headers = webhook.sign(body, &SignOptions::new())?;
    /// let event = webhook.verify(body, &headers)?;
    /// assert_eq!(event.envelope::<Envelope>()?.account, "acct_1");
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::InvalidPayload`] if it does not fit the type; the message says where.
    pub fn envelope<T: DeserializeOwned>(&self) -> Result<T, Error> {
        read(self.envelope_json())
    }

    /// Deserializes the event's data into a type of yours, or into a documented one such as
    /// [`kasko::Policy`](crate::kasko::Policy).
    ///
    /// An event without data is read as `null`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidPayload`] if the data does not fit the type; the message says where.
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, Error> {
        read(self.data_json())
    }

    /// Deserializes the event's data into the provider's documented type for this
    /// [`event_type`](Self::event_type), such as [`kasko::Payload`](crate::kasko::Payload).
    ///
    /// # Errors
    /// [`ErrorCode::InvalidPayload`] if the data does not fit the documented type.
    pub fn payload<P: Payload>(&self) -> Result<P, Error> {
        P::from_type_and_json(self.event_type(), self.data_json().unwrap_or("null")).map_err(
            |found| {
                mismatch(&found, "read the data as it came, as `event.data::<serde_json::Value>()`")
            },
        )
    }

    /// Returns the fields that the signature does not cover. Whoever replays the delivery could
    /// have changed them.
    #[must_use]
    pub fn unsigned(&self) -> &[Field] {
        self.scheme.unsigned()
    }

    /// Returns the bytes that were authenticated: the body as it was signed.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.as_bytes()
    }

    /// Returns the bytes that were authenticated as text, or `None` if the payload is not JSON by
    /// its scheme.
    #[must_use]
    pub fn body_text(&self) -> Option<&str> {
        match &self.body {
            Body::Json(text) | Body::Form { body: text, .. } => Some(text),
            Body::Bytes(_) => None,
        }
    }

    /// Returns the index of the secret that matched, counted from 0 in the order in which the
    /// webhook was given them.
    #[must_use]
    pub fn key_index(&self) -> usize {
        self.key_index
    }

    /// Returns a key that identifies the event, to recognise one that was already handled.
    ///
    /// It is `provider:id` where the id is signed, else `provider:type:` and the hexadecimal
    /// SHA-256 of the body.
    ///
    /// Where it is made from the body, two genuine events with equal bodies have equal keys: a
    /// policy that is changed, changed back and changed again is sent with the first body again. Do
    /// not keep such a key for longer than the provider retries, or the later event is lost.
    #[must_use]
    pub fn dedupe_key(&self) -> String {
        self.scheme.dedupe_key(self.event_type(), self.id(), self.body())
    }

    /// Converts the event into one that owns its body, so that it can be kept.
    #[must_use]
    pub fn into_owned(self) -> Event<'static> {
        Event {
            scheme: self.scheme,
            body: self.body.into_owned(),
            replaced: self.replaced,
            event_type: self.event_type,
            id: self.id,
            created_at: self.created_at,
            data: self.data,
            is_test: self.is_test,
            key_index: self.key_index,
        }
    }
}

fn read<T: DeserializeOwned>(json: Option<&str>) -> Result<T, Error> {
    payload::from_json(json.unwrap_or("null")).map_err(|found| {
        mismatch(
            &found,
            "if the type is yours, make that field optional or of another type, else read it as \
             `serde_json::Value`",
        )
    })
}

fn mismatch(found: &PayloadMismatch, remedy: &str) -> Error {
    Error::new(
        ErrorCode::InvalidPayload,
        format!(
            "the event is authentic, but it does not fit the type asked for: {found}; {remedy}"
        ),
    )
}

/// Shows the provider, the type and the id, and no personal data.
impl fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("provider", &self.provider())
            .field("type", &self.event_type())
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}
