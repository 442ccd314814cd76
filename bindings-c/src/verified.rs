use hookseal::Event;
use hookseal::inbox::Verified;

use crate::boundary::Pointee;
use crate::event::hookseal_event;
use crate::tokens::Tokens;

/// A verified delivery, to be stored in an inbox. Free it with hookseal_verified_free().
pub(crate) struct hookseal_verified {
    pub(crate) event: Event<'static>,
    pub(crate) delivery: Verified,
}

impl Pointee for hookseal_verified {}

ffi_fn! {
    /// Makes a handle of the event.
    fn hookseal_verified_event(verified: &hookseal_verified) -> out event: hookseal_event {
        Ok(hookseal_event::new(verified.event.clone(), Tokens::default()))
    }
}

ffi_fn! {
    /// Frees a verified delivery; NULL is allowed. Its operations stay valid.
    fn hookseal_verified_free(verified: Option<Box<hookseal_verified>>) {
        drop(verified);
    }
}
