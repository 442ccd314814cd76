use crate::boundary::Pointee;
use crate::strings::hookseal_str;

/// A text that the caller owns. Free it with hookseal_text_free().
pub(crate) struct hookseal_text(pub(crate) String);

impl Pointee for hookseal_text {}

ffi_fn! {
    /// Returns the text. It lives as long as the handle.
    fn hookseal_text_str<'t>(text: &'t hookseal_text) -> hookseal_str<'t> {
        text.0.as_str().into()
    }
}

ffi_fn! {
    /// Frees a text; NULL is allowed.
    fn hookseal_text_free(text: Option<Box<hookseal_text>>) {
        drop(text);
    }
}
