use hookseal::inbox::{Value, ValueType};

use crate::failure::hookseal_error;
use crate::strings::{Item, hookseal_str};

/// The type of a value of a statement or a row.
pub(crate) type hookseal_value_type = u32;

/// A 64-bit integer.
pub(crate) const HOOKSEAL_VALUE_INTEGER: hookseal_value_type = 0;
/// A text, in UTF-8.
pub(crate) const HOOKSEAL_VALUE_TEXT: hookseal_value_type = 1;
/// Bytes: `bytea` or a BLOB.
pub(crate) const HOOKSEAL_VALUE_BYTES: hookseal_value_type = 2;

/// A parameter of a statement, or a value of a row.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct hookseal_value<'a> {
    /// The type. A parameter that is NULL has one too, for drivers that bind by type; of NULL in a row
    /// it says nothing.
    r#type: hookseal_value_type,
    /// True for SQL's NULL.
    is_null: bool,
    /// The integer of HOOKSEAL_VALUE_INTEGER.
    integer: i64,
    /// The text or the bytes of the other types.
    text: hookseal_str<'a>,
}

impl<'a> From<&'a Value> for hookseal_value<'a> {
    fn from(value: &'a Value) -> Self {
        let mut made = Self { is_null: false, ..Self::default() };
        match value {
            Value::Integer(number) => made.integer = *number,
            Value::Text(text) => {
                made.r#type = HOOKSEAL_VALUE_TEXT;
                made.text = text.as_str().into();
            }
            Value::Bytes(bytes) => {
                made.r#type = HOOKSEAL_VALUE_BYTES;
                made.text = bytes.as_slice().into();
            }
            Value::Null(null) => {
                made.is_null = true;
                made.r#type = match null {
                    ValueType::Integer => HOOKSEAL_VALUE_INTEGER,
                    ValueType::Bytes => HOOKSEAL_VALUE_BYTES,
                    _ => HOOKSEAL_VALUE_TEXT,
                };
            }
            _ => made.is_null = true,
        }
        made
    }
}

/// NULL.
impl Default for hookseal_value<'_> {
    fn default() -> Self {
        let text = hookseal_str::default();
        Self { r#type: HOOKSEAL_VALUE_INTEGER, is_null: true, integer: 0, text }
    }
}

impl hookseal_value<'_> {
    /// The value as the core has it.
    pub(crate) fn value(&self) -> Value {
        if self.is_null {
            return Value::Null(ValueType::Text);
        }
        let bytes = self.text.bytes();
        match self.r#type {
            HOOKSEAL_VALUE_INTEGER => Value::Integer(self.integer),
            // What is not UTF-8 is bytes, whatever the driver calls it.
            HOOKSEAL_VALUE_TEXT => {
                core::str::from_utf8(bytes).map_or_else(|_| bytes.into(), Value::from)
            }
            _ => bytes.into(),
        }
    }
}

impl Item for hookseal_value<'_> {
    fn is_valid(&self) -> bool {
        self.r#type <= HOOKSEAL_VALUE_BYTES && self.text.is_valid()
    }

    #[cold]
    fn refusal(&self, name: &str) -> hookseal_error {
        if self.text.is_valid() {
            hookseal_error::invalid(format!("`{name}.type` cannot be {}", self.r#type))
        } else {
            self.text.refusal(&format!("{name}.text"))
        }
    }
}
