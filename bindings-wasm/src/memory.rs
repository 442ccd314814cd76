//! Memory that the host writes to.

use std::slice;

use zeroize::Zeroize as _;

/// Returns memory for so many bytes, which are zero.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn hookseal_alloc(len: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; len].into_boxed_slice()).cast()
}

/// Wipes memory of [`hookseal_alloc`]'s and gives it back.
///
/// # Safety
/// `pointer` is what [`hookseal_alloc`] gave for `len`, and was not given back before.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hookseal_free(pointer: *mut u8, len: usize) {
    // SAFETY: the caller's word.
    let mut memory = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(pointer, len)) };
    memory.zeroize();
}

/// The bytes that the host passes.
///
/// # Safety
/// There are that many bytes, which nobody writes to for as long as the call lasts.
pub(crate) unsafe fn given<'c>(pointer: *const u8, len: usize) -> &'c [u8] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's word.
    unsafe { slice::from_raw_parts(pointer, len) }
}
