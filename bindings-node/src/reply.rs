//! The values that pass between a statement and JavaScript: parameters, and values of rows.

use hookseal::inbox::{Value, ValueType};
use napi::bindgen_prelude::{BigInt, Buffer, Either4, Either5, Null, Uint8Array};

/// A statement's parameter. An integer is a `BigInt`, which is exact.
pub(crate) type Parameter = Either4<BigInt, String, Buffer, Null>;

/// A value of a row, as some driver gave it.
pub(crate) type Cell = Option<Either5<f64, BigInt, String, bool, Uint8Array>>;

pub(crate) fn parameter(value: Value) -> Parameter {
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
