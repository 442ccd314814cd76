//! The keys of objects, which come again with every delivery.

use std::sync::{Mutex, TryLockError};

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::string;

const SLOTS: usize = 1024;

/// Longer ones are more likely data than names.
const LONGEST: usize = 2 * WORD;

const WORD: usize = size_of::<u64>();

/// Python strings by their text: each text has one slot, where the latest stays.
pub(crate) struct Keys([Option<Known>; SLOTS]);

struct Known {
    print: Print,
    text: Py<PyString>,
}

/// A key's length and its bytes, all of which two words that may overlap hold.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Print {
    length: usize,
    first: u64,
    last: u64,
}

static KEYS: Mutex<Keys> = Mutex::new(Keys([const { None }; SLOTS]));

impl Keys {
    /// Hands out the shared cache, or none if it is in use: nobody waits for it.
    pub(crate) fn with<R>(work: impl FnOnce(Option<&mut Self>) -> R) -> R {
        match KEYS.try_lock() {
            Ok(mut keys) => work(Some(&mut keys)),
            // It is as good as it was: a slot is replaced whole.
            Err(TryLockError::Poisoned(keys)) => work(Some(&mut keys.into_inner())),
            Err(TryLockError::WouldBlock) => work(None),
        }
    }

    #[inline]
    pub(crate) fn get<'py>(
        &mut self,
        py: Python<'py>,
        key: &str,
    ) -> PyResult<Bound<'py, PyString>> {
        let Some(print) = Print::of(key.as_bytes()) else { return string::new(py, key) };
        let slot = &mut self.0[print.slot()];
        if let Some(known) = slot
            && known.print == print
        {
            return Ok(known.text.bind(py).clone());
        }
        let text = string::new(py, key)?;
        *slot = Some(Known { print, text: text.clone().unbind() });
        Ok(text)
    }
}

impl Print {
    #[inline]
    fn of(key: &[u8]) -> Option<Self> {
        let length = key.len();
        let (first, last) = if let (Some(first), Some(last)) =
            (key.first_chunk::<8>(), key.last_chunk::<8>())
        {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (key.first_chunk::<4>(), key.last_chunk::<4>()) {
            (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
        } else {
            (key.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
        };
        (length <= LONGEST).then_some(Self { length, first, last })
    }

    #[inline]
    fn slot(&self) -> usize {
        let mixed = self.first ^ self.last.rotate_left(29) ^ self.length as u64;
        // The product's upper bits depend on all of the lower ones.
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize % SLOTS
    }
}
