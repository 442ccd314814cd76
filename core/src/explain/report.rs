use core::fmt;

use serde::Serialize;

use super::FindingCode;
use super::cause::Cause;
use super::table::{NEXT_STEPS, NO_CAUSE};
use crate::Error;

/// What [`Webhook::explain`](crate::Webhook::explain) found out about a delivery.
///
/// It is for people: print it, or give it to a tool with [`to_json`](Self::to_json). It holds no
/// secret, no signature and no part of the body.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) title: String,
    pub(super) error: Option<Error>,
    pub(super) findings: Vec<Finding>,
    pub(super) ruled_out: Vec<String>,
    /// Whether other secrets were given as hints.
    pub(super) has_hints: bool,
}

/// Something that is wrong with a delivery or with the receiver's set-up.
#[derive(Clone, Debug)]
pub struct Finding {
    cause: Cause,
    proven: bool,
    secret: Option<usize>,
}

impl Report {
    /// Whether the delivery verifies as it is, so that there is nothing to explain.
    #[must_use]
    pub fn verifies(&self) -> bool {
        self.error.is_none()
    }

    /// What [`verify`](crate::Webhook::verify) says of the delivery, `None` if it verifies.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// What was found. Where several are proven, the signature matched once all of them were
    /// undone; the others are in order of likelihood.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was tried in vain, as sentences; empty where a cause was proven.
    #[must_use]
    pub fn ruled_out(&self) -> &[String] {
        &self.ruled_out
    }

    /// What to think and what to try next where nothing was found; `None` where something was.
    #[must_use]
    pub fn conclusion(&self) -> Option<String> {
        let is_unexplained = self.error.is_some() && self.findings.is_empty();
        let steps = &NEXT_STEPS[usize::from(self.has_hints)..];
        is_unexplained.then(|| format!("{NO_CAUSE} Try next: {}.", steps.join("; ")))
    }

    /// The report as a JSON object: `verifies`, `error` (a code or null), `findings` (with `code`,
    /// `what`, `fix`, `evidence`, `proven`, and `secret`, an index or null) and `ruled_out`.
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

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> FindingCode {
        self.cause.code
    }

    /// What happened, in a sentence or two.
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.cause.code.what()
    }

    /// How to fix it.
    #[must_use]
    pub fn fix(&self) -> &'static str {
        self.cause.fix.unwrap_or_else(|| self.cause.code.fix())
    }

    /// What speaks for it in this delivery.
    #[must_use]
    pub fn evidence(&self) -> &str {
        &self.cause.evidence
    }

    /// Whether the signature matched once this was undone. What is not proven was only seen: a
    /// forged delivery can show it too.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.proven
    }

    /// Which secret it is about: the one that the signature matched with, or that is unusable. An
    /// index into the webhook's secrets, those of the [`Hints`](super::Hints) counted on after them.
    #[must_use]
    pub fn secret(&self) -> Option<usize> {
        self.secret
    }
}

/// For a terminal or a log, in lines of their own.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(error) = &self.error else {
            return write!(f, "{}: the delivery verifies, there is nothing to explain", self.title);
        };
        write!(f, "{}: {} ({})", self.title, error.message(), error.code())?;
        for (number, finding) in self.findings.iter().enumerate() {
            let sure = if finding.proven { "proven" } else { "not proven" };
            write!(f, "\n\n{}. {} ({}, {sure})", number + 1, finding.what(), finding.code())?;
            write!(f, "\n   seen: {}", finding.evidence())?;
            write!(f, "\n   fix: {}", finding.fix())?;
        }
        if let Some(conclusion) = self.conclusion() {
            write!(f, "\n\n{conclusion}")?;
        }
        if !self.ruled_out.is_empty() {
            f.write_str("\n\nTried in vain:")?;
            for tried in &self.ruled_out {
                write!(f, "\n- {tried}")?;
            }
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
