//! A request, read as a scheme says.

use core::cell::OnceCell;
use std::borrow::Cow;

use hookseal_json::{RawString, Selection};

use crate::address;
use crate::clock::{Moment, TimestampUnit};
use crate::headers::{HeaderName, Headers};
use crate::scheme::{
    Compiled, Content, Scheme, Signature, SignatureForm, SignatureHeader, TimestampRule, Value,
    malformation,
};
use crate::surface::Surface;
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

/// A request, and the scheme that says what to read in it.
pub(crate) struct Request<'d, H: ?Sized> {
    scheme: &'d Scheme,
    headers: &'d H,
    body: &'d [u8],
    /// The language or program that messages are for.
    surface: Surface,
    /// The signatures that are not one header's value, each at the number of its place.
    gathered: OnceCell<Vec<OnceCell<String>>>,
    /// The places in the body that are signed one by one; `None` if it is no JSON.
    selection: OnceCell<Option<Selection>>,
}

impl<'d, H: Headers + ?Sized> Request<'d, H> {
    pub(crate) fn new(scheme: &'d Scheme, headers: &'d H, body: &'d [u8]) -> Self {
        let (gathered, selection) = (OnceCell::new(), OnceCell::new());
        Self { scheme, headers, body, surface: Surface::default(), gathered, selection }
    }

    /// Sets the language or program that messages are for.
    pub(crate) fn surface(mut self, surface: Surface) -> Self {
        self.surface = surface;
        self
    }

