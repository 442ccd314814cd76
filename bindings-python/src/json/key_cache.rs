//! A cache of the keys of objects, which come again with every delivery.

use std::cell::{OnceCell, RefCell};

use hookseal_json::RawString;
use pyo3::prelude::*;
use pyo3::types::PyString;

const SLOTS: usize = 1024;

/// Longer ones are more likely data than names.
const LONGEST: usize = 2 * WORD;

const WORD: usize = size_of::<u64>();

/// Python strings by their text: each text has one slot.
pub(super) struct KeyCache {
    slots: [OnceCell<Entry>; SLOTS],
    /// What found its slot taken, to replace it by.
    newer: RefCell<Vec<Entry>>,
}

struct Entry {
    key: KeyBytes,
    text: Py<PyString>,
}

/// A key's length and its bytes, all of which two words that may overlap hold.
#[derive(Clone, Copy, PartialEq, Eq)]
struct KeyBytes {
    length: usize,
    first: u64,
    last: u64,
}

impl KeyCache {
    #[expect(clippy::large_stack_arrays, reason = "it is made in a static, not on the stack")]
    pub(super) const fn new() -> Self {
        Self { slots: [const { OnceCell::new() }; SLOTS], newer: RefCell::new(Vec::new()) }
    }

    /// The key as it was made before.
    #[inline]
    pub(super) fn get<'k, 'py>(
        &'k self,
        py: Python<'py>,
        key: RawString<'_>,
    ) -> Option<&'k Bound<'py, PyString>> {
        let key = KeyBytes::of(key)?;
        let entry = self.slots[key.slot()].get()?;
        (entry.key == key).then(|| entry.text.bind(py))
    }

    /// Keeps a key that was not there, at once or from the next time on.
    pub(super) fn insert(&self, key: RawString<'_>, text: &Bound<'_, PyString>) {
        let Some(key) = KeyBytes::of(key) else { return };
        let entry = Entry { key, text: text.clone().unbind() };
        if let Err(entry) = self.slots[key.slot()].set(entry)
            && let Ok(mut newer) = self.newer.try_borrow_mut()
            && newer.len() < SLOTS
        {
            newer.push(entry);
        }
    }

    /// Lets those in that found their slots taken.
    #[inline]
    pub(super) fn renew(&mut self) {
        for entry in self.newer.get_mut().drain(..) {
            let slot = entry.key.slot();
            self.slots[slot] = OnceCell::from(entry);
        }
    }
}

impl KeyBytes {
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
