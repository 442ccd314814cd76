//! The corpus of broken deliveries, as the runners in other languages are given it.

use std::fs;

use std::time::{Duration, SystemTime};

use hookseal::{Hints, Report, RequestHead, Scheme, Webhook};
use serde::Deserialize;

use crate::{GivenRequest, WebhookOptions, decode, parse, root};

/// A broken delivery, or one that verifies, and what is to be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "tests/explain/README.md documents the fields")]
pub struct Broken {
    pub name: String,
    pub how: String,
    pub provider: String,
    #[serde(default)]
    pub secrets: Vec<String>,
    #[serde(default)]
    secrets_base64: Vec<String>,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    body_base64: Option<String>,
    #[serde(default)]
    pub request: GivenRequest,
    #[serde(default)]
    pub options: WebhookOptions,
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

    /// What is found, at a time that the case says, or else at this one or any.
    ///
    /// # Panics
    /// If the case names no known provider.
    #[must_use]
    pub fn explain(&self, now: Option<u64>) -> Report {
        let scheme = Scheme::provider(&self.provider)
            .unwrap_or_else(|error| unreachable!("{}: {error}", self.name));
        let mut builder = Webhook::builder(scheme);
        for (name, value) in &self.options.constants {
            builder = builder.constant(name, value);
        }
        if let Some(origin) = &self.options.origin {
            builder = builder.origin(origin);
        }
        if self.options.accept_unsigned {
            builder = builder.accept_unsigned();
        }
        let mut hints = Hints::new().secrets(&self.hints);
        if let Some(now) = self.now.or(now) {
            hints = hints.at(SystemTime::UNIX_EPOCH + Duration::from_secs(now));
        }
        let head = RequestHead::new(&self.headers)
            .method(self.request.method.as_deref())
            .url(self.request.url.as_deref());
        builder.explain(self.secrets(), &self.body(), &head, &hints)
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
