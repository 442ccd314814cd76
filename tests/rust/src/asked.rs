//! The requests by which senders ask whether an endpoint is the receiver's.

use std::fs;

use serde::Deserialize;

use crate::{GivenRequest, WebhookOptions, parse, root};

/// How many there are. A runner that finds fewer has lost some.
pub const ASKED: usize = 79;

/// A request, and what is to be answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "tests/handshakes/README.md documents the fields")]
pub struct Asked {
    pub name: String,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub why: Option<String>,
    pub provider: String,
    pub secrets: Vec<String>,
    #[serde(default)]
    pub options: WebhookOptions,
    #[serde(default)]
    pub tolerance: Option<u64>,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub request: GivenRequest,
    pub expect: Expected,
}

/// What is to come of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum Expected {
    /// An answer; none if it is no such request.
    Answer(Option<Answer>),
    /// The error's code.
    Error(String),
}

/// An answer to a sender.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The value of the header `Content-Type`.
    pub content_type: String,
    /// The body.
    pub body: String,
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Asked>,
}

/// All of them.
///
/// # Panics
/// If the file is not what the runners can read.
#[must_use]
pub fn cases() -> Vec<Asked> {
    let path = root().join("tests/handshakes/cases.json");
    let name = path.display().to_string();
    let text = fs::read_to_string(&path).unwrap_or_else(|error| unreachable!("{name}: {error}"));
    let cases = parse::<File>(&name, &text).cases;
    assert_eq!(cases.len(), ASKED);
    cases
}
