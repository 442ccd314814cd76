use crate::strings::hookseal_str;

/// The version of the ABI that this header describes. It grows when something that this header
/// promises changes, not when something is added.
pub(crate) const HOOKSEAL_ABI_VERSION: u32 = 1;

ffi_fn! {
    /// The version of the ABI that the library has: to be compared with HOOKSEAL_ABI_VERSION where
    /// the library is loaded at run time.
    fn hookseal_abi_version() -> u32 {
        HOOKSEAL_ABI_VERSION
    }
}

ffi_fn! {
    /// The version of the library, such as `1.2.3`.
    fn hookseal_version() -> hookseal_str<'static> {
        env!("CARGO_PKG_VERSION").into()
    }
}

ffi_fn! {
    /// How many providers are known by name.
    fn hookseal_provider_count() -> usize {
        hookseal::providers().len()
    }
}

ffi_fn! {
    /// The name of a known provider, counted from 0; none from hookseal_provider_count() on.
    fn hookseal_provider_name(index: usize) -> hookseal_str<'static> {
        hookseal::providers().nth(index).map(|provider| provider.name().into()).unwrap_or_default()
    }
}
