use hookseal::{Finding, Report};

use crate::boundary::Pointee;
use crate::status::{self, HOOKSEAL_OK, hookseal_status};
use crate::strings::hookseal_str;

/// A report of why a delivery does not verify, from hookseal_webhook_explain(). Free it with
/// hookseal_report_free().
///
/// It contains no secret, no signature and no part of the body. What its functions return lives as
/// long as the report.
pub(crate) struct hookseal_report {
    report: Report,
    text: String,
    json: String,
}

impl Pointee for hookseal_report {}

impl From<Report> for hookseal_report {
    fn from(report: Report) -> Self {
        Self { text: report.to_string(), json: report.to_json(), report }
    }
}

/// A cause that was found: something that is wrong with a delivery or with the receiver's
/// configuration.
#[repr(C)]
#[derive(Default)]
pub(crate) struct hookseal_finding<'r> {
    /// The code, such as `body_reserialised`. It is the same in every language and never changes
    /// its meaning.
    code: hookseal_str<'r>,
    /// A sentence or two on what happened.
    what: hookseal_str<'r>,
    /// A sentence or two on how to fix it.
    fix: hookseal_str<'r>,
    /// The evidence in this delivery, in words.
    evidence: hookseal_str<'r>,
    /// True if the signature matched once this was undone. A finding that is not proven was only
    /// observed: a forged delivery can show it too.
    proven: bool,
    /// True if the finding is about a secret.
    has_secret: bool,
    /// The index of that secret, counted from 0: first the webhook's, then those given to
    /// hookseal_webhook_explain().
    secret: usize,
}

impl<'r> From<&'r Finding> for hookseal_finding<'r> {
    fn from(finding: &'r Finding) -> Self {
        Self {
            code: finding.code().as_str().into(),
            what: finding.what().into(),
            fix: finding.fix().into(),
            evidence: finding.evidence().into(),
            proven: finding.is_proven(),
            has_secret: finding.secret().is_some(),
            secret: finding.secret().unwrap_or_default(),
        }
    }
}

ffi_fn! {
    /// Returns true if the delivery verifies, so that there is nothing to explain.
    fn hookseal_report_verifies(report: &hookseal_report) -> bool {
        report.report.verifies()
    }
}

ffi_fn! {
    /// Returns the status of verifying the delivery; HOOKSEAL_OK if it verifies, and for NULL.
    fn hookseal_report_status(report: &hookseal_report) -> hookseal_status {
        report.report.error().map_or(HOOKSEAL_OK, |error| status::of(error.code()))
    }
}

ffi_fn! {
    /// Returns the number of findings.
    fn hookseal_report_finding_count(report: &hookseal_report) -> usize {
        report.report.findings().len()
    }
}

ffi_fn! {
    /// Returns the finding at `index`, counted from 0; one without any text from
    /// hookseal_report_finding_count() on.
    ///
    /// If several are proven, the signature matched once all of them were undone. The others are in
    /// order of likelihood.
    fn hookseal_report_finding<'r>(report: &'r hookseal_report, index: usize) -> hookseal_finding<'r> {
        report.report.findings().get(index).map(hookseal_finding::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the number of things that were tried without success; 0 if a cause was proven.
    fn hookseal_report_ruled_out_count(report: &hookseal_report) -> usize {
        report.report.ruled_out().len()
    }
}

ffi_fn! {
    /// Returns a sentence on what was tried without success, at `index`, counted from 0; none from
    /// hookseal_report_ruled_out_count() on.
    fn hookseal_report_ruled_out<'r>(report: &'r hookseal_report, index: usize) -> hookseal_str<'r> {
        report.report.ruled_out().get(index).map(|tried| tried.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the report as text for a terminal or a log, in several lines.
    fn hookseal_report_text<'r>(report: &'r hookseal_report) -> hookseal_str<'r> {
        report.text.as_str().into()
    }
}

ffi_fn! {
    /// Returns the report as a JSON object: `verifies`, `error` (a code or null), `findings` (each
    /// with `code`, `what`, `fix`, `evidence`, `proven` and `secret`, an index or null) and
    /// `ruled_out`.
    fn hookseal_report_json<'r>(report: &'r hookseal_report) -> hookseal_str<'r> {
        report.json.as_str().into()
    }
}

ffi_fn! {
    /// Frees a report; NULL is allowed.
    fn hookseal_report_free(report: Option<Box<hookseal_report>>) {
        drop(report);
    }
}
