//! `hookseal.Webhook`.

use std::sync::Arc;
use std::time::SystemTime;

use hookseal::{Hints, RequestHead, SignOptions, Surface};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::eager::EagerData;
use crate::error::raise;
use crate::event::Event;
use crate::explain::Report;
use crate::handshake::Handshake;
use crate::headers::{AllHeaders, RequestHeaders, Wanted};
use crate::hint::type_name;
use crate::json::{Builder, Caches};
use crate::moment::{read_moment, read_span};
use crate::request_line::RequestLine;
use crate::scheme::Scheme;
use crate::text::Text;
use crate::verified::Verified;
use crate::{argument, body, constants, definition, secrets};

/// From this many bytes on other threads may run meanwhile; letting them costs something too.
pub(crate) const LONG: usize = 1 << 16;

/// A webhook of one provider: its scheme and your secrets, ready to verify deliveries.
///
/// It is immutable and can be shared between threads. Create it once and keep it: that prepares the
/// keys.
///
/// ``provider`` is a known provider's name, or a scheme of your own. ``secret`` is one secret or,
/// while they are rotated, several. ``tolerance`` is how many seconds a signed timestamp may be
/// from now, in the past or the future; by default the scheme's own. ``scheme`` is a scheme of your
/// own beside the name, which must be its name.
///
/// ``constants`` are the texts that the scheme names in ``Scheme.constants``. ``origin`` is the
/// scheme, host and port that the sender calls, such as ``https://hooks.example.com``, for schemes
/// that sign the request's address: only its path and query are then taken from the request.
/// ``accept_unsigned`` accepts a scheme that signs less than the body, which ``Scheme.weaknesses``
/// says: a delivery then proves only that somebody has seen a genuine one.
///
/// Raises ``ConfigurationError`` if the provider is not known, or a secret cannot be what it gave
/// out.
///
/// >>> webhook = hookseal.Webhook("stripe", ("whsec_new", "whsec_old"), tolerance=600)
/// >>> webhook.provider, webhook.max_body
/// ('stripe', 1048576)
#[pyclass(frozen, generic, module = "hookseal")]
pub(crate) struct Webhook {
    pub(crate) core: Arc<hookseal::Webhook>,
    pub(crate) headers: Wanted,
    eager: EagerData,
}

