//! Finding out why a delivery does not verify, by undoing what goes wrong in practice until the
//! signature matches.

mod body;
mod budget;
mod cause;
mod clock;
mod clues;
mod code;
mod contents;
mod delivery;
mod percent;
mod report;
mod search;
mod secret;
mod table;

use core::ops::ControlFlow;
use core::time::Duration;
use std::time::SystemTime;

pub use clues::Clues;
pub use report::{Finding, Report};
pub use table::FindingCode;

use self::budget::Budget;
use self::cause::{Cause, Causes};
use self::delivery::{Given, Question};
use self::search::{Proof, Search};
use crate::headers::{HeaderName, Headers};
use crate::scheme::Scheme;
use crate::webhook::{Webhook, WebhookBuilder};
use crate::{Error, ErrorCode, providers};

impl Webhook {
    /// Finds out why a delivery does not verify: a development tool for the night when every
    /// signature fails.
    ///
    /// It undoes, offline, what goes wrong in practice (a body that was parsed and written again,
    /// a secret with a line break, a header that a proxy renamed), alone and in pairs, until the
    /// signature matches, and says what it undid and how to mend it. The work is bounded whatever
    /// the delivery is, though it is some hundred times that of verifying.
    ///
    /// The report is for whoever builds the receiver. Never answer a request with it, or act on
    /// it: it tells a sender what is wrong, and a finding is no proof of who sent the delivery.
    ///
    /// ```
    /// # let secret = "whsec_1b6f2ae8d0444a349cc1f4c8";
    /// use hookseal::{FindingCode, SignOptions, Webhook};
    ///
    /// let webhook = Webhook::new("kasko", [secret])?;
    /// let sent = r#"{"policy_id":"TEST-POLICY-12345"}"#;
    /// let headers = webhook.sign(sent, &SignOptions::new().event_type("policy.created"))?;
    ///
    /// // What a handler has that parsed the body and wrote it again.
    /// let body = r#"{"policy_id": "TEST-POLICY-12345"}"#;
    /// let report = webhook.explain(body, &headers);
    /// let finding = &report.findings()[0];
    /// assert_eq!(finding.code(), FindingCode::BodyReserialised);
    /// assert!(finding.is_proven());
    /// println!("{report}");
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    #[must_use]
    pub fn explain(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
    ) -> Report {
        self.explain_with(body, headers, &Clues::new())
    }

    /// Like [`explain`](Self::explain), knowing more than the webhook does: other secrets, or when
    /// the delivery came in.
    #[must_use]
    pub fn explain_with(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
        clues: &Clues,
    ) -> Report {
        let body = body.as_ref();
        let now = clues.now.unwrap_or_else(|| self.now());
        let case = Case {
            scheme: &self.scheme,
            tolerance: self.tolerance,
            now,
            secrets: self.secrets().collect(),
            body,
        };
        match self.verify_at(body, headers, now) {
            Ok(_) => case.report(None, Vec::new(), Vec::new()),
            Err(error) => case.explain(error, headers, clues),
        }
    }
}

impl WebhookBuilder {
    /// Like [`Webhook::explain_with`], also with secrets that no webhook can be built with: says
    /// what is wrong with them.
    ///
    /// ```
    /// # let headers = [("X-KASKO-Event", "policy.created"), ("X-KASKO-Signature", "sha1=00")];
    /// use hookseal::{Clues, FindingCode, Scheme, Webhook};
    ///
    /// let builder = Webhook::builder(Scheme::provider("kasko")?);
    /// let report = builder.explain(["$KASKO_SECRET"], "{}", &headers, &Clues::new());
    /// let mut codes = report.findings().iter().map(|finding| finding.code());
    /// assert!(codes.any(|code| code == FindingCode::SecretPlaceholder));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    #[must_use]
    pub fn explain<S: AsRef<[u8]>>(
        self,
        secrets: impl IntoIterator<Item = S>,
        body: &(impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
        clues: &Clues,
    ) -> Report {
        let secrets: Vec<S> = secrets.into_iter().collect();
        let (scheme, tolerance) = (self.scheme().clone(), self.tolerance_or_default());
        let now = clues.now.unwrap_or_else(|| self.now());
        match self.build(&secrets) {
            Ok(webhook) => webhook.explain_with(body, headers, clues),
            Err(error) => {
                let body = body.as_ref();
                let secrets = secrets.iter().map(AsRef::as_ref).collect();
                Case { scheme: &scheme, tolerance, now, secrets, body }
                    .explain(error, headers, clues)
            }
        }
    }
}

/// What is to be explained.
struct Case<'c> {
    scheme: &'c Scheme,
    tolerance: Duration,
    now: SystemTime,
    secrets: Vec<&'c [u8]>,
    body: &'c [u8],
}

impl Case<'_> {
    fn explain(&self, error: Error, headers: &(impl Headers + ?Sized), clues: &Clues) -> Report {
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
            let findings = self.proven(&error, &proof, &given);
            return self.report(Some(error), findings, Vec::new());
        }
        let mut findings = self.seen_secrets(&others);
        let mut causes = delivery::seen(self.scheme, &others, &given, &questions);
        causes = causes.and(&delivery::contradicting(self.scheme, &given).into_iter().collect());
        let context = body::Context { scheme: self.scheme, body: self.body, given: &given };
        causes = causes.and(&body::seen(&context, search.unpacked()).into_iter().collect());
        findings.extend(unproven(causes));
        findings.sort_by_key(Finding::code);
        let ruled_out = ruled_out(&search, &questions, &keys, &others, &budget);
        self.report(Some(error), findings, ruled_out)
    }

    fn report(
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
        let own_mode = self.secrets.iter().find_map(|secret| secret::mode(secret));
        let others = clues.secrets.iter().map(move |secret| {
            let mode = secret::mode(secret);
            let code = if mode.is_some() && own_mode.is_some() && mode != own_mode {
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
        if causes.count() == 0 {
            causes = self.beside_the_signature(error, given);
        }
        let secret = Some(proof.secret);
        let mut findings: Vec<Finding> =
            causes.into_vec().into_iter().map(|cause| Finding::new(cause, true, secret)).collect();
        findings.sort_by_key(Finding::code);
        findings
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
            if repaired.kind == body::Kind::Unpacked && body::is_object(&repaired.bytes) {
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

fn other_schemes(scheme: &Scheme) -> Vec<Scheme> {
    let names = providers().map(providers::Provider::name).filter(|name| *name != scheme.name());
    names.filter_map(|name| Scheme::provider(name).ok()).collect()
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
