//! The keys of objects, which come again with every delivery.

use std::sync::{Mutex, TryLockError};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyString;

const SLOTS: usize = 1024;

/// Longer ones are more likely data than names.
const LONGEST: usize = 64;

/// Python strings by their text: each text has one slot, where the latest stays.
pub(crate) struct Keys([Option<PyBackedStr>; SLOTS]);

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
        if key.len() > LONGEST {
            return Ok(PyString::new(py, key));
        }
        let slot = &mut self.0[slot(key.as_bytes())];
        if let Some(known) = slot
            && known.as_str() == key
        {
            return Ok(known.as_py_str().bind(py).clone());
        }
        let new = PyString::new(py, key);
        *slot = Some(PyBackedStr::try_from(new.clone())?);
        Ok(new)
    }
}

/// FNV-1a: keys are short.
#[inline]
fn slot(key: &[u8]) -> usize {
    let hash = key.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The upper half is mixed best.
    (hash >> 32) as usize % SLOTS
}