#[pymethods]
impl Webhook {
    #[new]
    #[pyo3(signature = (
        provider, secret, *, tolerance=None, scheme=None, constants=None, origin=None,
        accept_unsigned=false
    ))]
    #[expect(
        clippy::too_many_arguments,
        reason = "Python's keywords, each of which has a name there"
    )]
    fn new(
        py: Python<'_>,
        provider: &Bound<'_, PyAny>,
        secret: &Bound<'_, PyAny>,
        tolerance: Option<&Bound<'_, PyAny>>,
        scheme: Option<&Bound<'_, PyAny>>,
        constants: Option<&Bound<'_, PyAny>>,
        origin: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = argument::accept_unsigned)] accept_unsigned: bool,
    ) -> PyResult<Self> {
        let scheme = find_scheme(provider, scheme)?;
        let headers = Wanted::by(py, &scheme);
        let mut builder = hookseal::Webhook::builder(scheme).surface(Surface::Python);
        if let Some(tolerance) = tolerance {
            builder = builder.tolerance(read_span(tolerance, "tolerance")?);
        }
        if let Some(constants) = constants {
            for (name, value) in constants::read(constants)? {
                builder = builder.constant(name, value);
            }
        }
        if let Some(origin) = argument::optional_text(origin, "origin")? {
            builder = builder.origin(origin);
        }
        if accept_unsigned {
            builder = builder.accept_unsigned();
        }
        let core = builder.build(secrets::read(secret)?).map_err(|error| raise(py, &error))?;
        Ok(Self { core: Arc::new(core), headers, eager: EagerData::new() })
    }

    /// Verifies a delivery and returns its event.
    ///
    /// ``body`` is the raw bytes of the request, as they arrived. ``headers`` are the request's
    /// headers, or only the signature header's value. ``now`` is the time to verify at, in seconds
    /// since 1970 or as a ``datetime``, for tests.
    ///
    /// ``method`` and ``url`` are the request's, for schemes that sign them: the whole URL that the
    /// sender called, or its path and query if the webhook has an ``origin``.
    ///
    /// Raises ``VerificationError`` if the delivery cannot be trusted, and ``PayloadError`` if it
    /// is authentic, but not the JSON that the scheme says, or without a type; both have a ``code``
    /// and the ``http_status`` to respond with. Raises ``ConfigurationError`` if the scheme signs the
    /// request and it was not given.
    ///
    /// >>> webhook = hookseal.Webhook("kasko", "whsec_of_the_test")
    /// >>> body = b'{"policy_id": "TEST-1"}'
    /// >>> headers = webhook.sign(body, type="policy.created")
    /// >>> event = webhook.verify(body, headers)
    /// >>> event.type, event.data["policy_id"]
    /// ('policy.created', 'TEST-1')
    /// >>> webhook.verify(body + b" ", headers)
    /// Traceback (most recent call last):
    /// ...
    /// hookseal.SignatureMismatchError: the signature does not match for the secret: ...
    #[pyo3(signature = (body, headers, *, now=None, method=None, url=None))]
    fn verify<'py>(
        &self,
        body: &Bound<'py, PyAny>,
        headers: &Bound<'_, PyAny>,
        now: Option<&Bound<'_, PyAny>>,
        method: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, Event>> {
        let py = body.py();
        let body = body::read(body)?;
        let now = now.map(|now| read_moment(now, "now")).transpose()?;
        let headers = RequestHeaders::read(headers, &self.headers)?;
        let line = RequestLine::read(method, url)?;
        let head = line.head(&headers);
        // Building data needs this thread, and pays where it will be asked for.
        if body.as_ref().len() < LONG && self.eager.take() {
            return self.verify_building(py, body, &head, now);
        }
        let length = body.as_ref().len();
        let work = || {
            Verified::try_new(body, |body| match now {
                None => self.core.verify(body, &head),
                Some(now) => self.core.verify_at(body, &head, now),
            })
        };
        let verified = if length < LONG { work() } else { py.detach(work) };
        self.event(py, verified, None)
    }

    /// Returns the answer to a sender that asks whether the endpoint is yours.
    ///
    /// It is None for any other request, which is a delivery. Call it before ``verify``, for every
    /// request, also with the method ``GET``, if ``Scheme.has_handshake``; the adapters do. Respond
    /// with the status 200, the answer and the header ``X-Content-Type-Options: nosniff``.
    ///
    /// ``method`` is ``POST`` if it is not given. Raises ``VerificationError`` if the question is
    /// signed, and not by the sender, or its token is wrong, ``PayloadError`` if it has no
    /// challenge that can be answered, and ``ConfigurationError`` if the webhook was not given the
    /// token as a constant.
    #[pyo3(signature = (body, headers, *, method=None, url=None))]
    fn handshake(
        &self,
        body: &Bound<'_, PyAny>,
        headers: &Bound<'_, PyAny>,
        method: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Option<Handshake>> {
        let py = body.py();
        let body = body::read(body)?;
        let headers = RequestHeaders::read(headers, &self.headers)?;
        let line = RequestLine::read(method, url)?;
        let answer = self.core.handshake(&body, &line.head(&headers));
        answer.map(|answer| answer.map(Handshake)).map_err(|error| raise(py, &error))
    }

    /// Explains why a delivery does not verify: a development tool.
    ///
    /// It undoes what goes wrong in practice until the signature matches, which costs far more
    /// than verifying. Never put the report in a response, and do not act on it: it tells a sender
    /// what is wrong, and does not prove who sent the delivery.
    ///
    /// ``secrets`` are further secrets that you have, such as another webhook's. ``now`` is the
    /// time at which the delivery arrived, in seconds since 1970 or as a ``datetime``. ``method`` and
    /// ``url`` are as for ``verify``.
    ///
    /// Raises nothing because of the delivery: one that verifies has a report too.
    ///
    /// >>> webhook = hookseal.Webhook("kasko", "whsec_of_the_test")
    /// >>> headers = webhook.sign(b'{"policy_id":"TEST-1"}', type="policy.created")
    /// >>> report = webhook.explain(b'{"policy_id": "TEST-1"}', headers)
    /// >>> report.findings[0].code, report.findings[0].proven
    /// ('body_reserialised', True)
    #[pyo3(signature = (body, headers, *, secrets=None, now=None, method=None, url=None))]
    fn explain(
        &self,
        body: &Bound<'_, PyAny>,
        headers: &Bound<'_, PyAny>,
        secrets: Option<&Bound<'_, PyAny>>,
        now: Option<&Bound<'_, PyAny>>,
        method: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Report> {
        let py = body.py();
        let body = body::read(body)?;
        let headers = AllHeaders::read(headers, &self.headers)?;
        let line = RequestLine::read(method, url)?;
        let mut hints = Hints::new();
        if let Some(secrets) = secrets {
            hints = hints.secrets(secrets::read(secrets)?);
        }
        if let Some(now) = now {
            hints = hints.at(read_moment(now, "now")?);
        }
        let head = line.head(&headers);
        Ok(Report(py.detach(|| self.core.explain_with(&body, &head, &hints))))
    }

    /// Signs a body with the first secret, and returns the headers of the delivery.
    ///
    /// For tests of a handler. ``type`` and ``id`` are for providers that send these in a header,
    /// ``timestamp`` is the time of signing for those that sign one, in seconds since 1970 or as a
    /// ``datetime``. ``method`` and ``url`` are for schemes that sign the request's; ``headers`` are
    /// others of the delivery, which a scheme may sign too, and are not returned. ``private_key``
    /// is the sender's, for providers that sign with one: make a pair of your own for tests.
    ///
    /// Raises ``ConfigurationError`` if what the scheme signs was not given.
    ///
    /// >>> webhook = hookseal.Webhook("claimport", "secret")
    /// >>> webhook.sign(b'{"type": "claim.created"}')
    /// {'X-ClaimPort-Signature': 'sha256=...'}
    #[pyo3(signature = (
        body, *, r#type=None, id=None, timestamp=None, method=None, url=None, headers=None,
        private_key=None
    ))]
    #[expect(
        clippy::too_many_arguments,
        reason = "Python's keywords, each of which has a name there"
    )]
    fn sign<'py>(
        &self,
        body: &Bound<'py, PyAny>,
        r#type: Option<&Bound<'_, PyAny>>,
        id: Option<&Bound<'_, PyAny>>,
        timestamp: Option<&Bound<'_, PyAny>>,
        method: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
        headers: Option<&Bound<'_, PyAny>>,
        private_key: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = body.py();
        let body = body::read(body)?;
        let event_type = argument::optional_text(r#type, "type")?;
        let id = argument::optional_text(id, "id")?;
        let mut options = SignOptions::new();
        if let Some(event_type) = &event_type {
            options = options.event_type(event_type);
        }
        if let Some(id) = &id {
            options = options.id(id);
        }
        if let Some(timestamp) = timestamp {
            options = options.timestamp(read_moment(timestamp, "timestamp")?);
        }
        let line = RequestLine::read(method, url)?;
        if let Some(method) = &line.method {
            options = options.method(method);
        }
        if let Some(url) = &line.url {
            options = options.url(url);
        }
        let others = headers.map(|headers| AllHeaders::read(headers, &self.headers)).transpose()?;
        let others = others.as_ref().map(AllHeaders::texts).transpose()?.unwrap_or_default();
        options = options.headers(&others);
        let private_key = argument::optional_text(private_key, "private_key")?;
        if let Some(key) = &private_key {
            options = options.private_key(key);
        }
        let signed = self.core.sign(&body, &options).map_err(|error| raise(py, &error))?;
        let headers = PyDict::new(py);
        for (name, value) in signed {
            headers.set_item(name, value)?;
        }
        Ok(headers)
    }

    /// The provider's name, which its events carry.
    #[getter]
    fn provider(&self) -> &str {
        self.core.scheme().name()
    }

    /// The scheme that deliveries are verified by.
    #[getter]
    fn scheme(&self) -> Scheme {
        Scheme(self.core.scheme().clone())
    }

    /// The size, in bytes, of the largest body that a receiver should accept.
    ///
    /// It is what the provider documents, else 1 MiB. The adapters accept no more by default.
    #[getter]
    fn max_body(&self) -> usize {
        self.core.max_body()
    }

    /// Warnings about secrets that can be used but are weak, such as a key of few bytes.
    ///
    /// They are for developers, and contain no part of a secret.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.core.warnings().collect::<Vec<_>>())
    }

    fn __repr__(&self) -> String {
        format!("<hookseal.Webhook {}>", self.core.scheme().name())
    }
}

