//! `hookseal.Event`.

use std::borrow::Cow;
use std::sync::OnceLock;

use hookseal::Field;
use hookseal::inbox::EventParts;
use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};

use crate::eager::EagerData;
use crate::json::loads;
use crate::moment::{micros, write_moment};
use crate::snapshot::Snapshot;
use crate::verified::Verified;

enum Content {
    Verified(Verified),
    /// An event that an inbox kept, which was verified again.
    Kept(Box<hookseal::Event<'static>>),
    /// The fields of an event that was unpickled.
    Restored(Box<Snapshot>),
}

/// The data, built with the event or when it is first read.
enum Data {
    Built(Py<PyAny>),
    Lazy(OnceLock<Py<PyAny>>),
}

impl Data {
    fn get(&self) -> Option<&Py<PyAny>> {
        match self {
            Self::Built(data) => Some(data),
            Self::Lazy(data) => data.get(),
        }
    }
}

/// A verified event: what the provider reports in a delivery whose signature matched.
///
/// Only ``Webhook.verify`` makes one.
#[pyclass(frozen, generic, module = "hookseal")]
pub(crate) struct Event {
    content: Content,
    data: Data,
    envelope: OnceLock<Py<PyAny>>,
    /// The webhook's.
    eager: Option<EagerData>,
}

impl Content {
    /// Returns the core's event, or what an unpickled one has in its place.
    #[inline]
    fn event(&self) -> Result<&hookseal::Event<'_>, &Snapshot> {
        match self {
            Self::Verified(event) => Ok(event.borrow_dependent()),
            Self::Kept(event) => Ok(event),
            Self::Restored(event) => Err(event),
        }
    }
}

impl Event {
    /// Creates an event that an inbox kept.
    pub(crate) fn kept(event: hookseal::Event<'static>) -> Self {
        Self {
            content: Content::Kept(Box::new(event)),
            data: Data::Lazy(OnceLock::new()),
            envelope: OnceLock::new(),
            eager: None,
        }
    }

    /// Returns the core's event, none of one that was unpickled.
    pub(crate) fn core(&self) -> Option<&hookseal::Event<'_>> {
        self.content.event().ok()
    }

    /// Returns the parts that an inbox records, of an event that was unpickled.
    pub(crate) fn parts<'e>(
        &'e self,
        py: Python<'e>,
        scheme: &'e hookseal::Scheme,
    ) -> EventParts<'e> {
        let (event_type, id, body) = (self.r#type(), self.id(), self.body_bytes(py));
        EventParts { scheme, event_type, id, body }
    }

    /// Creates an event, with its data if that is built already.
    #[inline]
    pub(crate) fn verified(
        verified: Verified,
        data: Option<Bound<'_, PyAny>>,
        eager: &EagerData,
    ) -> Self {
        let data = match data {
            Some(data) => Data::Built(data.unbind()),
            None => Data::Lazy(OnceLock::new()),
        };
        Self {
            content: Content::Verified(verified),
            data,
            envelope: OnceLock::new(),
            eager: Some(eager.clone()),
        }
    }

    fn data_json(&self) -> Option<&str> {
        match self.content.event() {
            Ok(event) => event.data_json(),
            Err(event) => event.data.as_deref(),
        }
    }

    fn envelope_json(&self) -> Option<&str> {
        match self.content.event() {
            Ok(event) => event.envelope_json(),
            Err(event) => event.envelope.as_deref(),
        }
    }

    fn json(&self) -> Cow<'_, str> {
        match self.content.event() {
            Ok(event) => Cow::Owned(event.to_json()),
            Err(event) => Cow::Borrowed(&event.json),
        }
    }

    fn created_micros(&self) -> Option<i64> {
        match self.content.event() {
            Ok(event) => event.created_at().and_then(micros),
            Err(event) => event.created_at,
        }
    }

    fn snapshot(&self, py: Python<'_>) -> Snapshot {
        Snapshot {
            provider: self.provider().to_owned(),
            event_type: self.r#type().to_owned(),
            id: self.id().map(str::to_owned),
            created_at: self.created_micros(),
            test: self.test(),
            check: self.check(),
            data: self.data_json().map(str::to_owned),
            envelope: self.envelope_json().map(str::to_owned),
            unsigned: self.unsigned_names().map(str::to_owned).collect(),
            key_index: self.key_index(),
            dedupe_key: self.dedupe_key(),
            body: self.body(py).unbind(),
            json: self.json().into_owned(),
        }
    }

    fn unsigned_names(&self) -> impl Iterator<Item = &str> {
        let (fields, names): (&[Field], &[String]) = match self.content.event() {
            Ok(event) => (event.unsigned(), &[][..]),
            Err(event) => (&[][..], &event.unsigned[..]),
        };
        fields.iter().map(|field| field.as_str()).chain(names.iter().map(String::as_str))
    }

    fn body_bytes<'e>(&'e self, py: Python<'_>) -> &'e [u8] {
        match self.content.event() {
            Ok(event) => event.body(),
            Err(event) => event.body.as_bytes(py),
        }
    }
}

