//! `_hookseal._Inbox`.

use std::time::Duration;

use hookseal::Scheme;
use hookseal::inbox::{
    self, Backoff, Dialect, Filter, InboxError, Order, OrderBy, Placeholder, State,
};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use super::claimed::Claimed;
use super::operation::Operation;
use super::outcome::Outcome;
use super::verified::Verified;
use crate::body;
use crate::error::{raise, raise_inbox};
use crate::event::Event;
use crate::headers::RequestHeaders;
use crate::moment::read_span;
use crate::request_line::RequestLine;
use crate::webhook::{LONG, Webhook};

/// A source's name, its webhook, and its order: the aggregate's pointer, what it is ordered by, the
/// pointer to a sequence, and whether one that is dead blocks.
type Source<'py> = (String, Bound<'py, Webhook>, Option<(String, String, Option<String>, bool)>);

/// Attempts, and the first and the longest wait.
type Waits<'py> = (u32, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// An inbox in databases of one dialect, for drivers that mark parameters in one way.
#[pyclass(frozen, name = "_Inbox", module = "hookseal._hookseal")]
pub(crate) struct Inbox(inbox::Inbox);

#[pymethods]
impl Inbox {
    #[new]
    #[pyo3(signature = (dialect, placeholder, sources, prefix, backoff, lease, /))]
    fn new(
        py: Python<'_>,
        dialect: &str,
        placeholder: &str,
        sources: Vec<Source<'_>>,
        prefix: Option<String>,
        backoff: Option<Waits<'_>>,
        lease: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let placeholder = Placeholder::from_name(placeholder).ok_or_else(|| {
            PyValueError::new_err("placeholder must be question, percent or dollar")
        })?;
        let mut builder = inbox::Inbox::builder(find(dialect)?).placeholder(placeholder);
        for (name, webhook, order) in sources {
            builder = builder.source(
                name,
                webhook.get().core.clone(),
                order.map(read_order).transpose()?,
            );
        }
        if let Some(prefix) = prefix {
            builder = builder.prefix(prefix);
        }
        if let Some((attempts, first, longest)) = backoff {
            let (first, longest) = (read_span(&first, "first")?, read_span(&longest, "longest")?);
            builder = builder.backoff(Backoff { attempts, first, longest });
        }
        if let Some(lease) = lease {
            builder = builder.lease(read_span(&lease, "lease")?);
        }
        builder.build().map(Self).map_err(|error| raise_inbox(py, &error))
    }

    /// Returns the SQL that makes the tables.
    #[staticmethod]
    #[pyo3(signature = (dialect, prefix, /))]
    fn schema(dialect: &str, prefix: Option<&str>) -> PyResult<String> {
        Ok(inbox::Inbox::schema(find(dialect)?, prefix))
    }

    /// Returns the error for a database that gives no connection.
    #[staticmethod]
    fn unreachable(py: Python<'_>) -> Py<PyAny> {
        raise_inbox(py, &inbox::InboxError::unreachable()).into_value(py).into_any()
    }

    /// Returns the error for a transaction that was rolled back without a word.
    #[staticmethod]
    fn rolled_back(py: Python<'_>) -> Py<PyAny> {
        raise_inbox(py, &inbox::InboxError::rolled_back()).into_value(py).into_any()
    }

    /// The seconds that a lease lasts.
    #[getter]
    fn lease(&self) -> f64 {
        self.0.lease().as_secs_f64()
    }

    /// Returns the name of a source, the only one's if it is not given.
    #[pyo3(signature = (source, /))]
    fn source(&self, py: Python<'_>, source: Option<String>) -> PyResult<String> {
        self.0.webhook(source.as_deref()).map_err(|error| raise_inbox(py, &error))?;
        Ok(source.unwrap_or_else(|| self.0.sources().next().unwrap_or_default().to_owned()))
    }

    #[pyo3(signature = (state, /))]
    fn migrate(&self, state: Option<bool>) -> Operation {
        Operation::new(self.0.migrate(read_state(state)), Outcome::Flag)
    }

