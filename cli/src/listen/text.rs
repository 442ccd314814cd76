//! What a sender wrote, made fit to be looked at: nothing of it moves a cursor, hides or turns
//! around other text, or fills the screen without end.

use std::fmt::Write as _;

/// A text as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    /// Whether there is more than is shown.
    pub(super) is_cut: bool,
}

/// A short text on one line, such as a type or a path.
pub(super) fn line(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut shown = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == LONGEST {
            shown.push('…');
            break;
        }
        push(&mut shown, character);
    }
    shown
}

/// Valid JSON with each member on a line of its own, its numbers and strings as they were sent, up
/// to a number of bytes.
pub(super) fn pretty(json: &str, limit: usize) -> Shown {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut after_backslash = false;
    let mut rest = json.chars().peekable();
    while let Some(character) = rest.next() {
        if out.len() >= limit {
            return Shown { text: out, is_cut: true };
        }
        if in_string {
            push(&mut out, character);
            in_string = after_backslash || character != '"';
            after_backslash = character == '\\' && !after_backslash;
            continue;
        }
        match character {
            ' ' | '\t' | '\n' | '\r' => {}
            '{' | '[' => {
                out.push(character);
                while rest.next_if(|next| matches!(next, ' ' | '\t' | '\n' | '\r')).is_some() {}
                if let Some(close) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(character);
            }
            ',' => {
                out.push(',');
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => {
                in_string = other == '"';
                push(&mut out, other);
            }
        }
    }
    Shown { text: out, is_cut: false }
}

/// Valid JSON on one line, else as it was sent.
pub(super) fn compact(json: &str) -> String {
    let mut in_string = false;
    let mut after_backslash = false;
    json.chars()
        .filter(|character| {
            if in_string {
                in_string = after_backslash || *character != '"';
                after_backslash = *character == '\\' && !after_backslash;
                return true;
            }
            in_string = *character == '"';
            !matches!(character, ' ' | '\t' | '\n' | '\r')
        })
        .collect()
}

/// A body of any kind, up to a number of bytes: JSON, other text, or bytes in hexadecimal.
pub(super) fn body(body: &[u8], limit: usize) -> Shown {
    match std::str::from_utf8(body) {
        Ok(text) if hookseal::json::validate(text).is_ok() => pretty(text, limit),
        Ok(text) => plain(text, limit),
        Err(_) => hexadecimal(body, limit),
    }
}

/// Whether bytes are shown as text.
pub(super) fn is_text(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok()
}

fn plain(text: &str, limit: usize) -> Shown {
    let mut out = String::new();
    for character in text.chars() {
        if out.len() >= limit {
            return Shown { text: out, is_cut: true };
        }
        match character {
            '\n' | '\t' => out.push(character),
            other => push(&mut out, other),
        }
    }
    Shown { text: out, is_cut: false }
}

fn hexadecimal(bytes: &[u8], limit: usize) -> Shown {
    const MOST: usize = 1024;
    let shown = &bytes[..bytes.len().min(MOST).min(limit)];
    let mut out = String::new();
    for (row, chunk) in shown.chunks(16).enumerate() {
        let _ = write!(out, "{}{:04x} ", if row == 0 { "" } else { "\n" }, row * 16);
        for byte in chunk {
            let _ = write!(out, " {byte:02x}");
        }
    }
    Shown { text: out, is_cut: shown.len() < bytes.len() }
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// One character, or its escape as JSON writes it if it would not be seen as what it is.
fn push(out: &mut String, character: char) {
    let is_unseen = character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}');
    if is_unseen {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    } else {
        out.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUCH: usize = 1 << 20;

    #[test]
    fn json_is_laid_out_without_being_changed() {
        let json = r#" {"a":[1e400,{} , [ ]],"b\"]":"x, y: {z}\\", "c":{"d":-0.0}} "#;
        let expected = "{\n  \"a\": [\n    1e400,\n    {},\n    []\n  ],\n  \"b\\\"]\": \"x, y: {z}\\\\\",\n  \
                        \"c\": {\n    \"d\": -0.0\n  }\n}";
        assert_eq!(pretty(json, MUCH), Shown { text: expected.to_owned(), is_cut: false });
        assert_eq!(compact(json), r#"{"a":[1e400,{},[]],"b\"]":"x, y: {z}\\","c":{"d":-0.0}}"#);
        assert_eq!(compact(expected), compact(json));
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let hostile = "\u{1b}[2J\u{9b}31m\u{202e}evil\u{2066}\u{e0041}é👩‍🚀";
        let harmless = r"\u001b[2J\u009b31m\u202eevil\u2066\udb40\udc41é👩‍🚀";
        assert_eq!(line(hostile), harmless);
        assert_eq!(body(hostile.as_bytes(), MUCH).text, harmless);
        assert_eq!(body("\"\u{9b}\u{202e}\"".as_bytes(), MUCH).text, r#""\u009b\u202e""#);
    }

    #[test]
    fn no_body_makes_an_endless_text() {
        let deep = format!("{}{}{}", "[".repeat(127), "1,".repeat(500_000) + "1", "]".repeat(127));
        let shown = body(deep.as_bytes(), MUCH);
        assert!(shown.is_cut);
        assert!(shown.text.len() < MUCH + 1000);
        assert!(line(&"x".repeat(MUCH)).len() < 1000);
        assert!(body("\u{7f}".repeat(MUCH).as_bytes(), 1000).text.len() < 1010);
        assert!(body(&vec![0xff; MUCH], MUCH).text.len() < 6000);
    }

    #[test]
    fn bytes_are_written_in_hexadecimal() {
        let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0x2a, 0, 1, 2, 3];
        let expected = "0000  1f 8b 08 00 00 00 00 00 00 03 ab 56 2a 00 01 02\n0010  03";
        assert_eq!(body(&gzip, MUCH), Shown { text: expected.to_owned(), is_cut: false });
    }
}
