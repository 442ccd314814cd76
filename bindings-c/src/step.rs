use std::sync::Arc;

use hookseal::inbox::{Claimed, Kept, Received, Statement, StatementKind};

use crate::boundary::{Out, Pointee};
use crate::claimed::hookseal_claimed;
use crate::failure::hookseal_error;
use crate::headers::hookseal_headers;
use crate::strings::{hookseal_bytes, hookseal_str};
use crate::value::hookseal_value;

/// What is next in an operation: a statement to run, or its result. Free it with
/// hookseal_step_free(). What its functions return lives as long as the step.
pub(crate) struct hookseal_step(pub(crate) Next);

/// What a step is.
pub(crate) enum Next {
    Run(Statement),
    Done(Outcome),
}

impl Pointee for hookseal_step {}

/// What an operation gave.
pub(crate) enum Outcome {
    Nothing,
    Number(i64),
    Received(Received),
    Claimed(Vec<Arc<Claimed>>),
    Kept(Kept),
    Json(String),
    Text(String),
}

/// What a step is, and with that how a driver is to run its statement.
pub(crate) type hookseal_step_kind = u32;

/// The operation has ended, and the step has its result.
pub(crate) const HOOKSEAL_STEP_DONE: hookseal_step_kind = 1;
/// A statement that gives rows: fetch all, and go on with hookseal_operation_rows().
pub(crate) const HOOKSEAL_STEP_QUERY: hookseal_step_kind = 2;
/// A statement that changes rows: go on with hookseal_operation_changed().
pub(crate) const HOOKSEAL_STEP_CHANGE: hookseal_step_kind = 3;
/// A statement that begins, ends or sets up a transaction, and has no parameters: go on with
/// hookseal_operation_changed().
pub(crate) const HOOKSEAL_STEP_TRANSACTION: hookseal_step_kind = 4;

/// What became of a delivery that was received.
pub(crate) type hookseal_received = u32;

/// It is stored, and a worker will get it.
pub(crate) const HOOKSEAL_RECEIVED_STORED: hookseal_received = 1;
/// It was stored before.
pub(crate) const HOOKSEAL_RECEIVED_DUPLICATE: hookseal_received = 2;
/// It was stored before, with another body.
pub(crate) const HOOKSEAL_RECEIVED_CONFLICT: hookseal_received = 3;
/// It only asks whether the endpoint works: it is not stored.
pub(crate) const HOOKSEAL_RECEIVED_CHECK: hookseal_received = 4;

impl hookseal_step {
    fn claimed(&self) -> &[Arc<Claimed>] {
        match &self.0 {
            Next::Done(Outcome::Claimed(claimed)) => claimed,
            _ => &[],
        }
    }

    fn statement(&self) -> Option<&Statement> {
        match &self.0 {
            Next::Run(statement) => Some(statement),
            Next::Done(_) => None,
        }
    }

    fn kept(&self) -> Option<&Kept> {
        match &self.0 {
            Next::Done(Outcome::Kept(kept)) => Some(kept),
            _ => None,
        }
    }
}

ffi_fn! {
    /// Returns what the step is; 0 for NULL.
    fn hookseal_step_kind_of(step: &hookseal_step) -> hookseal_step_kind {
        match &step.0 {
            Next::Done(_) => HOOKSEAL_STEP_DONE,
            Next::Run(statement) => match statement.kind {
                StatementKind::Query => HOOKSEAL_STEP_QUERY,
                StatementKind::Change => HOOKSEAL_STEP_CHANGE,
                _ => HOOKSEAL_STEP_TRANSACTION,
            },
        }
    }
}

ffi_fn! {
    /// Returns the SQL of the statement; none if the operation has ended.
    fn hookseal_step_sql<'s>(step: &'s hookseal_step) -> hookseal_str<'s> {
        step.statement().map(|statement| statement.sql.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the number of the statement's parameters.
    fn hookseal_step_parameter_count(step: &hookseal_step) -> usize {
        step.statement().map_or(0, |statement| statement.parameters.len())
    }
}

