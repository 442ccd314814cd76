//! From a delivery to a report.

use core::time::Duration;
use std::time::SystemTime;

use super::budget::Budget;
use super::came::{CameBody, CameHeaders, CameSecret, Given, Moment, is_object};
use super::cause::{Cause, Causes};
use super::claims::{Claim, claims};
use super::keys::{Key, Known, keys};
use super::part::{Candidate, Weight, symptoms};
use super::payload_invalid::{self, is_likely_inside};
use super::search::{Ground, Proof, Search};
use super::{Finding, FindingCode, Hints, Report, header, rooms, secret, signature};
use crate::headers::{HeaderName, Headers};
use crate::scheme::Scheme;
use crate::{Error, ErrorCode, providers};

/// What is to be explained.
pub(super) struct Case<'c> {
    pub(super) scheme: &'c Scheme,
    pub(super) tolerance: Duration,
    pub(super) now: SystemTime,
    pub(super) secrets: Vec<&'c [u8]>,
    pub(super) body: &'c [u8],
    /// Whether other secrets were given as hints.
    pub(super) has_hints: bool,
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
        let others = &other_schemes(self.scheme);
        let prefixes = prefixes(self.scheme, others);
        let came = |bytes| CameSecret {
            bytes,
            scheme: self.scheme,
            others,
            prefixes: &prefixes,
            body: self.body,
        };
        let budget = &Budget::new();
        let claims = &claims(self.scheme, others, given, budget);
        let keys = &keys(&self.known_secrets(hints, came), budget);

        let ground = Ground { scheme: self.scheme, body: self.body, given, claims, keys, budget };
        let mut search = Search::new(ground);
        let request = CameHeaders { scheme: self.scheme, others, given };
        if let Some(proof) = search.run() {
            // A secret beside the right one keeps the webhook from being built.
            let mut findings = match error.code() {
                ErrorCode::InvalidSecret if proof.causes.count() == 0 => self.seen_secrets(came),
                _ => self.proven(&error, &proof, &request),
            };
            findings.sort_by_key(Finding::code);
            return self.report(Some(error), findings, Vec::new());
        }
        let mut findings = self.seen_secrets(came);
        let mut causes: Causes = symptoms(rooms::REQUEST, &request).map(|(_, c)| c).collect();
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
        let (title, has_hints) = (self.scheme.title().to_owned(), self.has_hints);
        Report { title, error, findings, ruled_out, has_hints }
    }

    fn known_secrets<'s>(
        &'s self,
        hints: &'s Hints,
        came: impl Fn(&'s [u8]) -> CameSecret<'s>,
    ) -> Vec<Known<'s>> {
        let own = self.secrets.iter().map(|secret| (*secret, Causes::none()));
        let others = hints.secrets.iter().map(|secret| {
            (secret.as_slice(), Causes::from(secret::of_hint(secret, &self.secrets)))
        });
        own.chain(others).map(|(secret, causes)| Known { came: came(secret), causes }).collect()
    }

    /// What was undone, and what `verify` would find then.
    fn proven(&self, error: &Error, proof: &Proof<'_>, request: &CameHeaders<'_>) -> Vec<Finding> {
        let mut causes = proof.causes.clone();
        if causes.has(FindingCode::OtherProvider) {
            // Each provider has a secret of its own: that follows from it.
            causes.remove(FindingCode::SecretOtherWebhook);
        } else {
            causes = self.seen_moment(proof.claim, &causes).and(&causes);
        }
        if causes.count() == 0 {
            causes = self.beside_the_signature(error, request);
        }
        let secret = Some(proof.secret);
        causes.into_vec().into_iter().map(|cause| Finding::new(cause, true, secret)).collect()
    }

    /// What the signed timestamp shows besides what is known of it.
    fn seen_moment(&self, claim: &Claim, known: &Causes) -> Causes {
        let Some(rule) = &self.scheme.compiled().timestamp else { return Causes::none() };
        if !claim.content.has_timestamp() {
            return Causes::none();
        }
        let (text, tolerance) = (claim.timestamp.as_str(), self.tolerance);
        let came = Moment { text, unit: rule.unit, now: self.now, tolerance };
        let seen = symptoms(rooms::SIGNED_MOMENT, &came).map(|(_, cause)| cause);
        seen.filter(|cause| !known.has(cause.code)).collect()
    }

    /// Why a delivery does not verify although its signature is right.
    fn beside_the_signature(&self, error: &Error, request: &CameHeaders<'_>) -> Causes {
        let mut seen: Causes = match error.code() {
            ErrorCode::InvalidPayload => {
                let came = CameBody::new(self.body, self.scheme, request.given);
                payload_invalid::cause(&came, error).into()
            }
            ErrorCode::SignatureMismatch => header::not_the_first().into(),
            _ => symptoms(rooms::REQUEST, request).map(|(_, cause)| cause).collect(),
        };
        // What contradicts itself says more than what is missing, unless that is the error.
        if error.code() == ErrorCode::MissingHeader {
            seen.remove(FindingCode::HeaderJoined);
        } else if seen.has(FindingCode::HeaderJoined) {
            seen.keep(FindingCode::HeaderJoined);
        }
        if seen.count() == 0 { signature::unsigned(error.message()).into() } else { seen }
    }

    /// What the webhook's secrets show by themselves.
    fn seen_secrets<'s>(&'s self, came: impl Fn(&'s [u8]) -> CameSecret<'s>) -> Vec<Finding> {
        if self.secrets.is_empty() {
            return vec![Finding::new(secret::none_given(), false, None)];
        }
        let seen = self.secrets.iter().enumerate().filter_map(|(index, secret)| {
            let (_, cause) = symptoms(rooms::SECRET, &came(secret)).next()?;
            Some(Finding::new(cause, false, Some(index)))
        });
        seen.collect()
    }

    /// The likeliest thing that happened to the body, if it shows any.
    fn seen_body<'u>(
        &self,
        given: &Given,
        mut unwrapped: impl Iterator<Item = &'u Candidate<Vec<u8>>>,
    ) -> Option<Cause> {
        let came = CameBody::new(self.body, self.scheme, given);
        let seen = symptoms(rooms::BODY, &came).next();
        if let Some((Weight::Certain, cause)) = seen {
            return Some(cause);
        }
        if came.must_be_json()
            && !is_object(self.body)
            && let Some(inside) = unwrapped.find(|inner| is_likely_inside(&came, inner))
        {
            return inside.causes.clone().into_vec().pop();
        }
        seen.map(|(_, cause)| cause)
    }
}

/// Read anew: those that are kept once read are never given back, which C's users would see.
fn other_schemes(scheme: &Scheme) -> Vec<Scheme> {
    let others = providers().filter(|provider| provider.name() != scheme.name());
    others.filter_map(|provider| Scheme::parse(provider.scheme_toml()).ok()).collect()
}

/// What secrets are documented to begin with, the scheme's own first.
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
    claims: &[Claim],
    keys: &[Key],
    others: &[Scheme],
    budget: &Budget,
) -> Vec<String> {
    if claims.is_empty() {
        return vec![
            "everything that needs a signature: no header holds anything like a digest".to_owned(),
        ];
    }
    let names: Vec<&str> = others.iter().map(Scheme::name).collect();
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
        format!("the schemes of other providers: {}", names.join(", ")),
        format!("{} combinations of two of these", search.tried.pairs),
    ];
    if budget.is_exhausted() {
        tried.push("not everything: the body is too large for trying it all".to_owned());
    }
    tried
}
