//! Keys as PEM (RFC 7468): one block, and nothing else.

use zeroize::Zeroizing;

use super::text::decode_base64;

/// What stands in the one block of a PEM text.
pub(super) struct Block<'t> {
    pub(super) label: &'t str,
    pub(super) der: Zeroizing<Vec<u8>>,
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Reads the one block of a text.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with the key.
pub(super) fn read(text: &str) -> Result<Block<'_>, &'static str> {
    if text.matches(BEGIN).count() > 1 {
        return Err("is several blocks of PEM in one text: pass each key by itself");
    }
    if text.contains("\\n") {
        return Err(
            "is PEM with the two characters `\\n` where its lines end: pass it with line breaks, \
                    they were lost where it was written into a configuration",
        );
    }
    parse(text).ok_or(
        "begins as PEM does but is not whole: it goes from `-----BEGIN …-----` to the `-----END \
         …-----` of the same name, with base64 between them and nothing before or after",
    )
}

fn parse(text: &str) -> Option<Block<'_>> {
    let (label, rest) = text.trim().strip_prefix(BEGIN)?.split_once(DASHES)?;
    let (base64, end) = rest.split_once(END)?;
    if end.strip_suffix(DASHES) != Some(label) {
        return None;
    }
    let digits: Zeroizing<Vec<u8>> =
        Zeroizing::new(base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect());
    Some(Block { label, der: Zeroizing::new(decode_base64(&digits)?) })
}
