//! `_hookseal._Operation`.

use std::sync::{Mutex, PoisonError};

use hookseal::inbox::{self, DatabaseError, InboxError, Reply, Statement, StatementKind, Step};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use super::outcome::Outcome;
use super::values::{read_rows, write_value};
use crate::error::raise_inbox;

/// A statement's SQL, its parameters, and whether it is a `transaction`, a `query` or a `change`.
type Asked<'py> = (String, Vec<Bound<'py, PyAny>>, &'static str);

/// Starts the operation, or goes on with it.
type Advance = Box<dyn FnMut(Option<Reply>) -> Next + Send>;

enum Next {
    Run(Statement),
    Done(Result<Outcome, InboxError>),
}

struct Progress {
    advance: Advance,
    done: Option<Result<Outcome, InboxError>>,
}

/// Work on an inbox: the statements to run on a connection, one after the other.
#[pyclass(frozen, name = "_Operation", module = "hookseal._hookseal")]
pub(crate) struct Operation(Mutex<Progress>);

impl Operation {
    pub(super) fn new<T: Send + 'static>(
        mut operation: inbox::Operation<T>,
        outcome: impl Fn(T) -> Outcome + Send + 'static,
    ) -> Self {
        let advance = move |reply| {
            let step = match reply {
                None => operation.start(),
                Some(reply) => operation.resume(reply),
            };
            match step {
                Step::Run(statement) => Next::Run(statement),
                Step::Done(done) => Next::Done(done.map(&outcome)),
                _ => Next::Done(Err(InboxError::unreachable())),
            }
        };
        Self(Mutex::new(Progress { advance: Box::new(advance), done: None }))
    }

    fn advance<'py>(&self, py: Python<'py>, reply: Option<Reply>) -> PyResult<Option<Asked<'py>>> {
        let statement = {
            let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match (progress.advance)(reply) {
                Next::Run(statement) => statement,
                Next::Done(done) => {
                    progress.done = Some(done);
                    return Ok(None);
                }
            }
        };
        let kind = match statement.kind {
            StatementKind::Transaction => "transaction",
            StatementKind::Query => "query",
            _ => "change",
        };
        let parameters = statement.parameters.iter().map(|value| write_value(py, value));
        Ok(Some((statement.sql, parameters.collect::<PyResult<_>>()?, kind)))
    }
}

#[pymethods]
impl Operation {
    /// Returns the first statement to run, none if it is done.
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Option<Asked<'py>>> {
        self.advance(py, None)
    }

    /// Goes on with the rows of a query or the number of rows that were changed.
    #[pyo3(signature = (reply, /))]
    fn resume<'py>(&self, reply: &Bound<'py, PyAny>) -> PyResult<Option<Asked<'py>>> {
        let py = reply.py();
        let reply = match reply.extract::<i64>() {
            // Drivers that do not know say -1.
            Ok(count) => Reply::Changed(u64::try_from(count).unwrap_or_default()),
            Err(_) => Reply::Rows(read_rows(reply)?),
        };
        self.advance(py, Some(reply))
    }

    /// Goes on where the database refused the statement.
    #[pyo3(signature = (sqlstate, code, message, /))]
    fn fail<'py>(
        &self,
        py: Python<'py>,
        sqlstate: Option<String>,
        code: Option<i64>,
        message: String,
    ) -> PyResult<Option<Asked<'py>>> {
        self.advance(py, Some(Reply::Failed(DatabaseError { sqlstate, code, message })))
    }

    /// Returns what came of it.
    fn result<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let done = self.0.lock().unwrap_or_else(PoisonError::into_inner).done.take();
        match done {
            Some(Ok(outcome)) => outcome.into_python(py),
            Some(Err(error)) => Err(raise_inbox(py, &error)),
            None => {
                Err(PyRuntimeError::new_err("the operation is not done, or its result was taken"))
            }
        }
    }
}
