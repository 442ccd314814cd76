//! What stands round a secret, or is missing there: white space, quotes, prefixes, other text.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::Repair;

const BOM: &str = "\u{feff}";

/// What copying leaves and nobody sees.
fn is_invisible(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

pub(super) fn repairs(secret: &[u8], prefixes: &[String]) -> Vec<Repair> {
    let mut found = Vec::new();
    if let Ok(text) = core::str::from_utf8(secret) {
        found.extend(without_whitespace(text));
        found.extend(without_quotes(text));
        found.extend(unwrapped(text));
        found.extend(other_prefix(text, prefixes));
    }
    found.extend(as_the_sender_may_have_it(secret));
    found
}

fn without_whitespace(text: &str) -> Vec<Repair> {
    let mut found = Vec::new();
    let mut add = |repaired: &str, evidence: String| {
        if repaired != text && !repaired.is_empty() {
            let cause = Cause::new(FindingCode::SecretWhitespace, evidence);
            found.push(Repair::uncovered(repaired.as_bytes(), cause));
        }
    };
    let trimmed = text.trim_matches(is_invisible);
    add(trimmed, format!("the secret {}", surroundings(text, trimmed)));
    // A backslash and an `n`, from a notation that nothing decoded.
    let literal = text.trim_end_matches("\\n").trim_end_matches("\\r");
    add(literal, "the secret ends with a backslash and an `n`".to_owned());
    let inner: String = trimmed.chars().filter(|char| !is_invisible(*char)).collect();
    if inner != trimmed {
        add(&inner, "the secret has white space or invisible characters inside".to_owned());
    }
    found
}

/// What stands round the trimmed text: names of characters, which are no secret.
fn surroundings(text: &str, trimmed: &str) -> String {
    let start = text.find(trimmed).unwrap_or(0);
    let before = names(&text[..start]);
    let after = names(&text[start + trimmed.len()..]);
    match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("begins with {before} and ends with {after}"),
        (false, true) => format!("begins with {before}"),
        _ => format!("ends with {after}"),
    }
}

fn names(text: &str) -> String {
    let name = |char: char| match char {
        '\n' => "a line feed".to_owned(),
        '\r' => "a carriage return".to_owned(),
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        char => format!("U+{:04X}", u32::from(char)),
    };
    let mut named: Vec<String> = text.chars().take(4).map(name).collect();
    if text.chars().nth(4).is_some() {
        named.push("more".to_owned());
    }
    named.join(", ")
}

fn without_quotes(text: &str) -> Vec<Repair> {
    let is_quote = |char: char| {
        matches!(char, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\\')
    };
    let bytes = text.strip_prefix("b'").or_else(|| text.strip_prefix("b\""));
    let bare = bytes.unwrap_or(text).trim_matches(is_quote);
    if bare == text || bare.is_empty() {
        return Vec::new();
    }
    let evidence = if bytes.is_some() {
        "the secret stands in Python's notation of bytes"
    } else if text.starts_with(is_quote) && text.ends_with(is_quote) {
        "the secret stands in quotes"
    } else {
        "the secret has a quote at one end"
    };
    vec![Repair::uncovered(bare.as_bytes(), Cause::new(FindingCode::SecretQuoted, evidence))]
}

/// The secret's own text in a line of an environment file, a file of several lines, or JSON.
fn unwrapped(text: &str) -> Vec<Repair> {
    let mut found = Vec::new();
    let mut add = |inner: &str, evidence: &str| {
        if !inner.is_empty() && inner != text {
            let cause = Cause::new(FindingCode::SecretWrapped, evidence);
            found.push(Repair::uncovered(inner.as_bytes(), cause));
        }
    };
    let assignment = text.trim().strip_prefix("export ").unwrap_or(text.trim());
    if let Some((name, value)) = assignment.split_once('=')
        && !name.is_empty()
        && name.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        add(value.trim(), "the secret is a whole line `NAME=…`");
    }
    for word in ["Bearer ", "Basic ", "Secret: ", "Token "] {
        if let Some(rest) = text.strip_prefix(word) {
            add(rest, "the secret has a word before it, as an Authorization header has");
        }
    }
    if let Ok(serde_json::Value::Object(object)) = serde_json::from_str(text) {
        for value in object.values().take(16).filter_map(serde_json::Value::as_str) {
            add(value, "the secret is a JSON object, and the right one stands in it");
        }
    }
    if text.trim().contains('\n') {
        for line in text.lines().map(str::trim).take(8) {
            add(line, "the secret is several lines, and the right one is among them");
        }
    }
    found
}

fn other_prefix(text: &str, prefixes: &[String]) -> Vec<Repair> {
    let mut found = Vec::new();
    let mut add = |repaired: String, evidence: String| {
        if !repaired.is_empty() {
            let cause = Cause::new(FindingCode::SecretPrefix, evidence);
            found.push(Repair::secret(repaired.into_bytes(), cause));
        }
    };
    for prefix in prefixes {
        match text.strip_prefix(prefix.as_str()) {
            Some(rest) if rest.starts_with(prefix.as_str()) => {
                let bare = rest.trim_start_matches(prefix.as_str());
                let evidence = format!("the secret begins with `{prefix}` more than once");
                add(format!("{prefix}{bare}"), evidence.clone());
                add(bare.to_owned(), evidence);
            }
            Some(rest) => add(
                rest.to_owned(),
                format!("the secret begins with `{prefix}`, the sender's does not"),
            ),
            None => {
                add(format!("{prefix}{text}"), format!("the secret lacks `{prefix}` before it"))
            }
        }
    }
    // Another sender's prefix, up to an underscore or the like.
    let border =
        |(index, char): (usize, char)| matches!(char, '_' | '|' | ':').then_some(index + 1);
    for end in text.char_indices().take(24).filter_map(border) {
        let is_known = prefixes.iter().any(|prefix| *prefix == text[..end]);
        if !is_known {
            let evidence = format!("the secret begins with {end} characters that the key lacks");
            add(text[end..].to_owned(), evidence);
        }
    }
    found
}

/// The sender's secret has what ours lacks.
fn as_the_sender_may_have_it(secret: &[u8]) -> Vec<Repair> {
    const AROUND: [(&str, &str, &str); 6] = [
        ("", "\n", "a line feed at its end"),
        ("", "\r\n", "a carriage return and a line feed at its end"),
        ("", " ", "a space at its end"),
        (" ", "", "a space at its beginning"),
        ("\n", "", "a line feed at its beginning"),
        (BOM, "", "a byte order mark at its beginning"),
    ];
    const QUOTES: [(&str, &str); 2] = [("\"", "double"), ("'", "single")];
    let with = |before: &str, after: &str| [before.as_bytes(), secret, after.as_bytes()].concat();
    let spaced = AROUND.iter().map(|(before, after, what)| {
        let evidence = format!("the sender's secret has {what}, this one does not");
        Repair::secret(with(before, after), Cause::new(FindingCode::SecretWhitespace, evidence))
    });
    let quoted = QUOTES.iter().map(|(quote, name)| {
        let evidence = format!("the sender's secret has {name} quotes round it, this one does not");
        Repair::secret(with(quote, quote), Cause::new(FindingCode::SecretQuoted, evidence))
    });
    spaced.chain(quoted).collect()
}
