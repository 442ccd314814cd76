use core::fmt;

use serde::Serialize;

use super::FindingCode;
use super::cause::Cause;
use super::table::{GIVE_A_REQUEST, NEXT_STEPS, NO_CAUSE};
use crate::pages::EXPLAIN_PAGES;
use crate::surface::Surface;
use crate::{Error, ErrorCode};

/// A report of why a delivery does not verify, from [`Webhook::explain`](crate::Webhook::explain).
///
/// It is for people: print it, or give it to a tool with [`to_json`](Self::to_json). It holds no
/// secret, no signature and no part of the body.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) title: String,
    pub(super) error: Option<Error>,
    pub(super) findings: Vec<Finding>,
    pub(super) ruled_out: Vec<String>,
    /// `true` if other secrets were given as hints.
    pub(super) has_hints: bool,
    pub(super) surface: Surface,
}

/// A cause that was found: something that is wrong with a delivery or with the receiver's
/// configuration.
#[derive(Clone, Debug)]
pub struct Finding {
    cause: Cause,
    proven: bool,
    secret: Option<usize>,
}

impl Report {
    /// Returns `true` if the delivery verifies, so that there is nothing to explain.
    #[must_use]
    pub fn verifies(&self) -> bool {
        self.error.is_none()
    }

    /// Returns the error of [`verify`](crate::Webhook::verify), `None` if the delivery verifies.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Returns the findings.
    ///
    /// If several are proven, the signature matched once all of them were undone. The others are in
    /// order of likelihood.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns what was tried without success, in sentences; empty if a cause was proven.
    #[must_use]
    pub fn ruled_out(&self) -> &[String] {
        &self.ruled_out
    }

    /// Returns what to conclude if nothing was found, what to try and what to give next; `None` if
    /// something was found.
    #[must_use]
    pub fn conclusion(&self) -> Option<String> {
        if let Some(error) = &self.error
            && error.code() == ErrorCode::MissingRequest
        {
            return Some(format!("Nothing was looked for: {}.", error.message()));
        }
        let is_unexplained = self.error.is_some() && self.findings.is_empty();
        is_unexplained.then(|| {
            let steps = NEXT_STEPS.join("; ");
            let next = if self.has_hints {
                GIVE_A_REQUEST.to_owned()
            } else {
                let other_secrets = self.surface.other_secrets();
                format!(
                    "the other secrets that you have, of other endpoints, of the other mode, of before \
                     and after a rotation: {other_secrets}"
                )
            };
            format!("{NO_CAUSE} Try: {steps}. Give it next {next}. {EXPLAIN_PAGES}")
        })
    }

    /// Returns the report as a JSON object.
    ///
    /// It has `verifies`, `error` (a code or null), `findings` (with `code`, `what`, `fix`,
    /// `evidence`, `proven`, and `secret`, an index or null) and `ruled_out`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let json = JsonReport {
            verifies: self.verifies(),
            error: self.error.as_ref().map(|error| error.code().as_str()),
            findings: self.findings.iter().map(JsonFinding::from).collect(),
            ruled_out: &self.ruled_out,
        };
        // Texts, numbers and truth values: nothing that cannot be written.
        serde_json::to_string(&json).unwrap_or_default()
    }
}

impl Finding {
    pub(super) fn new(cause: Cause, proven: bool, secret: Option<usize>) -> Self {
        Self { cause, proven, secret }
    }

    /// Returns the code, which is stable.
    #[must_use]
    pub fn code(&self) -> FindingCode {
        self.cause.code
    }

    /// Returns a sentence or two on what happened.
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.cause.code.what()
    }

    /// Returns how to fix it.
    #[must_use]
    pub fn fix(&self) -> &'static str {
        self.cause.fix.unwrap_or_else(|| self.cause.code.fix())
    }

    /// Returns the evidence in this delivery, in words.
    #[must_use]
    pub fn evidence(&self) -> &str {
        &self.cause.evidence
    }

    /// Returns `true` if the signature matched once this was undone.
    ///
    /// A finding that is not proven was only observed: a forged delivery can show it too.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.proven
    }

    /// Returns the index of the secret that the finding is about: the one that the signature
    /// matched with, or that is unusable.
    ///
    /// Indexes count the webhook's secrets first, then those of the [`Hints`](super::Hints).
    #[must_use]
    pub fn secret(&self) -> Option<usize> {
        self.secret
    }
}

/// Writes the report for a terminal or a log, in several lines.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(error) = &self.error else {
            return write!(f, "{}: the delivery verifies, there is nothing to explain", self.title);
        };
        write!(f, "{}: {} ({})", self.title, error.summary(), error.code())?;
        for (number, finding) in self.findings.iter().enumerate() {
            let sure = if finding.proven { "proven" } else { "not proven" };
            write!(f, "\n\n{}. {} ({}, {sure})", number + 1, finding.what(), finding.code())?;
            write!(f, "\n   seen: {}", finding.evidence())?;
            write!(f, "\n   fix: {}", finding.fix())?;
            write!(f, "\n   more: {}", finding.code().page())?;
        }
        if !self.ruled_out.is_empty() {
            f.write_str("\n\nTried in vain:")?;
            for tried in &self.ruled_out {
                write!(f, "\n- {tried}")?;
            }
        }
        if let Some(conclusion) = self.conclusion() {
            write!(f, "\n\n{conclusion}")?;
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct JsonReport<'r> {
    verifies: bool,
    error: Option<&'static str>,
    findings: Vec<JsonFinding<'r>>,
    ruled_out: &'r [String],
}

#[derive(Serialize)]
struct JsonFinding<'r> {
    code: &'static str,
    what: &'static str,
    fix: &'static str,
    evidence: &'r str,
    proven: bool,
    secret: Option<usize>,
}

impl<'r> From<&'r Finding> for JsonFinding<'r> {
    fn from(finding: &'r Finding) -> Self {
        Self {
            code: finding.code().as_str(),
            what: finding.what(),
            fix: finding.fix(),
            evidence: finding.evidence(),
            proven: finding.proven,
            secret: finding.secret,
        }
    }
}
