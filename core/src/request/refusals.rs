//! The errors of a request that is not what the scheme says.

use super::Request;
use super::malformed::malformed;
use crate::headers::{HeaderName, Headers};
use crate::scheme::{SignatureForm, SignatureHeader, malformation};
use crate::{Error, ErrorCode};

impl<H: Headers + ?Sized> Request<'_, H> {
    pub(super) fn no_request(&self, what: &str, how: &str) -> Error {
        let title = self.scheme.title();
        Error::new(
            ErrorCode::MissingRequest,
            format!("{title} signs the request's {what}, which was not given: {how}"),
        )
    }

    pub(super) fn no_signed_place(&self, pointer: &str) -> Error {
        Error::new(
            ErrorCode::InvalidPayload,
            format!(
                "the body has no text at `{pointer}`, which {} signs: pass the raw bytes of the \
                 body",
                self.scheme.title()
            ),
        )
    }

    /// The error of a delivery that names no key, or one that was not given.
    pub(crate) fn unknown_key(&self, id: Option<&str>) -> Error {
        let names = &self.compiled().key_id;
        match id {
            _ if names.is_empty() => Error::new(
                ErrorCode::SignatureMismatch,
                format!(
                    "the signature names no key that is among those that were given: if {} has made a \
                     new one, fetch its key set anew and build the webhook with that",
                    self.scheme.title()
                ),
            ),
            None => self.missing(names.iter()),
            Some(_) => Error::new(
                ErrorCode::SignatureMismatch,
                format!(
                    "the header `{}` names a key that is not among those that were given: if {} has \
                     made a new one, fetch its key set anew and build the webhook with that",
                    names[0].as_str(),
                    self.scheme.title()
                ),
            ),
        }
    }

    pub(super) fn no_signature(&self) -> Error {
        let pointer = self.compiled().signatures.iter().find_map(|header| header.pointer.as_ref());
        match pointer {
            Some(pointer) if self.compiled().signature_names().next().is_none() => Error::new(
                ErrorCode::MissingHeader,
                format!(
                    "the body has no signature at `{pointer}`, where {} puts it: pass the raw bytes \
                     of the body",
                    self.scheme.title()
                ),
            ),
            _ => self.missing(self.compiled().signature_names()),
        }
    }

    pub(super) fn missing<'n>(&self, names: impl Iterator<Item = &'n HeaderName>) -> Error {
        let names: Vec<&HeaderName> = names.collect();
        let mut is_underscored = false;
        self.headers.each(&mut |given, _| {
            is_underscored |= names.iter().any(|name| name.matches_underscored(given));
        });
        let advice = if is_underscored {
            "a header of that name with `_` for each `-` is there, so the framework has rewritten the \
             names: pass the headers with the names that they have in HTTP or CGI, such as \
             `$_SERVER` in PHP"
        } else {
            "pass all of the request's headers, and check that no proxy removes it"
        };
        let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_str())).collect();
        Error::new(
            ErrorCode::MissingHeader,
            format!(
                "the header {} is missing, which {} sends with every delivery: {advice}",
                names.join(" or "),
                self.scheme.title()
            ),
        )
    }

    pub(super) fn malformed_signature(
        &self,
        header: &SignatureHeader,
        forms: &[&SignatureForm],
        name: Option<&HeaderName>,
        value: &str,
    ) -> Error {
        let Some(name) = name else {
            return Error::new(
                ErrorCode::MalformedHeader,
                format!(
                    "what the body has at `{}` is not a signature of {}",
                    header.pointer.as_deref().unwrap_or_default(),
                    self.scheme.title()
                ),
            );
        };
        if value.is_empty() {
            return malformed(name, "is empty");
        }
        if is_absent(value) {
            return malformed(
                name,
                "holds a word for a value that is not there, such as `undefined` or `null`: the \
                 request had no such header, and what passed it on has made a text of that",
            );
        }
        let descriptions: Vec<String> = forms.iter().map(|form| form.description()).collect();
        let mut what = format!(
            "is not a signature of {}: it must be {}",
            self.scheme.title(),
            descriptions.join(", or ")
        );
        if let Some(malformation) = malformation(forms, value) {
            what = format!("{what}; {malformation}");
        }
        malformed(name, &what)
    }
}

/// Returns `true` if it is what programs write for a value that they do not have.
fn is_absent(value: &str) -> bool {
    let words = ["undefined", "null", "none", "nil", "nan", "false", "[object object]"];
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}
