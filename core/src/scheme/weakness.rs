//! What a signature leaves open.

use core::fmt;

/// A weakness of a signature: what somebody can do who has seen deliveries but not the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Weakness {
    /// Nothing is signed: whoever has seen one delivery knows the secret.
    Token,
    /// The body is not signed: whoever has seen one delivery can send another body with it.
    BodyUnsigned,
    /// A checksum of the body is signed: whoever has seen one delivery can make another body that
    /// has it.
    Crc32,
    /// What is signed does not show where one value ends and the next begins: whoever has seen one
    /// delivery can move a part of the one to the other.
    Borders,
    /// The digest has no key but hashes the secret with the content. What could be appended to such
    /// a content is never JSON.
    PlainDigest,
}

impl Weakness {
    /// All weaknesses.
    pub const ALL: [Self; 5] =
        [Self::Token, Self::BodyUnsigned, Self::Crc32, Self::Borders, Self::PlainDigest];

    /// Returns the weakness's name, as a scheme spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::BodyUnsigned => "body-unsigned",
            Self::Crc32 => "crc32",
            Self::Borders => "borders",
            Self::PlainDigest => "plain-digest",
        }
    }

    /// Returns `true` if a delivery with another body can be made of a genuine one.
    #[must_use]
    pub const fn leaves_body_unsigned(self) -> bool {
        !matches!(self, Self::PlainDigest)
    }

    /// Returns what can be done, as the end of a sentence.
    pub(crate) const fn consequence(self) -> &'static str {
        match self {
            Self::Token => "whoever has seen one delivery knows the secret",
            Self::BodyUnsigned => "whoever has seen one delivery can send another body with it",
            Self::Crc32 => "whoever has seen one delivery can make another body with its checksum",
            Self::Borders => {
                "whoever has seen one delivery can move a part of one signed value to another"
            }
            Self::PlainDigest => "the secret is hashed without HMAC",
        }
    }
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
