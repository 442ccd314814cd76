//! Reports the attempts to deliver: as a table, and as JSON.

use std::io::{self, Write};

use anstyle::Style;
use serde_json::{Value, json};

use super::client::Outcome;
use super::deliver::{Attempt, History};
use super::describe;
use super::error::ErrorKind;
use super::excerpt::excerpt;
use super::job::Job;
use super::policy::{Conclusion, RetryPolicy};
use super::table::{self, Cell};
use crate::advice;
use crate::failure::{Exit, Failure};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG, WARN};
use crate::text::{Printable, duration, latency};

/// Writes the report and gives the exit code.
pub(super) fn report(job: &Job, history: &History, output: Output) -> Result<Exit, Failure> {
    if output.is_json() {
        output.json(&to_json(job, history))?;
    } else {
        output.text(|out| write_text(job, history, out))?;
    }
    Ok(match history.conclusion {
        Conclusion::Delivered => Exit::Success,
        _ if history.attempts.iter().all(|attempt| !attempt.outcome.was_reached()) => Exit::Input,
        _ => Exit::Refused,
    })
}

fn write_text(job: &Job, history: &History, out: &mut dyn Write) -> io::Result<()> {
    let policy = &job.policy;
    job.write_heading(out)?;
    let rows: Vec<[Cell; 5]> = history
        .attempts
        .iter()
        .enumerate()
        .map(|(index, attempt)| row(index + 1, attempt, policy))
        .collect();
    table::write(out, ["attempt", "after", "answer", "took", "counts as"], &rows)?;
    if let Some(last) = history.attempts.last() {
        write_details(job, &last.outcome, out)?;
    }
    let style = match history.conclusion {
        Conclusion::Delivered => GOOD,
        Conclusion::WillRetry(_) | Conclusion::Unknown => WARN,
        Conclusion::Stopped | Conclusion::GivenUp => BAD,
    };
    let sentence = policy.sentence(&history.conclusion, history.attempts.len());
    writeln!(out, "{style}{sentence}{style:#}")?;
    for note in notes(job, history) {
        writeln!(out, "{FAINT}{note}{FAINT:#}")?;
    }
    Ok(())
}

fn row(number: usize, attempt: &Attempt, policy: &RetryPolicy) -> [Cell; 5] {
    let (counts_as, style) = counts_as(&attempt.outcome, policy);
    [
        Cell::plain(number.to_string()),
        Cell::plain(if number == 1 { "at once".to_owned() } else { duration(attempt.after) }),
        Cell::styled(describe::status(&attempt.outcome), STRONG),
        Cell::plain(latency(attempt.outcome.took)),
        Cell::styled(counts_as, style),
    ]
}

fn counts_as(outcome: &Outcome, policy: &RetryPolicy) -> (&'static str, Style) {
    match outcome.status() {
        Some(status) if policy.succeeds(status) => ("success", GOOD),
        _ => ("failure", BAD),
    }
}

/// Writes what the endpoint said besides its status, if that was no success.
fn write_details(job: &Job, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    match &outcome.answer {
        Err(error) => writeln!(out, "{}", Printable(&error.message)),
        Ok(answer) if job.policy.succeeds(answer.status.as_u16()) => Ok(()),
        Ok(answer) => {
            if let Some(location) = &answer.location {
                let location = excerpt(location, &job.secrets);
                let sender = &job.policy.sender;
                writeln!(
                    out,
                    "it redirects to {}: {sender} does not follow, so give it that URL",
                    Printable(&location)
                )?;
            }
            match excerpt(&answer.body, &job.secrets).as_str() {
                "" => Ok(()),
                said => writeln!(out, "the endpoint says: {}", Printable(said)),
            }
        }
    }
}

/// Lists what in the conclusion is not the provider's own word.
fn notes(job: &Job, history: &History) -> Vec<String> {
    let policy = &job.policy;
    let sender = &policy.sender;
    let mut notes = Vec::new();
    let (rule, is_assumed) = policy.success_rule();
    if is_assumed {
        notes.push(format!("that {rule} counts as success is assumed: {sender} does not say so"));
    }
    let timed_out = |attempt: &Attempt| {
        attempt.outcome.answer.as_ref().is_err_and(|error| error.kind == ErrorKind::Timeout)
    };
    if policy.timeout_is_assumed && history.attempts.iter().any(timed_out) {
        let timeout = duration(policy.timeout);
        notes.push(format!("that an answer may take {timeout} is not {sender}'s word"));
    }
    let retries =
        history.attempts.len() > 1 || matches!(history.conclusion, Conclusion::WillRetry(_));
    if retries && policy.schedule_is_assumed() {
        notes.push(format!("when it is tried again is not {sender}'s word"));
    }
    let status = history.attempts.last().and_then(|attempt| attempt.outcome.status());
    let refused = status.filter(|status| (400..500).contains(status) && !policy.succeeds(*status));
    if let (Some(status), false) = (refused, job.is_as_saved()) {
        notes.extend(advice::refused("the endpoint", status));
    }
    if job.is_as_saved() && history.conclusion != Conclusion::Delivered {
        notes.push(
            "it was sent as it was saved: `--resign` signs it anew, where its secret or its \
             timestamp is old"
                .to_owned(),
        );
    }
    notes
}

fn to_json(job: &Job, history: &History) -> Value {
    let attempts: Vec<Value> = history
        .attempts
        .iter()
        .map(|attempt| {
            let mut value = outcome_json(job, &attempt.outcome);
            value["after_seconds"] = attempt.after.as_secs_f64().into();
            value
        })
        .collect();
    let next = match &history.conclusion {
        Conclusion::WillRetry(wait) => Some(wait.as_secs_f64()),
        _ => None,
    };
    let mut value = job.heading_json("deliver");
    value["attempts"] = attempts.into();
    value["conclusion"] = json!({
        "code": history.conclusion.as_str(),
        "message": job.policy.sentence(&history.conclusion, history.attempts.len()),
        "retry_after_seconds": next,
    });
    value["notes"] = notes(job, history).into();
    value
}

/// Writes an outcome as JSON.
pub(super) fn outcome_json(job: &Job, outcome: &Outcome) -> Value {
    let succeeds = outcome.status().is_some_and(|status| job.policy.succeeds(status));
    let seconds = outcome.took.as_secs_f64();
    match &outcome.answer {
        Ok(answer) => json!({
            "status": answer.status.as_u16(),
            "success": succeeds,
            "seconds": seconds,
            "location": answer.location.as_deref().map(|to| excerpt(to, &job.secrets)),
            "body": excerpt(&answer.body, &job.secrets),
            "error": null,
        }),
        Err(error) => json!({
            "status": null,
            "success": false,
            "seconds": seconds,
            "location": null,
            "body": null,
            "error": {"code": error.kind.as_str(), "message": error.message},
        }),
    }
}
