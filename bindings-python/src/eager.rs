//! The decision whether an event's data is built before it is first read. It makes events faster,
//! and does not change them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// True if a webhook's events are asked for their data, which costs less to build while a body is
/// validated than after.
#[derive(Clone)]
pub(crate) struct EagerData(Arc<AtomicBool>);

impl EagerData {
    /// Assumes that they are, as by most handlers.
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Returns `true` if data was asked for since the event before.
    #[inline]
    pub(crate) fn take(&self) -> bool {
        let was_asked = self.0.load(Relaxed);
        self.0.store(false, Relaxed);
        was_asked
    }

    #[inline]
    pub(crate) fn asked(&self) {
        self.0.store(true, Relaxed);
    }
}
