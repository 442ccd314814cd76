//! The boundary with C: no panic leaves it, and no pointer is followed before it is checked.

use core::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::failure::hookseal_error;
use crate::status::{HOOKSEAL_OK, hookseal_status};
use crate::strings::{Item, check_len, hookseal_str};

/// Declares an exported function. Its parameters are what the body wants to have; [`Param`] says
/// what C passes for each, and the body is not reached unless that is valid. Two forms:
///
/// `fn f(…) -> R { … }` is `R f(…)` in C. A refused argument and a panic give `R::default()`.
///
/// `fn f(…) -> out name: T { … }` is `hookseal_status f(…, T **name, hookseal_error **error)` in C.
/// The body gives a `Result<T, hookseal_error>`, or of what is large a `Result<Box<T>, …>`; `*name`
/// is written only for `Ok`, `*error` only for `Err`, a refused argument or a panic.
///
/// `items[count]: &[T]` is the pair `const T *items, size_t count` in C.
macro_rules! ffi_fn {
    (
        $(#[$meta:meta])*
        fn $name:ident $(<$lifetime:lifetime>)? (
            $($arg:ident $([$len:ident])? : $ty:ty),* $(,)?
        ) -> out $out:ident : $handle:ty $body:block
    ) => {
        $(#[$meta])*
        #[unsafe(no_mangle)]
        pub(crate) unsafe extern "C" fn $name $(<$lifetime>)? (
            $($arg: <$ty as $crate::boundary::Param>::C $(, $len: usize)?,)*
            $out: *mut *mut $handle,
            error: *mut *mut $crate::failure::hookseal_error,
        ) -> $crate::status::hookseal_status {
            let attempt = || {
                // SAFETY: the header makes the caller answer for what a pointer points to.
                $(let $arg = unsafe {
                    <$ty as $crate::boundary::Param>::receive(
                        stringify!($arg),
                        ($arg $(, $len)?),
                    )
                }?;)*
                $body
            };
            // SAFETY: as above, for the pointers that results are written to.
            unsafe { $crate::boundary::give(stringify!($out), $out, error, attempt) }
        }
    };
    (
        $(#[$meta:meta])*
        fn $name:ident $(<$lifetime:lifetime>)? (
            $($arg:ident $([$len:ident])? : $ty:ty),* $(,)?
        ) $(-> $ret:ty)? $body:block
    ) => {
        $(#[$meta])*
        #[unsafe(no_mangle)]
        pub(crate) unsafe extern "C" fn $name $(<$lifetime>)? (
            $($arg: <$ty as $crate::boundary::Param>::C $(, $len: usize)?,)*
        ) $(-> $ret)? {
            $crate::boundary::guard(|| {
                // SAFETY: the header makes the caller answer for what a pointer points to.
                $(let $arg = unsafe {
                    <$ty as $crate::boundary::Param>::receive(
                        stringify!($arg),
                        ($arg $(, $len)?),
                    )
                }?;)*
                Ok($body)
            })
        }
    };
}

/// The conversion of a parameter: what C passes for it, and how it is received.
pub(crate) trait Param: Sized {
    /// The parameter in C.
    type C;
    /// The same, with its length if it has one.
    type Given;

    /// Checks what can be checked.
    ///
    /// # Safety
    /// A pointer that is neither NULL nor misaligned points to what its type says, as many times
    /// as its length says, for as long as `Self` lives.
    unsafe fn receive(name: &'static str, given: Self::Given) -> Result<Self, hookseal_error>;
}

/// A type that C passes by pointer: a handle or a struct.
pub(crate) trait Pointee {}

/// A struct of options, which can grow: its first field is the size of the caller's struct, and
/// fields that the caller does not know of are as in the default, which is all zero.
///
/// It is `#[repr(C)]`, begins with a `usize`, and every one of its fields may be zero.
pub(crate) trait Growing: Copy + Default {}

/// Options that a caller gave, or the default ones for NULL.
pub(crate) struct Options<T>(pub(crate) T);

/// A place of the caller's for a result, or none if the caller does not want it.
pub(crate) struct Out<'a, T>(Option<&'a mut core::mem::MaybeUninit<T>>);

impl<T: Copy> Out<'_, T> {
    pub(crate) fn write(self, value: T) {
        if let Some(place) = self.0 {
            place.write(value);
        }
    }
}

impl<T: Pointee> Param for &T {
    type C = *const T;
    type Given = *const T;

    unsafe fn receive(name: &'static str, given: *const T) -> Result<Self, hookseal_error> {
        aligned(name, given)?;
        // SAFETY: the caller's promise; NULL gives `None`.
        unsafe { given.as_ref() }.ok_or_else(|| hookseal_error::null(name))
    }
}

impl<T: Pointee> Param for Option<&T> {
    type C = *const T;
    type Given = *const T;

    unsafe fn receive(name: &'static str, given: *const T) -> Result<Self, hookseal_error> {
        aligned(name, given)?;
        // SAFETY: the caller's promise; NULL gives `None`.
        Ok(unsafe { given.as_ref() })
    }
}

impl<T: Growing> Param for Options<T> {
    type C = *const T;
    type Given = *const T;

    unsafe fn receive(name: &'static str, given: *const T) -> Result<Self, hookseal_error> {
        aligned(name, given)?;
        let mut options = T::default();
        if given.is_null() {
            return Ok(Self(options));
        }
        // SAFETY: every such struct begins with its size, whichever version of it the caller has.
        let size = unsafe { given.cast::<usize>().read() };
        check_len::<u8>(name, size)?;
        // SAFETY: the caller's struct is so large.
        let bytes = unsafe { core::slice::from_raw_parts(given.cast::<u8>(), size) };
        let (known, unknown) = bytes.split_at(size.min(size_of::<T>()));
        if known.len() < size_of::<usize>() || unknown.iter().any(|byte| *byte != 0) {
            return Err(hookseal_error::invalid(format!(
                "`{name}->size` must be the size of `*{name}`, and what this version does not know \
                 of must be zero"
            )));
        }
        let place = (&raw mut options).cast::<u8>();
        // SAFETY: as many bytes fit, and they are the first fields of a struct of this type.
        unsafe { core::ptr::copy_nonoverlapping(known.as_ptr(), place, known.len()) };
        Ok(Self(options))
    }
}

/// Takes a handle back to free it.
impl<T: Pointee> Param for Option<Box<T>> {
    type C = *mut T;
    type Given = *mut T;

    unsafe fn receive(name: &'static str, given: *mut T) -> Result<Self, hookseal_error> {
        aligned(name, given)?;
        if given.is_null() {
            return Ok(None);
        }
        // SAFETY: handles are made in `give`, by `Box::into_raw`, and the caller's promise is
        // that this one was not freed before.
        Ok(Some(unsafe { Box::from_raw(given) }))
    }
}

impl<T: Copy> Param for Out<'_, T> {
    type C = *mut T;
    type Given = *mut T;

    unsafe fn receive(name: &'static str, given: *mut T) -> Result<Self, hookseal_error> {
        aligned(name, given)?;
        // SAFETY: the caller's promise; NULL gives `None`, and nothing is read from the place.
        Ok(Self(unsafe { given.cast::<core::mem::MaybeUninit<T>>().as_mut() }))
    }
}

/// Any bytes, of whatever type in C.
impl Param for &[u8] {
    type C = *const c_void;
    type Given = (*const c_void, usize);

    unsafe fn receive(name: &'static str, given: Self::Given) -> Result<Self, hookseal_error> {
        // SAFETY: the caller's promise.
        unsafe { slice(name, given.0.cast(), given.1) }
    }
}

impl<T: Item> Param for &[T] {
    type C = *const T;
    type Given = (*const T, usize);

    unsafe fn receive(name: &'static str, given: Self::Given) -> Result<Self, hookseal_error> {
        // SAFETY: the caller's promise.
        let items: Self = unsafe { slice(name, given.0, given.1) }?;
        match items.iter().position(|item| !item.is_valid()) {
            None => Ok(items),
            Some(index) => Err(items[index].refusal(&format!("{name}[{index}]"))),
        }
    }
}

impl Param for hookseal_str<'_> {
    type C = Self;
    type Given = Self;

    unsafe fn receive(name: &'static str, given: Self) -> Result<Self, hookseal_error> {
        given.check(name)?;
        Ok(given)
    }
}

/// A text that must be UTF-8.
impl<'a> Param for &'a str {
    type C = hookseal_str<'a>;
    type Given = hookseal_str<'a>;

    unsafe fn receive(name: &'static str, given: Self::Given) -> Result<Self, hookseal_error> {
        given.utf8(name)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Param for $number {
            type C = Self;
            type Given = Self;

            unsafe fn receive(_: &'static str, given: Self) -> Result<Self, hookseal_error> {
                Ok(given)
            }
        }
    )*};
}

