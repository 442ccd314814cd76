//! How a sender asks whether an endpoint is the receiver's, and what it wants to hear.

use crate::encoding::Encoding;
use crate::headers::HeaderName;
use crate::mac::Algorithm;

/// A question of a sender's, and the answer to it.
#[derive(Clone, Debug)]
pub(crate) struct Handshake {
    pub(crate) method: String,
    /// What tells such a request from a delivery.
    pub(crate) when: RequestPlace,
    /// The text there; any if none is said.
    pub(crate) equals: Option<String>,
    /// True if it is signed as a delivery is.
    pub(crate) is_signed: bool,
    /// Where the sender sends a token that the receiver knows, and the constant that it is.
    pub(crate) token: Option<(RequestPlace, String)>,
    pub(crate) challenge: RequestPlace,
    /// How the challenge is signed with the secret, if it is.
    pub(crate) mac: Option<(Algorithm, Encoding)>,
    pub(crate) answer: Answer,
}

/// A place in a request.
#[derive(Clone, Debug)]
pub(crate) enum RequestPlace {
    Header(HeaderName),
    /// A parameter of the address's query.
    Query(String),
    /// A string in the body.
    Pointer(String),
}

/// What is answered: texts in which `{challenge}` and `{mac}` stand for these.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Text(String),
    Json(Vec<(String, String)>),
}

impl Handshake {
    /// The headers that tell what is asked.
    pub(crate) fn header_names(&self) -> impl Iterator<Item = &HeaderName> {
        let token = self.token.iter().map(|(place, _)| place);
        [&self.when, &self.challenge].into_iter().chain(token).filter_map(|place| match place {
            RequestPlace::Header(name) => Some(name),
            RequestPlace::Query(_) | RequestPlace::Pointer(_) => None,
        })
    }
}

impl Answer {
    /// Every text of it.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &str> {
        let (text, members) = match self {
            Self::Text(text) => (Some(text.as_str()), &[][..]),
            Self::Json(members) => (None, members.as_slice()),
        };
        text.into_iter().chain(members.iter().map(|(_, template)| template.as_str()))
    }
}
