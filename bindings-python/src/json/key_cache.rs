//! A cache of the keys of objects, which come again with every delivery.

use std::cell::{OnceCell, RefCell};

use hookseal_json::RawString;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::short_text::ShortText;

const SLOTS: usize = 1024;

/// Python strings by their text: each text has one slot.
pub(super) struct KeyCache {
    slots: [OnceCell<Entry>; SLOTS],
    /// What found its slot taken, to replace it by.
    newer: RefCell<Vec<Entry>>,
}

struct Entry {
    key: ShortText,
    text: Py<PyString>,
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
        let key = short(key)?;
        let entry = self.slots[key.hash() % SLOTS].get()?;
        (entry.key == key).then(|| entry.text.bind(py))
    }

    /// Keeps a key that was not there, at once or from the next time on.
    pub(super) fn insert(&self, key: RawString<'_>, text: &Bound<'_, PyString>) {
        let Some(key) = short(key) else { return };
        let entry = Entry { key, text: text.clone().unbind() };
        if let Err(entry) = self.slots[key.hash() % SLOTS].set(entry)
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
            let slot = entry.key.hash() % SLOTS;
            self.slots[slot] = OnceCell::from(entry);
        }
    }
}

/// A key as it is cached: longer ones are more likely data than names.
#[inline]
fn short(key: RawString<'_>) -> Option<ShortText> {
    if key.is_escaped() { None } else { ShortText::of(key.as_raw_bytes()) }
}