    /// Verifies a delivery; returns its event, and what `store` stores.
    #[pyo3(signature = (webhook, source, body, headers, method, url, /))]
    fn verify<'py>(
        &self,
        webhook: &Bound<'_, Webhook>,
        source: Option<&str>,
        body: &Bound<'py, PyAny>,
        headers: &Bound<'_, PyAny>,
        method: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(Bound<'py, Event>, Verified)> {
        let py = body.py();
        let body = body::read(body)?;
        let headers = RequestHeaders::read(headers, &webhook.get().headers)?;
        let line = RequestLine::read(method, url)?;
        let head = line.head(&headers);
        let length = body.as_ref().len();
        let work = || {
            let mut delivery = None;
            let verified = crate::verified::Verified::try_new(body, |body| {
                let (event, own) = self.0.verify(source, body.as_ref(), &head)?;
                delivery = Some(own);
                Ok(event)
            });
            verified.map(|verified| (verified, delivery))
        };
        let verified = if length < LONG { work() } else { py.detach(work) };
        let (event, delivery) = verified.map_err(|error: InboxError| raise_inbox(py, &error))?;
        let delivery = delivery.ok_or_else(|| PyRuntimeError::new_err("nothing was verified"))?;
        Ok((webhook.get().event_of(py, event)?, Verified(delivery)))
    }

    /// Makes the operation that stores a verified delivery.
    #[pyo3(signature = (verified, state, /))]
    fn store(&self, verified: &Bound<'_, Verified>, state: Option<bool>) -> Operation {
        Operation::new(self.0.store(&verified.get().0, read_state(state)), Outcome::Received)
    }

    #[pyo3(signature = (source, event, state, /))]
    fn once(
        &self,
        py: Python<'_>,
        source: Option<&str>,
        event: &Bound<'_, Event>,
        state: Option<bool>,
    ) -> PyResult<Operation> {
        let (event, state) = (event.get(), read_state(state));
        let operation = if let Some(event) = event.core() {
            self.0.once(source, event, state)
        } else {
            // One that was unpickled has no scheme: it is the source's, or one that is refused.
            let webhook = self.0.webhook(source).map_err(|error| raise_inbox(py, &error))?;
            if webhook.scheme().name() == event.provider() {
                self.0.once_of(source, &event.parts(py, webhook.scheme()), state)
            } else {
                let other =
                    Scheme::provider(event.provider()).map_err(|error| raise(py, &error))?;
                self.0.once_of(source, &event.parts(py, &other), state)
            }
        };
        let operation = operation.map_err(|error| raise_inbox(py, &error))?;
        Ok(Operation::new(operation, Outcome::Flag))
    }

    #[pyo3(signature = (limit, state, /))]
    fn claim(&self, limit: usize, state: Option<bool>) -> Operation {
        Operation::new(self.0.claim(limit, read_state(state)), Outcome::Claimed)
    }

    #[pyo3(signature = (state, /))]
    fn begin(&self, state: Option<bool>) -> Operation {
        Operation::new(self.0.begin(read_state(state)), |()| Outcome::Nothing)
    }

    fn commit(&self) -> Operation {
        Operation::new(self.0.commit(), |()| Outcome::Nothing)
    }

    fn rollback(&self) -> Operation {
        Operation::new(self.0.rollback(), |()| Outcome::Nothing)
    }

    #[pyo3(signature = (claimed, state, /))]
    fn savepoint(&self, claimed: &Bound<'_, Claimed>, state: Option<bool>) -> Operation {
        let operation = self.0.savepoint(&claimed.get().core, read_state(state));
        Operation::new(operation, |()| Outcome::Nothing)
    }

    #[pyo3(signature = (claimed, state, /))]
    fn complete(&self, claimed: &Bound<'_, Claimed>, state: Option<bool>) -> Operation {
        let operation = self.0.complete(&claimed.get().core, read_state(state));
        Operation::new(operation, |()| Outcome::Nothing)
    }

    #[pyo3(signature = (claimed, error, state, /))]
    fn release(&self, claimed: &Bound<'_, Claimed>, error: &str, state: Option<bool>) -> Operation {
        let operation = self.0.release(&claimed.get().core, error, read_state(state));
        Operation::new(operation, Outcome::Wait)
    }

