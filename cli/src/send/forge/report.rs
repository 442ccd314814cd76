//! What the endpoint believes: as a table, and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Check, Findings, Verdict};
use crate::failure::{Exit, Failure};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};
use crate::send::errand::Errand;
use crate::send::excerpt::excerpt;
use crate::send::history::{reply_json, was_reached};
use crate::send::table::{self, Cell};
use crate::send::words;

/// Tells it, and how the process ends.
pub(in crate::send) fn report(
    errand: &Errand,
    findings: &Findings,
    output: &Output,
) -> Result<Exit, Failure> {
    if output.is_json() {
        output.json(&to_json(errand, findings))?;
    } else {
        output.text(|out| write_text(errand, findings, out))?;
    }
    let checks = &findings.checks;
    Ok(if checks.iter().all(Check::is_passed) {
        Exit::Success
    } else if checks.iter().all(|check| !was_reached(&check.reply)) {
        Exit::Input
    } else {
        Exit::Refused
    })
}

impl Check {
    /// What its verdict is called.
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

fn write_text(errand: &Errand, findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    errand.write_heading(out)?;
    let row = |check: &Check| {
        let style = if check.is_passed() { GOOD } else { BAD };
        [
            Cell::plain(&check.what),
            Cell::styled(words::status(&check.reply), STRONG),
            Cell::styled(check.verdict(), style),
        ]
    };
    let rows: Vec<[Cell; 3]> = findings.checks.iter().map(row).collect();
    table::write(out, ["delivery", "answer", "verdict"], &rows)?;
    for check in findings.checks.iter().filter(|check| !check.is_passed()) {
        if let Some(said) = said(errand, check) {
            writeln!(out, "{}: {said}", check.what)?;
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

/// What the endpoint said, or why it said nothing.
fn said(errand: &Errand, check: &Check) -> Option<String> {
    match &check.reply.answer {
        Err(trouble) => Some(trouble.message.clone()),
        Ok(answer) => {
            let said = excerpt(&answer.body, &errand.secrets);
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

fn to_json(errand: &Errand, findings: &Findings) -> Value {
    let check = |check: &Check| {
        let mut value = json!({
            "kind": check.kind,
            "what": check.what,
            "genuine": check.is_genuine,
            "verdict": check.verdict(),
            "passed": check.is_passed(),
        });
        value["answer"] = reply_json(errand, &check.reply);
        value
    };
    let (sentence, is_passed) = sentence(findings);
    let mut value = errand.heading_json("forge");
    value["checks"] = findings.checks.iter().map(check).collect();
    value["passed"] = is_passed.into();
    value["message"] = sentence.into();
    value["limits"] = findings.limits.clone().into();
    value
}
