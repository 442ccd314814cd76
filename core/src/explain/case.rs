//! The explanation of a delivery, from its parts to the report.

use core::time::Duration;
use std::time::SystemTime;

use super::budget::Budget;
use super::cause::{Cause, Causes};
use super::claim::{Claim, Enveloped, written};
use super::claims::{Signed, claims};
use super::keys::{Key, Known, keys};
use super::part::{Candidate, Weight, symptoms};
use super::payload_invalid::{self, is_likely_inside};
use super::received::{
    Given, Moment, Named, ReceivedBody, ReceivedHeaders, ReceivedSecret, is_object,
};
use super::search::{Proof, Search, SearchSpace};
use super::told::Teller;
use super::{Finding, FindingCode, Hints, Report, groups, header, secret, signature};
use crate::headers::{HeaderName, Headers, RequestHead};
use crate::providers::read;
use crate::request::Request;
use crate::scheme::{Content, Scheme, SignatureForm};
use crate::surface::Surface;
use crate::webhook::Webhook;
use crate::{Error, ErrorCode, providers};

/// A delivery to explain, with the receiver's configuration.
pub(super) struct Case<'c> {
    /// The webhook, if one could be built.
    pub(super) webhook: Option<&'c Webhook>,
    pub(super) scheme: &'c Scheme,
    pub(super) tolerance: Duration,
    pub(super) now: SystemTime,
    pub(super) secrets: Vec<&'c [u8]>,
    pub(super) body: &'c [u8],
    /// True if other secrets were given as hints.
    pub(super) has_hints: bool,
    pub(super) surface: Surface,
}

