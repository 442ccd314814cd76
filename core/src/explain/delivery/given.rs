//! The headers of a delivery, as they came, to be searched for those of a scheme.

use super::super::FindingCode;
use super::super::cause::Cause;
use crate::headers::{HeaderName, Headers};

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

/// How a header's name relates to one that a scheme has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::explain) enum Named {
    Rightly,
    /// With underscores or CGI's prefix.
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

    /// Whether the name holds a word, as `timestamp` in `x-request-timestamp`.
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

    /// Why the header has another name than the scheme's.
    pub(in crate::explain) fn name_cause(&self, names: &[HeaderName]) -> Option<Cause> {
        let code = match self.named(names) {
            Named::Rightly => return None,
            Named::Rewritten => FindingCode::HeaderUnderscores,
            Named::Extended | Named::Otherwise => FindingCode::SignatureHeader,
        };
        let evidence = format!("`{}` came as `{}`", names[0].as_str(), self.display());
        Some(Cause::new(code, evidence))
    }
}

fn plain(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('_', "-");
    match name.strip_prefix("http-") {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}
