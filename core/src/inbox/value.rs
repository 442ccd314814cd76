//! The values that pass between the inbox and a database driver.

use core::fmt;

/// A parameter of a statement, or a value of a row.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// SQL's NULL, in place of a value of this type: some drivers bind by type. In a row the type
    /// says nothing.
    Null(ValueType),
    /// A 64-bit integer.
    Integer(i64),
    /// A text.
    Text(String),
    /// Bytes: `bytea` or a BLOB.
    Bytes(Vec<u8>),
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueType {
    /// A 64-bit integer.
    Integer,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

impl Value {
    /// Returns the integer. Some drivers give 64-bit integers as texts.
    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            Self::Bytes(bytes) => core::str::from_utf8(bytes).ok()?.parse().ok(),
            Self::Null(_) => None,
        }
    }

    /// Returns the text. Some drivers give texts of a binary collation as bytes.
    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(bytes) => String::from_utf8(bytes).ok(),
            Self::Integer(_) | Self::Null(_) => None,
        }
    }

    /// Returns the bytes. Some drivers give bytes that are UTF-8 as texts.
    pub(super) fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(text) => Some(text.into_bytes()),
            Self::Integer(_) | Self::Null(_) => None,
        }
    }
}

/// Without texts and bytes, which are a delivery's.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null(_) => f.write_str("NULL"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "text of {} bytes", text.len()),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

macro_rules! from {
    ($($type:ty, $variant:ident, $value:ident => $made:expr);+ $(;)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                Self::$variant($made)
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                value.map_or(Self::Null(ValueType::$variant), Self::from)
            }
        }
    )+};
}

from! {
    i64, Integer, number => number;
    &str, Text, text => text.to_owned();
    String, Text, text => text;
    &[u8], Bytes, bytes => bytes.to_vec();
    Vec<u8>, Bytes, bytes => bytes;
}
