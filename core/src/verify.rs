use std::borrow::Cow;
use std::sync::atomic::Ordering::Relaxed;
use std::time::SystemTime;

use hookseal_json::{DataVisitor, Ignore};

use crate::authenticated::Authenticated;
use crate::clock::{Moment, moment};
use crate::event::Event;
use crate::headers::Headers;
use crate::key::Key;
use crate::mismatch::signature_mismatch;
use crate::public_key::Message;
use crate::request::Request;
use crate::scheme::{Parts, Signature, SignatureForm, Values};
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

impl Webhook {
    /// Verifies a delivery and returns its event.
    ///
    /// `body` is the raw bytes of the request, as they arrived. `headers` are the request's
    /// headers, or only the signature header's value.
    ///
    /// ```
    /// # let secret = "whsec_1b6f2ae8d0444a349cc1f4c8";
    /// let webhook = hookseal::Webhook::new("kasko", [secret])?;
    /// # let body = br#"{"policy_id":"TEST-POLICY-12345"}"#;
    /// # let headers = webhook.sign(body, &hookseal::SignOptions::new().event_type("policy.created"))?;
    /// let event = webhook.verify(body, &headers)?;
    /// assert_eq!(event.event_type(), "policy.created");
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::MissingHeader`], [`ErrorCode::MalformedHeader`],
    /// [`ErrorCode::SignatureMismatch`] or [`ErrorCode::TimestampOutOfTolerance`]: the delivery
    /// cannot be trusted. [`ErrorCode::InvalidPayload`]: it is authentic, but not the JSON that the
    /// scheme says, or without a type.
    pub fn verify<'b>(
        &self,
        body: &'b (impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
    ) -> Result<Event<'b>, Error> {
        self.verify_with(body.as_ref(), headers, || self.now(), &mut Ignore)
    }

    /// Verifies a delivery as [`verify`](Self::verify) does, at the given time.
    ///
    /// # Errors
    /// As [`verify`](Self::verify).
    pub fn verify_at<'b>(
        &self,
        body: &'b (impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
        now: SystemTime,
    ) -> Result<Event<'b>, Error> {
        self.verify_with(body.as_ref(), headers, || now, &mut Ignore)
    }

    /// Verifies a delivery as [`verify`](Self::verify) does, and reports the event's data to a
    /// visitor while the body is validated.
    ///
    /// A caller that needs all of the data need not read the body a second time. `now` is the time
    /// to verify at; `None` for the present.
    ///
    /// Only data of an authentic body is reported. It is valid only if this returns an event: until
    /// then the body may still turn out not to be JSON. The texts that the visitor is given are
    /// slices of [`Event::body`]. It is given nothing if the event has no data of its own, or its
    /// scheme has several places for it.
    ///
    /// # Errors
    /// As [`verify`](Self::verify).
    pub fn verify_visiting<'b>(
        &self,
        body: &'b (impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
        now: Option<SystemTime>,
        data: &mut impl DataVisitor,
    ) -> Result<Event<'b>, Error> {
        self.verify_with(body.as_ref(), headers, || now.unwrap_or_else(|| self.now()), data)
    }

    /// Verifies a delivery again that was stored when it had been verified. Of one whose sender sends
    /// the secret itself, that was not stored, and its event is read as it stands.
    pub(crate) fn verify_stored<'b>(
        &self,
        body: &'b [u8],
        headers: &(impl Headers + ?Sized),
        received_at: SystemTime,
    ) -> Result<Event<'b>, Error> {
        let request = Request::new(&self.scheme, headers, body).surface(self.surface);
        let is_absent = || {
            request
                .signature(|form| self.has_key(form))
                .is_err_and(|error| error.code() == ErrorCode::MissingHeader)
        };
        if !self.scheme.compiled().may_send_secret() || !is_absent() {
            return self.verify_at(body, headers, received_at);
        }
        let stored =
            Authenticated { request: &request, body: Cow::Borrowed(body), id: "", key_index: 0 };
        stored.event(&mut Ignore)
    }

    fn verify_with<'b>(
        &self,
        body: &'b [u8],
        headers: &(impl Headers + ?Sized),
        now: impl FnOnce() -> SystemTime,
        visitor: &mut impl DataVisitor,
    ) -> Result<Event<'b>, Error> {
        let request = Request::new(&self.scheme, headers, body).surface(self.surface);
        // What is absent is said before what is malformed or wrong: a proxy that removes headers
        // causes both. A delivery that verifies has all of them.
        self.verify_request(&request, body, now, visitor)
            .map_err(|error| request.check_presence().err().unwrap_or(error))
    }

    /// Checks that a request is signed as deliveries are, whatever its body says.
    pub(crate) fn check_signature(
        &self,
        body: &[u8],
        headers: &(impl Headers + ?Sized),
    ) -> Result<(), Error> {
        let request = Request::new(&self.scheme, headers, body).surface(self.surface);
        match self.authenticated(&request, body, || self.now()) {
            Ok(_) => Ok(()),
            Err(error) => Err(request.check_presence().err().unwrap_or(error)),
        }
    }

    fn verify_request<'b>(
        &self,
        request: &Request<'_, impl Headers + ?Sized>,
        body: &'b [u8],
        now: impl FnOnce() -> SystemTime,
        visitor: &mut impl DataVisitor,
    ) -> Result<Event<'b>, Error> {
        self.authenticated(request, body, now)?.event(visitor)
    }

    fn authenticated<'a, 'b, H: Headers + ?Sized>(
        &self,
        request: &'a Request<'a, H>,
        body: &'b [u8],
        now: impl FnOnce() -> SystemTime,
    ) -> Result<Authenticated<'a, 'b, H>, Error> {
        let is_checkable = |form: &SignatureForm| self.has_key(form);
        let mut signature = request.signature(is_checkable)?;
        let (id, timestamp, expires, key_index, body) = loop {
            let (form, value) = &signature;
            let id = request.signed_id(form)?;
            let timestamp = request.timestamp(form, value)?;
            let values =
                if form.content.has_values() { request.values(form, self)? } else { Vec::new() };
            let parts = Parts {
                body,
                timestamp: timestamp.as_ref().map_or("", |(text, _)| text),
                id,
                values: &values,
                secret: &[],
            };
            let key_id = self.key_id(request, form, value)?;
            match self.authenticate(form, value, body, parts, key_id) {
                Some((key_index, signed)) if request.has_covered_hash(form)? => {
                    break (id, timestamp, value.expires, key_index, signed);
                }
                Some((_, signed)) => return Err(self.mismatch(request, &signed)),
                None => {}
            }
            match request.signature_beside(form, is_checkable)? {
                Some(beside) => signature = beside,
                None => return Err(self.mismatch(request, body)),
            }
        };
        if timestamp.is_some() || expires.is_some() {
            let now = moment(now());
            if let Some((_, signed_at)) = timestamp {
                self.check_age(signed_at, now)?;
            }
            check_expiry(expires, now)?;
        }
        Ok(Authenticated { request, body, id, key_index })
    }

    /// The id that the delivery gives its key, where public keys are told apart by it.
    fn key_id<'d>(
        &self,
        request: &Request<'d, impl Headers + ?Sized>,
        form: &SignatureForm,
        signature: &'d Signature<'_>,
    ) -> Result<Option<&'d str>, Error> {
        let scheme = self.scheme.compiled();
        if form.algorithm.public().is_none() || !scheme.names_key() {
            return Ok(None);
        }
        let in_signature = scheme.signature_names_key && form.envelope().is_some();
        let id = if in_signature { signature.key_id.as_deref() } else { request.key_id()? };
        let is_known = |(_, key): (usize, &Key)| match key {
            Key::Public(keys) => keys.key(id).is_some(),
            Key::Secret(_) => false,
        };
        if self.keys(form).any(is_known) { Ok(id) } else { Err(request.unknown_key(id)) }
    }

    fn mismatch(&self, request: &Request<'_, impl Headers + ?Sized>, body: &[u8]) -> Error {
        let secrets = self.secret_count();
        signature_mismatch(self.scheme.title(), secrets, self.surface, body, request.headers())
    }

    /// Finds the secret that the signature was made with, and the bytes that it covers. A sender
    /// signs all bodies in the same representation, so the last one that matched is tried first;
    /// which of them matches does not depend on that.
    fn authenticate<'b>(
        &self,
        form: &SignatureForm,
        signature: &Signature<'_>,
        body: &'b [u8],
        parts: Parts<'_>,
        key_id: Option<&str>,
    ) -> Option<(usize, Cow<'b, [u8]>)> {
        let representations = &self.scheme.compiled().representations;
        let attempt = |index: usize| {
            let bytes = representations[index].of(body)?;
            let key_index =
                self.matching(form, signature, Parts { body: &bytes, ..parts }, key_id)?;
            Some((index, key_index, bytes))
        };
        let last = self.last_representation.load(Relaxed);
        let others = (0..representations.len()).filter(|index| *index != last);
        let (index, key_index, bytes) = core::iter::once(last).chain(others).find_map(attempt)?;
        // Not written without need: threads share the webhook.
        if index != last {
            self.last_representation.store(index, Relaxed);
        }
        Some((key_index, bytes))
    }

    /// Returns the index of the secret that the signature was made with.
    fn matching(
        &self,
        form: &SignatureForm,
        signature: &Signature<'_>,
        parts: Parts<'_>,
        key_id: Option<&str>,
    ) -> Option<usize> {
        let is_right = |key: &Key| match (key, &signature.values) {
            (Key::Secret(key), values @ (Values::Digests(_) | Values::Digest(_))) => {
                let parts = Parts { secret: key.secret(), ..parts };
                values.holds(&key.digest(form.content.bytes(parts)))
            }
            (Key::Public(keys), Values::Signatures(signatures)) => {
                let Some(key) = keys.key(key_id) else { return false };
                let message = Message::new(keys.algorithm(), form.content.bytes(parts));
                signatures.iter().any(|signature| key.verifies(&message, signature))
            }
            _ => false,
        };
        self.keys(form).find(|(_, key)| is_right(key)).map(|(index, _)| index)
    }

    fn check_age(&self, signed_at: Moment, now: Moment) -> Result<(), Error> {
        let distance = signed_at.abs_diff(now);
        if distance <= self.tolerance.as_nanos() {
            return Ok(());
        }
        let direction = if signed_at < now { "old" } else { "ahead of this machine's clock" };
        Err(Error::new(
            ErrorCode::TimestampOutOfTolerance,
            format!(
                "the signature is right, but its timestamp is {} seconds {direction}, and {} are \
                 tolerated: if this was not a replay, check the clock, or raise the tolerance \
                 where deliveries wait in a queue",
                distance / 1_000_000_000,
                self.tolerance.as_secs()
            ),
        ))
    }
}

/// Refuses a signature that says that it does not count any more.
fn check_expiry(expires: Option<u64>, now: Moment) -> Result<(), Error> {
    match expires {
        Some(expires) if now > i128::from(expires) * 1_000_000_000 => Err(Error::new(
            ErrorCode::TimestampOutOfTolerance,
            "the signature is right, but the time until which it counts is over: if this was not a \
             replay, check the clock",
        )),
        _ => Ok(()),
    }
}
