use std::sync::{Mutex, PoisonError};

use hookseal::inbox::{DatabaseError, Operation, Reply, Step};

use crate::boundary::{Growing, Options, Pointee};
use crate::failure::hookseal_error;
use crate::step::{Next, Outcome, hookseal_step};
use crate::strings::hookseal_str;
use crate::value::hookseal_value;

/// Work on an inbox that runs one statement after the other on a connection of yours. Free it with
/// hookseal_operation_free().
///
/// Call hookseal_operation_start(), run the statement of the step that it makes, give its reply by
/// hookseal_operation_rows(), hookseal_operation_changed() or hookseal_operation_failed(), and so on
/// until a step is HOOKSEAL_STEP_DONE or a call fails with the operation's error. Nothing else may use
/// the connection in between. An operation that is freed before leaves an open transaction to be rolled
/// back.
pub(crate) struct hookseal_operation {
    running: Mutex<Box<dyn Running>>,
}

impl Pointee for hookseal_operation {}

/// An operation, whatever it gives.
trait Running: Send {
    fn advance(&mut self, reply: Option<Reply>) -> Result<hookseal_step, hookseal_error>;
}

struct Converted<T> {
    operation: Operation<T>,
    convert: fn(T) -> Outcome,
}

impl<T> Running for Converted<T> {
    fn advance(&mut self, reply: Option<Reply>) -> Result<hookseal_step, hookseal_error> {
        let step = match reply {
            None => self.operation.start(),
            Some(reply) => self.operation.resume(reply),
        };
        match step {
            Step::Run(statement) => Ok(hookseal_step(Next::Run(statement))),
            Step::Done(done) => Ok(hookseal_step(Next::Done((self.convert)(done?)))),
            _ => Err(hookseal_error::panic()),
        }
    }
}

impl hookseal_operation {
    pub(crate) fn new<T: 'static>(operation: Operation<T>, convert: fn(T) -> Outcome) -> Self {
        let running: Box<dyn Running> = Box::new(Converted { operation, convert });
        Self { running: Mutex::new(running) }
    }

    fn advance(&self, reply: Option<Reply>) -> Result<hookseal_step, hookseal_error> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).advance(reply)
    }
}

/// What a driver reported. Set `size`; what the driver does not have stays zero.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_database_error<'a> {
    /// The size of the struct, sizeof(hookseal_database_error).
    size: usize,
    /// The five characters of SQLSTATE.
    sqlstate: hookseal_str<'a>,
    /// The engine's own number: MariaDB's and MySQL's error, SQLite's (extended) result code.
    code: Option<&'a i64>,
    /// The driver's message. It is read and never shown.
    message: hookseal_str<'a>,
}

impl Growing for hookseal_database_error<'_> {}

ffi_fn! {
    /// Starts the operation and makes its first step, or fails with its error.
    fn hookseal_operation_start(operation: &hookseal_operation) -> out step: hookseal_step {
        operation.advance(None)
    }
}

ffi_fn! {
    /// Goes on with the rows of the last statement, `columns` values each, and makes the next step, or
    /// fails with the operation's error.
    fn hookseal_operation_rows(
        operation: &hookseal_operation,
        values[values_len]: &[hookseal_value<'_>],
        columns: usize,
    ) -> out step: hookseal_step {
        let rows: Vec<Vec<_>> = if values.is_empty() {
            Vec::new()
        } else if columns > 0 && values.len().is_multiple_of(columns) {
            let row = |row: &[hookseal_value<'_>]| row.iter().map(hookseal_value::value).collect();
            values.chunks(columns).map(row).collect()
        } else {
            return Err(hookseal_error::invalid(format!(
                "`values_len` cannot be {}: it is a multiple of `columns`, which is {columns}",
                values.len()
            )));
        };
        operation.advance(Some(Reply::Rows(rows)))
    }
}

ffi_fn! {
    /// Goes on with how many rows the last statement changed, and makes the next step, or fails with the
    /// operation's error. 0 for a statement of a transaction.
    fn hookseal_operation_changed(operation: &hookseal_operation, count: u64) -> out step: hookseal_step {
        operation.advance(Some(Reply::Changed(count)))
    }
}

ffi_fn! {
    /// Goes on with the error that the database refused the last statement with, and makes the next step,
    /// or fails with the operation's error.
    fn hookseal_operation_failed(
        operation: &hookseal_operation,
        failure: Options<hookseal_database_error<'_>>,
    ) -> out step: hookseal_step {
        let Options(failure) = failure;
        failure.sqlstate.check("failure->sqlstate")?;
        failure.message.check("failure->message")?;
        let text = |text: &hookseal_str<'_>| String::from_utf8_lossy(text.bytes()).into_owned();
        let error = DatabaseError {
            sqlstate: failure.sqlstate.is_some().then(|| text(&failure.sqlstate)),
            code: failure.code.copied(),
            message: text(&failure.message),
        };
        operation.advance(Some(Reply::Failed(error)))
    }
}

ffi_fn! {
    /// Frees an operation; NULL is allowed.
    fn hookseal_operation_free(operation: Option<Box<hookseal_operation>>) {
        drop(operation);
    }
}
