//! From a delivery to a report.

use core::ops::ControlFlow;
use core::time::Duration;
use std::time::SystemTime;

use super::budget::Budget;
use super::cause::{Cause, Causes};
use super::delivery::{Given, Question};
use super::search::{Proof, Search};
use super::{Clues, Finding, FindingCode, Report, body, clock, contents, delivery, secret};
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
}

impl Case<'_> {
    pub(super) fn explain(
        &self,
        error: Error,
        headers: &(impl Headers + ?Sized),
        clues: &Clues,
    ) -> Report {
        let names: Vec<HeaderName> = self.scheme.compiled().signature_names().cloned().collect();
        let given = Given::collect(headers, &names);
        let others = other_schemes(self.scheme);
        let contents = contents::contents(&others);
        let questions = delivery::questions(self.scheme, &others, &contents, &given);
        let known = self.known_secrets(clues);
        let prefixes = prefixes(self.scheme, &others);
        let keys = secret::candidates(&known, &self.scheme.compiled().key, &prefixes);

        let budget = Budget::new();
        let mut search = Search::new(self.scheme, self.body, &questions, &keys, &budget);
        if let Some(proof) = search.run() {
            // A secret beside the right one keeps the webhook from being built.
            let mut findings = match error.code() {
                ErrorCode::InvalidSecret if proof.causes.count() == 0 => self.seen_secrets(&others),
                _ => self.proven(&error, &proof, &given),
            };
            findings.sort_by_key(Finding::code);
            return self.report(Some(error), findings, Vec::new());
        }
        let mut findings = self.seen_secrets(&others);
        let mut causes = delivery::seen(self.scheme, &others, &given);
        causes = causes.and(&delivery::contradicting(self.scheme, &given).into_iter().collect());
        let context = body::Context { scheme: self.scheme, body: self.body, given: &given };
        causes = causes.and(&body::seen(&context, search.unpacked()).into_iter().collect());
        findings.extend(unproven(causes));
        findings.sort_by_key(Finding::code);
        let ruled_out = ruled_out(&search, &questions, &keys, &others, &budget);
        self.report(Some(error), findings, ruled_out)
    }

    pub(super) fn report(
        &self,
        error: Option<Error>,
        findings: Vec<Finding>,
        ruled_out: Vec<String>,
    ) -> Report {
        Report { title: self.scheme.title().to_owned(), error, findings, ruled_out }
    }

    fn known_secrets<'s>(&'s self, clues: &'s Clues) -> Vec<secret::Known<'s>> {
        let scheme = self.scheme.compiled();
        let own = self.secrets.iter().map(|secret| secret::Known {
            secret,
            causes: Causes::none(),
            unusable: secret::unusable(secret, scheme),
        });
        let others = clues.secrets.iter().map(|secret| {
            let mut own = self.secrets.iter();
            let code = if own.any(|own| secret::differ_in_mode(own, secret)) {
                FindingCode::SecretTestMode
            } else {
                FindingCode::SecretOtherWebhook
            };
            let evidence = "the signature matches with another secret that was given as a clue";
            secret::Known {
                secret,
                causes: Cause::new(code, evidence).into(),
                unusable: secret::unusable(secret, scheme),
            }
        });
        own.chain(others).collect()
    }

    /// What was undone, and what `verify` would find then.
    fn proven(&self, error: &Error, proof: &Proof<'_>, given: &Given) -> Vec<Finding> {
        let mut causes = proof.causes.clone();
        if !causes.has(FindingCode::OtherProvider) {
            causes = self.clock(proof.question, &causes).and(&causes);
        }
        if causes.has(FindingCode::OtherProvider) {
            // Each provider has a secret of its own: that follows from it.
            causes.remove(FindingCode::SecretOtherWebhook);
        }
        if causes.count() == 0 {
            causes = self.beside_the_signature(error, given);
        }
        let secret = Some(proof.secret);
        causes.into_vec().into_iter().map(|cause| Finding::new(cause, true, secret)).collect()
    }

    fn clock(&self, question: &Question, causes: &Causes) -> Causes {
        let Some(rule) = &self.scheme.compiled().timestamp else { return Causes::none() };
        if !question.content.has_timestamp() {
            return Causes::none();
        }
        let found = clock::causes(&question.timestamp, rule.unit, self.now, self.tolerance);
        let is_new = |cause: &Cause| !causes.has(cause.code);
        found.into_iter().filter(is_new).collect()
    }

    /// Why a delivery does not verify although its signature is right.
    fn beside_the_signature(&self, error: &Error, given: &Given) -> Causes {
        let causes = match error.code() {
            ErrorCode::MissingHeader => delivery::missing(self.scheme.compiled(), given),
            ErrorCode::InvalidPayload => self.payload(error).into(),
            ErrorCode::SignatureMismatch => {
                let evidence = "another of the scheme's headers or forms holds the right \
                                signature, and only the first that is there counts";
                Cause::new(FindingCode::SignatureHeader, evidence).into()
            }
            _ => delivery::contradicting(self.scheme, given)
                .map_or_else(|| delivery::missing(self.scheme.compiled(), given), Causes::from),
        };
        if causes.count() > 0 {
            return causes;
        }
        // A value that is not as it should be, in a header that is not signed.
        Cause::new(FindingCode::SignatureDecorated, error.message()).into()
    }

    /// Why an authentic body is not the scheme's payload.
    fn payload(&self, error: &Error) -> Cause {
        let budget = Budget::new();
        let mut inside = None;
        let mut attempt = |repaired: body::Repaired| {
            if repaired.kind == body::Kind::Unpacked
                && body::is_object(&repaired.bytes)
                && !body::is_supposed_charset(self.body, &repaired.cause)
            {
                inside = Some(repaired.cause);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let mut repairs = body::Repairs { budget: &budget, attempt: &mut attempt };
        if self.body.trim_ascii().is_empty() {
            return Cause::new(FindingCode::BodyEmpty, "the signature is that of an empty body");
        }
        if !body::is_object(self.body) {
            let _ = body::unpacked(self.body, &mut repairs);
        }
        match inside {
            Some(Cause { code, evidence }) => {
                Cause::new(code, format!("{evidence}; the sender signed it so"))
            }
            None => Cause::new(FindingCode::PayloadInvalid, error.message()),
        }
    }

    /// What the webhook's secrets show by themselves.
    fn seen_secrets(&self, others: &[Scheme]) -> Vec<Finding> {
        if self.secrets.is_empty() {
            let cause = Cause::new(FindingCode::SecretUnusable, "no secret was given");
            return vec![Finding::new(cause, false, None)];
        }
        let seen = self.secrets.iter().enumerate().filter_map(|(index, secret)| {
            let cause = secret::seen(secret, self.scheme, others)
                .or_else(|| body::other_mode(self.scheme, self.body, secret::mode(secret)))?;
            Some(Finding::new(cause, false, Some(index)))
        });
        seen.collect()
    }
}

fn unproven(causes: Causes) -> impl Iterator<Item = Finding> {
    causes.into_vec().into_iter().map(|cause| Finding::new(cause, false, None))
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
    questions: &[Question],
    keys: &[secret::Candidate],
    others: &[Scheme],
    budget: &Budget,
) -> Vec<String> {
    if questions.is_empty() {
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
            questions.len()
        ),
        format!("the schemes of other providers: {}", names.join(", ")),
        format!("{} combinations of two of these", search.tried.pairs),
    ];
    if budget.is_exhausted() {
        tried.push("not everything: the body is too large for trying it all".to_owned());
    }
    tried
}
