//! Schemes: how a provider signs and where an event's fields are, as data read from TOML or JSON.

mod body_hash;
mod border;
mod compact;
#[cfg(feature = "toml")]
mod compile;
mod compiled;
mod content;
#[cfg(feature = "toml")]
mod document;
mod edit;
mod envelope;
mod field;
mod handshake;
mod malformed;
mod payload;
mod place;
mod representation;
mod signature;
mod value;
mod weakness;

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

#[cfg(test)]
pub(crate) use body_hash::BodyHash;
pub(crate) use compiled::{Compiled, TimestampRule};
pub(crate) use content::{Content, Parts};
pub(crate) use envelope::{
    CONTENT_DIGEST, Component, Derived, Envelope, MessageRules, Parameter, SIGNATURE_INPUT,
    TokenCovers, TokenRules, message_algorithm, token_algorithms,
};
pub use field::Field;
pub(crate) use handshake::{Answer, Handshake, RequestPlace};
pub(crate) use malformed::malformation;
pub(crate) use payload::PayloadKinds;
pub(crate) use place::{MomentPlace, Place, TestRule};
pub(crate) use representation::Representation;
pub(crate) use signature::{Layout, Signature, SignatureForm, SignatureHeader, Values};
pub(crate) use value::Value;
pub use weakness::Weakness;

use crate::headers::HeaderName;
#[cfg(feature = "toml")]
use crate::{Error, ErrorCode};

/// A scheme: how a provider signs its deliveries, and where an event's fields are. Cheap to clone.
///
/// [`Scheme::provider`] returns a known provider's scheme; [`Scheme::parse`] reads another
/// sender's, in the same format.
#[derive(Clone, Debug)]
pub struct Scheme(Arc<Compiled>);

impl Scheme {
    /// Reads a scheme from TOML or JSON.
    ///
    /// Available with the feature `toml`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidScheme`], naming the key that is wrong and what it may be.
    #[cfg(feature = "toml")]
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > compile::limits::MAX_TEXT {
            return Err(invalid("", &"it is longer than 64 KiB"));
        }
        let document = if text.trim_start().starts_with('{') {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let document = serde_path_to_error::deserialize(&mut deserializer)
                .map_err(|error| invalid(&error.path().to_string(), error.inner()))?;
            deserializer.end().map_err(|error| invalid("", &error))?;
            document
        } else {
            let deserializer = toml::Deserializer::parse(text)
                .map_err(|error| invalid("", &with_line(&error, text)))?;
            serde_path_to_error::deserialize(deserializer).map_err(|error| {
                invalid(&error.path().to_string(), &with_line(error.inner(), text))
            })?
        };
        compile::compile(document)
            .map(|compiled| Self(Arc::new(compiled)))
            .map_err(|problem| invalid(&problem.path, &problem.what))
    }

    /// Reads a known provider's scheme from its compact form.
    pub(crate) fn from_compact(compact: &[u8]) -> Option<Self> {
        compact::read(compact).map(|compiled| Self(Arc::new(compiled)))
    }

    /// Returns the compact form that known providers' schemes are kept in: for the generator, and
    /// of use to this version alone.
    #[cfg(feature = "toml")]
    #[doc(hidden)]
    #[must_use]
    pub fn to_compact(&self) -> Vec<u8> {
        compact::write(&self.0)
    }

    /// Returns the provider's name, which its events carry.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the provider's display name.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// Returns the fields of an event that this scheme's signature does not cover.
    #[must_use]
    pub fn unsigned(&self) -> &[Field] {
        &self.0.unsigned
    }

    /// Returns what the scheme's signatures leave open; nothing of most.
    ///
    /// Where a weakness leaves the body unsigned, [`unsigned`](Self::unsigned) says so, and a
    /// webhook is built only with
    /// [`WebhookBuilder::accept_unsigned`](crate::WebhookBuilder::accept_unsigned).
    #[must_use]
    pub fn weaknesses(&self) -> &[Weakness] {
        &self.0.weaknesses
    }

    /// Returns `true` if the request's method or address is signed, so that verifying needs them:
    /// see [`RequestHead`](crate::RequestHead).
    #[must_use]
    pub fn signs_request(&self) -> bool {
        self.compiled().signs_request()
    }

    /// Returns `true` if the sender first asks whether the endpoint is the receiver's: see
    /// [`Webhook::handshake`](crate::Webhook::handshake).
    #[must_use]
    pub fn has_handshake(&self) -> bool {
        !self.compiled().handshakes.is_empty()
    }

    /// Returns the names of the constants that a webhook with this scheme must be given, and what
    /// each one is: see [`WebhookBuilder::constant`](crate::WebhookBuilder::constant).
    pub fn constants(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.constants.iter().map(|(name, what)| (name.as_str(), what.as_str()))
    }

    /// Returns the headers that may contain the signature, so that a program that shows or logs the
    /// others can leave these out.
    pub fn signature_headers(&self) -> impl Iterator<Item = &HeaderName> {
        self.compiled().signature_names()
    }

    /// Returns every header that a verification or a handshake may read, each once, so that a caller with another
    /// kind of headers can convert only these.
    pub fn headers(&self) -> impl Iterator<Item = &HeaderName> {
        let mut unique: Vec<&HeaderName> = Vec::new();
        for name in self.compiled().read_headers() {
            if !unique.contains(&name) {
                unique.push(name);
            }
        }
        unique.into_iter()
    }

    /// Returns `true` if the sender signs the output of `JSON.stringify`, so that in JavaScript the
    /// parsed body is enough to verify.
    #[must_use]
    pub fn signs_ecmascript(&self) -> bool {
        self.compiled().representations.contains(&Representation::Ecmascript)
    }

    /// Returns the key that identifies an event; see
    /// [`Event::dedupe_key`](crate::Event::dedupe_key).
    #[must_use]
    pub fn dedupe_key(&self, event_type: &str, id: Option<&str>, body: &[u8]) -> String {
        let provider = self.name();
        match id {
            Some(id) if !self.unsigned().contains(&Field::Id) => format!("{provider}:{id}"),
            _ => {
                let digest = crate::encoding::encode_hex(&Sha256::digest(body));
                format!("{provider}:{event_type}:{digest}")
            }
        }
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.0
    }
}

/// Returns TOML's message on one line, with the line's number in the style of JSON's.
#[cfg(feature = "toml")]
fn with_line(error: &toml::de::Error, text: &str) -> String {
    let start = error.span().and_then(|span| text.get(..span.start));
    match start.map(|before| before.matches('\n').count() + 1) {
        Some(line) => format!("{} at line {line}", error.message()),
        None => error.message().to_owned(),
    }
}

#[cfg(feature = "toml")]
fn invalid(path: &str, what: &dyn core::fmt::Display) -> Error {
    let message = match path {
        "" | "." => format!("the scheme cannot be read: {what}"),
        path => format!("the scheme's `{path}` is not right: {what}"),
    };
    Error::new(ErrorCode::InvalidScheme, message)
}
