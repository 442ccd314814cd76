use crate::boundary::Pointee;
use crate::strings::hookseal_header;

/// The headers that hookseal_webhook_sign() gives. Free them with hookseal_headers_free().
pub(crate) struct hookseal_headers(pub(crate) Vec<(String, String)>);

impl Pointee for hookseal_headers {}

ffi_fn! {
    /// How many headers there are.
    fn hookseal_headers_count(headers: &hookseal_headers) -> usize {
        headers.0.len()
    }
}

ffi_fn! {
    /// A header, counted from 0; neither name nor value from hookseal_headers_count() on. It lives
    /// as long as the headers.
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
