//! Makes what a sender wrote fit to be looked at: nothing of it moves a cursor, hides or turns
//! around other text, or fills the screen without end.

use std::fmt::Write as _;

use super::{Printable, pretty_up_to, printable_json};

/// A text as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    /// `true` if there is more than is shown.
    pub(crate) is_cut: bool,
}

/// Writes a short text on one line, such as a type or a path.
pub(crate) fn line(text: &str) -> String {
    const LONGEST: usize = 300;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", Printable(&text[..end])),
        None => Printable(text).to_string(),
    }
}

/// Lays out valid JSON, up to about so many bytes.
pub(crate) fn json(json: &str, limit: usize) -> Shown {
    let (text, is_cut) = match pretty_up_to(json, limit) {
        Ok(text) => (text, false),
        Err(begun) => (begun, true),
    };
    // One string can be longer than all that is to be shown.
    let Shown { text, is_cut: is_long } = cut(&text, limit);
    Shown { text: printable_json(&text).into_owned(), is_cut: is_cut || is_long }
}

/// Writes a body of any kind, up to about so many bytes: JSON, other text, or bytes in hexadecimal.
pub(crate) fn body(body: &[u8], limit: usize) -> Shown {
    match std::str::from_utf8(body) {
        Ok(text) if hookseal_json::validate(text).is_ok() => json(text, limit),
        Ok(text) => {
            let Shown { text, is_cut } = cut(text, limit);
            let lines: Vec<_> = text.split('\n').map(|line| Printable(line).to_string()).collect();
            Shown { text: lines.join("\n"), is_cut }
        }
        Err(_) => hexadecimal(body),
    }
}

/// Writes a body as [`body`] does, and says how it differs from the bytes.
pub(crate) fn body_with_notes(bytes: &[u8], limit: usize) -> (Shown, Vec<&'static str>) {
    let shown = body(bytes, limit);
    let mut notes = Vec::new();
    if !is_text(bytes) {
        notes.push("bytes in hexadecimal");
    } else if !shown.is_cut && shown.text.as_bytes() != bytes {
        notes.push("laid out");
    }
    if shown.is_cut {
        notes.push("shortened");
    }
    (shown, notes)
}

/// Tells whether a header or a parameter may hold what opens a door, by its name: a signature can
/// also be in a header where it does not belong.
pub(crate) fn is_credential(name: &str) -> bool {
    const WORDS: [&str; 10] =
        ["sig", "secret", "token", "auth", "cookie", "password", "key", "hmac", "digest", "jwt"];
    let name = name.to_ascii_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// Tells whether bytes are shown as text.
fn is_text(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok()
}

fn cut(text: &str, limit: usize) -> Shown {
    let mut ends = (0..=limit.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    Shown { text: text[..end].to_owned(), is_cut: end < text.len() }
}

fn hexadecimal(bytes: &[u8]) -> Shown {
    const MOST: usize = 1024;
    let shown = &bytes[..bytes.len().min(MOST)];
    let mut out = String::new();
    for (row, chunk) in shown.chunks(16).enumerate() {
        let _ = write!(out, "{}{:04x} ", if row == 0 { "" } else { "\n" }, row * 16);
        for byte in chunk {
            let _ = write!(out, " {byte:02x}");
        }
    }
    Shown { text: out, is_cut: shown.len() < bytes.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUCH: usize = 1 << 20;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(line("\u{1b}[2Jé\u{202e}"), r"\u{1b}[2Jé\u{202e}");
        assert_eq!(body("a\n\u{9b}31m".as_bytes(), MUCH).text, "a\n\\u{9b}31m");
        assert_eq!(body("\"\u{9b}\u{202e}\"".as_bytes(), MUCH).text, r#""\u009b\u202e""#);
    }

    #[test]
    fn no_body_makes_an_endless_text() {
        let deep = format!("{}{}{}", "[".repeat(127), "1,".repeat(500_000) + "1", "]".repeat(127));
        let long = format!("\"{}\"", "é".repeat(MUCH));
        for text in [deep, long, "x".repeat(MUCH * 2), "\u{7f}".repeat(MUCH)] {
            let shown = body(text.as_bytes(), 1000);
            assert!(shown.is_cut);
            assert!(shown.text.len() < 10_000);
            assert!(line(&text).len() < 3000);
        }
        assert!(body(&vec![0xff; MUCH], MUCH).text.len() < 6000);
    }

    #[test]
    fn bytes_are_written_in_hexadecimal() {
        let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0x2a, 0, 1, 2, 3];
        let expected = "0000  1f 8b 08 00 00 00 00 00 00 03 ab 56 2a 00 01 02\n0010  03";
        assert_eq!(body(&gzip, MUCH), Shown { text: expected.to_owned(), is_cut: false });
    }
}
