use hookseal::{Error, Provider, Scheme};

use crate::boundary::Pointee;
use crate::strings::hookseal_str;

/// A scheme: how a provider signs its deliveries, and where an event's fields are. Free it with
/// hookseal_scheme_free().
pub(crate) struct hookseal_scheme(pub(crate) Scheme);

impl Pointee for hookseal_scheme {}

ffi_fn! {
    /// Makes the scheme of a known provider. HOOKSEAL_UNKNOWN_PROVIDER if there is none of this
    /// name.
    fn hookseal_scheme_for_provider(provider: &str) -> out scheme: hookseal_scheme {
        Ok(hookseal_scheme(of(provider)?))
    }
}

ffi_fn! {
    /// Reads a scheme of your own from TOML or JSON. HOOKSEAL_INVALID_SCHEME if it is wrong; the
    /// message names the key and what it may be.
    fn hookseal_scheme_parse(text: &str) -> out scheme: hookseal_scheme {
        Ok(hookseal_scheme(Scheme::parse(text)?))
    }
}

ffi_fn! {
    /// Makes the scheme that verifies a provider's deliveries: that of `own` if it is not NULL,
    /// else the known provider's.
    ///
    /// The name of `own` must be `provider`, else the status is HOOKSEAL_INVALID_SCHEME. This is
    /// for programs that have a provider's name beside the scheme, such as in their configuration.
    fn hookseal_scheme_resolve(
        provider: &str,
        own: Option<&hookseal_scheme>,
    ) -> out scheme: hookseal_scheme {
        Ok(hookseal_scheme(match own {
            None => of(provider)?,
            own => Scheme::resolve(provider, own.map(|own| own.0.clone()))?,
        }))
    }
}

ffi_fn! {
    /// Returns the provider's name, which its events carry. It lives as long as the scheme.
    fn hookseal_scheme_name<'s>(scheme: &'s hookseal_scheme) -> hookseal_str<'s> {
        scheme.0.name().into()
    }
}

ffi_fn! {
    /// Returns the provider's display name. It lives as long as the scheme.
    fn hookseal_scheme_title<'s>(scheme: &'s hookseal_scheme) -> hookseal_str<'s> {
        scheme.0.title().into()
    }
}

ffi_fn! {
    /// Returns the number of an event's fields that the scheme's signatures do not cover.
    fn hookseal_scheme_unsigned_count(scheme: &hookseal_scheme) -> usize {
        scheme.0.unsigned().len()
    }
}

ffi_fn! {
    /// Returns the name of the unsigned field at `index`, counted from 0: `type`, `id`, `created_at`
    /// or `body`. None from hookseal_scheme_unsigned_count() on.
    fn hookseal_scheme_unsigned_field(scheme: &hookseal_scheme, index: usize) -> hookseal_str<'static> {
        scheme.0.unsigned().get(index).map(|field| field.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the number of weaknesses: of what the scheme's signatures leave open.
    fn hookseal_scheme_weakness_count(scheme: &hookseal_scheme) -> usize {
        scheme.0.weaknesses().len()
    }
}

ffi_fn! {
    /// Returns the name of the weakness at `index`, counted from 0, such as `body-unsigned` or
    /// `token`. None from hookseal_scheme_weakness_count() on.
    fn hookseal_scheme_weakness(scheme: &hookseal_scheme, index: usize) -> hookseal_str<'static> {
        scheme.0.weaknesses().get(index).map(|weakness| weakness.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns true if the request's method or address is signed, so that verifying needs them.
    fn hookseal_scheme_signs_request(scheme: &hookseal_scheme) -> bool {
        scheme.0.signs_request()
    }
}

ffi_fn! {
    /// Returns true if the sender first asks whether the endpoint is yours: see
    /// hookseal_webhook_handshake().
    fn hookseal_scheme_has_handshake(scheme: &hookseal_scheme) -> bool {
        scheme.0.has_handshake()
    }
}

ffi_fn! {
    /// Returns the number of constants that a webhook with the scheme must be given.
    fn hookseal_scheme_constant_count(scheme: &hookseal_scheme) -> usize {
        scheme.0.constants().count()
    }
}

ffi_fn! {
    /// Returns the name of the constant at `index`, counted from 0; none from
    /// hookseal_scheme_constant_count() on. It lives as long as the scheme.
    fn hookseal_scheme_constant_name<'s>(scheme: &'s hookseal_scheme, index: usize) -> hookseal_str<'s> {
        scheme.0.constants().nth(index).map(|(name, _)| name.into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns what the constant at `index` is, in a few words. It lives as long as the scheme.
    fn hookseal_scheme_constant_meaning<'s>(
        scheme: &'s hookseal_scheme,
        index: usize,
    ) -> hookseal_str<'s> {
        scheme.0.constants().nth(index).map(|(_, meaning)| meaning.into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the number of header names that a verification may read. A name may be among them
    /// more than once.
    fn hookseal_scheme_header_count(scheme: &hookseal_scheme) -> usize {
        scheme.0.headers().count()
    }
}

ffi_fn! {
    /// Returns the header name at `index`, counted from 0; none from hookseal_scheme_header_count()
    /// on. It lives as long as the scheme.
    ///
    /// A caller with another kind of headers need convert only the headers with these names.
    fn hookseal_scheme_header_name<'s>(scheme: &'s hookseal_scheme, index: usize) -> hookseal_str<'s> {
        scheme.0.headers().nth(index).map(|name| name.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the header name at `index` as CGI spells it, such as `HTTP_X_KASKO_EVENT`; none from
    /// hookseal_scheme_header_count() on. It lives as long as the scheme.
    fn hookseal_scheme_header_cgi_name<'s>(
        scheme: &'s hookseal_scheme,
        index: usize,
    ) -> hookseal_str<'s> {
        scheme.0.headers().nth(index).map(|name| name.as_cgi().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Frees a scheme; NULL is allowed. Webhooks that were made with it stay valid.
    fn hookseal_scheme_free(scheme: Option<Box<hookseal_scheme>>) {
        drop(scheme);
    }
}

/// Reads the scheme of a known provider anew: what `Scheme::provider` reads stays in memory when
/// the last handle is freed and even when the library is unloaded.
pub(crate) fn of(provider: &str) -> Result<Scheme, Error> {
    Scheme::parse(Provider::named(provider)?.scheme_toml())
}
