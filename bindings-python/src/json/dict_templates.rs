//! Dicts by their keys, which come again with every delivery: to copy a dict that has the keys
//! already costs less than to insert them one by one.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::key::Key;

const SLOTS: usize = 256;

/// From this many keys on a dict grows while they are inserted.
const FEWEST: usize = 6;

/// More of them are more likely data than names, and would be kept in memory.
const MOST: usize = 64;

/// Dicts whose values are `None`, by their keys.
pub(super) struct DictTemplates([RefCell<Slot>; SLOTS]);

struct Slot {
    /// Of the keys that were last met here without a template.
    met: KeysHash,
    template: Option<Template>,
}

struct Template {
    keys: Vec<Py<PyString>>,
    dict: Py<PyDict>,
}

/// How many keys, the first and the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct KeysHash(usize, usize, usize);

impl DictTemplates {
    pub(super) const fn new() -> Self {
        Self([const { RefCell::new(Slot { met: KeysHash(0, 0, 0), template: None }) }; SLOTS])
    }

    /// A dict to set these keys of in this order: one that has them, if there is a template.
    #[inline]
    pub(super) fn begin<'py>(
        &self,
        py: Python<'py>,
        keys: &[Key<'_, 'py>],
    ) -> PyResult<Bound<'py, PyDict>> {
        if !(FEWEST..=MOST).contains(&keys.len()) {
            return Ok(PyDict::new(py));
        }
        let hash = KeysHash::of(keys);
        let Ok(mut slot) = self.0[hash.slot()].try_borrow_mut() else {
            return Ok(PyDict::new(py));
        };
        if let Some(template) = &slot.template
            && template.has(keys)
        {
            return template.dict.bind(py).copy();
        }
        // What is met once may never be met again.
        if slot.met == hash {
            slot.template = Template::new(py, keys)?;
        }
        slot.met = hash;
        Ok(PyDict::new(py))
    }
}

impl Template {
    /// `None` if a key is there twice.
    #[cold]
    fn new(py: Python<'_>, keys: &[Key<'_, '_>]) -> PyResult<Option<Self>> {
        let dict = PyDict::new(py);
        for key in keys {
            dict.set_item(key.get(), py.None())?;
        }
        let keys: Vec<_> = keys.iter().map(|key| key.get().clone().unbind()).collect();
        Ok((dict.len() == keys.len()).then(|| Self { keys, dict: dict.unbind() }))
    }

    #[inline]
    fn has(&self, keys: &[Key<'_, '_>]) -> bool {
        self.keys.len() == keys.len()
            && self.keys.iter().zip(keys).all(|(own, key)| own.is(key.get()))
    }
}

impl KeysHash {
    #[inline]
    fn of(keys: &[Key<'_, '_>]) -> Self {
        let address = |key: Option<&Key<'_, '_>>| key.map_or(0, |key| key.get().as_ptr().addr());
        Self(keys.len(), address(keys.first()), address(keys.last()))
    }

    #[inline]
    fn slot(self) -> usize {
        let Self(count, first, last) = self;
        let mixed = count as u64 ^ first as u64 ^ (last as u64).rotate_left(32);
        // The product's upper bits depend on all of the lower ones.
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize % SLOTS
    }
}