impl Case<'_> {
    pub(super) fn explain(
        &self,
        error: Error,
        headers: &(impl Headers + ?Sized),
        hints: &Hints,
    ) -> Report {
        let names: Vec<HeaderName> = self.scheme.compiled().signature_names().cloned().collect();
        let given = &Given::collect(headers, &names);
        let others = &other_schemes(self.scheme, given);
        let prefixes = prefixes(self.scheme, others);
        let received = |bytes| ReceivedSecret {
            bytes,
            scheme: self.scheme,
            others,
            prefixes: &prefixes,
            body: self.body,
        };
        let budget = &Budget::new();
        let read = Request::new(self.scheme, headers, self.body);
        let teller = Teller { request: &read, webhook: self.webhook, given };
        let values = |content: &Content| teller.values(content);
        let of_form = |form: &SignatureForm| teller.of_form(form, budget);
        let embedded = |pointer: &str| read.signed_string(pointer);
        let own = |form: &SignatureForm, value: &str| {
            let signature = read.read(form, value).ok()??;
            let at = signature.timestamp.as_deref().map(str::to_owned);
            Some((written(&signature), at))
        };
        let signed =
            Signed { values: &values, of_form: &of_form, enveloped: &own, embedded: &embedded };
        let scheme = self.scheme;
        let enveloped = &Enveloped {
            signed: &|value, body, url| {
                let head = RequestHead::new(headers).url(url);
                let request = Request::new(scheme, &head, body);
                Some(request.value(value, self.webhook?).ok()?.into_owned())
            },
            covers: &|form, body| {
                Request::new(scheme, headers, body).has_covered_hash(form).unwrap_or(false)
            },
        };
        let claims = &claims(self.scheme, others, given, signed, budget);
        let key_id = key_id(self.scheme, given);
        let keys = &keys(&self.known_secrets(hints, received), budget);

        let space = SearchSpace {
            scheme: self.scheme,
            body: self.body,
            given,
            claims,
            keys,
            key_id,
            budget,
            enveloped,
        };
        let mut search = Search::new(space);
        let request = ReceivedHeaders { scheme: self.scheme, others, given };
        if let Some(proof) = search.run() {
            // A secret beside the right one keeps the webhook from being built.
            let mut findings = match error.code() {
                ErrorCode::InvalidSecret if proof.causes.count() == 0 => {
                    self.seen_secrets(given, received)
                }
                _ => self.proven(&error, &proof, &request),
            };
            findings.sort_by_key(Finding::code);
            return self.report(Some(error), findings, Vec::new());
        }
        let mut findings = self.seen_secrets(given, received);
        let mut causes: Causes = symptoms(groups::REQUEST, &request).map(|(_, c)| c).collect();
        causes.extend(self.seen_body(given, search.unwrapped()));
        findings.extend(causes.into_vec().into_iter().map(|c| Finding::new(c, false, None)));
        findings.sort_by_key(Finding::code);
        let ruled_out = ruled_out(&search, claims, keys, others, budget);
        self.report(Some(error), findings, ruled_out)
    }

    pub(super) fn report(
        &self,
        error: Option<Error>,
        findings: Vec<Finding>,
        ruled_out: Vec<String>,
    ) -> Report {
        let Self { has_hints, surface, .. } = *self;
        let title = self.scheme.title().to_owned();
        Report { title, error, findings, ruled_out, has_hints, surface }
    }

    fn known_secrets<'s>(
        &'s self,
        hints: &'s Hints,
        received: impl Fn(&'s [u8]) -> ReceivedSecret<'s>,
    ) -> Vec<Known<'s>> {
        let own = self.secrets.iter().map(|secret| (*secret, Causes::none()));
        let others = hints.secrets.iter().map(|secret| {
            (secret.as_slice(), Causes::from(secret::of_hint(secret, &self.secrets)))
        });
        own.chain(others)
            .map(|(secret, causes)| Known { received: received(secret), causes })
            .collect()
    }

    /// Returns the causes that were undone, and those that `verify` would find then.
    fn proven(
        &self,
        error: &Error,
        proof: &Proof<'_>,
        request: &ReceivedHeaders<'_>,
    ) -> Vec<Finding> {
        let mut causes = proof.causes.clone();
        if causes.has(FindingCode::OtherProvider) {
            // Each provider has a secret of its own, perhaps of another kind: that follows from it.
            causes.remove(FindingCode::SecretOtherWebhook);
            causes.remove(FindingCode::SecretKeyKind);
        } else {
            causes = self.seen_moment(proof.claim, &causes).and(&causes);
        }
        if causes.count() == 0 {
            causes = self.beside_the_signature(error, request);
        }
        let secret = Some(proof.secret);
        causes.into_vec().into_iter().map(|cause| Finding::new(cause, true, secret)).collect()
    }

    /// Returns the symptoms of the signed timestamp besides those that are known.
    fn seen_moment(&self, claim: &Claim<'_>, known: &Causes) -> Causes {
        let Some(rule) = &self.scheme.compiled().timestamp else { return Causes::none() };
        if !claim.content.has_timestamp() && !claim.is_enveloped() {
            return Causes::none();
        }
        let (text, tolerance) = (claim.timestamp.as_str(), self.tolerance);
        let received = Moment { text, unit: rule.unit, now: self.now, tolerance };
        let seen = symptoms(groups::SIGNED_MOMENT, &received).map(|(_, cause)| cause);
        seen.filter(|cause| !known.has(cause.code)).collect()
    }

    /// Returns why a delivery does not verify although its signature is right.
    fn beside_the_signature(&self, error: &Error, request: &ReceivedHeaders<'_>) -> Causes {
        let mut seen: Causes = match error.code() {
            ErrorCode::InvalidPayload => {
                let received = ReceivedBody::new(self.body, self.scheme, request.given);
                payload_invalid::cause(&received, error).into()
            }
            ErrorCode::SignatureMismatch => header::not_the_first().into(),
            _ => symptoms(groups::REQUEST, request).map(|(_, cause)| cause).collect(),
        };
        // What contradicts itself says more than what is missing, unless that is the error.
        if error.code() == ErrorCode::MissingHeader {
            seen.remove(FindingCode::HeaderJoined);
        } else if seen.has(FindingCode::HeaderJoined) {
            seen.keep(FindingCode::HeaderJoined);
        }
        if seen.count() == 0 { signature::unsigned(error.message()).into() } else { seen }
    }

    /// Returns the symptoms of the webhook's secrets.
    fn seen_secrets<'s>(
        &'s self,
        given: &Given,
        received: impl Fn(&'s [u8]) -> ReceivedSecret<'s>,
    ) -> Vec<Finding> {
        if self.secrets.is_empty() {
            return vec![Finding::new(secret::none_given(), false, None)];
        }
        let seen = self.secrets.iter().enumerate().filter_map(|(index, secret)| {
            let received = received(secret);
            let seen = symptoms(groups::SECRET, &received).next().map(|(_, cause)| cause);
            let cause = seen.or_else(|| secret::for_other_signature(&received, given))?;
            Some(Finding::new(cause, false, Some(index)))
        });
        seen.collect()
    }

    /// Returns the likeliest thing that happened to the body, if it shows any.
    fn seen_body<'u>(
        &self,
        given: &Given,
        mut unwrapped: impl Iterator<Item = &'u Candidate<Vec<u8>>>,
    ) -> Option<Cause> {
        let received = ReceivedBody::new(self.body, self.scheme, given);
        let seen = symptoms(groups::BODY, &received).next();
        if let Some((Weight::Certain, cause)) = seen {
            return Some(cause);
        }
        if received.must_be_json()
            && !is_object(self.body)
            && let Some(inside) = unwrapped.find(|inner| is_likely_inside(&received, inner))
        {
            return inside.causes.clone().into_vec().pop();
        }
        seen.map(|(_, cause)| cause)
    }
}

