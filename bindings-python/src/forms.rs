//! The forms of objects, which come again with every delivery as their keys do: to copy an object
//! that has the keys already costs less than to insert them one by one.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::keys::Key;

const SLOTS: usize = 64;

/// From this many keys on a dict grows while they are inserted.
const FEWEST: usize = 6;

/// More of them are more likely data than names, and would be kept in memory.
const MOST: usize = 64;

/// Objects whose values are `None`, by their keys.
pub(crate) struct Forms([RefCell<Slot>; SLOTS]);

struct Slot {
    /// Of the form that was last met here without a copy to begin with.
    met: Print,
    known: Option<Form>,
}

struct Form {
    keys: Vec<Py<PyString>>,
    object: Py<PyDict>,
}

/// How many keys, the first and the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Print(usize, usize, usize);

impl Forms {
    pub(crate) const fn new() -> Self {
        Self([const { RefCell::new(Slot { met: Print(0, 0, 0), known: None }) }; SLOTS])
    }

    /// An object to set these keys of in this order: one that has them, if it is known.
    #[inline]
    pub(crate) fn begin<'py>(
        &self,
        py: Python<'py>,
        keys: &[Key<'_, 'py>],
    ) -> PyResult<Bound<'py, PyDict>> {
        if !(FEWEST..=MOST).contains(&keys.len()) {
            return Ok(PyDict::new(py));
        }
        let print = Print::of(keys);
        let Ok(mut slot) = self.0[print.slot()].try_borrow_mut() else {
            return Ok(PyDict::new(py));
        };
        if let Some(form) = &slot.known
            && form.has(keys)
        {
            return form.object.bind(py).copy();
        }
        // What is met once may never be met again.
        if slot.met == print {
            slot.known = Form::new(py, keys)?;
        }
        slot.met = print;
        Ok(PyDict::new(py))
    }
}

impl Form {
    /// `None` if a key is there twice.
    #[cold]
    fn new(py: Python<'_>, keys: &[Key<'_, '_>]) -> PyResult<Option<Self>> {
        let object = PyDict::new(py);
        for key in keys {
            object.set_item(key.get(), py.None())?;
        }
        let keys: Vec<_> = keys.iter().map(|key| key.get().clone().unbind()).collect();
        Ok((object.len() == keys.len()).then(|| Self { keys, object: object.unbind() }))
    }

    #[inline]
    fn has(&self, keys: &[Key<'_, '_>]) -> bool {
        self.keys.len() == keys.len()
            && self.keys.iter().zip(keys).all(|(own, key)| own.is(key.get()))
    }
}

impl Print {
    #[inline]
    fn of(keys: &[Key<'_, '_>]) -> Self {
        let address = |key: Option<&Key<'_, '_>>| key.map_or(0, |key| key.get().as_ptr().addr());
        Self(keys.len(), address(keys.first()), address(keys.last()))
    }

    #[inline]
    fn slot(self) -> usize {
        let Self(count, first, last) = self;
        // Objects lie 16 bytes apart at the least.
        (count ^ first >> 4 ^ last >> 9) % SLOTS
    }
}