    pub(crate) fn scheme(&self) -> &'d Scheme {
        self.scheme
    }

    pub(crate) fn body(&self) -> &'d [u8] {
        self.body
    }

    pub(crate) fn headers(&self) -> &'d H {
        self.headers
    }

    fn compiled(&self) -> &'d Compiled {
        self.scheme.compiled()
    }

    /// Checks that the headers are there that stand beside every signature.
    pub(crate) fn check_presence(&self) -> Result<(), Error> {
        let is_there = |name: &HeaderName| {
            let mut found = false;
            self.headers.each_value(name, &mut |_| found = true);
            found
        };
        let required = &self.compiled().required_headers;
        match required.iter().find(|names| !names.iter().any(is_there)) {
            Some(names) => Err(self.missing(names.iter())),
            None => Ok(()),
        }
    }

    /// The signature, and the first of the scheme's forms that it has, of those that can be checked.
    pub(crate) fn signature(
        &self,
        is_checkable: impl Fn(&SignatureForm) -> bool,
    ) -> Result<(&'d SignatureForm, Signature<'_>), Error> {
        let mut error = None;
        for (place, header) in self.compiled().signatures.iter().enumerate() {
            let Some((name, value)) = self.signature_value(place, header)? else { continue };
            for form in header.forms.iter().filter(|form| is_checkable(form)) {
                if !self.is_covered(form)? || !self.has_places(form, header) {
                    continue;
                }
                if let Some(signature) = self.read(form, value)? {
                    return Ok((form, signature));
                }
            }
            let malformed = || {
                let forms: Vec<_> = header.forms.iter().filter(|form| is_checkable(form)).collect();
                self.malformed_signature(header, &forms, name, value)
            };
            error = error.or_else(|| Some(malformed()));
        }
        Err(error.unwrap_or_else(|| self.no_signature()))
    }

    /// The signature's value, and the header that it stands in, if it is one.
    fn signature_value(
        &self,
        place: usize,
        header: &'d SignatureHeader,
    ) -> Result<Option<(Option<&'d HeaderName>, &str)>, Error> {
        if let Some(pointer) = &header.pointer {
            return Ok(match self.signed_string(pointer) {
                Some(value) => Some((None, self.gathered(place, value))),
                None => None,
            });
        }
        if let Some(value) = self.headers.signature() {
            return Ok(Some((Some(&header.names[0]), text(&header.names[0], value)?)));
        }
        if !header.is_any {
            let found = self.header(&header.names)?;
            return Ok(found.map(|(name, value)| (Some(name), value)));
        }
        let mut values = Vec::new();
        for name in &header.names {
            values.extend(self.header(core::slice::from_ref(name))?.map(|(_, value)| value));
        }
        let joined = || (Some(&header.names[0]), self.gathered(place, values.join(",")));
        Ok((!values.is_empty()).then(joined))
    }

    /// Keeps a signature that is no value of the request's own.
    fn gathered(&self, place: usize, value: String) -> &str {
        let new = || self.compiled().signatures.iter().map(|_| OnceCell::new()).collect();
        self.gathered.get_or_init(new)[place].get_or_init(|| value)
    }

    /// Returns `true` if a delivery has what this form demands of its address.
    fn is_covered(&self, form: &SignatureForm) -> Result<bool, Error> {
        match &form.covers {
            Some(covered) => Ok(address::parameter(self.url()?, &covered.query).is_some()),
            None => Ok(true),
        }
    }

    /// Returns `true` if the body has every place that this form signs. The last form is that of a
    /// body which has the places of none.
    fn has_places(&self, form: &SignatureForm, header: &SignatureHeader) -> bool {
        let is_last = header.forms.last().is_some_and(|last| core::ptr::eq(last, form));
        is_last
            || form.content.values().all(|value| match value {
                Value::Pointer(pointer) => self.signed_string(pointer).is_some(),
                _ => true,
            })
    }

    /// Returns `true` if the address has the body's hash, where a form demands one.
    pub(crate) fn has_covered_hash(&self, form: &SignatureForm) -> Result<bool, Error> {
        if let Some(envelope) = form.envelope() {
            return self.envelope_covers_body(envelope);
        }
        let Some(covered) = &form.covers else { return Ok(true) };
        let hash = covered.hash.of(self.body);
        Ok(address::parameter(self.url()?, &covered.query).is_some_and(|given| given == hash))
    }

    /// The request's address, as the caller gives it.
    pub(crate) fn url(&self) -> Result<&'d str, Error> {
        self.headers.url().ok_or_else(|| self.no_request("address", self.surface.url()))
    }

    /// The request's method, in capital letters.
    pub(crate) fn method(&self) -> Result<String, Error> {
        let method = self.headers.method();
        let method = method.ok_or_else(|| self.no_request("method", self.surface.method()))?;
        Ok(method.to_ascii_uppercase())
    }

    fn no_request(&self, what: &str, how: &str) -> Error {
        let title = self.scheme.title();
        Error::new(
            ErrorCode::MissingRequest,
            format!("{title} signs the request's {what}, which was not given: {how}"),
        )
    }

    /// The values that the form signs besides the body, an id and a timestamp.
    pub(crate) fn values(
        &self,
        form: &'d SignatureForm,
        webhook: &Webhook,
    ) -> Result<Vec<Cow<'d, [u8]>>, Error> {
        let values = self.content_values(&form.content, webhook)?;
        let mut numbered = values.iter().enumerate();
        if numbered.all(|(number, value)| form.borders.allow_value(number, value)) {
            return Ok(values);
        }
        Err(Error::new(
            ErrorCode::MalformedHeader,
            "a signed header has a character that separates it from what else is signed: which of \
             it is the header's would not be certain",
        ))
    }

    /// The values that a content holds besides the body, an id and a timestamp.
    pub(crate) fn content_values(
        &self,
        content: &'d Content,
        webhook: &Webhook,
    ) -> Result<Vec<Cow<'d, [u8]>>, Error> {
        content.values().map(|value| self.value(value, webhook)).collect()
    }

    /// The whole address that the sender called.
    pub(crate) fn whole_url(&self, webhook: &Webhook) -> Result<String, Error> {
        match webhook.address(self.url()?) {
            Some(url) => Ok(url.into_owned()),
            None => Err(Error::new(
                ErrorCode::MissingRequest,
                format!(
                    "{} signs the whole address that it calls, and only a path was given: {}, such \
                     as `https://hooks.example.com`",
                    self.scheme.title(),
                    self.surface.origin()
                ),
            )),
        }
    }

    /// A value that a content holds.
    pub(crate) fn value(
        &self,
        value: &'d Value,
        webhook: &Webhook,
    ) -> Result<Cow<'d, [u8]>, Error> {
        Ok(match value {
            Value::Header(name) => {
                Cow::Borrowed(self.required(core::slice::from_ref(name))?.as_bytes())
            }
            Value::Pointer(pointer) => match self.signed_string(pointer) {
                Some(text) => Cow::Owned(text.into_bytes()),
                None => return Err(self.no_signed_place(pointer)),
            },
            Value::BodyHash(hash) => Cow::Owned(hash.of(self.body).into_bytes()),
            Value::Method => Cow::Owned(self.method()?.into_bytes()),
            Value::Url => Cow::Owned(self.whole_url(webhook)?.into_bytes()),
            Value::Path => Cow::Borrowed(address::path(self.url()?).as_bytes()),
            Value::Query => Cow::Borrowed(address::query(self.url()?).as_bytes()),
            Value::Form => match address::sorted_form(self.body) {
                Some(form) => Cow::Owned(form),
                None => {
                    return Err(Error::new(
                        ErrorCode::InvalidPayload,
                        format!(
                            "the body is not the form that {} sends, so what it signs cannot be \
                             told: pass the raw bytes",
                            self.scheme.title()
                        ),
                    ));
                }
            },
            Value::Constant(name) => {
                Cow::Owned(webhook.constant(name).unwrap_or_default().as_bytes().to_vec())
            }
            Value::Envelope(envelope) => Cow::Owned(self.signed_by(envelope, webhook)?),
            // The key gives it.
            Value::Secret => Cow::Borrowed(&[]),
        })
    }

    /// The timestamp that the body has, as it is signed.
    pub(crate) fn body_timestamp(&self, rule: &TimestampRule) -> Result<String, Error> {
        let pointer = rule.pointer.as_deref().unwrap_or_default();
        self.signed_string(pointer).ok_or_else(|| self.no_signed_place(pointer))
    }

    /// The string at a place in the body that is read before the body is authentic.
    pub(crate) fn signed_string(&self, pointer: &str) -> Option<String> {
        let places = &self.compiled().signed_places;
        let select = || places.selector.places(simdutf8::basic::from_utf8(self.body).ok()?);
        let selection = self.selection.get_or_init(select).as_ref()?;
        let span = selection.get(places.get(pointer)?)?;
        let literal = core::str::from_utf8(self.body.get(span)?).ok()?;
        match RawString::from_literal(literal) {
            Some(string) => Some(string.decode().into_owned()),
            // A number is signed as it stands.
            None if literal.bytes().all(|byte| byte.is_ascii_digit()) => Some(literal.to_owned()),
            None => None,
        }
    }

    fn no_signed_place(&self, pointer: &str) -> Error {
        Error::new(
            ErrorCode::InvalidPayload,
            format!(
                "the body has no text at `{pointer}`, which {} signs: pass the raw bytes of the \
                 body",
                self.scheme.title()
            ),
        )
    }

    /// The signature that stands beside one of another form in the same place, with keys of its own.
    pub(crate) fn signature_beside(
        &self,
        tried: &SignatureForm,
        is_checkable: impl Fn(&SignatureForm) -> bool,
    ) -> Result<Option<(&'d SignatureForm, Signature<'_>)>, Error> {
        let is_tried = |form: &SignatureForm| core::ptr::eq(form, tried);
        for (place, header) in self.compiled().signatures.iter().enumerate() {
            let beside = header.forms.iter().skip_while(|form| !is_tried(form)).skip(1);
            for form in beside {
                if form.algorithm == tried.algorithm || !is_checkable(form) {
                    continue;
                }
                let Some((_, value)) = self.signature_value(place, header)? else { continue };
                if let Some(signature) = self.read(form, value)? {
                    return Ok(Some((form, signature)));
                }
            }
        }
        Ok(None)
    }

    /// The id of the key that the delivery was signed with, if it names one.
    pub(crate) fn key_id(&self) -> Result<Option<&'d str>, Error> {
        Ok(self.single(&self.compiled().key_id)?.map(|(_, id)| id))
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

    /// The id that the signature covers, `""` if it covers none. What is signed is one text, so the
    /// id must be one whose borders are certain.
    pub(crate) fn signed_id(&self, form: &SignatureForm) -> Result<&'d str, Error> {
        if !form.content.has_id() {
            return Ok("");
        }
        let names = &self.compiled().id;
        let id = self.required(names)?;
        if self.compiled().id_is_uuid && !is_uuid(id) {
            return Err(malformed(&names[0], "is not a UUID"));
        }
        match form.borders.refuse_id(id) {
            Some(what) => Err(malformed(&names[0], what)),
            None => Ok(id),
        }
    }

    /// The timestamp that the signature covers, if it covers any: as it is written, and what it
    /// means.
    pub(crate) fn timestamp<'s>(
        &self,
        form: &SignatureForm,
        signature: &Signature<'s>,
    ) -> Result<Option<(Cow<'s, str>, Moment)>, Error>
    where
        'd: 's,
    {
        let Some(rule) = &self.compiled().timestamp else { return Ok(None) };
        let is_in_body = rule.pointer.is_some() && form.content.bodies() > 0;
        let is_in_signature = rule.in_signature && form.envelope().is_some();
        if !form.content.has_timestamp() && !is_in_body && !is_in_signature {
            return Ok(None);
        }
        let text: Cow<'s, str> = match (&signature.timestamp, &rule.pointer) {
            (Some(text), _) => text.clone(),
            (None, _) if is_in_signature => {
                return Err(malformed_timestamp(self.compiled(), form, rule.unit));
            }
            (None, Some(pointer)) => match self.signed_string(pointer) {
                Some(text) => Cow::Owned(text),
                None => return Err(self.no_signed_place(pointer)),
            },
            // An HTTP date has a comma of its own.
            (None, None) if rule.unit == TimestampUnit::HttpDate => {
                Cow::Borrowed(self.present(&rule.headers, self.header(&rule.headers)?)?)
            }
            (None, None) => Cow::Borrowed(self.required(&rule.headers)?),
        };
        match rule.unit.read(&text) {
            Some(moment) if form.borders.allow_timestamp(&text) => Ok(Some((text, moment))),
            _ => Err(malformed_timestamp(self.compiled(), form, rule.unit)),
        }
    }

    /// The value of the first of the headers that is there, which cannot be a list. What something
    /// on the way has joined out of equal values is that value.
    pub(crate) fn single(
        &self,
        names: &'d [HeaderName],
    ) -> Result<Option<(&'d HeaderName, &'d str)>, Error> {
        match self.header(names)? {
            Some((name, value)) if value.contains(',') => match unjoined(value) {
                Some(value) => Ok(Some((name, value))),
                None => Err(joined(name)),
            },
            found => Ok(found),
        }
    }

    /// The first of the headers that is there.
    pub(crate) fn header(
        &self,
        names: &'d [HeaderName],
    ) -> Result<Option<(&'d HeaderName, &'d str)>, Error> {
        for name in names {
            let mut first: Option<&'d [u8]> = None;
            let mut conflict = false;
            self.headers.each_value(name, &mut |value| {
                conflict |= *first.get_or_insert(value) != value;
            });
            if conflict {
                return Err(malformed(
                    name,
                    "is there more than once, with different values: which one counts cannot be \
                     known, so something between the sender and here has added one",
                ));
            }
            if let Some(value) = first {
                return Ok(Some((name, text(name, value)?)));
            }
        }
        Ok(None)
    }

    fn required(&self, names: &'d [HeaderName]) -> Result<&'d str, Error> {
        self.present(names, self.single(names)?)
    }

    fn present(
        &self,
        names: &'d [HeaderName],
        found: Option<(&'d HeaderName, &'d str)>,
    ) -> Result<&'d str, Error> {
        match found {
            Some((name, "")) => Err(malformed(name, "is empty")),
            Some((_, value)) => Ok(value),
            None => Err(self.missing(names.iter())),
        }
    }

    fn no_signature(&self) -> Error {
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

    fn missing<'n>(&self, names: impl Iterator<Item = &'n HeaderName>) -> Error {
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

    fn malformed_signature(
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

/// The one value of a header that several equal ones were joined to, as frameworks and proxies do;
/// the value as it is if it was not joined, `None` if the values differ.
fn unjoined(value: &str) -> Option<&str> {
    let mut parts = value.split(',').map(|part| part.trim_matches([' ', '\t']));
    let first = parts.next()?;
    if !first.is_empty() && parts.all(|part| part == first) {
        return Some(first);
    }
    // Without a space, the comma may be the value's own.
    (!value.contains(", ")).then_some(value)
}

/// Returns `true` if it is written as UUIDs are.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Returns `true` if it is what programs write for a value that they do not have.
fn is_absent(value: &str) -> bool {
    let words = ["undefined", "null", "none", "nil", "nan", "false", "[object object]"];
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// A header's value as text: HTTP's visible characters, spaces and tabs.
pub(crate) fn text<'h>(name: &HeaderName, value: &'h [u8]) -> Result<&'h str, Error> {
    // Without an early end, so that it is done many bytes at a time.
    let allowed = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    let allowed = value.iter().fold(true, |all, byte| all & allowed(byte));
    match core::str::from_utf8(value) {
        Ok(text) if allowed => Ok(text),
        _ => Err(malformed(name, "holds characters that are not ASCII")),
    }
}

/// Returns the error of a header that has several values.
pub(crate) fn joined(name: &HeaderName) -> Error {
    malformed(
        name,
        "holds several values that differ, joined by a comma: which one counts cannot be known, so \
         something between the sender and here has added one",
    )
}

/// Returns the error of a signed timestamp that is not what this form needs.
pub(crate) fn malformed_timestamp(
    scheme: &Compiled,
    form: &SignatureForm,
    unit: TimestampUnit,
) -> Error {
    let digits = match form.borders.timestamp_digits {
        Some(digits) => format!(", {digits} of them, for the sake of what stands beside it"),
        None => String::new(),
    };
    Error::new(
        ErrorCode::MalformedHeader,
        format!("the timestamp that {} signs must be {}{digits}", scheme.title, unit.description()),
    )
}

pub(crate) fn malformed(name: &HeaderName, what: &str) -> Error {
    Error::new(ErrorCode::MalformedHeader, format!("the header `{}` {what}", name.as_str()))
}
