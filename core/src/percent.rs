//! Percent-encoding, as forms and URLs have it.

/// The meaning of a `+`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plus {
    Space,
    Itself,
}

/// The bytes that a text stands for; `None` if an escape is broken.
pub(crate) fn decode(text: &str, plus: Plus) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                high << 4 | low
            }
            b'+' if plus == Plus::Space => b' ',
            byte => byte,
        });
    }
    Some(decoded)
}

/// The same; `None` also if nothing in it is encoded.
#[cfg(feature = "explain")]
pub(crate) fn decode_encoded(text: &str, plus: Plus) -> Option<Vec<u8>> {
    let is_encoded = text.contains('%') || plus == Plus::Space && text.contains('+');
    if is_encoded { decode(text, plus) } else { None }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Encodes everything but letters, digits and `unreserved`.
pub(crate) fn encode(bytes: &[u8], unreserved: &[u8], plus: Plus, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || unreserved.contains(&byte) {
            out.push(byte);
        } else if byte == b' ' && plus == Plus::Space {
            out.push(b'+');
        } else {
            out.extend([b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_it_encodes() {
        let text = "a b+c/ä~";
        for plus in [Plus::Space, Plus::Itself] {
            let mut encoded = Vec::new();
            encode(text.as_bytes(), b"-_.", plus, &mut encoded);
            let encoded = String::from_utf8(encoded).unwrap_or_default();
            assert_eq!(decode(&encoded, plus).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(decode("plain", Plus::Space).as_deref(), Some(&b"plain"[..]));
        #[cfg(feature = "explain")]
        assert_eq!(decode_encoded("plain", Plus::Space), None);
        assert_eq!(decode("a%2", Plus::Space), None);
        assert_eq!(decode("a%zz", Plus::Space), None);
    }
}
