//! What the module keeps between calls: schemes, webhooks, and the result of the last call.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use hookseal::{Error, HeaderName, Scheme, Webhook};

use crate::message::Writer;

/// What a handle stands for.
pub(crate) enum Kept {
    Scheme(Scheme),
    Webhook(Rc<Receiver>),
}

/// A webhook, and the headers that its scheme reads, each once.
pub(crate) struct Receiver {
    pub(crate) webhook: Webhook,
    pub(crate) headers: Vec<HeaderName>,
}

thread_local! {
    static KEPT: RefCell<Vec<Option<Kept>>> = const { RefCell::new(Vec::new()) };
    static RESULT: RefCell<Writer> = const { RefCell::new(Writer(Vec::new())) };
    static NOW: Cell<f64> = const { Cell::new(0.0) };
}

/// Keeps something, and returns its handle, which is never 0.
pub(crate) fn keep(kept: Kept) -> u32 {
    KEPT.with_borrow_mut(|all| {
        let free = all.iter().position(Option::is_none);
        let place = free.unwrap_or_else(|| {
            all.push(None);
            all.len() - 1
        });
        all[place] = Some(kept);
        u32::try_from(place + 1).unwrap_or_default()
    })
}

fn find<T>(handle: u32, take: impl FnOnce(&Kept) -> Option<T>) -> Option<T> {
    let place = usize::try_from(handle).ok()?.checked_sub(1)?;
    KEPT.with_borrow(|all| take(all.get(place)?.as_ref()?))
}

pub(crate) fn scheme(handle: u32) -> Option<Scheme> {
    find(handle, |kept| match kept {
        Kept::Scheme(scheme) => Some(scheme.clone()),
        Kept::Webhook(receiver) => Some(receiver.webhook.scheme().clone()),
    })
}

pub(crate) fn receiver(handle: u32) -> Option<Rc<Receiver>> {
    find(handle, |kept| match kept {
        Kept::Webhook(receiver) => Some(Rc::clone(receiver)),
        Kept::Scheme(_) => None,
    })
}

/// Gives back what a handle stands for; a webhook's keys are wiped.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hookseal_release(handle: u32) {
    let place = usize::try_from(handle).ok().and_then(|handle| handle.checked_sub(1));
    let kept = KEPT.with_borrow_mut(|all| all.get_mut(place?)?.take());
    drop(kept);
}

/// Replaces the result.
pub(crate) fn respond(write: impl FnOnce(&mut Writer)) {
    RESULT.with_borrow_mut(|result| {
        result.clear();
        write(result);
    });
}

/// Makes the error the result, and returns that there is no other.
pub(crate) fn refuse(error: &Error) -> u32 {
    respond(|result| {
        result.field(error.code().as_str()).field(error.message());
    });
    0
}

/// Returns where the last call's result begins: a message, valid until the next call.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn hookseal_result() -> *const u8 {
    RESULT.with_borrow(|result| result.0.as_ptr())
}

/// Returns how many bytes the last call's result has.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn hookseal_result_len() -> usize {
    RESULT.with_borrow(|result| result.0.len())
}

/// Sets the time, in milliseconds since 1970: the module has no clock.
pub(crate) fn set_now(milliseconds: f64) {
    NOW.set(milliseconds);
}

pub(crate) fn now() -> SystemTime {
    moment(NOW.get())
}

/// A moment in milliseconds since 1970, as near to it as the platform's times come.
#[expect(clippy::cast_possible_truncation, reason = "a part of a millisecond is cut off")]
pub(crate) fn moment(milliseconds: f64) -> SystemTime {
    let milliseconds = milliseconds as i64;
    let distance = Duration::from_millis(milliseconds.unsigned_abs());
    let moment = if milliseconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    moment.unwrap_or(SystemTime::UNIX_EPOCH)
}
