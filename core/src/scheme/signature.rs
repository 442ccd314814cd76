//! The form of a signature header, and the digests in it.

use std::borrow::Cow;

use crate::encoding::Encoding;
use crate::headers::HeaderName;
use crate::mac::{Algorithm, Digest};
use crate::percent::{self, Plus};
use crate::scheme::body_hash::BodyHash;
use crate::scheme::content::{Borders, Content};
use crate::scheme::envelope::Envelope;
use crate::scheme::value::Value;
use crate::scheme::weakness::Weakness;

/// A place that may hold the signature, and the forms that it may have.
#[derive(Clone, Debug)]
pub(crate) struct SignatureHeader {
    /// The header's names; the first that is present counts, or each of them. None if the signature
    /// stands in the body.
    pub(crate) names: Vec<HeaderName>,
    /// True if the headers that are present are one list of signatures.
    pub(crate) is_any: bool,
    /// The place in the body.
    pub(crate) pointer: Option<String>,
    pub(crate) forms: Vec<SignatureForm>,
}

/// One form of a signature header's value, and what it signs.
#[derive(Clone, Debug)]
pub(crate) struct SignatureForm {
    pub(crate) algorithm: Algorithm,
    pub(crate) encoding: Encoding,
    pub(crate) layout: Layout,
    pub(crate) content: Content,
    pub(crate) borders: Borders,
    /// The hash of the body that stands in what is signed.
    pub(crate) covers: Option<Covered>,
    /// The weaknesses that the scheme's author states.
    pub(crate) stated: Vec<Weakness>,
    /// Where it stands among the scheme's signatures, for messages.
    pub(crate) number: usize,
}

/// A hash of the body in the request's address: the signature covers it, and it the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    /// The name of the query's parameter. A delivery without it has another form.
    pub(crate) query: String,
    pub(crate) hash: BodyHash,
}

/// The layout of a header's value.
#[derive(Clone, Debug)]
pub(crate) enum Layout {
    /// `sha256=<digest>`
    Single { prefix: String },
    /// `v1,<digest> v1,<digest>`
    List { separator: char, prefix: String },
    /// `t=<timestamp>,v1=<digest>,v1=<digest>`
    Pairs {
        /// The text before the first pair.
        prefix: String,
        separator: char,
        signature: String,
        timestamp: Option<String>,
        /// True if the values stand in quotes, percent-encoded.
        is_quoted: bool,
    },
}

impl Layout {
    pub(crate) fn has_timestamp(&self) -> bool {
        matches!(self, Self::Pairs { timestamp: Some(_), .. })
    }

    /// The entries of a value, without what stands before the first of them.
    pub(super) fn entries<'h>(&self, value: &'h str) -> Option<&'h str> {
        match self {
            Self::Pairs { prefix, .. } => value.strip_prefix(prefix.as_str()),
            Self::Single { .. } | Self::List { .. } => Some(value),
        }
    }
}

/// A header value that has the form.
pub(crate) struct Signature<'h> {
    pub(crate) timestamp: Option<Cow<'h, str>>,
    /// The moment, in seconds since 1970, after which it does not count.
    pub(crate) expires: Option<u64>,
    /// The id of the key, where the signature itself has it.
    pub(crate) key_id: Option<String>,
    pub(crate) values: Values<'h>,
}

/// What a header value holds, any of which may be the right one.
pub(crate) enum Values<'h> {
    Digests(Digests<'h>),
    /// The only one.
    Digest(Digest),
    /// Signatures of a private key.
    Signatures(Vec<Vec<u8>>),
}

impl Values<'_> {
    /// The same without the value that it was read from, of which the first digest counts.
    pub(crate) fn kept(self) -> Values<'static> {
        match self {
            Self::Signatures(signatures) => Values::Signatures(signatures),
            Self::Digests(digests) => Values::Digest(digests.first),
            Self::Digest(digest) => Values::Digest(digest),
        }
    }

    /// Returns `true` if it holds this digest.
    pub(crate) fn holds(&self, expected: &Digest) -> bool {
        match self {
            Self::Digests(digests) => digests.holds(expected),
            Self::Digest(digest) => digest.equals(expected),
            Self::Signatures(_) => false,
        }
    }
}

