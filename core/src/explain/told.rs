//! What a request gives to a signed content besides the body, an id and a timestamp.

use super::budget::Budget;
use super::cause::Causes;
use super::groups;
use super::part::all;
use super::received::{Given, ReceivedAddress};
use crate::address;
use crate::headers::{Headers, RequestHead};
use crate::request::Request;
use crate::scheme::{Content, SignatureForm, Value};
use crate::webhook::Webhook;

/// The values of a content, as they may have been when it was signed.
#[derive(Clone)]
pub(super) struct Told {
    /// In the content's order; empty for those that the body gives.
    pub(super) values: Vec<Vec<u8>>,
    /// The address, where the signature covers the body by a hash in it.
    pub(super) address: Option<String>,
    /// What must have happened to them since.
    pub(super) causes: Causes,
}

/// A request that contents are filled in from.
pub(super) struct Teller<'r, H: ?Sized> {
    pub(super) request: &'r Request<'r, H>,
    pub(super) webhook: Option<&'r Webhook>,
    pub(super) given: &'r Given,
}

impl<H: Headers + ?Sized> Teller<'_, H> {
    /// The values as they came; `None` if the request has not all of them.
    pub(super) fn values(&self, content: &Content) -> Option<Vec<Vec<u8>>> {
        let value = |value: &Value| match value {
            // The body gives these, and may have been another one.
            Value::Form | Value::BodyHash(_) => Some(Vec::new()),
            value => Some(self.request.value(value, self.webhook?).ok()?.into_owned()),
        };
        content.values().map(value).collect()
    }

    /// The values of a form of the scheme's own, first as they came, then with other addresses. None
    /// if the request has not all of them, or no hash of the body where the form demands one.
    pub(super) fn of_form(&self, form: &SignatureForm, budget: &Budget) -> Vec<Told> {
        let Some(values) = self.values(&form.content) else { return Vec::new() };
        let mut found = vec![Told { values, address: None, causes: Causes::none() }];
        let signed = self.signed_address(form);
        if let Some((constant, url)) = &signed {
            let received =
                ReceivedAddress { url, given: self.given, constant: constant.as_deref() };
            for other in all(groups::ADDRESS, &received, budget) {
                let values = if form.envelope().is_some() {
                    self.enveloped_at(form, &other.value)
                } else {
                    with_address(form, &found[0].values, constant.as_deref(), &other.value)
                };
                if values == found[0].values {
                    continue;
                }
                found.push(Told { values, address: Some(other.value), causes: other.causes });
            }
            found[0].address = Some(url.clone());
        }
        if let Some(covered) = &form.covers {
            let has_hash = |told: &Told| {
                let url = told.address.as_deref().unwrap_or_default();
                address::parameter(url, &covered.query).is_some()
            };
            found.retain(has_hash);
        }
        found
    }

    /// The values of a signature that says itself what it signs, at another address.
    fn enveloped_at(&self, form: &SignatureForm, url: &str) -> Vec<Vec<u8>> {
        let head = RequestHead::new(self.request.headers()).url(url);
        let request = Request::new(self.request.scheme(), &head, self.request.body());
        let there = Teller { request: &request, webhook: self.webhook, given: self.given };
        there.values(&form.content).unwrap_or_default()
    }

    /// The address that a form signs, whole or in part, and the constant that it is, if it is one.
    fn signed_address(&self, form: &SignatureForm) -> Option<(Option<String>, String)> {
        let webhook = self.webhook?;
        form.content.values().find_map(|value| match value {
            Value::Url => Some((None, self.request.whole_url(webhook).ok()?)),
            Value::Path | Value::Query | Value::Envelope(_) => {
                Some((None, self.request.url().ok()?.to_owned()))
            }
            Value::Constant(name) => {
                let url = webhook.constant(name).filter(|text| address::is_whole(text))?;
                Some((Some(name.clone()), url.to_owned()))
            }
            _ => None,
        })
    }
}

/// The values with another address in place of the one that came.
fn with_address(
    form: &SignatureForm,
    values: &[Vec<u8>],
    constant: Option<&str>,
    url: &str,
) -> Vec<Vec<u8>> {
    let replaced = form.content.values().zip(values).map(|(value, came)| match value {
        Value::Url if constant.is_none() => url.as_bytes().to_vec(),
        Value::Path if constant.is_none() => address::path(url).as_bytes().to_vec(),
        Value::Query if constant.is_none() => address::query(url).as_bytes().to_vec(),
        Value::Constant(name) if constant == Some(name) => url.as_bytes().to_vec(),
        _ => came.clone(),
    });
    replaced.collect()
}
