use std::borrow::Cow;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::headers::HeaderName;
use crate::request::{joined, malformed, malformed_timestamp};
use crate::scheme::{Compiled, Parts, Place};
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

/// Options for [`Webhook::sign`]: what a delivery has besides its body.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignOptions<'o> {
    event_type: Option<&'o str>,
    id: Option<&'o str>,
    timestamp: Option<SystemTime>,
}

impl<'o> SignOptions<'o> {
    /// Creates options with no type, an id made from the body, and the present time.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the event's type, for providers that send it in a header.
    #[must_use]
    pub fn event_type(mut self, event_type: &'o str) -> Self {
        self.event_type = Some(event_type);
        self
    }

    /// Sets the delivery's id, for providers that send it in a header.
    #[must_use]
    pub fn id(mut self, id: &'o str) -> Self {
        self.id = Some(id);
        self
    }

    /// Sets the time at which the delivery is signed, for providers that sign a timestamp.
    #[must_use]
    pub fn timestamp(mut self, timestamp: SystemTime) -> Self {
        self.timestamp = Some(timestamp);
        self
    }
}

impl Webhook {
    /// Signs a body with the first secret, and returns the headers that the provider would send.
    /// For tests of a handler.
    ///
    /// # Errors
    /// [`ErrorCode::MissingHeader`] if the provider sends the event's type in a header and
    /// `options` has none; [`ErrorCode::MalformedHeader`] if a text in `options` cannot stand in a
    /// header.
    pub fn sign(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        options: &SignOptions<'_>,
    ) -> Result<Vec<(String, String)>, Error> {
        let body = body.as_ref();
        let scheme = self.scheme.compiled();
        // A scheme has at least one form and a webhook at least one secret.
        let header = &scheme.signatures[0];
        let form = &header.forms[0];
        let mut headers = Vec::new();

        let id = match options.id {
            Some(id) => id.to_owned(),
            None => id_from(body),
        };
        let moment = match &scheme.timestamp {
            Some(rule) => rule.unit.write(options.timestamp.unwrap_or_else(|| self.now())),
            None => String::new(),
        };
        if form.content.has_id() {
            if let Some(what) = form.borders.refuse_id(&id) {
                return Err(malformed(&scheme.id[0], what));
            }
            push(&mut headers, &scheme.id[0], &id)?;
        }
        if let Some(rule) = &scheme.timestamp
            && form.content.has_timestamp()
        {
            if moment.is_empty() || !form.borders.allow_timestamp(&moment) {
                return Err(malformed_timestamp(scheme, form, rule.unit));
            }
            if !form.layout.has_timestamp() {
                push(&mut headers, &rule.headers[0], &moment)?;
            }
        }

        let signed =
            self.scheme.compiled().representations(body).next_back().unwrap_or(Cow::Borrowed(body));
        let parts = Parts { body: &signed, timestamp: &moment, id: &id };
        if let Some(key) = self.keys(form).next() {
            let digest = key.digest(form.content.bytes(parts));
            push(&mut headers, &header.names[0], &form.write(&digest, &moment))?;
        }
        unsigned_headers(scheme, options, &id, &mut headers)?;
        Ok(headers)
    }
}

/// Returns the headers that carry the event's fields without being signed.
fn unsigned_headers(
    scheme: &Compiled,
    options: &SignOptions<'_>,
    id: &str,
    headers: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    if let Some(Place::Header(names)) = scheme.places.event_type.first() {
        let name = &names[0];
        match options.event_type {
            Some(event_type) if event_type.contains(',') => return Err(joined(name)),
            Some(event_type) => push(headers, name, event_type)?,
            None if scheme.places.type_required => {
                return Err(Error::new(
                    ErrorCode::MissingHeader,
                    format!(
                        "{} sends the event's type in the header `{}`: say which type to sign \
                         for, such as \"policy.created\"",
                        scheme.title,
                        name.as_str()
                    ),
                ));
            }
            None => {}
        }
    }
    if let Some(Place::Header(names)) = scheme.places.id.first() {
        push(headers, &names[0], id)?;
    }
    Ok(())
}

fn push(headers: &mut Vec<(String, String)>, name: &HeaderName, value: &str) -> Result<(), Error> {
    if value.is_empty() || !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Error::new(
            ErrorCode::MalformedHeader,
            format!("the header `{}` must be of visible ASCII characters", name.as_str()),
        ));
    }
    headers.push((name.as_str().to_owned(), value.to_owned()));
    Ok(())
}

/// Makes an id from the body: the same one for the same body, as a provider's retry has.
fn id_from(body: &[u8]) -> String {
    crate::encoding::encode_hex(&Sha256::digest(body)[..16])
}
