//! What passes between an operation and JavaScript: parameters, values of rows, and outcomes.

use hookseal::inbox::{Received, Statement, StatementKind, Value, ValueType};
use napi::bindgen_prelude::{BigInt, Buffer, Either4, Either5, Either8, Null, Uint8Array};

use crate::inbox::{EntryFacts, KeptFacts, NativeClaimed, ReceivedFacts, RunStatement, StatsFacts};

/// A statement's parameter. An integer is a `BigInt`, which is exact.
pub(crate) type Parameter = Either4<BigInt, String, Buffer, Null>;

/// A value of a row, as some driver gave it.
pub(crate) type Cell = Option<Either5<f64, BigInt, String, bool, Uint8Array>>;

/// What an operation gives.
pub(crate) type Outcome = Either8<
    Null,
    bool,
    f64,
    ReceivedFacts,
    Vec<NativeClaimed>,
    StatsFacts,
    Vec<EntryFacts>,
    KeptFacts,
>;

impl From<Statement> for RunStatement {
    fn from(statement: Statement) -> Self {
        Self {
            sql: statement.sql,
            parameters: statement.parameters.into_iter().map(parameter).collect(),
            kind: match statement.kind {
                StatementKind::Query => "query",
                StatementKind::Change => "change",
                _ => "transaction",
            },
        }
    }
}

fn parameter(value: Value) -> Parameter {
    match value {
        Value::Integer(number) => Either4::A(number.into()),
        Value::Text(text) => Either4::B(text),
        Value::Bytes(bytes) => Either4::C(bytes.into()),
        _ => Either4::D(Null),
    }
}

pub(crate) fn value(cell: Cell) -> Value {
    match cell {
        None => Value::Null(ValueType::Text),
        Some(Either5::A(number)) => Value::Integer(integer(number)),
        Some(Either5::B(number)) => Value::Integer(number.get_i64().0),
        Some(Either5::C(text)) => Value::Text(text),
        Some(Either5::D(flag)) => Value::Integer(i64::from(flag)),
        Some(Either5::E(bytes)) => Value::Bytes(bytes.to_vec()),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the tables hold integers")]
fn integer(number: f64) -> i64 {
    number as i64
}

pub(crate) fn nothing() -> Outcome {
    Either8::A(Null)
}

pub(crate) fn received(received: Received) -> Outcome {
    Either8::D(received.into())
}

#[expect(clippy::cast_precision_loss, reason = "no table has that many rows")]
pub(crate) fn count(count: u64) -> Outcome {
    Either8::C(count as f64)
}