    #[pyo3(signature = (claimed, error, state, /))]
    fn dead(&self, claimed: &Bound<'_, Claimed>, error: &str, state: Option<bool>) -> Operation {
        let operation = self.0.dead(&claimed.get().core, error, read_state(state));
        Operation::new(operation, |()| Outcome::Nothing)
    }

    #[pyo3(signature = (claimed, state, /))]
    fn extend(&self, claimed: &Bound<'_, Claimed>, state: Option<bool>) -> Operation {
        let operation = self.0.extend(&claimed.get().core, read_state(state));
        Operation::new(operation, |()| Outcome::Nothing)
    }

    #[pyo3(signature = (state, /))]
    fn stats(&self, state: Option<bool>) -> Operation {
        Operation::new(self.0.stats(read_state(state)), Outcome::Stats)
    }

    #[pyo3(signature = (state, /))]
    fn openmetrics(&self, state: Option<bool>) -> Operation {
        Operation::new(self.0.openmetrics(read_state(state)), Outcome::Text)
    }

    #[pyo3(signature = (of, source, event_type, search, before, limit, state, /))]
    #[expect(clippy::too_many_arguments, reason = "the parts of a filter")]
    fn list(
        &self,
        of: Option<&str>,
        source: Option<String>,
        event_type: Option<String>,
        search: Option<String>,
        before: Option<i64>,
        limit: usize,
        state: Option<bool>,
    ) -> PyResult<Operation> {
        let of = of.map(|name| {
            State::from_name(name).ok_or_else(|| {
                let names = State::ALL.map(State::as_str).join(", ");
                PyValueError::new_err(format!("state must be one of {names}"))
            })
        });
        let of = of.transpose()?;
        let filter = Filter { state: of, source, event_type, search, before, limit };
        Ok(Operation::new(self.0.list(filter, read_state(state)), Outcome::Entries))
    }

    #[pyo3(signature = (seq, state, /))]
    fn show(&self, seq: i64, state: Option<bool>) -> Operation {
        Operation::new(self.0.show(seq, read_state(state)), Outcome::Kept)
    }

    #[pyo3(signature = (seq, state, /))]
    fn retry(&self, seq: Option<i64>, state: Option<bool>) -> Operation {
        Operation::new(self.0.retry(seq, read_state(state)), Outcome::Count)
    }

    #[pyo3(signature = (seq, state, /))]
    fn replay(&self, seq: i64, state: Option<bool>) -> Operation {
        Operation::new(self.0.replay(seq, read_state(state)), Outcome::Flag)
    }

    #[pyo3(signature = (seq, state, /))]
    fn discard(&self, seq: i64, state: Option<bool>) -> Operation {
        Operation::new(self.0.discard(seq, read_state(state)), Outcome::Flag)
    }

    #[pyo3(signature = (keep, state, /))]
    fn prune(&self, keep: Option<&Bound<'_, PyAny>>, state: Option<bool>) -> PyResult<Operation> {
        let keep: Option<Duration> = keep.map(|keep| read_span(keep, "keep")).transpose()?;
        Ok(Operation::new(self.0.prune(keep, read_state(state)), Outcome::Count))
    }
}

fn find(dialect: &str) -> PyResult<Dialect> {
    dialect.parse().map_err(|error: InboxError| PyValueError::new_err(error.message().to_owned()))
}

/// Whether a transaction is open: none if only the database knows.
fn read_state(state: Option<bool>) -> inbox::TransactionState {
    match state {
        Some(true) => inbox::TransactionState::Open,
        Some(false) => inbox::TransactionState::Closed,
        None => inbox::TransactionState::Unknown,
    }
}

fn read_order(
    (aggregate, order_by, sequence, dead_blocks): (String, String, Option<String>, bool),
) -> PyResult<Order> {
    let order_by = match (order_by.as_str(), sequence) {
        ("arrival", None) => OrderBy::Arrival,
        ("created_at", None) => OrderBy::CreatedAt,
        ("sequence", Some(pointer)) => OrderBy::Sequence(pointer),
        _ => {
            return Err(PyValueError::new_err(
                "order_by must be arrival, created_at or {\"sequence\": \"/pointer\"}",
            ));
        }
    };
    Ok(Order { aggregate, order_by, dead_blocks })
}
