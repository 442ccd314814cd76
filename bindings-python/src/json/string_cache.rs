//! A cache of short strings that are values, such as a status, a currency or a country.

use std::cell::Cell;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::short_text::ShortText;
use crate::string;

const SLOTS: usize = 512;

/// Strings by their text: what is longer hardly ever comes again.
pub(super) struct StringCache([Slot; SLOTS]);

struct Slot {
    /// The text that was last looked for here in vain.
    missed: Cell<ShortText>,
    kept: Cell<Option<Entry>>,
}

struct Entry {
    key: ShortText,
    text: Py<PyString>,
}

impl StringCache {
    #[expect(clippy::large_stack_arrays, reason = "it is made in a static, not on the stack")]
    pub(super) const fn new() -> Self {
        Self([const { Slot { missed: Cell::new(ShortText::EMPTY), kept: Cell::new(None) } }; SLOTS])
    }

    /// The text as a string: the one that was made before, if it is kept.
    #[inline]
    pub(super) fn string<'py>(
        &self,
        py: Python<'py>,
        text: &str,
    ) -> PyResult<Bound<'py, PyString>> {
        let Some(key) = ShortText::of(text.as_bytes()) else { return string::new(py, text) };
        let slot = &self.0[key.hash() % SLOTS];
        let kept = slot.kept.take();
        if let Some(entry) = &kept
            && entry.key == key
        {
            let text = entry.text.bind(py).clone();
            slot.kept.set(kept);
            return Ok(text);
        }
        let made = string::new(py, text)?;
        // What is met once may never be met again.
        let keeps = slot.missed.replace(key) == key;
        slot.kept.set(if keeps { Some(Entry { key, text: made.clone().unbind() }) } else { kept });
        Ok(made)
    }
}
