use std::sync::atomic::Ordering::Relaxed;
use std::time::SystemTime;

use crate::clock::{Moment, moment};
use crate::delivery::{Authenticated, Delivery};
use crate::event::Event;
use crate::headers::Headers;
use crate::json::{DataVisitor, Ignore, to_ecmascript};
use crate::scheme::{Parts, Scheme, Signature, SignatureForm, SignedAs};
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

impl Webhook {
    /// Verifies a delivery and says what it holds.
    ///
    /// `body` is the raw bytes of the request, as they came. `headers` are the request's headers,
    /// or the signature header's value alone.
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
    /// [`ErrorCode::SignatureMismatch`] or [`ErrorCode::TimestampOutOfTolerance`]: the delivery is
    /// not to be trusted. [`ErrorCode::InvalidPayload`]: it is authentic, but not one JSON object
    /// with a type.
    pub fn verify<'b>(
        &self,
        body: &'b (impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
    ) -> Result<Event<'b>, Error> {
        self.verify_with(body.as_ref(), headers, || self.now(), &mut Ignore)
    }

    /// Like [`verify`](Self::verify), at another time than now.
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

    /// Like [`verify`](Self::verify), and reports the event's data while the body is validated, so
    /// that who needs all of it need not read it again. `now` is the time to verify at, if it is
    /// another than now.
    ///
    /// Only data of a body that is authentic is reported, and only what is right when this returns
    /// an event: before, the body may still turn out to be no JSON. The texts that the visitor is
    /// given are parts of [`Event::body`], at the same place in memory. It is given nothing where
    /// the event has no data of its own, or its scheme has several places for it.
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

    fn verify_with<'b>(
        &self,
        body: &'b [u8],
        headers: &(impl Headers + ?Sized),
        now: impl FnOnce() -> SystemTime,
        visitor: &mut impl DataVisitor,
    ) -> Result<Event<'b>, Error> {
        let delivery = Delivery::new(&self.scheme, headers);
        // What is absent is said before what is malformed or wrong: a proxy that removes headers
        // causes both. A delivery that verifies has all of them.
        self.verify_delivery(&delivery, body, now, visitor)
            .map_err(|error| delivery.check_presence().err().unwrap_or(error))
    }

    fn verify_delivery<'b>(
        &self,
        delivery: &Delivery<'_, impl Headers + ?Sized>,
        body: &'b [u8],
        now: impl FnOnce() -> SystemTime,
        visitor: &mut impl DataVisitor,
    ) -> Result<Event<'b>, Error> {
        let (form, signature) = delivery.signature()?;
        let id = delivery.signed_id(form)?;
        let timestamp = delivery.timestamp(form, &signature)?;
        let parts = Parts { body, timestamp: timestamp.map_or("", |(text, _)| text), id };

        let (key_index, authenticated) =
            self.authenticate(form, &signature, body, parts).ok_or_else(|| self.mismatch())?;
        if let Some((_, signed_at)) = timestamp {
            self.check_age(signed_at, moment(now()))?;
        }
        delivery.event(authenticated, id, key_index, visitor)
    }

    /// What the signature covers, and which secret it was made with. A sender's bodies are all
    /// rewritten or none is, so that what the last one was is tried first: which of the two matches
    /// does not depend on it.
    fn authenticate<'b>(
        &self,
        form: &SignatureForm,
        signature: &Signature<'_>,
        body: &'b [u8],
        parts: Parts<'_>,
    ) -> Option<(usize, Authenticated<'b>)> {
        let raw = || Some((self.matching(form, signature, parts)?, Authenticated::Raw(body)));
        let ecmascript = || {
            let (key_index, json) = self.matching_ecmascript(form, signature, parts)?;
            let authenticated = if json.as_bytes() == body {
                Authenticated::Raw(body)
            } else {
                Authenticated::Ecmascript(json)
            };
            Some((key_index, authenticated))
        };
        let before = self.rewritten.load(Relaxed);
        let found = if before { ecmascript().or_else(raw) } else { raw().or_else(ecmascript) }?;
        let rewritten = matches!(found.1, Authenticated::Ecmascript(_));
        // Not written without need: threads share the webhook.
        if rewritten != before {
            self.rewritten.store(rewritten, Relaxed);
        }
        Some(found)
    }

    /// Which secret the signature was made with.
    fn matching(
        &self,
        form: &SignatureForm,
        signature: &Signature<'_>,
        parts: Parts<'_>,
    ) -> Option<usize> {
        self.keys(form).position(|key| signature.holds(&key.digest(form.content.bytes(parts))))
    }

    /// The same for a sender that signs what `JSON.stringify` makes of the body.
    fn matching_ecmascript(
        &self,
        form: &SignatureForm,
        signature: &Signature<'_>,
        parts: Parts<'_>,
    ) -> Option<(usize, String)> {
        let json = ecmascript_body(&self.scheme, parts.body)?;
        let key_index = self.matching(form, signature, Parts { body: json.as_bytes(), ..parts })?;
        Some((key_index, json))
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

    fn mismatch(&self) -> Error {
        let secrets = match self.secret_count() {
            1 => "the secret".to_owned(),
            count => format!("any of the {count} secrets"),
        };
        Error::new(
            ErrorCode::SignatureMismatch,
            format!(
                "the signature does not match for {secrets}: either the body is not what {} sent \
                 (pass the raw bytes, before anything parses or re-encodes them), or the secret is \
                 not this webhook's, or the delivery is forged",
                self.scheme.title()
            ),
        )
    }
}

/// What the sender signed instead of the bytes that it sent, if its scheme says so and the body
/// is JSON.
pub(crate) fn ecmascript_body(scheme: &Scheme, body: &[u8]) -> Option<String> {
    match scheme.compiled().signed_as {
        SignedAs::Raw => None,
        SignedAs::Ecmascript => to_ecmascript(simdutf8::basic::from_utf8(body).ok()?).ok(),
    }
}
