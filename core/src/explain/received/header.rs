//! The headers of a delivery as they were received, to be searched for those of a scheme.

use super::super::part::Part;
use crate::headers::{HeaderName, Headers};
use crate::scheme::Scheme;

/// More headers than any server accepts are not looked at, nor longer values.
const MAX_HEADERS: usize = 256;
const MAX_VALUE: usize = 8 << 10;

pub(in crate::explain) struct Given {
    pub(in crate::explain) headers: Vec<GivenHeader>,
    /// There is nothing but the value of the signature header.
    pub(in crate::explain) is_signature_alone: bool,
}

pub(in crate::explain) struct GivenHeader {
    name: Vec<u8>,
    /// The name in lower case, with hyphens, without CGI's prefix.
    plain: String,
    pub(in crate::explain) value: String,
}

/// The relation of a header's name to one that a scheme has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::explain) enum Named {
    Rightly,
    /// The name is written with underscores or CGI's prefix.
    Rewritten,
    /// Something was put before it.
    Extended,
    Otherwise,
}

impl Given {
    pub(in crate::explain) fn collect(
        headers: &(impl Headers + ?Sized),
        names: &[HeaderName],
    ) -> Self {
        let mut found = Vec::new();
        let mut add = |name: &[u8], value: &[u8]| {
            if found.len() < MAX_HEADERS && value.len() <= MAX_VALUE {
                let plain = plain(&String::from_utf8_lossy(name));
                let value = String::from_utf8_lossy(value).into_owned();
                found.push(GivenHeader { name: name.to_vec(), plain, value });
            }
        };
        let signature = headers.signature();
        if let (Some(value), Some(name)) = (signature, names.first()) {
            add(name.as_str().as_bytes(), value);
        }
        headers.each(&mut add);
        Self { headers: found, is_signature_alone: signature.is_some() }
    }

    /// The value of a header that no scheme names, such as `content-length`.
    pub(in crate::explain) fn value(&self, plain: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.plain == plain).map(|header| header.value.as_str())
    }

    /// Returns `true` if a header has one of the names, however it is written.
    pub(in crate::explain) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            let wanted = plain(name);
            self.headers.iter().any(|header| header.plain == wanted)
        })
    }

    /// The best relation that any header has to any of the names.
    pub(in crate::explain) fn best_named(&self, names: &[HeaderName]) -> Named {
        let all = self.headers.iter().map(|header| header.named(names));
        all.min().unwrap_or(Named::Otherwise)
    }
}

impl GivenHeader {
    pub(in crate::explain) fn named(&self, names: &[HeaderName]) -> Named {
        let relation = |name: &HeaderName| {
            let wanted = plain(name.as_str());
            if name.matches(&self.name) {
                Named::Rightly
            } else if self.plain == wanted {
                Named::Rewritten
            } else if self.plain.ends_with(&format!("-{wanted}")) {
                Named::Extended
            } else {
                Named::Otherwise
            }
        };
        names.iter().map(relation).min().unwrap_or(Named::Otherwise)
    }

    /// Returns `true` if the name holds a word, as `timestamp` in `x-request-timestamp`.
    pub(in crate::explain) fn mentions(&self, word: &str) -> bool {
        self.plain.split('-').any(|part| part == word)
    }

    /// The name, fit to be printed.
    pub(in crate::explain) fn display(&self) -> String {
        let visible = self.name.iter().take(64).map(|&byte| match byte {
            b'!'..=b'~' if byte != b'`' => char::from(byte),
            _ => '?',
        });
        visible.collect()
    }
}

fn plain(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('_', "-");
    match name.strip_prefix("http-") {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}

/// A header's name.
pub(in crate::explain) struct Name;

impl Part for Name {
    type Received<'c> = CameName<'c>;
    type Was = ();
}

pub(in crate::explain) struct CameName<'c> {
    pub(in crate::explain) header: &'c GivenHeader,
    /// The names that the scheme has for it.
    pub(in crate::explain) names: &'c [HeaderName],
}

impl CameName<'_> {
    /// Returns what became of the name.
    pub(in crate::explain) fn renaming(&self) -> String {
        format!("`{}` came as `{}`", self.names[0].as_str(), self.header.display())
    }
}

/// A header's value.
pub(in crate::explain) struct HeaderValue;

impl Part for HeaderValue {
    type Received<'c> = CameValue<'c>;
    type Was = String;
}

pub(in crate::explain) struct CameValue<'c> {
    /// The header's name, fit to be printed.
    pub(in crate::explain) name: &'c str,
    pub(in crate::explain) value: &'c str,
}

/// The request's headers as a whole.
pub(in crate::explain) struct Request;

impl Part for Request {
    type Received<'c> = ReceivedHeaders<'c>;
    type Was = ();
}

pub(in crate::explain) struct ReceivedHeaders<'c> {
    pub(in crate::explain) scheme: &'c Scheme,
    pub(in crate::explain) others: &'c [Scheme],
    pub(in crate::explain) given: &'c Given,
}

impl<'c> ReceivedHeaders<'c> {
    /// The headers that every delivery has, each with the one that came for it.
    pub(in crate::explain) fn needed(&self) -> Vec<(Vec<HeaderName>, Option<&'c GivenHeader>)> {
        let scheme = self.scheme.compiled();
        let signature: Vec<HeaderName> = scheme.signature_names().cloned().collect();
        let needed = core::iter::once(signature).chain(scheme.required_headers.iter().cloned());
        let with_header = |names: Vec<HeaderName>| {
            let of_name = self.given.headers.iter().map(|header| (header.named(&names), header));
            let best = of_name.filter(|(named, _)| *named < Named::Otherwise);
            let best = best.min_by_key(|(named, _)| *named).map(|(_, header)| header);
            (names, best)
        };
        // A signature may stand in the body.
        needed.filter(|names| !names.is_empty()).map(with_header).collect()
    }

    /// Returns `true` if a header that may hold the scheme's signature is there.
    pub(in crate::explain) fn has_signature(&self) -> bool {
        let mut own = self.scheme.compiled().signatures.iter();
        own.any(|header| self.given.best_named(&header.names) < Named::Otherwise)
    }

    /// Another provider's own header, with a signature in its form, where the scheme's is not there.
    pub(in crate::explain) fn others_signature(&self) -> Option<(&'c GivenHeader, &'c Scheme)> {
        if self.has_signature() {
            return None;
        }
        self.others.iter().find_map(|other| {
            let header = other.compiled().signatures.iter().find_map(|expected| {
                self.given.headers.iter().find(|header| {
                    header.named(&expected.names) < Named::Extended
                        && expected.forms.iter().any(|form| form.read(&header.value).is_some())
                })
            })?;
            Some((header, other))
        })
    }

    /// Returns what the names show of the headers that the scheme needs.
    pub(in crate::explain) fn in_names(
        &self,
        shows: impl Fn(&CameName<'_>) -> Option<String>,
    ) -> Option<String> {
        if self.others_signature().is_some() {
            return None;
        }
        let needed = self.needed();
        let received = needed.iter().filter_map(|(names, header)| Some((names, (*header)?)));
        let filled = received.filter(|(_, header)| !header.value.trim().is_empty());
        let seen: Vec<String> =
            filled.filter_map(|(names, header)| shows(&CameName { header, names })).collect();
        (!seen.is_empty()).then(|| seen.join("; "))
    }
}