ffi_fn! {
    /// Returns the parameter at `index`, counted from 0; NULL from hookseal_step_parameter_count() on.
    fn hookseal_step_parameter<'s>(step: &'s hookseal_step, index: usize) -> hookseal_value<'s> {
        (step.statement())
            .and_then(|statement| statement.parameters.get(index))
            .map(hookseal_value::from)
            .unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns what became of the delivery, for hookseal_inbox_store(); 0 for any other step.
    fn hookseal_step_received(step: &hookseal_step) -> hookseal_received {
        match &step.0 {
            Next::Done(Outcome::Received(received)) => match received {
                Received::Stored => HOOKSEAL_RECEIVED_STORED,
                Received::Duplicate { is_conflict: false, .. } => HOOKSEAL_RECEIVED_DUPLICATE,
                Received::Duplicate { .. } => HOOKSEAL_RECEIVED_CONFLICT,
                Received::Check => HOOKSEAL_RECEIVED_CHECK,
                _ => 0,
            },
            _ => 0,
        }
    }
}

ffi_fn! {
    /// Writes the number that the operation gave, and returns true: 1 or 0 for true or false, a count, or
    /// the milliseconds of hookseal_inbox_release(). Returns false, and writes nothing, if it gave none.
    fn hookseal_step_number(step: &hookseal_step, number: Out<'_, i64>) -> bool {
        match &step.0 {
            Next::Done(Outcome::Number(given)) => {
                number.write(*given);
                true
            }
            _ => false,
        }
    }
}

ffi_fn! {
    /// Returns the JSON that the operation gave, for hookseal_inbox_stats() and hookseal_inbox_list();
    /// none for any other step.
    fn hookseal_step_json<'s>(step: &'s hookseal_step) -> hookseal_str<'s> {
        match &step.0 {
            Next::Done(Outcome::Json(json)) => json.as_str().into(),
            _ => hookseal_str::default(),
        }
    }
}

ffi_fn! {
    /// Returns the text that the operation gave, for hookseal_inbox_openmetrics(); none for any other step.
    fn hookseal_step_text<'s>(step: &'s hookseal_step) -> hookseal_str<'s> {
        match &step.0 {
            Next::Done(Outcome::Text(text)) => text.as_str().into(),
            _ => hookseal_str::default(),
        }
    }
}

ffi_fn! {
    /// Returns the number of deliveries that were claimed, for hookseal_inbox_claim().
    fn hookseal_step_claimed_count(step: &hookseal_step) -> usize {
        step.claimed().len()
    }
}

ffi_fn! {
    /// Makes a handle of the claimed delivery at `index`, counted from 0.
    fn hookseal_step_claimed(step: &hookseal_step, index: usize) -> out claimed: hookseal_claimed {
        match step.claimed().get(index) {
            Some(claimed) => Ok(hookseal_claimed(claimed.clone())),
            None => Err(hookseal_error::invalid(format!("`index` cannot be {index}"))),
        }
    }
}

ffi_fn! {
    /// Makes a handle of the headers that are kept, for hookseal_inbox_show(); without any if nothing is
    /// kept.
    fn hookseal_step_headers(step: &hookseal_step) -> out headers: hookseal_headers {
        Ok(hookseal_headers(step.kept().map(|kept| kept.headers.clone()).unwrap_or_default()))
    }
}

ffi_fn! {
    /// Returns the body that is kept, for hookseal_inbox_show(); none if there is no such delivery, or
    /// only its key was kept.
    fn hookseal_step_body<'s>(step: &'s hookseal_step) -> hookseal_bytes<'s> {
        step.kept().map(|kept| kept.body.as_slice().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Frees a step; NULL is allowed.
    fn hookseal_step_free(step: Option<Box<hookseal_step>>) {
        drop(step);
    }
}
