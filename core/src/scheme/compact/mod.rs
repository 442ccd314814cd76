//! The compact form of a scheme that was checked: the known providers' schemes are kept in it, so
//! that building a webhook needs no reader of TOML and no compiler.
//!
//! It holds the fields in their order, without names: whole numbers seven bits to a byte, lists
//! behind their length, and each alternative behind its number.

mod basic;
mod tables;

use super::compiled::Compiled;

/// A value that can be kept in the compact form.
trait Compact: Sized {
    /// Reads one from the beginning of `from`; `None` if there is none.
    fn read(from: &mut &[u8]) -> Option<Self>;

    /// Appends it to `to`.
    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>);
}

/// Reads a whole scheme; `None` if it is not one, or another version's.
pub(super) fn read(mut compact: &[u8]) -> Option<Compiled> {
    let compiled = Compiled::read(&mut compact)?;
    compact.is_empty().then_some(compiled)
}

#[cfg(feature = "toml")]
pub(super) fn write(compiled: &Compiled) -> Vec<u8> {
    let mut compact = Vec::new();
    compiled.write(&mut compact);
    compact
}
