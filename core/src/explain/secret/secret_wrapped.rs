//! A secret inside something else: a line of an environment file, JSON, or a list of secrets.

use core::ops::ControlFlow;

use hookseal_json::{RawString, TokenKind, tokens, validate};

use super::super::FindingCode;
use super::super::body_encoding::from_base64;
use super::super::cause::Evidence;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{ReceivedSecret, Secret};
use super::super::table::fixes;

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretWrapped, effort: Effort::Read, offer };

/// How much is taken out of one secret, and how deep.
const MAX_PIECES: usize = 48;
const MAX_DEPTH: usize = 4;

/// What is shorter stands in many files, and anybody could sign with it: `8080`, `true`.
const MIN_PIECE: usize = 8;

/// How many parts a list has, and members a document.
const MAX_PARTS: usize = 16;

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    let mut pieces = Pieces { found: Vec::new(), prefixes: received.prefixes };
    pieces.take_apart(Whole { text: text.trim(), outer: None, depth: 0 });
    for (piece, form) in pieces.found {
        offers.offer_inside(piece, form.evidence())?;
    }
    ControlFlow::Continue(())
}

/// What the secret stands in.
#[derive(Clone, Copy)]
enum Form {
    Lines,
    Assignment,
    Word,
    Comment,
    Punctuation,
    Json,
    Base64,
    List(&'static str),
}

impl Form {
    fn evidence(self) -> Evidence {
        match self {
            Self::Lines => {
                Evidence::from("the secret is several lines, and the right one is among them")
            }
            Self::Assignment => Evidence::from("the secret is a whole line `NAME=…`"),
            Self::Word => {
                Evidence::from("the secret has a word before it, as an Authorization header has")
            }
            Self::Comment => {
                Evidence::from("the secret has a comment after it").with_fix(fixes::SECRET_LINE)
            }
            Self::Punctuation => {
                Evidence::from("the secret has a `;` or `,` after it").with_fix(fixes::SECRET_LINE)
            }
            Self::Json => Evidence::from("the secret is JSON, and the right one stands in it"),
            Self::Base64 => {
                Evidence::from("the secret is base64 of a text, and the right one stands in it")
            }
            Self::List(between) => {
                Evidence::from(format!("several secrets are given as one, {between}"))
                    .with_fix(fixes::SECRET_LIST)
            }
        }
    }
}

struct Pieces<'p> {
    /// What was taken out, and of what: the outermost counts.
    found: Vec<(String, Form)>,
    prefixes: &'p [String],
}

/// A text that is taken apart.
#[derive(Clone, Copy)]
struct Whole<'t> {
    text: &'t str,
    /// What it was taken out of.
    outer: Option<Form>,
    depth: usize,
}

impl Pieces<'_> {
    /// Takes a text apart in every way, and what is in it too.
    fn take_apart(&mut self, whole: Whole<'_>) {
        let text = whole.text;
        if whole.depth == MAX_DEPTH {
            return;
        }
        if let Some(strings) = json_strings(text) {
            let form = if text.starts_with('[') { Form::List("as JSON") } else { Form::Json };
            for string in &strings {
                self.take(string, form, whole);
            }
            return;
        }
        if text.contains('\n') {
            for line in text.lines().take(MAX_PARTS) {
                self.take(line, Form::Lines, whole);
            }
            return;
        }
        if let Some(value) = assigned(text) {
            self.take(value, Form::Assignment, whole);
        }
        for word in ["Bearer ", "Basic ", "Secret: ", "Token "] {
            if let Some(rest) = text.strip_prefix(word) {
                self.take(rest, Form::Word, whole);
            }
        }
        for mark in [" #", "\t#", " //"] {
            if let Some((before, _)) = text.split_once(mark) {
                self.take(before, Form::Comment, whole);
            }
        }
        self.take(text.trim_end_matches([';', ',']), Form::Punctuation, whole);
        for (separator, between) in SEPARATORS {
            for part in self.parts(text, separator) {
                self.take(part, Form::List(between), whole);
            }
        }
        if let Some(decoded) = from_base64(text.as_bytes())
            && let Ok(decoded) = String::from_utf8(decoded)
            && decoded.starts_with(['{', '['])
        {
            let outer = Some(whole.outer.unwrap_or(Form::Base64));
            self.take_apart(Whole { text: decoded.trim(), outer, depth: whole.depth + 1 });
        }
    }

    fn take(&mut self, inner: &str, form: Form, whole: Whole<'_>) {
        // Inside of something, quotes and brackets belong to that.
        let inner = inner.trim();
        let bare = if inner.starts_with(['{', '[']) && validate(inner).is_ok() {
            inner
        } else {
            inner.trim_matches(['"', '\'', '[', ']', '(', ')']).trim()
        };
        let is_new = bare != whole.text && self.found.iter().all(|(known, _)| known != bare);
        if bare.len() >= MIN_PIECE && is_new && self.found.len() < MAX_PIECES {
            let form = whole.outer.unwrap_or(form);
            self.found.push((bare.to_owned(), form));
            self.take_apart(Whole { text: bare, outer: Some(form), depth: whole.depth + 1 });
        }
    }

    /// The parts of a list. Where secrets have the separator in them, they begin as documented.
    fn parts<'t>(&self, text: &'t str, separator: char) -> Vec<&'t str> {
        let is_theirs = self
            .prefixes
            .iter()
            .any(|prefix| prefix.contains(separator) && text.contains(prefix.as_str()));
        let begins = |rest: &str| self.prefixes.iter().any(|prefix| rest.starts_with(&**prefix));
        let mut parts = Vec::new();
        let mut start = 0;
        for (at, _) in text.match_indices(separator) {
            if !is_theirs || begins(&text[at + 1..]) {
                parts.push(&text[start..at]);
                start = at + 1;
            }
        }
        parts.push(&text[start..]);
        // A version before a secret is no secret.
        let is_list = (2..=MAX_PARTS).contains(&parts.len()) && !matches!(parts[0], "v1" | "v2");
        if is_list { parts } else { Vec::new() }
    }
}