#[pymethods]
impl Event {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        PyTuple::new(py, ["type", "data"])
    }

    /// The name of the provider that sent the event, as its scheme spells it.
    #[getter]
    pub(crate) fn provider(&self) -> &str {
        match self.content.event() {
            Ok(event) => event.provider(),
            Err(event) => &event.provider,
        }
    }

    /// The event's type, such as ``policy.created``; empty if the provider gives none.
    #[getter]
    fn r#type(&self) -> &str {
        match self.content.event() {
            Ok(event) => event.event_type(),
            Err(event) => &event.event_type,
        }
    }

    /// The id of the event or the delivery, or None if it has none.
    ///
    /// Retries of a delivery carry the same id.
    #[getter]
    fn id(&self) -> Option<&str> {
        match self.content.event() {
            Ok(event) => event.id(),
            Err(event) => event.id.as_deref(),
        }
    }

    /// The time at which the event happened, in UTC.
    ///
    /// None if the provider does not give one, or it is not in the format that the scheme names.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.created_micros().map_or(Ok(None), |micros| write_moment(py, micros))
    }

    /// True if the provider marks the event as a test.
    #[getter]
    fn test(&self) -> bool {
        match self.content.event() {
            Ok(event) => event.is_test(),
            Err(event) => event.test,
        }
    }

    /// True if the event only checks that the endpoint works.
    ///
    /// It reports nothing that happened, so a success response is all it needs.
    #[getter]
    fn check(&self) -> bool {
        match self.content.event() {
            Ok(event) => event.is_check(),
            Err(event) => event.check,
        }
    }

    /// The event's data, as ``json.loads`` returns it; built once.
    ///
    /// Unlike there, a lone surrogate escape, which no text may contain, becomes U+FFFD.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if let Some(eager) = &self.eager {
            eager.asked();
        }
        match &self.data {
            Data::Built(data) => Ok(data.bind(py).clone()),
            Data::Lazy(data) => build_once(py, data, self.data_json()),
        }
    }

    /// The whole JSON value that was signed, as ``json.loads`` returns it; built once.
    ///
    /// It includes what a sender puts beside the data, such as Stripe Connect's ``account``. Of a
    /// form it is the value of the payload's field. None if the payload is not JSON.
    #[getter]
    fn envelope<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        build_once(py, &self.envelope, self.envelope_json())
    }

    /// What the signature does not cover: ``type``, ``id``, ``created_at`` or ``body``.
    ///
    /// Whoever replays the delivery could have changed it. With ``body`` that is all of the event.
    #[getter]
    fn unsigned<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.unsigned_names().collect::<Vec<_>>())
    }

    /// The bytes that were authenticated: the body as it was signed.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        match &self.content {
            Content::Verified(event) => {
                let given: &[u8] = event.borrow_owner().as_ref();
                let body = event.borrow_dependent().body();
                if core::ptr::eq(given, body) {
                    event.borrow_owner().to_py_bytes(py)
                } else {
                    PyBytes::new(py, body)
                }
            }
            Content::Kept(event) => PyBytes::new(py, event.body()),
            Content::Restored(event) => event.body.bind(py).clone(),
        }
    }

    /// The index of the secret that matched, counted from 0.
    #[getter]
    fn key_index(&self) -> usize {
        match self.content.event() {
            Ok(event) => event.key_index(),
            Err(event) => event.key_index,
        }
    }

    /// A key that identifies the event, to recognise one that was already handled.
    ///
    /// If the provider signs no id, it is made from the body: two genuine events with equal bodies,
    /// such as of a policy that was changed and changed back, then have equal keys. Do not keep
    /// such a key for longer than the provider retries.
    #[getter]
    fn dedupe_key(&self) -> String {
        match self.content.event() {
            Ok(event) => event.dedupe_key(),
            Err(event) => event.dedupe_key.clone(),
        }
    }

    /// Returns the whole event as a dict, in the form that all languages share.
    ///
    /// It can be written as JSON: times are strings, in RFC 3339. It contains the event's personal
    /// data, so do not log it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.json())
    }

    /// Shows the provider, the type and the id, and no personal data.
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let quoted = |text: &str| PyString::new(py, text).repr().map(|text| text.to_string());
        Ok(format!(
            "Event(provider={}, type={}, id={})",
            quoted(self.provider())?,
            quoted(self.r#type())?,
            self.id().map_or_else(|| Ok("None".to_owned()), quoted)?
        ))
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        let py = other.py();
        let other = other.get();
        self.provider() == other.provider()
            && self.r#type() == other.r#type()
            && self.id() == other.id()
            && self.key_index() == other.key_index()
            && self.test() == other.test()
            && self.created_micros() == other.created_micros()
            && self.data_json() == other.data_json()
            && self.unsigned_names().eq(other.unsigned_names())
            && self.body_bytes(py) == other.body_bytes(py)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (self.provider(), self.r#type(), self.id()).into_pyobject(py)?.hash()
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let restore = py.import("hookseal._hookseal")?.getattr("_restore")?;
        Ok((restore, (self.snapshot(py).into_pyobject(py)?,)))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(self.data.get())?;
        visit.call(self.envelope.get())
    }
}

/// Returns the value of a JSON text, `None` if there is none. Threads that ask at once each build
/// it, all get the first one's, and none waits.
fn build_once<'py>(
    py: Python<'py>,
    built: &OnceLock<Py<PyAny>>,
    json: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(value) = built.get() {
        return Ok(value.bind(py).clone());
    }
    let Some(json) = json else { return Ok(py.None().into_bound(py)) };
    let value = loads(py, json)?;
    Ok(built.get_or_init(|| value.unbind()).bind(py).clone())
}

/// Restores an event from a pickle.
#[pyfunction(name = "_restore")]
#[pyo3(signature = (fields, /))]
pub(crate) fn restore(fields: Snapshot) -> Event {
    Event {
        content: Content::Restored(Box::new(fields)),
        data: Data::Lazy(OnceLock::new()),
        envelope: OnceLock::new(),
        eager: None,
    }
}
