//! The styles that serialisers write JSON in.

/// How a serialiser writes JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::explain) struct Style {
    pub(in crate::explain) layout: Layout,
    pub(in crate::explain) escapes: Escapes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::explain) enum Layout {
    /// `{"a":1,"b":2}`
    Compact,
    /// `{"a": 1, "b": 2}`: Python, and what databases store.
    Spaced,
    /// `{"a": 1,"b": 2}`
    SpacedColon,
    /// One member a line, so indented.
    Indented(&'static str),
}

/// Which characters a serialiser escapes besides those that must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::explain) enum Escapes {
    /// None: JavaScript, Ruby, Rust, Java's Jackson, C#'s Newtonsoft.
    None,
    /// All that are not ASCII, and DEL: Python.
    Ascii,
    /// All that are not ASCII, and slashes: PHP.
    AsciiAndSlash,
    /// Slashes: PHP with `JSON_UNESCAPED_UNICODE`.
    Slash,
    /// All that are not ASCII, slashes not: PHP with `JSON_UNESCAPED_SLASHES`.
    AsciiButDel,
    /// `<`, `>`, `&` and the line separators: Go, Rails.
    Html,
    /// The same, `=` and the apostrophe: Java's Gson.
    Gson,
    /// All that are not ASCII and all that mean something in HTML, in upper case: C#.
    DotNet,
}

impl Layout {
    pub(super) const ALL: [Self; 6] = [
        Self::Compact,
        Self::Spaced,
        Self::Indented("  "),
        Self::Indented("    "),
        Self::Indented("\t"),
        Self::SpacedColon,
    ];

    pub(in crate::explain) const INDENTED: [Self; 3] =
        [Self::Indented("  "), Self::Indented("    "), Self::Indented("\t")];

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Spaced => "with `, ` and `: ` as Python's json.dumps separates",
            Self::SpacedColon => "with `: ` after keys",
            Self::Indented("  ") => "indented by 2 spaces",
            Self::Indented("\t") => "indented by tabs",
            Self::Indented(_) => "indented by 4 spaces",
        }
    }
}

impl Escapes {
    pub(super) const ALL: [Self; 8] = [
        Self::None,
        Self::Ascii,
        Self::AsciiAndSlash,
        Self::Slash,
        Self::AsciiButDel,
        Self::Html,
        Self::Gson,
        Self::DotNet,
    ];

    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::None => "with characters as they are",
            Self::Ascii => "with \\uXXXX as Python escapes",
            Self::AsciiAndSlash => "with `\\/` and \\uXXXX as PHP's json_encode escapes",
            Self::Slash => "with `\\/` as PHP escapes with JSON_UNESCAPED_UNICODE",
            Self::AsciiButDel => "with \\uXXXX as PHP escapes with JSON_UNESCAPED_SLASHES",
            Self::Html => "with `<`, `>` and `&` escaped as Go and Rails do",
            Self::Gson => "with `<`, `>`, `&`, `=` and `'` escaped as Gson does",
            Self::DotNet => "with escapes in upper case as System.Text.Json writes them",
        }
    }

    /// Returns `true` if it escapes a character that needs no escape.
    pub(super) fn covers(self, char: char) -> bool {
        let is_html = matches!(char, '<' | '>' | '&');
        let is_separator = matches!(char, '\u{2028}' | '\u{2029}');
        match self {
            Self::None => false,
            Self::Ascii => char >= '\u{7f}',
            Self::AsciiAndSlash => char >= '\u{80}' || char == '/',
            Self::Slash => char == '/' || is_separator,
            Self::AsciiButDel => char >= '\u{80}',
            Self::Html => is_html || is_separator,
            Self::Gson => is_html || is_separator || matches!(char, '=' | '\''),
            Self::DotNet => char >= '\u{7f}' || is_html || matches!(char, '\'' | '+' | '`'),
        }
    }

    /// Those of the ways that differ for a text, the commoner one of two that do not.
    pub(in crate::explain) fn distinct(text: &str) -> Vec<Self> {
        // Any character may stand behind an escape.
        let any = text.contains("\\u");
        let has = |char: char| match char {
            NOT_ASCII => any || !text.is_ascii(),
            char => any || text.contains(char),
        };
        let seen: Vec<char> = KINDS.into_iter().filter(|kind| has(*kind)).collect();
        let quotes = any || text.contains("\\\"");
        let mut known: Vec<(Vec<char>, bool)> = Vec::new();
        let mut distinct = Vec::new();
        for escapes in Self::ALL {
            let covered: Vec<char> = seen.iter().copied().filter(|c| escapes.covers(*c)).collect();
            let upper = escapes == Self::DotNet && (quotes || !covered.is_empty());
            if !known.contains(&(covered.clone(), upper)) {
                known.push((covered, upper));
                distinct.push(escapes);
            }
        }
        distinct
    }
}

const NOT_ASCII: char = '\u{80}';

/// A character of each kind that some serialiser escapes.
const KINDS: [char; 11] =
    ['/', '<', '>', '&', '=', '\'', '+', '`', '\u{7f}', '\u{2028}', NOT_ASCII];

#[cfg(test)]
mod tests {
    use super::Escapes;

    #[test]
    fn tries_no_style_twice() {
        assert_eq!(Escapes::distinct(r#"{"a":1}"#), [Escapes::None]);
        assert_eq!(Escapes::distinct(r#"{"a":"x/y"}"#), [Escapes::None, Escapes::AsciiAndSlash],);
        assert_eq!(
            Escapes::distinct(r#"{"a":"é"}"#),
            [Escapes::None, Escapes::Ascii, Escapes::DotNet],
        );
        assert_eq!(Escapes::distinct(r#"{"a":"\u00e9"}"#), Escapes::ALL);
    }
}
