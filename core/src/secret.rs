use zeroize::Zeroizing;

use crate::encoding::KeyFormat;
use crate::public_key::{Shape, shape};
use crate::{Error, ErrorCode};

/// Refuses a text that no provider gives out but copying produces.
pub(crate) fn check_text(secret: &[u8], provider: &str) -> Result<(), Error> {
    let invalid = |what: &str| invalid(provider, what);
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
        // Files with PEM or JSON end in a line break.
        let may_have_lines = matches!(shape(text), Shape::Pem | Shape::Jwk);
        if text.trim() != text && !may_have_lines {
            return Err(invalid(
                "begins or ends with white space or a line break: pass it without, it was \
                 probably copied or read from a file with them",
            ));
        }
        if is_quoted(text) {
            return Err(invalid("stands in quotes: pass what is between them"));
        }
    }
    Ok(())
}

/// Reads the key out of a shared secret.
pub(crate) fn read_secret(
    secret: &[u8],
    format: &KeyFormat,
    provider: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    if let Some(what) = core::str::from_utf8(secret).ok().and_then(key_of_pair) {
        return Err(invalid(provider, what));
    }
    let read = format.read(secret);
    read.map_err(|what| invalid(provider, mistaken(secret, format).unwrap_or(what)))
}

fn invalid(provider: &str, what: &str) -> Error {
    Error::new(ErrorCode::InvalidSecret, format!("the secret for `{provider}` {what}"))
}

/// Returns what is wrong with a text that is no shared secret but a key of a pair.
fn key_of_pair(text: &str) -> Option<&'static str> {
    let shape = shape(text);
    if matches!(shape, Shape::WebhookPrivate(_)) || text.contains("PRIVATE KEY-----") {
        Some(
            "is a private key, which only the sender should have, and the scheme is one with a shared \
             secret: pass that, and have the sender make a new private key",
        )
    } else {
        shape.is_of_pair().then_some(
            "is a public key, which everybody may know, and the scheme is one with a shared secret: \
             pass the secret that the sender shows for this webhook",
        )
    }
}

/// Returns what is wrong with a secret that cannot be read, if that can be told.
fn mistaken(secret: &[u8], format: &KeyFormat) -> Option<&'static str> {
    let text = core::str::from_utf8(secret).ok()?;
    is_several(text, format).then_some(
        "is several secrets in one text: pass them as a list, each by itself. It is not taken apart \
         here, for a secret may hold what separates these",
    )
}

/// Returns `true` if the text is a list of secrets.
fn is_several(text: &str, format: &KeyFormat) -> bool {
    let begins_twice =
        |prefix: &&String| !prefix.is_empty() && text.matches(&***prefix).count() > 1;
    let is_list = |separator: &char| {
        let mut secrets = text.split(*separator).map(str::trim).filter(|one| !one.is_empty());
        text.contains(*separator) && secrets.all(|secret| format.read(secret.as_bytes()).is_ok())
    };
    format.prefixes().iter().any(|prefix| begins_twice(&prefix))
        || ['|', ',', ';', ' ', '\n'].iter().any(is_list)
}

/// Returns a warning about a key that can be used but is weak.
pub(crate) fn weakness(key: &[u8], format: &KeyFormat, index: usize) -> Option<String> {
    if *format == KeyFormat::Verbatim || key.len() >= SHORTEST_KEY {
        return None;
    }
    Some(format!(
        "secret {index} stands for a key of {} bytes, which can be guessed: check that it was copied \
         whole, or have the sender make a longer one",
        key.len()
    ))
}

/// The length in bytes below which a random key can be found by trying.
const SHORTEST_KEY: usize = 16;

/// Returns `true` if the bytes are UTF-8 except for encoded surrogates.
///
/// Languages whose strings may hold half a surrogate pair write them so, where bytes that are no
/// text were decoded into a string. Random bytes hardly ever look like this.
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

/// Returns `true` if the secret has no visible character. A key of zeros counts as blank: HMAC does
/// not tell it from an empty one.
#[cfg(feature = "explain")]
pub(crate) fn is_blank(secret: &[u8]) -> bool {
    let is_unseen = |char: char| char.is_whitespace() || char.is_control() || char == '\u{feff}';
    core::str::from_utf8(secret).is_ok_and(|text| text.chars().all(is_unseen))
}

fn is_quoted(text: &str) -> bool {
    [('"', '"'), ('\'', '\''), ('`', '`'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')]
        .iter()
        .any(|(open, close)| text.strip_prefix(*open).is_some_and(|rest| rest.ends_with(*close)))
}
