//! Text that others wrote, on a terminal.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

/// Shows characters that a terminal would obey, or that would change how others are read, as
/// escapes.
pub(crate) struct Printable<'t>(pub(crate) &'t str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                _ if character.is_control() || is_invisible(character) => {
                    write!(f, "{}", character.escape_unicode())?;
                }
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

/// The same for JSON, which stays what it is: outside of strings there are no such characters, and
/// in them an escape means the same.
pub(crate) fn printable_json(json: &str) -> Cow<'_, str> {
    let is_harmless = |character: char| !character.is_control() && !is_invisible(character);
    if json.chars().all(is_harmless) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        // White space between tokens is not the strings'.
        if is_harmless(character) || matches!(character, '\n' | '\r' | '\t') {
            out.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    Cow::Owned(out)
}

/// What reorders text or takes no room.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::{Printable, printable_json};

    #[test]
    fn a_terminal_obeys_nothing_that_is_shown() {
        let hostile = "a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{7f}\r\n\té";
        let shown = Printable(hostile).to_string();
        assert_eq!(shown, r"a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{7f}\u{d}\u{a}\u{9}é");
    }

    #[test]
    fn json_says_the_same_in_escapes() {
        let json = "{\"a\":\r\n\t\"\u{7f}\u{9b}\u{202e}\u{e0001}é\"}";
        let shown = printable_json(json);
        assert_eq!(shown, "{\"a\":\r\n\t\"\\u007f\\u009b\\u202e\\udb40\\udc01é\"}");
        let parse = |json| serde_json::from_str::<serde_json::Value>(json).ok();
        assert_eq!(parse(&shown), parse(json));
    }
}
