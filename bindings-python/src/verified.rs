//! An event and the body that it borrows from, as one value.
#![allow(
    unsafe_code,
    reason = "a value that borrows from its neighbour has no lifetime of its own"
)]

use hookseal::Event;

use crate::text::Text;

/// The core's event of a delivery.
pub(crate) struct Verified {
    /// Dropped first. It never leaves with this lifetime.
    event: Event<'static>,
    body: Text,
}

impl Verified {
    /// Takes what `verify` makes of the body.
    #[inline]
    pub(crate) fn try_new<E>(
        body: Text,
        verify: impl for<'b> FnOnce(&'b [u8]) -> Result<Event<'b>, E>,
    ) -> Result<Self, E> {
        let bytes: *const [u8] = body.as_ref();
        // SAFETY: the bytes live as long as `body`, and stay where they are when it moves. `verify`
        // knows no more than that some lifetime is meant, so only the event can keep them.
        let event = verify(unsafe { &*bytes })?;
        Ok(Self { event, body })
    }

    #[inline]
    pub(crate) fn event(&self) -> &Event<'_> {
        &self.event
    }

    /// What the delivery came with, which is not what the event has if that was rewritten.
    pub(crate) fn body(&self) -> &Text {
        &self.body
    }
}