numbers!(bool, i32, i64, u32, u64, usize);

fn aligned<T>(name: &str, pointer: *const T) -> Result<(), hookseal_error> {
    if pointer.is_aligned() {
        return Ok(());
    }
    Err(hookseal_error::invalid(format!("`{name}` is not a pointer to what it should point to")))
}

/// # Safety
/// Unless it is NULL or misaligned, `data` points to `len` values that live for `'a`.
unsafe fn slice<'a, T>(name: &str, data: *const T, len: usize) -> Result<&'a [T], hookseal_error> {
    aligned(name, data)?;
    if data.is_null() {
        return if len == 0 { Ok(&[]) } else { Err(hookseal_error::null(name)) };
    }
    check_len::<T>(name, len)?;
    // SAFETY: the caller's promise, and the length was checked.
    Ok(unsafe { core::slice::from_raw_parts(data, len) })
}

/// Returns the result of `attempt`, or the default if it fails or panics.
pub(crate) fn guard<T: Default>(attempt: impl FnOnce() -> Result<T, hookseal_error>) -> T {
    catch_unwind(AssertUnwindSafe(attempt)).ok().and_then(Result::ok).unwrap_or_default()
}

/// Writes the result or the error of `attempt` to where the caller wants it, and returns its
/// status.
///
/// # Safety
/// `out` and `error` are NULL or can be written to.
pub(crate) unsafe fn give<T, R: Into<Box<T>>>(
    name: &'static str,
    out: *mut *mut T,
    error: *mut *mut hookseal_error,
    attempt: impl FnOnce() -> Result<R, hookseal_error>,
) -> hookseal_status {
    let result = catch_unwind(AssertUnwindSafe(|| {
        if out.is_null() {
            return Err(hookseal_error::null(name));
        }
        aligned(name, out)?;
        Ok(Box::into_raw(attempt()?.into()))
    }));
    let problem = match result {
        Ok(Ok(handle)) => {
            // SAFETY: the caller's promise, and `out` is neither NULL nor misaligned.
            unsafe { out.write(handle) };
            return HOOKSEAL_OK;
        }
        Ok(Err(problem)) => problem,
        Err(_) => hookseal_error::panic(),
    };
    let status = problem.status();
    if !error.is_null() && error.is_aligned() {
        // SAFETY: the caller's promise, and `error` is neither NULL nor misaligned.
        unsafe { error.write(Box::into_raw(Box::new(problem))) };
    }
    status
}

#[cfg(test)]
mod tests;
