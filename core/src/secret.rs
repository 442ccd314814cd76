use zeroize::Zeroizing;

use crate::encoding::KeyFormat;
use crate::{Error, ErrorCode};

/// Reads the key out of a secret, refusing what no provider gives out but copying produces.
pub(crate) fn read_key(
    secret: &[u8],
    format: &KeyFormat,
    provider: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let invalid = |what: &str| {
        Error::new(ErrorCode::InvalidSecret, format!("the secret for `{provider}` {what}"))
    };
    if secret.is_empty() {
        return Err(invalid("is empty: is the environment variable that should hold it set?"));
    }
    if is_text_with_half_pairs(secret) {
        return Err(invalid(
            "holds half of a surrogate pair, so it was read as text that it is not: pass the bytes \
             that the provider gave out",
        ));
    }
    // A secret that is not UTF-8 was not copied from text, so it has no copying mistakes.
    if let Ok(text) = core::str::from_utf8(secret) {
        if text.trim().is_empty() {
            return Err(invalid("is blank: is the environment variable that should hold it set?"));
        }
        if text.trim() != text {
            return Err(invalid(
                "begins or ends with white space or a line break: pass it without, it was \
                 probably copied or read from a file with them",
            ));
        }
        if is_quoted(text) {
            return Err(invalid("stands in quotes: pass what is between them"));
        }
    }
    format.read(secret).map_err(invalid)
}

/// Whether it would be UTF-8, were there not surrogates in it: as languages write their strings that
/// may have half a pair, where bytes were decoded into them that are no text. Random bytes hardly
/// ever look so.
fn is_text_with_half_pairs(mut secret: &[u8]) -> bool {
    let mut found = false;
    while let Err(error) = core::str::from_utf8(secret) {
        let [0xed, 0xa0..=0xbf, 0x80..=0xbf, after @ ..] = &secret[error.valid_up_to()..] else {
            return false;
        };
        found = true;
        secret = after;
    }
    found
}

fn is_quoted(text: &str) -> bool {
    [('"', '"'), ('\'', '\''), ('`', '`'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')]
        .iter()
        .any(|(open, close)| text.strip_prefix(*open).is_some_and(|rest| rest.ends_with(*close)))
}
