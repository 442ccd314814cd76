use hookseal::{Error, Scheme};

use crate::boundary::Pointee;
use crate::strings::hookseal_str;

/// How a provider signs. Free it with hookseal_scheme_free().
pub(crate) struct hookseal_scheme(pub(crate) Scheme);

impl Pointee for hookseal_scheme {}

ffi_fn! {
    /// The scheme of a known provider.
    fn hookseal_scheme_for_provider(provider: &str) -> out scheme: hookseal_scheme {
        Ok(hookseal_scheme(of(provider)?))
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

/// The scheme of a known provider, read anew: what `Scheme::provider` reads stays in memory when the
/// last handle is freed and even when the library is unloaded.
pub(crate) fn of(provider: &str) -> Result<Scheme, Error> {
    match hookseal::providers().find(|known| known.name() == provider) {
        Some(known) => Scheme::parse(known.scheme_toml()),
        None => Scheme::provider(provider),
    }
}