/// Digests that a header value holds.
pub(crate) struct Digests<'h> {
    /// The first, so that the usual header with just one is decoded once.
    first: Digest,
    rest: Texts<'h>,
}

/// How many signatures of a private key one value may hold: checking one is slow.
const MAX_SIGNATURES: usize = 8;

impl SignatureForm {
    /// Reads a header value; `None` if it does not have this form.
    pub(crate) fn read<'h>(&'h self, value: &'h str) -> Option<Signature<'h>> {
        let timestamp = match &self.layout {
            Layout::Pairs { separator, timestamp: Some(key), .. } => {
                Some(single_pair(self.layout.entries(value)?, *separator, key)?)
            }
            _ => None,
        };
        let mut texts = Texts { form: self, rest: Some(self.layout.entries(value)?) };
        let values = match self.algorithm.public() {
            Some(algorithm) => {
                let lengths = algorithm.signature_len();
                let decode = |text: &str| self.encoding.decode_bytes(text, lengths.clone());
                let signatures = core::iter::from_fn(|| texts.next(decode));
                let signatures: Vec<_> = signatures.take(MAX_SIGNATURES + 1).collect();
                if signatures.is_empty() || signatures.len() > MAX_SIGNATURES {
                    return None;
                }
                Values::Signatures(signatures)
            }
            None => Values::Digests(Digests { first: texts.digest()?, rest: texts }),
        };
        let timestamp = timestamp.map(Cow::Borrowed);
        Some(Signature { timestamp, expires: None, key_id: None, values })
    }

    /// The rules of a signature that says itself what it signs.
    pub(crate) fn envelope(&self) -> Option<&Envelope> {
        self.content.values().find_map(|value| match value {
            Value::Envelope(envelope) => Some(&**envelope),
            _ => None,
        })
    }

    /// Writes the header value that holds one digest.
    pub(crate) fn write(&self, digest: &[u8], moment: &str) -> String {
        let encoded = self.encoding.encode(digest);
        match &self.layout {
            Layout::Single { prefix } | Layout::List { prefix, .. } => format!("{prefix}{encoded}"),
            Layout::Pairs { prefix, separator, signature, timestamp, is_quoted } => {
                let encoded = if *is_quoted { quote(&encoded) } else { encoded };
                match timestamp {
                    None => format!("{prefix}{signature}={encoded}"),
                    Some(key) => format!("{prefix}{key}={moment}{separator}{signature}={encoded}"),
                }
            }
        }
    }

    /// Writes the header value that is the secret itself.
    pub(crate) fn write_token(&self, secret: &[u8]) -> String {
        let prefix = match &self.layout {
            Layout::Single { prefix } => prefix.as_str(),
            Layout::List { .. } | Layout::Pairs { .. } => "",
        };
        format!("{prefix}{}", self.encoding.encode(secret))
    }

    /// Returns a description of a value of this form, for messages.
    pub(crate) fn description(&self) -> String {
        match self.envelope() {
            Some(Envelope::Message(_)) => {
                return "an HTTP message signature (RFC 9421) of this algorithm".to_owned();
            }
            Some(Envelope::Token(_)) => {
                return "a JSON Web Signature (RFC 7515) of this algorithm".to_owned();
            }
            None => {}
        }
        let (length, what) =
            (self.encoding.encoded_len(self.algorithm), self.encoding.characters());
        let digest = match self.algorithm {
            Algorithm::Token => "the secret".to_owned(),
            Algorithm::Basic => "a name and a password in base64".to_owned(),
            Algorithm::Public(algorithm) if !algorithm.has_one_length() => {
                format!("up to {length} {what}")
            }
            _ => format!("{length} {what}"),
        };
        match &self.layout {
            Layout::Single { prefix } if prefix.is_empty() => digest,
            Layout::Single { prefix } => format!("`{prefix}` and {digest}"),
            Layout::List { separator, prefix } => {
                format!("entries separated by `{separator}`, each `{prefix}` and {digest}")
            }
            Layout::Pairs { separator, signature, timestamp: None, .. } => {
                format!("pairs separated by `{separator}`, among them `{signature}=` and {digest}")
            }
            Layout::Pairs { separator, signature, timestamp: Some(key), .. } => format!(
                "pairs separated by `{separator}`, among them `{key}=` and the timestamp, and \
                 `{signature}=` and {digest}"
            ),
        }
    }
}

