//! What is delivered: a sample, a body of the user's own, or a saved delivery.

use std::time::SystemTime;

use hookseal::{Field, SignOptions, Webhook};

use super::identity;
use super::letter::Letter;
use crate::failure::Failure;

/// A delivery that can be made again and again.
pub(super) struct Parcel {
    pub(super) content: Content,
    /// The user's own headers, which replace others of their names.
    pub(super) headers: Vec<(String, Vec<u8>)>,
}

/// What is in a parcel.
pub(super) enum Content {
    /// Sent as it is.
    Saved(crate::input::Delivery),
    /// Signed whenever it is sent.
    Signed(Box<Signed>),
}

/// A message, and what its signing needs.
pub(super) struct Signed {
    pub(super) webhook: Webhook,
    /// The secrets that the webhook has.
    pub(super) secrets: Vec<Vec<u8>>,
    pub(super) message: Message,
    /// The headers that signing does not make.
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// Whether the message is made up, so that it may have another id each time.
    pub(super) is_sample: bool,
}

/// What the sender says, without its signature.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) body: Vec<u8>,
    pub(super) event_type: Option<String>,
    pub(super) id: Option<String>,
}

impl Parcel {
    /// What goes over the wire if it is sent now.
    pub(super) fn letter(&self) -> Result<Letter, Failure> {
        match &self.content {
            Content::Saved(saved) => self.address(Letter::new(&saved.headers, saved.body.clone())?),
            Content::Signed(signed) => self.sealed(signed, &signed.message),
        }
    }

    /// The same as a delivery of its own, as far as it can be another one.
    pub(super) fn another(&self) -> Result<Letter, Failure> {
        match &self.content {
            Content::Signed(signed) if signed.is_sample => {
                self.sealed(signed, &signed.message.renewed(signed.webhook.scheme()))
            }
            _ => self.letter(),
        }
    }

    /// A message with headers that need not be right.
    pub(super) fn letter_of(
        &self,
        signed: &Signed,
        body: Vec<u8>,
        headers: &[(String, String)],
    ) -> Result<Letter, Failure> {
        let mut letter = Letter::new(&signed.headers, body)?;
        for (name, value) in headers {
            letter.put(name, value.as_bytes())?;
        }
        self.address(letter)
    }

    fn sealed(&self, signed: &Signed, message: &Message) -> Result<Letter, Failure> {
        let headers = message.sign(&signed.webhook, SystemTime::now())?;
        self.letter_of(signed, message.body.clone(), &headers)
    }

    fn address(&self, mut letter: Letter) -> Result<Letter, Failure> {
        for (name, value) in &self.headers {
            letter.put(name, value)?;
        }
        Ok(letter)
    }
}

impl Message {
    /// The headers that the sender makes of it at a moment.
    pub(super) fn sign(
        &self,
        webhook: &Webhook,
        at: SystemTime,
    ) -> Result<Vec<(String, String)>, hookseal::Error> {
        let mut options = SignOptions::new().timestamp(at);
        if let Some(event_type) = &self.event_type {
            options = options.event_type(event_type);
        }
        if let Some(id) = &self.id {
            options = options.id(id);
        }
        webhook.sign(&self.body, &options)
    }

    /// With an id of its own, wherever it stands.
    pub(super) fn renewed(&self, scheme: &hookseal::Scheme) -> Self {
        let Some(id) = self.id.as_deref().map(identity::like) else { return self.clone() };
        let body = scheme.with_field(&self.body, Field::Id, &id);
        Self {
            body: body.unwrap_or_else(|| self.body.clone()),
            event_type: self.event_type.clone(),
            id: Some(id),
        }
    }
}
