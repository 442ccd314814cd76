//! Words of a POSIX shell, for commands that are printed to be pasted.

/// Writes one word, in quotes if it needs them.
pub(crate) fn word(text: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "/._-+:@%,=".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { quoted(text) }
}

/// Writes one word in quotes, whatever it holds.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (text, expected) in
            [("a/b-1.http", "a/b-1.http"), ("", "''"), ("it's; rm", r"'it'\''s; rm'"), ("~", "'~'")]
        {
            assert_eq!(word(text), expected);
        }
    }
}