const SEPARATORS: [(char, &str); 4] = [
    ('|', "with `|` between them"),
    (';', "with semicolons between them"),
    (',', "with commas between them"),
    (' ', "with spaces between them"),
];

/// The value in `NAME=value`, as shells and environment files write it, or in YAML's `name: value`.
fn assigned(text: &str) -> Option<&str> {
    let line = ["export ", "set ", "$env:", "-e "].iter().find_map(|word| text.strip_prefix(word));
    let line = line.unwrap_or(text);
    let (name, value) = line.split_once('=').or_else(|| line.split_once(": "))?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let name = name.trim();
    (!name.is_empty() && name.bytes().all(is_name)).then(|| value.trim())
}

/// The texts in a JSON document, `None` if it is none.
fn json_strings(text: &str) -> Option<Vec<String>> {
    if !text.starts_with(['{', '[', '"']) || validate(text).is_err() {
        return None;
    }
    let mut tokens = tokens(text).peekable();
    let mut strings = Vec::new();
    while let Some(token) = tokens.next() {
        let is_key = tokens.peek().is_some_and(|next| next.kind == TokenKind::Colon);
        if token.kind == TokenKind::String && !is_key && strings.len() < MAX_PARTS {
            let string = RawString::from_literal(token.text);
            strings.extend(string.map(|string| string.decode().into_owned()));
        }
    }
    Some(strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let prefixes = ["MCASECK|".to_owned()];
        let mut pieces = Pieces { found: Vec::new(), prefixes: &prefixes };
        pieces.take_apart(Whole { text, outer: None, depth: 0 });
        pieces.found.into_iter().map(|(piece, _)| piece).collect()
    }

    #[test]
    fn takes_secrets_out_of_what_holds_them() {
        for text in [
            "KEY=s3cret-key",
            "export KEY='s3cret-key'",
            "KEY = \"s3cret-key\" # live",
            "secret: s3cret-key",
            "$env:KEY = \"s3cret-key\"",
            "A=1\nKEY=s3cret-key;\n",
            "s3cret-key;",
            "s3cret-key # live",
            "other,s3cret-key",
            "other | s3cret-key",
            "other; s3cret-key",
            "other s3cret-key",
            "['other', 's3cret-key']",
            r#"["other","s3cret-key"]"#,
            r#"{"a":{"key":"s3cret-key"}}"#,
            r#"{"SecretString":"{\"key\":\"s3cret-key\"}"}"#,
            // {"key":"s3cret-key"}
            r#"{"payload":{"data":"eyJrZXkiOiJzM2NyZXQta2V5In0="}}"#,
        ] {
            assert!(pieces(text).iter().any(|piece| piece == "s3cret-key"), "{text}");
        }
        let listed = pieces("MCASECK|a|MCASECK|b");
        assert!(listed.iter().any(|piece| piece == "MCASECK|b"), "{listed:?}");
        assert!(pieces("PORT=8080\nDEBUG=true").iter().all(|piece| piece.contains('=')));
        assert!(pieces("MCASECK|49939d32-f649").is_empty());
        assert!(pieces("whsec_1b6f2ae8d0444a349cc1f4c8").is_empty());
    }
}
