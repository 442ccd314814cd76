use hookseal::Scheme;

use crate::boundary::Pointee;
use crate::strings::hookseal_str;

/// How a provider signs. Free it with hookseal_scheme_free().
pub(crate) struct hookseal_scheme(pub(crate) Scheme);

impl Pointee for hookseal_scheme {}

ffi_fn! {
    /// The scheme of a known provider.
    fn hookseal_scheme_for_provider(provider: &str) -> out scheme: hookseal_scheme {
        Ok(hookseal_scheme(Scheme::provider(provider)?))
    }
}

ffi_fn! {
    /// Reads a scheme of your own from TOML or JSON. The error's message names the key that is wrong
    /// and what it may be.
    fn hookseal_scheme_parse(text: &str) -> out scheme: hookseal_scheme {
        Ok(hookseal_scheme(Scheme::parse(text)?))
    }
}

ffi_fn! {
    /// The provider's name, which its events carry. It lives as long as the scheme.
    fn hookseal_scheme_name<'s>(scheme: &'s hookseal_scheme) -> hookseal_str<'s> {
        scheme.0.name().into()
    }
}

ffi_fn! {
    /// Frees a scheme; NULL is allowed. Webhooks that were made with it stay valid.
    fn hookseal_scheme_free(scheme: Option<Box<hookseal_scheme>>) {
        drop(scheme);
    }
}
