//! The corpus of broken deliveries, as the runners in other languages are given it.

use std::fs;

use serde::Deserialize;

use crate::{decode, parse, root};

/// A broken delivery, or one that verifies, and what is to be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "tests/explain/README.md documents the fields")]
pub struct Broken {
    pub name: String,
    pub how: String,
    pub provider: String,
    #[serde(default)]
    secrets: Vec<String>,
    #[serde(default)]
    secrets_base64: Vec<String>,
    pub headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
    pub now: Option<u64>,
    #[serde(default)]
    pub hints: Vec<String>,
    pub expect: Expected,
}

/// What is to be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "tests/explain/README.md documents the fields")]
pub struct Expected {
    pub finding: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub proven: bool,
    pub error: Option<String>,
    #[serde(default)]
    pub verifies: bool,
}

impl Broken {
    /// The receiver's secrets.
    #[must_use]
    pub fn secrets(&self) -> Vec<Vec<u8>> {
        let texts = self.secrets.iter().map(|secret| secret.clone().into_bytes());
        texts.chain(self.secrets_base64.iter().map(|secret| decode(secret))).collect()
    }

    /// The body's bytes.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        match (&self.body, &self.body_base64) {
            (Some(text), None) => text.clone().into_bytes(),
            (None, Some(text)) => decode(text),
            _ => unreachable!("{}: a case has either `body` or `body_base64`", self.name),
        }
    }
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Broken>,
}

/// All of them.
///
/// # Panics
/// If the file is not what the runners can read.
#[must_use]
pub fn cases() -> Vec<Broken> {
    let path = root().join("tests/explain/cases.json");
    let name = path.display().to_string();
    let text = fs::read_to_string(&path).unwrap_or_else(|error| unreachable!("{name}: {error}"));
    parse::<File>(&name, &text).cases
}
