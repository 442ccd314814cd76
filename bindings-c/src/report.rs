use hookseal::{Finding, Report};

use crate::boundary::Pointee;
use crate::status::{self, HOOKSEAL_OK, hookseal_status};
use crate::strings::hookseal_str;

/// What hookseal_webhook_explain() found out about a delivery. It holds no secret, no signature and no
/// part of the body, and what its functions give lives as long as it does. Free it with
/// hookseal_report_free().
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

/// Something that is wrong with a delivery or with the receiver's set-up.
#[repr(C)]
#[derive(Default)]
pub(crate) struct hookseal_finding<'r> {
    /// The same text in every language, such as `body_reserialised`; it never changes its meaning.
    code: hookseal_str<'r>,
    /// What happened, in a sentence or two.
    what: hookseal_str<'r>,
    /// How to fix it.
    fix: hookseal_str<'r>,
    /// What speaks for it in this delivery.
    evidence: hookseal_str<'r>,
    /// Whether the signature matched once this was undone. What is not proven was only seen: a forged
    /// delivery can show it too.
    proven: bool,
    /// Whether it is about a secret.
    has_secret: bool,
    /// Which one, if so: the webhook's are counted from 0, and the further ones on after them.
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
    /// Whether the delivery verifies as it is, so that there is nothing to explain.
    fn hookseal_report_verifies(report: &hookseal_report) -> bool {
        report.report.verifies()
    }
}

ffi_fn! {
    /// What verifying the delivery gives; HOOKSEAL_OK if it verifies, and for NULL.
    fn hookseal_report_status(report: &hookseal_report) -> hookseal_status {
        report.report.error().map_or(HOOKSEAL_OK, |error| status::of(error.code()))
    }
}

ffi_fn! {
    /// How many findings there are.
    fn hookseal_report_finding_count(report: &hookseal_report) -> usize {
        report.report.findings().len()
    }
}

ffi_fn! {
    /// A finding, counted from 0; without any text from hookseal_report_finding_count() on. Where
    /// several are proven, the signature matched once all of them were undone; the others are in
    /// order of likelihood.
    fn hookseal_report_finding<'r>(report: &'r hookseal_report, index: usize) -> hookseal_finding<'r> {
        report.report.findings().get(index).map(hookseal_finding::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// How many things were tried in vain; 0 where a cause was proven.
    fn hookseal_report_ruled_out_count(report: &hookseal_report) -> usize {
        report.report.ruled_out().len()
    }
}

ffi_fn! {
    /// Such a thing as a sentence, counted from 0; none from hookseal_report_ruled_out_count() on.
    fn hookseal_report_ruled_out<'r>(report: &'r hookseal_report, index: usize) -> hookseal_str<'r> {
        report.report.ruled_out().get(index).map(|tried| tried.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// All of it for people: lines for a terminal or a log.
    fn hookseal_report_text<'r>(report: &'r hookseal_report) -> hookseal_str<'r> {
        report.text.as_str().into()
    }
}

ffi_fn! {
    /// All of it for programs: a JSON object with `verifies`, `error` (a code or null), `findings`
    /// (each with `code`, `what`, `fix`, `evidence`, `proven` and `secret`, an index or null) and
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