impl Digests<'_> {
    /// Every digest that is well formed.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Digest> {
        let mut rest = self.rest.clone();
        core::iter::once(self.first.clone()).chain(core::iter::from_fn(move || rest.digest()))
    }

    /// Returns `true` if any of the digests is `expected`.
    pub(crate) fn holds(&self, expected: &Digest) -> bool {
        self.first.equals(expected) || self.iter().skip(1).any(|digest| digest.equals(expected))
    }
}

/// The texts that are left in a value, each of which may be a digest or a signature.
#[derive(Clone)]
struct Texts<'h> {
    form: &'h SignatureForm,
    rest: Option<&'h str>,
}

impl Texts<'_> {
    /// The next digest that is well formed.
    fn digest(&mut self) -> Option<Digest> {
        let form = self.form;
        self.next(|text| form.encoding.decode(text, form.algorithm))
    }

    /// The next that can be decoded.
    fn next<T>(&mut self, decode: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut unquoted;
        loop {
            let text = match &self.form.layout {
                Layout::Single { prefix } => {
                    without(self.rest.take()?, prefix, self.form.algorithm)
                }
                Layout::List { separator, prefix } => {
                    next_entry(&mut self.rest, *separator)?.strip_prefix(prefix.as_str())
                }
                Layout::Pairs { separator, signature, is_quoted: false, .. } => {
                    value_of(next_entry(&mut self.rest, *separator)?, signature)
                }
                Layout::Pairs { separator, signature, .. } => {
                    let entry = next_entry(&mut self.rest, *separator)?;
                    unquoted = value_of(entry, signature).and_then(unquote);
                    unquoted.as_deref()
                }
            };
            let decoded = text.and_then(&decode);
            if decoded.is_some() {
                return decoded;
            }
        }
    }
}

/// The value without its prefix. HTTP's own schemes are the same in any case.
fn without<'h>(value: &'h str, prefix: &str, algorithm: Algorithm) -> Option<&'h str> {
    if algorithm != Algorithm::Basic {
        return value.strip_prefix(prefix);
    }
    let (scheme, credentials) = value.split_at_checked(prefix.len())?;
    scheme.eq_ignore_ascii_case(prefix).then_some(credentials.trim_start_matches(' '))
}

/// The text that stands in quotes, percent-encoded.
fn unquote(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    String::from_utf8(percent::decode(inner, Plus::Itself)?).ok()
}

fn quote(value: &str) -> String {
    let mut quoted = vec![b'"'];
    percent::encode(value.as_bytes(), b"-._~", Plus::Itself, &mut quoted);
    quoted.push(b'"');
    String::from_utf8_lossy(&quoted).into_owned()
}

/// The entries of a list.
pub(super) fn entries(value: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut rest = Some(value);
    core::iter::from_fn(move || next_entry(&mut rest, separator))
}

/// The next entry of a list, without the spaces around it.
fn next_entry<'h>(rest: &mut Option<&'h str>, separator: char) -> Option<&'h str> {
    let list = (*rest)?;
    let (entry, after) = match list.split_once(separator) {
        Some((entry, after)) => (entry, Some(after)),
        None => (list, None),
    };
    *rest = after;
    Some(entry.trim_matches(' '))
}

pub(super) fn value_of<'h>(pair: &'h str, key: &str) -> Option<&'h str> {
    pair.strip_prefix(key)?.strip_prefix('=')
}

/// The value of a key that may not stand there twice with different values.
fn single_pair<'h>(value: &'h str, separator: char, key: &str) -> Option<&'h str> {
    let mut found = None;
    for text in entries(value, separator).filter_map(|entry| value_of(entry, key)) {
        if found.is_some_and(|earlier| earlier != text) {
            return None;
        }
        found = Some(text);
    }
    found
}
