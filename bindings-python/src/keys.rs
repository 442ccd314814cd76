//! The keys of objects, which come again with every delivery.

use std::cell::{OnceCell, RefCell};
use std::sync::{Mutex, TryLockError};

use hookseal_json::RawString;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::forms::Forms;

const SLOTS: usize = 1024;

/// Longer ones are more likely data than names.
const LONGEST: usize = 2 * WORD;

const WORD: usize = size_of::<u64>();

/// Python strings by their text: each text has one slot.
pub(crate) struct Keys {
    slots: [OnceCell<Known>; SLOTS],
    /// What found its slot taken, to replace it by.
    newer: RefCell<Vec<Known>>,
    pub(crate) forms: Forms,
}

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

/// A key of an object's: the cache's, which saves counting references, or its own.
pub(crate) enum Key<'k, 'py> {
    Known(&'k Bound<'py, PyString>),
    New(Bound<'py, PyString>),
}

impl<'py> Key<'_, 'py> {
    #[inline]
    pub(crate) fn get(&self) -> &Bound<'py, PyString> {
        match self {
            Self::Known(text) => text,
            Self::New(text) => text,
        }
    }
}

static KEYS: Mutex<Keys> = Mutex::new(Keys {
    slots: [const { OnceCell::new() }; SLOTS],
    newer: RefCell::new(Vec::new()),
    forms: Forms::new(),
});

impl Keys {
    /// Hands out the shared cache, or none if it is in use: nobody waits for it.
    pub(crate) fn with<R>(work: impl FnOnce(Option<&Self>) -> R) -> R {
        let mut keys = match KEYS.try_lock() {
            Ok(keys) => keys,
            // It is as good as it was: a slot is replaced whole.
            Err(TryLockError::Poisoned(keys)) => keys.into_inner(),
            Err(TryLockError::WouldBlock) => return work(None),
        };
        let result = work(Some(&keys));
        keys.renew();
        result
    }

    /// The key as it was made before.
    #[inline]
    pub(crate) fn known<'k, 'py>(
        &'k self,
        py: Python<'py>,
        key: RawString<'_>,
    ) -> Option<&'k Bound<'py, PyString>> {
        let print = Print::of(key)?;
        let known = self.slots[print.slot()].get()?;
        (known.print == print).then(|| known.text.bind(py))
    }

    /// Keeps a key that was not known, at once or from the next time on.
    pub(crate) fn learn(&self, key: RawString<'_>, text: &Bound<'_, PyString>) {
        let Some(print) = Print::of(key) else { return };
        let known = Known { print, text: text.clone().unbind() };
        if let Err(known) = self.slots[print.slot()].set(known)
            && let Ok(mut newer) = self.newer.try_borrow_mut()
            && newer.len() < SLOTS
        {
            newer.push(known);
        }
    }

    /// Lets those in that found their slots taken.
    #[inline]
    fn renew(&mut self) {
        for known in self.newer.get_mut().drain(..) {
            let slot = known.print.slot();
            self.slots[slot] = OnceCell::from(known);
        }
    }
}

impl Print {
    #[inline]
    fn of(key: RawString<'_>) -> Option<Self> {
        if key.is_escaped() {
            return None;
        }
        let key = key.as_raw_bytes();
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