/// Returns the id that a delivery gives its public key.
fn key_id<'g>(scheme: &Scheme, given: &'g Given) -> Option<&'g str> {
    let names = &scheme.compiled().key_id;
    let header = given.headers.iter().find(|header| header.named(names) == Named::Rightly)?;
    Some(header.value.as_str())
}

/// Reads other known schemes, the common ones first and then those whose signature's header is there.
///
/// They are read anew: those that are kept once read are never freed, which C's users would see.
fn other_schemes(scheme: &Scheme, given: &Given) -> Vec<Scheme> {
    let others = || providers().filter(|provider| provider.name() != scheme.name());
    let common = others().filter(|provider| provider.is_common());
    let named = others()
        .filter(|provider| !provider.is_common() && given.has_any(provider.signature_headers()));
    common.chain(named).filter_map(|provider| read(provider).ok()).collect()
}

/// Returns the documented prefixes of secrets, the scheme's own first.
fn prefixes(scheme: &Scheme, others: &[Scheme]) -> Vec<String> {
    let mut prefixes: Vec<String> = Vec::new();
    for scheme in core::iter::once(scheme).chain(others) {
        if let Some(prefix) = &scheme.compiled().key_begins_with
            && !prefixes.contains(prefix)
        {
            prefixes.push(prefix.clone());
        }
    }
    prefixes
}

fn ruled_out(
    search: &Search<'_>,
    claims: &[Claim<'_>],
    keys: &[Key],
    others: &[Scheme],
    budget: &Budget,
) -> Vec<String> {
    if claims.is_empty() {
        return vec![
            "everything that needs a signature: no header holds anything like a digest".to_owned(),
        ];
    }
    let mut tried = vec![
        format!(
            "{} other forms of the body: written anew, unpacked, other charsets and line breaks",
            search.tried.bodies
        ),
        format!("{} forms of the secrets: white space, quotes, prefixes, encodings", keys.len()),
        format!(
            "{} ways to read the headers: other names, prefixes, encodings, algorithms, signed contents",
            claims.len()
        ),
        format!("the schemes of the {} other providers that are known", others.len()),
        format!("{} combinations of two of these", search.tried.pairs),
    ];
    if budget.is_exhausted() {
        tried.push("not everything: the body is too large for trying it all".to_owned());
    }
    tried
}
