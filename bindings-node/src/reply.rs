//! What passes between an operation and JavaScript: parameters, values of rows, and outcomes.
#![allow(
    missing_docs,
    missing_debug_implementations,
    reason = "public for napi-rs, whose users are in JavaScript"
)]

use hookseal::inbox::{Received, Statement, StatementKind, Value, ValueType};
use napi::bindgen_prelude::{
    BigInt, Buffer, FromNapiValue, Null, Result, ToNapiValue, TypeName, Uint8Array,
};
use napi::{Error, Status, ValueType as Kind, sys};

use crate::inbox::{EntryFacts, KeptFacts, NativeClaimed, ReceivedFacts, RunStatement, StatsFacts};

/// A statement's parameter: integers are BigInts, which are exact, and bytes are Buffers.
pub struct Parameter(Value);

impl ToNapiValue for Parameter {
    unsafe fn to_napi_value(env: sys::napi_env, value: Self) -> Result<sys::napi_value> {
        // SAFETY: the caller's word.
        unsafe {
            match value.0 {
                Value::Integer(number) => BigInt::to_napi_value(env, number.into()),
                Value::Text(text) => String::to_napi_value(env, text),
                Value::Bytes(bytes) => Buffer::to_napi_value(env, bytes.into()),
                _ => Null::to_napi_value(env, Null),
            }
        }
    }
}

impl From<Statement> for RunStatement {
    fn from(statement: Statement) -> Self {
        Self {
            sql: statement.sql,
            parameters: statement.parameters.into_iter().map(Parameter).collect(),
            kind: match statement.kind {
                StatementKind::Query => "query",
                StatementKind::Change => "change",
                _ => "transaction",
            },
        }
    }
}

/// A value of a row, as some driver gave it.
pub struct Cell(Value);

impl Cell {
    pub(crate) fn into_value(self) -> Value {
        self.0
    }
}

impl TypeName for Cell {
    fn type_name() -> &'static str {
        "bigint | number | boolean | string | Uint8Array | null"
    }

    fn value_type() -> Kind {
        Kind::Unknown
    }
}

impl FromNapiValue for Cell {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let mut kind = 0;
        // SAFETY: the caller's word, here and below.
        unsafe { sys::napi_typeof(env, value, &raw mut kind) };
        let value = match kind {
            sys::ValueType::napi_null | sys::ValueType::napi_undefined => {
                Value::Null(ValueType::Text)
            }
            // SAFETY: as above.
            sys::ValueType::napi_number => {
                Value::Integer(unsafe { i64::from_napi_value(env, value) }?)
            }
            sys::ValueType::napi_boolean => {
                // SAFETY: as above.
                Value::Integer(i64::from(unsafe { bool::from_napi_value(env, value) }?))
            }
            sys::ValueType::napi_bigint => {
                // SAFETY: as above.
                let (number, is_exact) = unsafe { BigInt::from_napi_value(env, value) }?.get_i64();
                if !is_exact {
                    return Err(Error::new(Status::InvalidArg, "an integer of more than 64 bits"));
                }
                Value::Integer(number)
            }
            // SAFETY: as above.
            sys::ValueType::napi_string => {
                Value::Text(unsafe { String::from_napi_value(env, value) }?)
            }
            // SAFETY: as above.
            _ => Value::Bytes(unsafe { Uint8Array::from_napi_value(env, value) }?.to_vec()),
        };
        Ok(Self(value))
    }
}

/// What an operation gives.
pub enum Outcome {
    Nothing,
    Flag(bool),
    Number(f64),
    Received(ReceivedFacts),
    Claimed(Vec<NativeClaimed>),
    Stats(StatsFacts),
    Entries(Vec<EntryFacts>),
    Kept(KeptFacts),
}

impl Outcome {
    pub(crate) fn received(received: Received) -> Self {
        Self::Received(received.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "no table has that many rows")]
    pub(crate) fn count(count: u64) -> Self {
        Self::Number(count as f64)
    }
}

impl ToNapiValue for Outcome {
    unsafe fn to_napi_value(env: sys::napi_env, outcome: Self) -> Result<sys::napi_value> {
        // SAFETY: the caller's word.
        unsafe {
            match outcome {
                Self::Nothing => Null::to_napi_value(env, Null),
                Self::Flag(flag) => bool::to_napi_value(env, flag),
                Self::Number(number) => f64::to_napi_value(env, number),
                Self::Received(received) => ReceivedFacts::to_napi_value(env, received),
                Self::Claimed(claimed) => Vec::to_napi_value(env, claimed),
                Self::Stats(stats) => StatsFacts::to_napi_value(env, stats),
                Self::Entries(entries) => Vec::to_napi_value(env, entries),
                Self::Kept(kept) => KeptFacts::to_napi_value(env, kept),
            }
        }
    }
}
