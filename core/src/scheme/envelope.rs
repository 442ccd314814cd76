//! What signatures must be like that say themselves what they sign.

use super::body_hash::BodyHash;
use crate::headers::HeaderName;
use crate::mac::Algorithm;
use crate::public_key::PublicAlgorithm;

/// The rules of a signature that says what it signs, where the scheme has no content for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// An HTTP message signature (RFC 9421).
    Message(MessageRules),
    /// A JSON Web Signature (RFC 7515) in its compact form.
    Token(TokenRules),
}

/// What an HTTP message signature must cover and say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MessageRules {
    /// The label of the signature that counts.
    pub(crate) label: Option<String>,
    /// The tag that it must have; without a label, the one with this tag counts.
    pub(crate) tag: Option<String>,
    /// What it must cover.
    pub(crate) components: Vec<Component>,
    /// The headers that it may cover besides.
    pub(crate) may_cover: Vec<HeaderName>,
    /// The parameters that it must have.
    pub(crate) parameters: Vec<Parameter>,
    /// The most seconds between `created` and `expires`.
    pub(crate) lifetime: Option<u64>,
}

/// A part of a request that is covered by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Component {
    Derived(Derived),
    Header(HeaderName),
}

/// A part of a request that is no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Derived {
    Method,
    TargetUri,
    Authority,
    Scheme,
    RequestTarget,
    Path,
    Query,
}

/// A parameter of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parameter {
    Created,
    Expires,
    Nonce,
    KeyId,
    Alg,
}

/// What a JSON Web Signature must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenRules {
    pub(crate) covers: TokenCovers,
    /// The claim that is the timestamp.
    pub(crate) timestamp: Option<String>,
}

/// How a JSON Web Signature covers the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenCovers {
    /// The body is its payload, which it is sent without.
    Body,
    /// A claim is a hash of the body.
    Hash { claim: String, hash: BodyHash },
}

/// The header of the digest of the body that a message signature covers (RFC 9530).
pub(crate) const CONTENT_DIGEST: &str = "Content-Digest";

/// The header that says what message signatures cover.
pub(crate) const SIGNATURE_INPUT: &str = "Signature-Input";

impl MessageRules {
    /// Returns the headers that verifying may read beside the signature.
    pub(crate) fn headers(&self) -> impl Iterator<Item = &HeaderName> {
        let demanded = self.components.iter().filter_map(|component| match component {
            Component::Header(name) => Some(name),
            Component::Derived(_) => None,
        });
        demanded.chain(&self.may_cover)
    }

    /// Returns `true` if every signature covers this header.
    pub(crate) fn demands(&self, name: &HeaderName) -> bool {
        self.components.iter().any(|own| matches!(own, Component::Header(own) if own == name))
    }

    /// Returns `true` if every signature covers the body.
    pub(crate) fn covers_body(&self) -> bool {
        HeaderName::new(CONTENT_DIGEST).is_some_and(|name| self.demands(&name))
    }

    pub(crate) fn needs(&self, parameter: Parameter) -> bool {
        self.parameters.contains(&parameter)
    }
}

impl Component {
    /// Reads a component's name; `None` if there is none of this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        if name.starts_with('@') {
            return Derived::ALL.into_iter().find(|own| own.as_str() == name).map(Self::Derived);
        }
        HeaderName::new(name).map(Self::Header)
    }

    /// Returns the component's name as it is signed.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Derived(derived) => derived.as_str().to_owned(),
            Self::Header(name) => name.as_str().to_ascii_lowercase(),
        }
    }
}

impl Derived {
    const ALL: [Self; 7] = [
        Self::Method,
        Self::TargetUri,
        Self::Authority,
        Self::Scheme,
        Self::RequestTarget,
        Self::Path,
        Self::Query,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Method => "@method",
            Self::TargetUri => "@target-uri",
            Self::Authority => "@authority",
            Self::Scheme => "@scheme",
            Self::RequestTarget => "@request-target",
            Self::Path => "@path",
            Self::Query => "@query",
        }
    }
}

impl Parameter {
    /// Reads a parameter's name; `None` if there is none of this name that could be demanded.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Created, Self::Expires, Self::Nonce, Self::KeyId, Self::Alg]
            .into_iter()
            .find(|own| own.as_str() == name)
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Expires => "expires",
            Self::Nonce => "nonce",
            Self::KeyId => "keyid",
            Self::Alg => "alg",
        }
    }
}

/// Returns the name that HTTP message signatures give an algorithm, if they have it.
pub(crate) const fn message_algorithm(algorithm: Algorithm) -> Option<&'static str> {
    match algorithm {
        Algorithm::HmacSha256 => Some("hmac-sha256"),
        Algorithm::Public(PublicAlgorithm::Ed25519) => Some("ed25519"),
        Algorithm::Public(PublicAlgorithm::EcdsaP256Sha256) => Some("ecdsa-p256-sha256"),
        Algorithm::Public(PublicAlgorithm::RsaPssSha512) => Some("rsa-pss-sha512"),
        Algorithm::Public(PublicAlgorithm::RsaPkcs1Sha256) => Some("rsa-v1_5-sha256"),
        _ => None,
    }
}

/// Returns the names that JSON Web Signatures give an algorithm, the usual one first; none if they
/// do not have it.
pub(crate) const fn token_algorithms(algorithm: Algorithm) -> &'static [&'static str] {
    match algorithm {
        Algorithm::HmacSha256 => &["HS256"],
        Algorithm::HmacSha384 => &["HS384"],
        Algorithm::HmacSha512 => &["HS512"],
        // Its numbers are one after the other in a JSON Web Signature.
        Algorithm::Public(PublicAlgorithm::EcdsaP256Sha256Der) => &[],
        Algorithm::Public(algorithm) => algorithm.jwk_names(),
        _ => &[],
    }
}
