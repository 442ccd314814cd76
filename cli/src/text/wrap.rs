//! Lines of a limited width.

/// Puts the words of a text in lines of at most `width` characters; a longer word has its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn words_longer_than_a_line_have_their_own() {
        assert_eq!(wrap("a bc\n defghij k", 5), ["a bc", "defghij", "k"]);
    }
}
