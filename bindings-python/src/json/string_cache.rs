//! A cache of short strings that are values, such as a status, a currency or a country.

use std::cell::Cell;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::string;

const SLOTS: usize = 256;

/// Strings as long as a word at the most: what is longer hardly ever comes again.
pub(super) struct StringCache([Slot; SLOTS]);

struct Slot {
    /// The text that was last looked for here in vain.
    missed: Cell<Word>,
    kept: Cell<Option<Entry>>,
}

struct Entry {
    word: Word,
    text: Py<PyString>,
}

/// A text's bytes and its length. Where two parts of a text overlap, the length tells it from others.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Word {
    bytes: u64,
    length: usize,
}

impl StringCache {
    pub(super) const fn new() -> Self {
        const EMPTY: Word = Word { bytes: 0, length: 0 };
        Self([const { Slot { missed: Cell::new(EMPTY), kept: Cell::new(None) } }; SLOTS])
    }

    /// The text as a string: the one that was made before, if it is kept.
    #[inline]
    pub(super) fn string<'py>(
        &self,
        py: Python<'py>,
        text: &str,
    ) -> PyResult<Bound<'py, PyString>> {
        let Some(word) = Word::of(text.as_bytes()) else { return string::new(py, text) };
        let slot = &self.0[word.slot()];
        let kept = slot.kept.take();
        if let Some(entry) = &kept
            && entry.word == word
        {
            let text = entry.text.bind(py).clone();
            slot.kept.set(kept);
            return Ok(text);
        }
        let made = string::new(py, text)?;
        // What is met once may never be met again.
        let keeps = slot.missed.replace(word) == word;
        slot.kept.set(if keeps { Some(Entry { word, text: made.clone().unbind() }) } else { kept });
        Ok(made)
    }
}

impl Word {
    /// `None` if the text is empty or longer than a word.
    #[inline]
    fn of(text: &[u8]) -> Option<Self> {
        let length = text.len();
        let bytes = match length {
            0 | 9.. => return None,
            1..4 => text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            4.. => {
                let (first, last) = (text.first_chunk::<4>()?, text.last_chunk::<4>()?);
                u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
            }
        };
        Some(Self { bytes, length })
    }

    #[inline]
    fn slot(self) -> usize {
        let mixed = self.bytes ^ self.length as u64;
        // The product's upper bits depend on all of the lower ones.
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % SLOTS
    }
}
