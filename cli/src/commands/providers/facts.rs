//! A scheme's own words, for readers: the core keeps only what it verifies by.

use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;

#[derive(Debug, Deserialize)]
pub(super) struct Facts {
    pub(super) source: Option<String>,
    pub(super) note: Option<String>,
    pub(super) signature: Vec<Signature>,
    #[serde(default)]
    pub(super) key: Key,
    pub(super) timestamp: Option<Timestamp>,
    pub(super) event: Event,
}

/// A form that a signature may have.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the key's name in a scheme")]
pub(super) struct Signature {
    header: Option<OneOrMany>,
    pointer: Option<String>,
    algorithm: String,
    encoding: Option<String>,
    #[serde(default)]
    layout: Layout,
    prefix: Option<String>,
    separator: Option<String>,
    signature_key: Option<String>,
    timestamp_key: Option<String>,
    content: Option<String>,
    body_hash: Option<Value>,
    #[serde(default)]
    components: Vec<String>,
    #[serde(default)]
    parameters: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) note: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Layout {
    #[default]
    Single,
    List,
    Pairs,
    Rfc9421,
    Jws,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Key {
    encoding: Option<String>,
    prefix: Option<OneOrMany>,
    pub(super) note: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Timestamp {
    pub(super) tolerance: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    id: Option<Value>,
    pub(super) note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn joined(&self, word: &str) -> String {
        match self {
            Self::One(name) => name.clone(),
            Self::Many(names) => names.join(word),
        }
    }
}

/// Reads a provider's own scheme, which a test proves to be readable.
pub(super) fn read(toml: &str) -> Result<Facts, Failure> {
    toml::from_str(toml).map_err(|error| unreadable(&error))
}

/// The same, with every key.
pub(super) fn as_json(toml: &str) -> Result<Value, Failure> {
    toml::from_str(toml).map_err(|error| unreadable(&error))
}

fn unreadable(error: &toml::de::Error) -> Failure {
    Failure::set_up("invalid_scheme", format!("the scheme cannot be shown: {}", error.message()))
}

impl Signature {
    /// Where it stands: the headers that may hold it, or the place in the body.
    pub(super) fn place(&self) -> (&'static str, String) {
        match (&self.header, &self.pointer) {
            (Some(header), _) => ("header", header.joined(" or ")),
            (None, pointer) => {
                ("place", format!("`{}` in the body", pointer.as_deref().unwrap_or("")))
            }
        }
    }

    /// Tells whether a time is signed.
    pub(super) fn is_stamped(&self) -> bool {
        self.content.as_ref().is_some_and(|content| content.contains("{timestamp}"))
            || self.parameters.iter().any(|parameter| parameter == "created")
            || self.layout == Layout::Jws && self.body_hash.is_some()
    }

    /// The algorithm as it is usually written: `HMAC-SHA256`.
    pub(super) fn algorithm(&self) -> String {
        match self.algorithm.as_str() {
            "token" => "token".to_owned(),
            "basic" => "Basic".to_owned(),
            algorithm => algorithm.to_uppercase(),
        }
    }

    /// The header's value: `sha1=<hex>`.
    pub(super) fn form(&self) -> String {
        let digest = format!("<{}>", self.encoding.as_deref().unwrap_or("secret"));
        let prefix = self.prefix.as_deref().unwrap_or_default();
        match self.layout {
            Layout::Rfc9421 => {
                "<label>=:<base64>:, an HTTP message signature (RFC 9421)".to_owned()
            }
            Layout::Jws if self.body_hash.is_some() => {
                "<header>.<claims>.<signature>, a JSON Web Signature (RFC 7515)".to_owned()
            }
            Layout::Jws => {
                "<header>..<signature>, a JSON Web Signature (RFC 7515) without its payload"
                    .to_owned()
            }
            Layout::Single => format!("{prefix}{digest}"),
            Layout::List => {
                let separator = match self.separator.as_deref() {
                    Some(" ") => "spaces",
                    _ => "commas",
                };
                format!("{prefix}{digest}, or several of these with {separator} between them")
            }
            Layout::Pairs => {
                let separator = self.separator.as_deref().unwrap_or(",");
                let timestamp = (self.timestamp_key.as_deref())
                    .map(|key| format!("{key}=<timestamp>{separator}"))
                    .unwrap_or_default();
                format!("{timestamp}{}={digest}", self.signature_key.as_deref().unwrap_or_default())
            }
        }
    }

    /// Says what is signed: `the body`, or `{timestamp}.{body}`.
    pub(super) fn content(&self) -> String {
        match (self.content.as_deref(), &self.layout) {
            (None, Layout::Jws) if self.body_hash.is_some() => "a hash of the body".to_owned(),
            (None, Layout::Rfc9421) => self.components.join(", "),
            (None, Layout::Jws) | (Some("{body}"), _) => "the body".to_owned(),
            (None, _) => "nothing".to_owned(),
            // On one line, as it is written in the file.
            (Some(content), _) => content.replace('\n', "\\n"),
        }
    }
}

impl Event {
    /// Tells whether the provider says where an event's id stands.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }
}

impl Key {
    /// Says how the secret is read.
    pub(super) fn reading(&self) -> String {
        match self.encoding.as_deref() {
            None | Some("utf8") => "as it stands".to_owned(),
            Some(encoding) => match &self.prefix {
                Some(prefix) => format!("{encoding}, after `{}`", prefix.joined("` or `")),
                None => encoding.to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn every_provider_can_be_shown() {
        let shown = hookseal::providers().filter(|known| read(known.scheme_toml()).is_ok());
        assert_eq!(shown.count(), hookseal::providers().len());
    }
}
