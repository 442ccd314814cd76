//! The conformance vectors, as every surface's runner reads them.

pub mod asked;
pub mod broken;
pub mod documents;
pub mod flat;
pub mod helper;
pub mod outcome;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use serde::Deserialize;
use serde_json::Value;

/// A delivery and what must become of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Unique among all cases.
    pub name: String,
    /// What the case proves, where the name does not say it.
    #[serde(default)]
    pub why: Option<String>,
    /// Where the sender gives the delivery with its secret and its signature.
    #[serde(default)]
    pub source: Option<String>,
    /// Where the sender shows the body.
    #[serde(default)]
    pub body_source: Option<String>,
    /// A known provider; beside `scheme`, what the webhook is called.
    #[serde(default)]
    pub provider: Option<String>,
    /// A scheme of the user's own.
    #[serde(default)]
    pub scheme: Option<Value>,
    /// The webhook's secrets.
    #[serde(default)]
    pub secrets: Vec<String>,
    /// The same, where they are not UTF-8.
    #[serde(default)]
    pub secrets_base64: Vec<String>,
    /// Names and values.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The body.
    #[serde(default)]
    pub body: Option<String>,
    /// The same, where it is not UTF-8.
    #[serde(default)]
    pub body_base64: Option<String>,
    /// The time of verification, in seconds since 1970; any if not given.
    #[serde(default)]
    pub now: Option<u64>,
    /// The webhook's tolerance in seconds; the scheme's if not given.
    #[serde(default)]
    pub tolerance: Option<u64>,
    /// What is given of the request beside its headers.
    #[serde(default)]
    pub request: GivenRequest,
    /// The webhook's other options.
    #[serde(default)]
    pub options: WebhookOptions,
    /// What must come out.
    pub expect: Expectation,
}

/// What is given of a request beside its headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenRequest {
    /// The method.
    #[serde(default)]
    pub method: Option<String>,
    /// The address, or its path and query.
    #[serde(default)]
    pub url: Option<String>,
}

/// A webhook's options besides its tolerance.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookOptions {
    /// True to accept that the body is not signed.
    #[serde(default)]
    pub accept_unsigned: bool,
    /// The scheme's constants.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// What the sender calls, up to the path.
    #[serde(default)]
    pub origin: Option<String>,
}

/// What must become of a delivery.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The event.
    #[serde(default)]
    pub event: Option<ExpectedEvent>,
    /// The body's ECMAScript form, which is what was authenticated.
    #[serde(default)]
    pub canonical: Option<String>,
    /// The error's code.
    #[serde(default)]
    pub error: Option<String>,
}

/// An event's fields; those that a case leaves out are not compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the event's own fields")]
pub struct ExpectedEvent {
    pub provider: String,
    #[serde(rename = "type")]
    pub event_type: String,
    pub id: Option<String>,
    pub created_at: Option<String>,
    pub test: bool,
    #[serde(default, deserialize_with = "present")]
    pub data: Option<Value>,
    /// Tells an event without data from one whose data is `null`.
    #[serde(default)]
    pub has_data: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    pub envelope: Option<Value>,
    #[serde(default)]
    pub unsigned: Option<Vec<String>>,
    #[serde(default)]
    pub key_index: Option<usize>,
    #[serde(default)]
    pub dedupe_key: Option<String>,
}

/// Tells `"data": null` from no `data`.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Case {
    /// Tells whether a webhook without options verifies it by its headers and body.
    #[must_use]
    pub fn needs_no_more_than_headers(&self) -> bool {
        let options = &self.options;
        let has_options = options.accept_unsigned || !options.constants.is_empty();
        !has_options && self.request.url.is_none() && self.request.method.is_none()
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

    /// The secrets' bytes.
    #[must_use]
    pub fn secrets(&self) -> Vec<Vec<u8>> {
        let text = self.secrets.iter().map(|secret| secret.clone().into_bytes());
        text.chain(self.secrets_base64.iter().map(|secret| decode(secret))).collect()
    }
}

fn decode(text: &str) -> Vec<u8> {
    Base64::decode_vec(text).unwrap_or_else(|error| unreachable!("{text}: {error}"))
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "description")]
    _description: String,
    cases: Vec<Case>,
}

/// The folder that this is relative to the project's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The cases of all files in `tests/vectors`, by file name.
///
/// # Panics
/// If a file is not what the runners can read: no case is ever passed over.
#[must_use]
pub fn vectors() -> Vec<(String, Vec<Case>)> {
    let mut files: Vec<(String, Vec<Case>)> = json_files(&root().join("tests/vectors"))
        .into_iter()
        .filter(|(name, _)| name != "schema.json")
        .map(|(name, text)| {
            let file: File = parse(&name, &text);
            (name, file.cases)
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// The known providers that stand for the ways in which deliveries are signed. Every other differs
/// from them in its names; the tests of `tests/catalogue.rs` run all.
pub const FORMS: [&str; 7] =
    ["claimport", "coverkit", "github", "kasko", "mycover", "standard-webhooks", "stripe"];

/// The sample deliveries of all providers.
///
/// # Panics
/// If one is not what the runners can read.
#[must_use]
pub fn samples() -> Vec<Case> {
    let providers = read_dir(&root().join("core/providers"));
    let folders =
        providers.into_iter().map(|path| path.join("samples")).filter(|path| path.is_dir());
    folders.flat_map(|folder| json_files(&folder)).map(|(name, text)| parse(&name, &text)).collect()
}

fn json_files(folder: &Path) -> Vec<(String, String)> {
    let is_json = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let files = read_dir(folder).into_iter().filter(is_json);
    files
        .map(|path| {
            (
                name(&path),
                fs::read_to_string(&path)
                    .unwrap_or_else(|error| unreachable!("{}: {error}", path.display())),
            )
        })
        .collect()
}

fn read_dir(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| unreachable!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn parse<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| unreachable!("{name}: {error}"))
}

/// The moment that a vector's RFC 3339 text means.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn moment(text: &str) -> std::time::SystemTime {
    let format = &time::format_description::well_known::Rfc3339;
    time::OffsetDateTime::parse(text, format)
        .unwrap_or_else(|error| unreachable!("{text}: {error}"))
        .into()
}

/// The README's Rust, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The Rust of the site's pages.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/rust/README.md")]
struct RustPage;
