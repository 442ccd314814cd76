//! The C side: `c/verify.c`, compiled as C programs are and loaded here, so that both languages
//! are timed in one run.

use std::ffi::{CString, c_char, c_void};
use std::path::Path;

use libloading::{Library, Symbol};

type New = unsafe extern "C" fn(*const c_char, *const c_char) -> *mut c_void;
type Verify = unsafe extern "C" fn(
    *const c_void,
    *const u8,
    usize,
    *const *const c_char,
    *const *const c_char,
    usize,
    usize,
) -> usize;
type Free = unsafe extern "C" fn(*mut c_void);

/// A webhook behind the C ABI, and a delivery that it verifies.
pub struct Delivery<'d> {
    library: Library,
    webhook: *mut c_void,
    body: &'d str,
    headers: Vec<(CString, CString)>,
}

impl<'d> Delivery<'d> {
    /// Loads the compiled `c/verify.c`.
    ///
    /// # Panics
    /// If it cannot be loaded, or the webhook cannot be built.
    #[must_use]
    pub fn new(
        library: &Path,
        provider: &str,
        body: &'d str,
        headers: &[(String, String)],
    ) -> Self {
        let text = |text: &str| CString::new(text).expect("no NUL in it");
        let (provider, secret) = (text(provider), text(crate::SECRET));
        // SAFETY: the library is `c/verify.c` of this crate, which runs nothing when loaded.
        let library = unsafe { Library::new(library) }.expect("make bench compiles it");
        let webhook = {
            // SAFETY: the type is that of the C function.
            let new: Symbol<'_, New> =
                unsafe { library.get("bench_webhook") }.expect("it is there");
            // SAFETY: both are NUL-terminated and outlive the call.
            unsafe { new(provider.as_ptr(), secret.as_ptr()) }
        };
        assert!(!webhook.is_null(), "the webhook is built");
        let headers = headers.iter().map(|(name, value)| (text(name), text(value))).collect();
        Self { library, webhook, body, headers }
    }

    /// Verifies it so many times.
    ///
    /// # Panics
    /// If it does not verify each time.
    pub fn verify(&self, repeats: u32) {
        let repeats = repeats as usize;
        // SAFETY: the type is that of the C function.
        let verify: Symbol<'_, Verify> =
            unsafe { self.library.get("bench_verify") }.expect("it is there");
        let body = self.body.as_bytes();
        let names: Vec<_> = self.headers.iter().map(|header| header.0.as_ptr()).collect();
        let values: Vec<_> = self.headers.iter().map(|header| header.1.as_ptr()).collect();
        // SAFETY: the webhook lives as long as self, and so do the texts.
        let verified = unsafe {
            verify(
                self.webhook,
                body.as_ptr(),
                body.len(),
                names.as_ptr(),
                values.as_ptr(),
                names.len(),
                repeats,
            )
        };
        assert_eq!(verified, repeats);
    }
}

impl Drop for Delivery<'_> {
    fn drop(&mut self) {
        // SAFETY: the type is that of the C function.
        let free = unsafe { self.library.get::<Free>("bench_webhook_free") };
        if let Ok(free) = free {
            // SAFETY: it was made by `bench_webhook` and is freed once.
            unsafe { free(self.webhook) };
        }
    }
}

impl std::fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").field("body", &self.body.len()).finish_non_exhaustive()
    }
}
