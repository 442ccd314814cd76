//! The signature of a request, wherever it stands.

use core::cell::OnceCell;

use super::Request;
use super::malformed::text;
use crate::Error;
use crate::address;
use crate::headers::{HeaderName, Headers};
use crate::scheme::{Signature, SignatureForm, SignatureHeader, Value};

impl<'d, H: Headers + ?Sized> Request<'d, H> {
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
}
