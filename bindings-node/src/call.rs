//! Node-API's functions for reading a call's arguments, with lifetimes.

use std::ffi::c_void;
use std::marker::PhantomData;
use std::ptr;

use napi::sys;

/// How many arguments are read without allocating: those of every known scheme.
const USUAL: usize = 12;

/// The arguments of a call that is under way.
pub(crate) struct Call<'c> {
    pub(crate) env: sys::napi_env,
    usual: [sys::napi_value; USUAL],
    count: usize,
    /// All of them, if they are more.
    all: Vec<sys::napi_value>,
    lasts: PhantomData<&'c ()>,
}

/// What a JavaScript value cannot be, and is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misuse {
    /// A body that is neither bytes nor text.
    Type,
    /// A body whose memory was transferred away.
    Detached,
    /// A body that another thread can write to while it is being read.
    Shared,
    /// A header that is neither text nor a list of texts.
    Header,
}

impl Misuse {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Detached => "detached",
            Self::Shared => "shared",
            Self::Header => "header",
        }
    }
}

impl<'c> Call<'c> {
    /// Reads the arguments of the call `info`, and the pointer its function was made with.
    ///
    /// # Safety
    /// `env` and `info` are those of a call that lasts as long as `'c`.
    pub(crate) unsafe fn new(
        env: sys::napi_env,
        info: sys::napi_callback_info,
    ) -> Option<(Self, *mut c_void)> {
        let mut call = Self {
            env,
            usual: [ptr::null_mut(); USUAL],
            count: USUAL,
            all: Vec::new(),
            lasts: PhantomData,
        };
        let mut data = ptr::null_mut();
        let read = |count: &mut usize, arguments: *mut sys::napi_value, data: *mut *mut c_void| {
            // SAFETY: the call is under way, and `arguments` has room for `count`.
            let status = unsafe {
                sys::napi_get_cb_info(env, info, count, arguments, ptr::null_mut(), data)
            };
            status == sys::Status::napi_ok
        };
        if !read(&mut call.count, call.usual.as_mut_ptr(), &raw mut data) {
            return None;
        }
        if call.count > USUAL {
            call.all = vec![ptr::null_mut(); call.count];
            if !read(&mut call.count, call.all.as_mut_ptr(), ptr::null_mut()) {
                return None;
            }
        }
        Some((call, data))
    }

    fn arguments(&self) -> &[sys::napi_value] {
        if self.all.is_empty() { &self.usual[..self.count] } else { &self.all }
    }

    /// An argument that is there.
    pub(crate) fn argument(&self, index: usize) -> Option<sys::napi_value> {
        self.arguments().get(index).copied()
    }

    /// The arguments from `index` on.
    pub(crate) fn rest(&self, index: usize) -> &[sys::napi_value] {
        self.arguments().get(index..).unwrap_or_default()
    }

    /// The bytes of a body that is not text; they must not be kept, nor JavaScript run meanwhile.
    pub(crate) fn bytes(&self, value: sys::napi_value) -> Result<&'c [u8], Misuse> {
        let (data, length, buffer) = self
            .typed_array(value)
            .or_else(|| self.data_view(value))
            .or_else(|| {
                let (data, length) = self.array_buffer(value)?;
                Some((data, length, value))
            })
            .ok_or(Misuse::Type)?;
        let mut owned = false;
        // SAFETY: `buffer` is of this call.
        unsafe { sys::napi_is_arraybuffer(self.env, buffer, &raw mut owned) };
        if !owned {
            return Err(Misuse::Shared);
        }
        if length == 0 || data.is_null() {
            return if self.is_detached(buffer) { Err(Misuse::Detached) } else { Ok(&[]) };
        }
        // SAFETY: Node-API says that there are `length` bytes, which nothing but JavaScript changes.
        Ok(unsafe { std::slice::from_raw_parts(data.cast::<u8>(), length) })
    }

    fn typed_array(&self, value: sys::napi_value) -> Option<(*mut c_void, usize, sys::napi_value)> {
        let mut kind = 0;
        let (mut data, mut length, mut buffer) = (ptr::null_mut(), 0, ptr::null_mut());
        // SAFETY: `value` is of this call.
        let status = unsafe {
            sys::napi_get_typedarray_info(
                self.env,
                value,
                &raw mut kind,
                &raw mut length,
                &raw mut data,
                &raw mut buffer,
                ptr::null_mut(),
            )
        };
        let bytes = kind == sys::TypedarrayType::uint8_array;
        (status == sys::Status::napi_ok && bytes).then_some((data, length, buffer))
    }

    fn data_view(&self, value: sys::napi_value) -> Option<(*mut c_void, usize, sys::napi_value)> {
        let (mut data, mut length, mut buffer) = (ptr::null_mut(), 0, ptr::null_mut());
        // SAFETY: `value` is of this call.
        let status = unsafe {
            sys::napi_get_dataview_info(
                self.env,
                value,
                &raw mut length,
                &raw mut data,
                &raw mut buffer,
                ptr::null_mut(),
            )
        };
        (status == sys::Status::napi_ok).then_some((data, length, buffer))
    }

    fn array_buffer(&self, value: sys::napi_value) -> Option<(*mut c_void, usize)> {
        let (mut data, mut length) = (ptr::null_mut(), 0);
        // SAFETY: `value` is of this call.
        let status = unsafe {
            sys::napi_get_arraybuffer_info(self.env, value, &raw mut data, &raw mut length)
        };
        (status == sys::Status::napi_ok).then_some((data, length))
    }

    fn is_detached(&self, buffer: sys::napi_value) -> bool {
        let mut detached = false;
        // SAFETY: `buffer` is of this call.
        unsafe { sys::napi_is_detached_arraybuffer(self.env, buffer, &raw mut detached) };
        detached
    }

    /// How many elements an array has, if it is one.
    pub(crate) fn array_length(&self, value: sys::napi_value) -> Option<u32> {
        let mut length = 0;
        // SAFETY: `value` is of this call.
        let status = unsafe { sys::napi_get_array_length(self.env, value, &raw mut length) };
        (status == sys::Status::napi_ok).then_some(length)
    }

    /// An array's element.
    pub(crate) fn element(&self, array: sys::napi_value, index: u32) -> Option<sys::napi_value> {
        let mut element = ptr::null_mut();
        // SAFETY: `array` is of this call.
        let status = unsafe { sys::napi_get_element(self.env, array, index, &raw mut element) };
        (status == sys::Status::napi_ok).then_some(element)
    }

    /// Sets an array's element; not to is what a failure within V8 comes to.
    pub(crate) fn set_element(&self, array: sys::napi_value, index: u32, value: sys::napi_value) {
        // SAFETY: both values are of this call.
        unsafe { sys::napi_set_element(self.env, array, index, value) };
    }

    /// Returns `true` if the value is `undefined`.
    pub(crate) fn is_undefined(&self, value: sys::napi_value) -> bool {
        let mut kind = 0;
        // SAFETY: `value` is of this call.
        unsafe { sys::napi_typeof(self.env, value, &raw mut kind) };
        kind == sys::ValueType::napi_undefined
    }

    /// Throws a `RangeError`; what cannot be said in it is left out.
    pub(crate) fn throw(&self, message: &std::ffi::CStr) {
        // SAFETY: the message ends in NUL and outlives the call.
        unsafe { sys::napi_throw_range_error(self.env, ptr::null(), message.as_ptr()) };
    }
}
