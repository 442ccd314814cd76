//! Excerpts of what an endpoint answers.

/// The number of characters that are shown.
const LENGTH: usize = 200;

/// Text as long as this without a gap may be a signature.
const TOKEN: usize = 40;

/// Gives the beginning of an answer's body as one line, without what may be a signature or is one
/// of the secrets. It can hold what no terminal may be shown.
pub(super) fn excerpt(body: &[u8], secrets: &[Vec<u8>]) -> String {
    let mut text = String::from_utf8_lossy(body).into_owned();
    for secret in secrets {
        if let Ok(secret) = core::str::from_utf8(secret) {
            text = text.replace(secret, "[secret]");
        }
    }
    let words: Vec<String> = text.split_whitespace().map(hide).collect();
    let line = words.join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Hides in a word what is long enough to be a signature.
fn hide(word: &str) -> String {
    let is_encoded = |c: char| c.is_ascii_alphanumeric() || "+/=_-".contains(c);
    let mut shown = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_encoded(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        shown.push_str(if token.len() < TOKEN { token } else { "[hidden]" });
        let gap = after.find(is_encoded).unwrap_or(after.len());
        shown.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_secrets_are_not_told() {
        let digest = "c6b5d744348ea49e37f02a842eac5c370b48bc9f";
        let body = format!("bad:\r\n\texpected \"sha1={digest}\"; key top-secret");
        let shown = excerpt(body.as_bytes(), &[b"top-secret".to_vec()]);
        assert_eq!(shown, "bad: expected \"[hidden]\"; key [secret]");
    }

    #[test]
    fn ids_are_shown_and_long_answers_cut() {
        let id = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
        assert_eq!(excerpt(id.as_bytes(), &[]), id);
        assert_eq!(excerpt("é ".repeat(500).as_bytes(), &[]).chars().count(), LENGTH + 1);
    }
}
