//! Secrets from JavaScript, of which no copy is left in memory.

use std::ptr;

use napi::bindgen_prelude::{FromNapiValue, Result, TypeName, Uint8Array};
use napi::{Error, Status, ValueType, sys};
use zeroize::Zeroizing;

use crate::text::generalised_utf8;

/// A secret as it was given.
#[allow(missing_debug_implementations, reason = "a secret is not shown")]
pub enum Given {
    /// Bytes, which stay where JavaScript has them.
    Bytes(Uint8Array),
    /// The bytes of text, half a surrogate pair included: the core knows what to say of that.
    Text(Zeroizing<Vec<u8>>),
}

impl AsRef<[u8]> for Given {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text,
        }
    }
}

impl TypeName for Given {
    fn type_name() -> &'static str {
        "Uint8Array | string"
    }

    fn value_type() -> ValueType {
        ValueType::Unknown
    }
}

impl FromNapiValue for Given {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let mut length = 0;
        // SAFETY: the caller's word; without memory to write to, only the length is told.
        let status = unsafe {
            sys::napi_get_value_string_utf16(env, value, ptr::null_mut(), 0, &raw mut length)
        };
        if status != sys::Status::napi_ok {
            // SAFETY: the caller's word.
            return unsafe { Uint8Array::from_napi_value(env, value) }.map(Self::Bytes);
        }
        let mut units = Zeroizing::new(vec![0; length + 1]);
        // SAFETY: there is room for that many units and a NUL.
        let status = unsafe {
            sys::napi_get_value_string_utf16(
                env,
                value,
                units.as_mut_ptr(),
                units.len(),
                &raw mut length,
            )
        };
        if status != sys::Status::napi_ok {
            return Err(Error::from_status(Status::from(status)));
        }
        Ok(Self::Text(generalised_utf8(&units[..length])))
    }
}
