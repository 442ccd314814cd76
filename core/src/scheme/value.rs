//! The values of a request that a content may hold besides the body, an id and a timestamp.

use super::border;
use crate::encoding::Encoding;
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
}

/// A hash of the body as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyHash {
    Sha256(Encoding),
    Sha512(Encoding),
    /// In decimal digits. Other bodies with the same one are easily found.
    Crc32,
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
        }
    }

    /// Returns what the check of the borders knows about it.
    pub(super) fn border_part(&self) -> border::Part {
        let name = &self.template();
        match self {
            Self::Header(_) => border::Part::header_text(name),
            Self::Pointer(_) | Self::Form => border::Part::any_bytes(name),
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

/// The CRC-32 of ISO-HDLC, which zlib and PKZIP have too, four bits at a time: a checksum that senders of
/// small bodies sign, which needs no large table.
fn crc32(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    const TABLE: [u32; 16] = {
        let mut table = [0; 16];
        let mut at = 0_u32;
        while at < 16 {
            let (mut value, mut bit) = (at, 0);
            while bit < 4 {
                value = if value & 1 == 1 { value >> 1 ^ POLYNOMIAL } else { value >> 1 };
                bit += 1;
            }
            table[at as usize] = value;
            at += 1;
        }
        table
    };
    let step = |crc: u32, bits: u32| crc >> 4 ^ TABLE[(crc ^ bits) as usize & 15];
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let byte = u32::from(*byte);
        step(step(crc, byte), byte >> 4)
    })
}

impl BodyHash {
    fn parse(text: &str) -> Option<Self> {
        let (name, encoding) = match text.split_once(':') {
            Some((name, encoding)) => (name, Some(encoding)),
            None => (text, None),
        };
        let encoding = match encoding {
            None => None,
            Some("hex") => Some(Encoding::Hex),
            Some("base64") => Some(Encoding::Base64),
            Some(_) => return None,
        };
        match (name, encoding) {
            ("sha256", Some(encoding)) => Some(Self::Sha256(encoding)),
            ("sha512", Some(encoding)) => Some(Self::Sha512(encoding)),
            ("crc32", None) => Some(Self::Crc32),
            _ => None,
        }
    }

    fn name(self) -> String {
        let encoding = |encoding| if encoding == Encoding::Hex { "hex" } else { "base64" };
        match self {
            Self::Sha256(way) => format!("sha256:{}", encoding(way)),
            Self::Sha512(way) => format!("sha512:{}", encoding(way)),
            Self::Crc32 => "crc32".to_owned(),
        }
    }

    /// Returns the text for a body.
    pub(crate) fn of(self, body: &[u8]) -> String {
        use sha2::{Digest as _, Sha256, Sha512};
        match self {
            Self::Sha256(encoding) => encoding.encode(&Sha256::digest(body)),
            Self::Sha512(encoding) => encoding.encode(&Sha512::digest(body)),
            Self::Crc32 => crc32(body).to_string(),
        }
    }

    /// Returns `true` if nobody can find two bodies with the same one.
    pub(super) const fn covers_body(self) -> bool {
        !matches!(self, Self::Crc32)
    }

    fn border_part(self, name: &str) -> border::Part {
        match self {
            Self::Sha256(encoding) => border::Part::digest(name, encoding.len_of(32)),
            Self::Sha512(encoding) => border::Part::digest(name, encoding.len_of(64)),
            Self::Crc32 => border::Part::number(name, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn checksums_are_those_of_the_catalogue() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!((crc32(b""), crc32(b"a")), (0, 0xe8b7_be43));
    }
}
