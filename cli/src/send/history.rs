//! What came of a delivery: as a table, and as JSON.

use std::io::{self, Write};

use anstyle::Style;
use serde_json::{Value, json};

use super::deliver::{Attempt, History};
use super::errand::Errand;
use super::excerpt::excerpt;
use super::sender::Reply;
use super::table::{self, Cell};
use super::terms::{Conclusion, Terms};
use super::trouble::Cause;
use super::{human, words};
use crate::failure::{Exit, Failure};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG, WARN};
use crate::text;

/// Tells it, and how the process ends.
pub(super) fn report(errand: &Errand, history: &History, output: &Output) -> Result<Exit, Failure> {
    if output.is_json() {
        output.json(&to_json(errand, history))?;
    } else {
        output.text(|out| write_text(errand, history, out))?;
    }
    Ok(match history.conclusion {
        Conclusion::Delivered => Exit::Success,
        _ if history.attempts.iter().all(|attempt| !was_reached(&attempt.reply)) => Exit::Input,
        _ => Exit::Refused,
    })
}

/// Whether there is an endpoint at all.
pub(super) fn was_reached(reply: &Reply) -> bool {
    reply.answer.as_ref().map_or_else(|trouble| trouble.cause.is_reached(), |_| true)
}

fn write_text(errand: &Errand, history: &History, out: &mut dyn Write) -> io::Result<()> {
    let terms = &errand.terms;
    errand.write_heading(out)?;
    let rows: Vec<[Cell; 5]> = history
        .attempts
        .iter()
        .enumerate()
        .map(|(index, attempt)| row(index + 1, attempt, terms))
        .collect();
    table::write(out, ["attempt", "after", "answer", "took", "counts as"], &rows)?;
    if let Some(last) = history.attempts.last() {
        write_details(errand, &last.reply, out)?;
    }
    let style = match history.conclusion {
        Conclusion::Delivered => GOOD,
        Conclusion::WillRetry(_) | Conclusion::Unknown => WARN,
        Conclusion::Stopped | Conclusion::GivenUp => BAD,
    };
    let sentence = terms.sentence(&history.conclusion, history.attempts.len());
    writeln!(out, "{style}{sentence}{style:#}")?;
    for note in notes(errand, history) {
        writeln!(out, "{FAINT}{note}{FAINT:#}")?;
    }
    Ok(())
}

fn row(number: usize, attempt: &Attempt, terms: &Terms) -> [Cell; 5] {
    let (counts_as, style) = counts_as(&attempt.reply, terms);
    [
        Cell::plain(number.to_string()),
        Cell::plain(if number == 1 { "at once".to_owned() } else { text::duration(attempt.after) }),
        Cell::styled(words::status(&attempt.reply), STRONG),
        Cell::plain(human::latency(attempt.reply.took)),
        Cell::styled(counts_as, style),
    ]
}

fn counts_as(reply: &Reply, terms: &Terms) -> (&'static str, Style) {
    match reply.status() {
        Some(status) if terms.succeeds(status) => ("success", GOOD),
        _ => ("failure", BAD),
    }
}

/// What the endpoint said besides its status, if that was no success.
fn write_details(errand: &Errand, reply: &Reply, out: &mut dyn Write) -> io::Result<()> {
    match &reply.answer {
        Err(trouble) => writeln!(out, "{}", trouble.message),
        Ok(answer) if errand.terms.succeeds(answer.status.as_u16()) => Ok(()),
        Ok(answer) => {
            if let Some(location) = &answer.location {
                let location = excerpt(location, &errand.secrets);
                let sender = &errand.terms.sender;
                writeln!(
                    out,
                    "it redirects to {location}: {sender} does not follow, so give it that URL"
                )?;
            }
            match excerpt(&answer.body, &errand.secrets).as_str() {
                "" => Ok(()),
                said => writeln!(out, "the endpoint says: {said}"),
            }
        }
    }
}

/// What in the conclusion is not the provider's own word.
fn notes(errand: &Errand, history: &History) -> Vec<String> {
    let terms = &errand.terms;
    let sender = &terms.sender;
    let mut notes = Vec::new();
    let (rule, is_assumed) = terms.success_rule();
    if is_assumed {
        notes.push(format!("that {rule} counts as success is assumed: {sender} does not say so"));
    }
    let timed_out = |attempt: &Attempt| {
        attempt.reply.answer.as_ref().is_err_and(|trouble| trouble.cause == Cause::Timeout)
    };
    if terms.timeout_is_assumed && history.attempts.iter().any(timed_out) {
        let timeout = text::duration(terms.timeout);
        notes.push(format!("that an answer may take {timeout} is not {sender}'s word"));
    }
    let retries =
        history.attempts.len() > 1 || matches!(history.conclusion, Conclusion::WillRetry(_));
    if retries && terms.schedule_is_assumed() {
        notes.push(format!("when it is tried again is not {sender}'s word"));
    }
    if errand.is_as_saved() && history.conclusion != Conclusion::Delivered {
        notes.push(
            "it was sent as it was saved: `--resign` signs it anew, where its secret or its \
             timestamp is old"
                .to_owned(),
        );
    }
    notes
}

fn to_json(errand: &Errand, history: &History) -> Value {
    let attempts: Vec<Value> = history
        .attempts
        .iter()
        .map(|attempt| {
            let mut value = reply_json(errand, &attempt.reply);
            value["after_seconds"] = attempt.after.as_secs_f64().into();
            value
        })
        .collect();
    let next = match &history.conclusion {
        Conclusion::WillRetry(wait) => Some(wait.as_secs_f64()),
        _ => None,
    };
    let mut value = errand.heading_json("deliver");
    value["attempts"] = attempts.into();
    value["conclusion"] = json!({
        "code": history.conclusion.as_str(),
        "message": errand.terms.sentence(&history.conclusion, history.attempts.len()),
        "retry_after_seconds": next,
    });
    value["notes"] = notes(errand, history).into();
    value
}

/// What came back, as JSON.
pub(super) fn reply_json(errand: &Errand, reply: &Reply) -> Value {
    let succeeds = reply.status().is_some_and(|status| errand.terms.succeeds(status));
    let seconds = reply.took.as_secs_f64();
    match &reply.answer {
        Ok(answer) => json!({
            "status": answer.status.as_u16(),
            "success": succeeds,
            "seconds": seconds,
            "location": answer.location.as_deref().map(|to| excerpt(to, &errand.secrets)),
            "body": excerpt(&answer.body, &errand.secrets),
            "error": null,
        }),
        Err(trouble) => json!({
            "status": null,
            "success": false,
            "seconds": seconds,
            "location": null,
            "body": null,
            "error": {"code": trouble.cause.as_str(), "message": trouble.message},
        }),
    }
}
