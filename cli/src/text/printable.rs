//! The one rule for what a terminal may be shown.
//!
//! A terminal obeys control characters; other characters take no room, look like nothing, or turn
//! round the order in which others are read. Unicode's properties say which: no list of them is
//! kept here.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Shows characters that may not reach a terminal as escapes: `\u{202e}`.
pub(crate) struct Printable<'t>(pub(crate) &'t str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if is_printable(character) {
                f.write_char(character)?;
            } else {
                write!(f, "{}", character.escape_unicode())?;
            }
        }
        Ok(())
    }
}

/// Writes such characters in JSON as JSON's own escapes, so that it says the same: outside of
/// strings there are none.
pub(crate) fn printable_json(json: &str) -> Cow<'_, str> {
    if json.chars().all(is_printable) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        // White space between tokens is not the strings'.
        if is_printable(character) || matches!(character, '\n' | '\r' | '\t') {
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

/// Makes lines that are finished, with their colours, fit for a terminal: the last sieve for what
/// was put into them.
pub(crate) fn screen(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| is_printable(character) || character == '\n') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let colour = colour_length(rest);
        let length = colour.unwrap_or(character.len_utf8());
        if colour.is_some() || character == '\n' || is_printable(character) {
            out.push_str(&rest[..length]);
        } else {
            let _ = write!(out, "{}", character.escape_unicode());
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// Gives the length of a sequence that changes nothing but colours and weight, if the text begins
/// with one.
fn colour_length(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let length = parameters.find(|character: char| !matches!(character, '0'..='9' | ';'))?;
    // 8 conceals what follows.
    let is_harmless = !parameters[..length].split(';').any(|parameter| parameter == "8");
    (is_harmless && parameters[length..].starts_with('m')).then_some(length + 3)
}

/// Tells whether a character is seen as what it is, and does nothing to others.
fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    let is_seen = !matches!(
        CodePointMapData::<GeneralCategory>::new().get(character),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    );
    is_seen
        && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
        && !BLANK.contains(&character)
}

/// Characters that look like nothing, of which Unicode has no property: a Braille pattern without
/// dots, two Egyptian blanks, a filler of the Khitan script, a notehead that is not drawn.
const BLANK: [char; 5] = ['\u{2800}', '\u{13441}', '\u{13442}', '\u{16fe4}', '\u{1d159}'];

#[cfg(test)]
mod tests {
    use super::{Printable, is_printable, printable_json, screen};

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

    #[test]
    fn what_is_read_is_shown() {
        for character in "a~ é\u{a0}\u{301}\u{3000}ßŠΩжא ش\u{939}\u{94d}日한😀€\u{fffd}".chars()
        {
            assert!(is_printable(character), "{}", character.escape_unicode());
        }
    }

    /// One of each kind, by its name in Unicode.
    #[test]
    fn what_hides_or_turns_round_others_is_not() {
        for (character, name) in [
            ('\u{ad}', "soft hyphen"),
            ('\u{34f}', "combining grapheme joiner"),
            ('\u{61c}', "Arabic letter mark"),
            ('\u{115f}', "Hangul choseong filler"),
            ('\u{1160}', "Hangul jungseong filler"),
            ('\u{17b4}', "Khmer vowel inherent aq"),
            ('\u{180b}', "Mongolian free variation selector one"),
            ('\u{180e}', "Mongolian vowel separator"),
            ('\u{200b}', "zero width space"),
            ('\u{200d}', "zero width joiner"),
            ('\u{200e}', "left-to-right mark"),
            ('\u{2028}', "line separator"),
            ('\u{2029}', "paragraph separator"),
            ('\u{202e}', "right-to-left override"),
            ('\u{2060}', "word joiner"),
            ('\u{2065}', "a reserved default-ignorable"),
            ('\u{2066}', "left-to-right isolate"),
            ('\u{206f}', "nominal digit shapes"),
            ('\u{2800}', "Braille pattern blank"),
            ('\u{3164}', "Hangul filler"),
            ('\u{e000}', "a private one"),
            ('\u{fe0f}', "variation selector-16"),
            ('\u{feff}', "zero width no-break space"),
            ('\u{ffa0}', "halfwidth Hangul filler"),
            ('\u{fff0}', "a reserved default-ignorable"),
            ('\u{fff9}', "interlinear annotation anchor"),
            ('\u{fffb}', "interlinear annotation terminator"),
            ('\u{ffff}', "a noncharacter"),
            ('\u{1bca0}', "shorthand format letter overlap"),
            ('\u{1d173}', "musical symbol begin beam"),
            ('\u{e0001}', "language tag"),
            ('\u{e0041}', "tag Latin capital letter A"),
            ('\u{e0100}', "variation selector-17"),
            ('\u{10ffff}', "the last noncharacter"),
        ] {
            assert!(!is_printable(character), "{name}");
        }
    }

    #[test]
    fn of_finished_lines_only_colours_are_obeyed() {
        let own = "\u{1b}[1m\u{1b}[32mgood\u{1b}[0m é\n";
        assert_eq!(screen(own), own);
        for hostile in ["\u{1b}[2J", "\u{1b}]0;x\u{7}", "\u{1b}[8m", "\u{1b}[1;8m", "\u{1b}[?25l"] {
            assert!(screen(hostile).starts_with(r"\u{1b}"), "{hostile:?}");
        }
        assert_eq!(screen("a\u{1b}"), r"a\u{1b}");
        assert_eq!(screen("\u{1b}[1"), r"\u{1b}[1");
        assert_eq!(screen("a\rb\tc\u{202e}"), r"a\u{d}b\u{9}c\u{202e}");
    }
}
