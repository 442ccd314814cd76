//! Deliveries that real programs broke.

use std::collections::BTreeSet;

use hookseal::{Finding, FindingCode, Report};
use hookseal_tests::broken::{Broken, cases};
use serde_json::Value;

/// How many cases there are. A runner that finds fewer has lost some.
const BROKEN: usize = 323;
const FORGED: usize = 37;
const GENUINE: usize = 21;

#[test]
fn every_cause_is_found_and_no_other() {
    let cases = cases();
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let failure = check(case, &case.explain(None)).err()?;
            Some(format!("{} ({}): {failure}", case.name, case.how))
        })
        .collect();
    assert!(failures.is_empty(), "{} fail:\n{}", failures.len(), failures.join("\n"));

    let broken = cases.iter().filter(|case| case.expect.finding.is_some()).count();
    let genuine = cases.iter().filter(|case| case.expect.verifies).count();
    assert_eq!((broken, genuine), (BROKEN, GENUINE));
    assert_eq!(cases.len(), BROKEN + FORGED + GENUINE);
}

fn check(case: &Broken, report: &Report) -> Result<(), String> {
    let found: Vec<String> = report.findings().iter().map(describe).collect();
    let error = report.error().map(|error| error.code().as_str());
    if (report.verifies(), error) != (case.expect.verifies, case.expect.error.as_deref()) {
        return Err(format!("verify says {error:?}"));
    }
    let sure = if case.expect.proven { "proven" } else { "not proven" };
    let expected: Vec<String> = case
        .expect
        .finding
        .iter()
        .chain(&case.expect.also)
        .map(|code| format!("{code}, {sure}"))
        .collect();
    if found != expected {
        return Err(format!("expected {expected:?}, found {report}"));
    }
    check_json(report)?;
    check_silence(case, report)
}

fn describe(finding: &Finding) -> String {
    format!("{}, {}", finding.code(), if finding.is_proven() { "proven" } else { "not proven" })
}

/// The JSON form says the same.
fn check_json(report: &Report) -> Result<(), String> {
    let json: Value = serde_json::from_str(&report.to_json()).map_err(|error| error.to_string())?;
    let codes = json["findings"].as_array().into_iter().flatten().map(|finding| &finding["code"]);
    let same = json["verifies"] == report.verifies()
        && codes.eq(report.findings().iter().map(|finding| finding.code().as_str()));
    if same { Ok(()) } else { Err(format!("as JSON: {json}")) }
}

/// Nothing of a secret, of a signature or of the body's texts stands in a report.
fn check_silence(case: &Broken, report: &Report) -> Result<(), String> {
    let text = format!("{report}\n{report:?}\n{}", report.to_json());
    let secrets = case.secrets.iter().chain(&case.hints);
    let secrets = secrets.map(|secret| secret.trim()).filter(|secret| secret.len() > 12);
    let values = case.headers.iter().map(|(_, value)| value.as_str());
    let signatures = values
        .flat_map(|value| value.split(['=', ',', ' ']))
        .filter(|part| part.len() >= 27 && !part.contains('/'));
    let body = case.body.as_deref().unwrap_or_default();
    let words = body.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() >= 16);
    match secrets.chain(signatures).chain(words).find(|hidden| text.contains(hidden)) {
        Some(hidden) => Err(format!("the report holds {hidden:?}")),
        None => Ok(()),
    }
}

/// Every cause that can be found is in the corpus, so that none is found by no test.
#[test]
fn the_corpus_has_every_code() {
    let cases = cases();
    let expected: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| case.expect.finding.iter().chain(&case.expect.also))
        .map(String::as_str)
        .collect();
    let all: BTreeSet<&str> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(expected, all);
}
