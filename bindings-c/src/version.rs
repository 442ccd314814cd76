use crate::strings::hookseal_str;

/// The version of the ABI that this header describes. It rises when something that the header
/// promises changes, not when something is added.
pub(crate) const HOOKSEAL_ABI_VERSION: u32 = 1;

ffi_fn! {
    /// Returns the version of the library's ABI. A program that loads the library at run time
    /// compares it with HOOKSEAL_ABI_VERSION.
    fn hookseal_abi_version() -> u32 {
        HOOKSEAL_ABI_VERSION
    }
}

ffi_fn! {
    /// Returns the version of the library, such as `1.2.3`.
    fn hookseal_version() -> hookseal_str<'static> {
        env!("CARGO_PKG_VERSION").into()
    }
}

ffi_fn! {
    /// Returns the number of known providers.
    fn hookseal_provider_count() -> usize {
        hookseal::providers().len()
    }
}

ffi_fn! {
    /// Returns the name of the known provider at `index`, counted from 0; none from
    /// hookseal_provider_count() on.
    fn hookseal_provider_name(index: usize) -> hookseal_str<'static> {
        hookseal::providers().nth(index).map(|provider| provider.name().into()).unwrap_or_default()
    }
}
