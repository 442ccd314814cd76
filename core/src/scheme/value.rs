//! The values of a request that a content may hold besides the body, an id and a timestamp.

use super::body_hash::BodyHash;
use super::border;
use super::envelope::Envelope;
use crate::headers::HeaderName;

/// A value of a request, or of the webhook, that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// The value of a header.
    Header(HeaderName),
    /// The string at a JSON pointer into the body.
    Pointer(String),
    /// A hash of the body.
    BodyHash(BodyHash),
    /// The request's method.
    Method,
    /// The request's whole address, with its query.
    Url,
    /// The address's path.
    Path,
    /// The address's query, without the `?`.
    Query,
    /// The names and values of a form, decoded, sorted and joined.
    Form,
    /// A text that the receiver configures.
    Constant(String),
    /// The secret itself, of a digest that has no key.
    Secret,
    /// What the signature itself says that it signs, but for its first byte.
    Envelope(Box<Envelope>),
}

/// What a variable may be called, for messages.
pub(super) const VARIABLES: &str = "{body}, {timestamp}, {id}, {header:NAME}, {pointer:/PLACE}, \
     {body:sha256:hex}, {method}, {url}, {path}, {query}, {form:sorted}, {constant:NAME} or {secret}";

impl Value {
    /// Reads a variable of a template; `None` if there is none of this name.
    pub(super) fn parse(variable: &str) -> Option<Self> {
        let (name, argument) = match variable.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (variable, None),
        };
        match (name, argument) {
            ("header", Some(header)) => HeaderName::new(header).map(Self::Header),
            ("pointer", Some(pointer)) => Some(Self::Pointer(pointer.to_owned())),
            ("body", Some(hash)) => BodyHash::parse(hash).map(Self::BodyHash),
            ("method", None) => Some(Self::Method),
            ("url", None) => Some(Self::Url),
            ("path", None) => Some(Self::Path),
            ("query", None) => Some(Self::Query),
            ("form", Some("sorted")) => Some(Self::Form),
            ("constant", Some(constant)) if !constant.is_empty() => {
                Some(Self::Constant(constant.to_owned()))
            }
            ("secret", None) => Some(Self::Secret),
            _ => None,
        }
    }

    /// Returns the variable in a template.
    pub(super) fn template(&self) -> String {
        match self {
            Self::Header(name) => format!("{{header:{}}}", name.as_str()),
            Self::Pointer(pointer) => format!("{{pointer:{pointer}}}"),
            Self::BodyHash(hash) => format!("{{body:{}}}", hash.name()),
            Self::Method => "{method}".to_owned(),
            Self::Url => "{url}".to_owned(),
            Self::Path => "{path}".to_owned(),
            Self::Query => "{query}".to_owned(),
            Self::Form => "{form:sorted}".to_owned(),
            Self::Constant(name) => format!("{{constant:{name}}}"),
            Self::Secret => "{secret}".to_owned(),
            Self::Envelope(envelope) => match **envelope {
                Envelope::Message(_) => "{message}".to_owned(),
                Envelope::Token(_) => "{token}".to_owned(),
            },
        }
    }

    /// Returns what the check of the borders knows about it.
    pub(super) fn border_part(&self) -> border::Part {
        let name = &self.template();
        match self {
            Self::Header(_) => border::Part::header_text(name),
            Self::Pointer(_) | Self::Form | Self::Envelope(_) => border::Part::any_bytes(name),
            Self::BodyHash(hash) => hash.border_part(name),
            Self::Method => border::Part::method(name),
            Self::Url | Self::Path => border::Part::url(name, false),
            Self::Query => border::Part::url(name, true),
            Self::Constant(_) | Self::Secret => border::Part::constant(name),
        }
    }

    /// Returns `true` if the request's method or address is needed to know it.
    pub(crate) fn is_of_request(&self) -> bool {
        matches!(self, Self::Method | Self::Url | Self::Path | Self::Query)
    }
}