impl Webhook {
    /// Verifies a delivery, and builds the event's data in the same reading of the body.
    #[inline(never)]
    fn verify_building<'py>(
        &self,
        py: Python<'py>,
        body: Text,
        head: &RequestHead<'_, RequestHeaders<'_>>,
        now: Option<SystemTime>,
    ) -> PyResult<Bound<'py, Event>> {
        let (verified, data) = Caches::with(|caches| {
            let mut builder = Builder::new(py, caches);
            let verified = Verified::try_new(body, |body| {
                self.core.verify_visiting(body, head, now, &mut builder)
            });
            (verified, builder.finish())
        });
        // What Python cannot hold is said when the data is asked for.
        self.event(py, verified, data.and_then(Result::ok))
    }

    #[inline]
    fn event<'py>(
        &self,
        py: Python<'py>,
        verified: Result<Verified, hookseal::Error>,
        data: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, Event>> {
        match verified {
            Ok(verified) => Bound::new(py, Event::verified(verified, data, &self.eager)),
            Err(error) => Err(raise(py, &error)),
        }
    }

    /// Returns the event of a delivery that an inbox verified.
    pub(crate) fn event_of<'py>(
        &self,
        py: Python<'py>,
        verified: Verified,
    ) -> PyResult<Bound<'py, Event>> {
        self.event(py, Ok(verified), None)
    }
}

/// Returns the scheme of a webhook: a provider's by its name, or one of the user's own.
fn find_scheme(
    provider: &Bound<'_, PyAny>,
    own: Option<&Bound<'_, PyAny>>,
) -> PyResult<hookseal::Scheme> {
    if let Ok(scheme) = provider.cast::<Scheme>() {
        return match own {
            None => Ok(scheme.get().0.clone()),
            Some(_) => Err(PyTypeError::new_err(
                "the scheme is given twice: as the first argument and as scheme",
            )),
        };
    }
    let Ok(name) = provider.cast::<PyString>() else {
        return Err(PyTypeError::new_err(format!(
            "provider must be a provider's name or a hookseal.Scheme, not {}",
            type_name(provider)?
        )));
    };
    let own = own.map(read_scheme).transpose()?;
    hookseal::Scheme::resolve(&name.to_string_lossy(), own)
        .map_err(|error| raise(name.py(), &error))
}

fn read_scheme(scheme: &Bound<'_, PyAny>) -> PyResult<hookseal::Scheme> {
    match scheme.cast::<Scheme>() {
        Ok(scheme) => Ok(scheme.get().0.clone()),
        Err(_) => definition::read(scheme),
    }
}
