//! What a webhook has learnt from its events: it makes the next one faster, and changes nothing
//! that it says.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Whether the events are asked for their data, which costs less to build while a body is
/// validated than after.
#[derive(Clone)]
pub(crate) struct Habit(Arc<AtomicBool>);

impl Habit {
    /// Of most handlers.
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Whether data was asked for since the event before.
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
