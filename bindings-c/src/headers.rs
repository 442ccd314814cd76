use crate::boundary::Pointee;
use crate::strings::hookseal_header;

/// The headers of a signed delivery, from hookseal_webhook_sign(). Free them with
/// hookseal_headers_free().
pub(crate) struct hookseal_headers(pub(crate) Vec<(String, String)>);

impl Pointee for hookseal_headers {}

ffi_fn! {
    /// Returns the number of headers.
    fn hookseal_headers_count(headers: &hookseal_headers) -> usize {
        headers.0.len()
    }
}

ffi_fn! {
    /// Returns the header at `index`, counted from 0; one without name and value from
    /// hookseal_headers_count() on. It lives as long as the headers.
    fn hookseal_headers_get<'h>(headers: &'h hookseal_headers, index: usize) -> hookseal_header<'h> {
        let pair = headers.0.get(index);
        pair.map(|(name, value)| hookseal_header { name: name.as_str().into(), value: value.as_str().into() })
            .unwrap_or_default()
    }
}

ffi_fn! {
    /// Frees headers; NULL is allowed.
    fn hookseal_headers_free(headers: Option<Box<hookseal_headers>>) {
        drop(headers);
    }
}
