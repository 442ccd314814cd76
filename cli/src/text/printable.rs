//! Text that others wrote, on a terminal.

use core::fmt::{self, Write as _};

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
    use super::Printable;

    #[test]
    fn a_terminal_obeys_nothing_that_is_shown() {
        let hostile = "a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{7f}\r\n\té";
        let shown = Printable(hostile).to_string();
        assert_eq!(shown, r"a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{7f}\u{d}\u{a}\u{9}é");
    }
}
