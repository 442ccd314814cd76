use super::*;
use crate::status::HOOKSEAL_PANIC;

pub(crate) struct Handle;

impl Pointee for Handle {}

ffi_fn! {
    fn hookseal_test_give(with: i32) -> out handle: Handle {
        assert!(with != 0, "a secret");
        Ok(Handle)
    }
}

ffi_fn! {
    fn hookseal_test_guard(with: i32) -> usize {
        assert!(with != 0, "a secret");
        7
    }
}

fn untouched<T>() -> *mut T {
    core::ptr::dangling_mut()
}

#[test]
fn a_panic_is_a_status_and_an_error_that_does_not_repeat_it() {
    let mut handle = untouched();
    let mut error = untouched();
    // SAFETY: both places can be written to.
    let status = unsafe { hookseal_test_give(0, &raw mut handle, &raw mut error) };
    assert_eq!(status, HOOKSEAL_PANIC);
    assert_eq!(handle, untouched());
    // SAFETY: the call failed, so it has written a handle.
    let error = unsafe { Box::from_raw(error) };
    assert_eq!(error.status(), HOOKSEAL_PANIC);
    // SAFETY: the handle is valid.
    let message = unsafe { crate::error::hookseal_error_message(&raw const *error) };
    assert!(message.bytes().starts_with(b"hookseal has a bug"));
}

#[test]
fn a_panic_without_a_place_for_the_error_is_a_status() {
    let mut handle = untouched();
    // SAFETY: the place can be written to.
    let status = unsafe { hookseal_test_give(0, &raw mut handle, core::ptr::null_mut()) };
    assert_eq!((status, handle), (HOOKSEAL_PANIC, untouched()));
}

#[test]
fn a_panic_in_what_cannot_fail_gives_nothing() {
    // SAFETY: no pointer is involved.
    assert_eq!(unsafe { hookseal_test_guard(0) }, 0);
    // SAFETY: as above.
    assert_eq!(unsafe { hookseal_test_guard(1) }, 7);
}

#[test]
fn a_success_leaves_the_error_alone() {
    let mut handle = core::ptr::null_mut();
    let mut error = untouched();
    // SAFETY: both places can be written to.
    let status = unsafe { hookseal_test_give(1, &raw mut handle, &raw mut error) };
    assert_eq!((status, error), (HOOKSEAL_OK, untouched()));
    // SAFETY: the call went well, so it has written a handle.
    drop(unsafe { Box::from_raw(handle) });
}
