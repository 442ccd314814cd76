//! The texts that languages print for a missing value, such as `undefined` and `None`.

const WORDS: [&str; 12] = [
    "undefined",
    "null",
    "none",
    "nil",
    "<nil>",
    "nan",
    "false",
    "(null)",
    "(none)",
    "array",
    "[object object]",
    "[object undefined]",
];

/// Returns `true` if a text is what a language makes of a value that is not there, or is no text.
pub(super) fn is_null_text(text: &str) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text.trim()))
}
