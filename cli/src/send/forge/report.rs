//! Reports the checks of an endpoint: as a table, and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::check::{Check, Findings, Verdict};
use crate::failure::{Exit, Failure};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};
use crate::send::describe;
use crate::send::excerpt::excerpt;
use crate::send::job::Job;
use crate::send::report::outcome_json;
use crate::send::table::{self, Cell};
use crate::text::Printable;

/// Writes the report and gives the exit code.
pub(in crate::send) fn report(
    job: &Job,
    findings: &Findings,
    output: Output,
) -> Result<Exit, Failure> {
    if output.is_json() {
        output.json(&to_json(job, findings))?;
    } else {
        output.text(|out| write_text(job, findings, out))?;
    }
    let checks = &findings.checks;
    Ok(if checks.iter().all(Check::is_passed) {
        Exit::Success
    } else if checks.iter().all(|check| !check.outcome.was_reached()) {
        Exit::Input
    } else {
        Exit::Refused
    })
}

impl Check {
    /// Gives the verdict's name.
    fn verdict(&self) -> &'static str {
        match self.verdict {
            Verdict::Accepted if self.is_genuine => "accepted",
            Verdict::Accepted => "believed",
            Verdict::Refused => "refused",
            Verdict::Crashed => "crashed",
            Verdict::Redirected => "redirected",
            Verdict::Hung => "hung",
            Verdict::Lost => "lost",
        }
    }
}

fn write_text(job: &Job, findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    job.write_heading(out)?;
    let row = |check: &Check| {
        let style = if check.is_passed() { GOOD } else { BAD };
        [
            Cell::plain(&check.what),
            Cell::styled(describe::status(&check.outcome), STRONG),
            Cell::styled(check.verdict(), style),
        ]
    };
    let rows: Vec<[Cell; 3]> = findings.checks.iter().map(row).collect();
    table::write(out, ["delivery", "answer", "verdict"], &rows)?;
    for check in findings.checks.iter().filter(|check| !check.is_passed()) {
        if let Some(said) = said(job, check) {
            writeln!(out, "{}: {}", check.what, Printable(&said))?;
        }
    }
    let (sentence, is_good) = sentence(findings);
    let style = if is_good { GOOD } else { BAD };
    writeln!(out, "{style}{sentence}{style:#}")?;
    for limit in &findings.limits {
        writeln!(out, "{FAINT}{limit}{FAINT:#}")?;
    }
    Ok(())
}

/// Gives what the endpoint said, or why it said nothing.
fn said(job: &Job, check: &Check) -> Option<String> {
    match &check.outcome.answer {
        Err(error) => Some(error.message.clone()),
        Ok(answer) => {
            let said = excerpt(&answer.body, &job.secrets);
            (!said.is_empty()).then(|| format!("the endpoint says: {said}"))
        }
    }
}

fn sentence(findings: &Findings) -> (String, bool) {
    let checks = &findings.checks;
    let forged = || checks.iter().filter(|check| !check.is_genuine);
    let count = |verdict| forged().filter(|check| check.verdict == verdict).count();
    let believed = count(Verdict::Accepted);
    let unclear = forged().count() - believed - count(Verdict::Refused);
    let is_genuine_refused = checks.iter().any(|check| check.is_genuine && !check.is_passed());
    if believed > 0 {
        return (format!("it believes {believed} of {} forgeries", forged().count()), false);
    }
    if is_genuine_refused {
        let sentence = "it did not accept what is genuine, so that it refuses forgeries says \
                        nothing: has it the same secret?";
        return (sentence.to_owned(), false);
    }
    if unclear > 0 {
        return (format!("it believes no forgery, but does not refuse {unclear} of them"), false);
    }
    (format!("it accepts what is genuine and refuses all {} forgeries", forged().count()), true)
}

fn to_json(job: &Job, findings: &Findings) -> Value {
    let check = |check: &Check| {
        let mut value = json!({
            "kind": check.kind,
            "what": check.what,
            "genuine": check.is_genuine,
            "verdict": check.verdict(),
            "passed": check.is_passed(),
        });
        value["answer"] = outcome_json(job, &check.outcome);
        value
    };
    let (sentence, is_passed) = sentence(findings);
    let mut value = job.heading_json("forge");
    value["checks"] = findings.checks.iter().map(check).collect();
    value["passed"] = is_passed.into();
    value["message"] = sentence.into();
    value["limits"] = findings.limits.clone().into();
    value
}
