use std::sync::Arc;

use hookseal::inbox::Claimed;

use crate::boundary::{Out, Pointee};
use crate::event::{hookseal_event, since_1970};
use crate::strings::hookseal_str;
use crate::tokens::Tokens;

/// A delivery that is leased to a worker. Free it with hookseal_claimed_free(). What its functions
/// return lives as long as the handle.
pub(crate) struct hookseal_claimed(pub(crate) Arc<Claimed>);

impl Pointee for hookseal_claimed {}

ffi_fn! {
    /// Returns the delivery's number in the inbox.
    fn hookseal_claimed_seq(claimed: &hookseal_claimed) -> i64 {
        claimed.0.seq()
    }
}

ffi_fn! {
    /// Returns which attempt this is, counted from 1; 0 for NULL.
    fn hookseal_claimed_attempt(claimed: &hookseal_claimed) -> u32 {
        claimed.0.attempt()
    }
}

ffi_fn! {
    /// Returns the name of the source that sent it.
    fn hookseal_claimed_source<'c>(claimed: &'c hookseal_claimed) -> hookseal_str<'c> {
        claimed.0.source().into()
    }
}

ffi_fn! {
    /// Writes when it was stored, by the database's clock: `*seconds` since 1970 and `*nanoseconds` after
    /// them. Either pointer may be NULL.
    ///
    /// Returns false, and writes nothing, for NULL.
    fn hookseal_claimed_received_at(
        claimed: &hookseal_claimed,
        seconds: Out<'_, i64>,
        nanoseconds: Out<'_, u32>,
    ) -> bool {
        let moment = since_1970(claimed.0.received_at());
        if let Some((whole, rest)) = moment {
            seconds.write(whole);
            nanoseconds.write(rest);
        }
        moment.is_some()
    }
}

ffi_fn! {
    /// Makes a handle of the event, which was verified again.
    fn hookseal_claimed_event(claimed: &hookseal_claimed) -> out event: hookseal_event {
        Ok(hookseal_event::new(claimed.0.event().clone(), Tokens::default()))
    }
}

ffi_fn! {
    /// Frees a claimed delivery; NULL is allowed. Its lease stays.
    fn hookseal_claimed_free(claimed: Option<Box<hookseal_claimed>>) {
        drop(claimed);
    }
}
