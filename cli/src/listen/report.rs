//! Reports an arrival on the terminal.

use std::io::{self, Write};

use hookseal::Report;

use super::app::App;
use super::arrival::{Arrival, Verdict};
use super::{facts, redact};
use crate::output::{BAD, FAINT, GOOD, STRONG, WARN};
use crate::text::shown;
use crate::text::{Printable, date_time, wrap};

/// The width of what is said in sentences.
const WIDTH: usize = 88;

/// The most that is shown of an event's data, in bytes.
const LONGEST_DATA: usize = 64 << 10;

/// Writes an arrival for people.
pub(super) fn write(out: &mut dyn Write, arrival: &Arrival, app: &App) -> io::Result<()> {
    headline(out, arrival)?;
    // The type is in the line above.
    for fact in facts::facts(arrival, app.secrets).iter().filter(|fact| fact.name != "type") {
        write!(out, "  {FAINT}{:<10}{FAINT:#}  {}", fact.name, fact.value)?;
        mark(out, if fact.is_unsigned { "not signed" } else { "" })?;
        writeln!(out)?;
    }
    if let Some(advice) = arrival.advice() {
        for line in wrap(&advice, WIDTH) {
            writeln!(out, "  {WARN}{}{WARN:#}", Printable(&line))?;
        }
    }
    match &arrival.verdict {
        Verdict::Verified(event) => {
            if let Some(data) = event.data_json() {
                indented(out, &shown::json(data, LONGEST_DATA))?;
            }
        }
        Verdict::Refused(refusal) => {
            paragraph(out, "", &refusal.message)?;
            refusal.explanation.as_deref().map_or(Ok(()), |report| explain(out, report))?;
            paragraph(out, "", arrival.next_step().unwrap_or_default())?;
        }
    }
    match &arrival.saved {
        Some(Ok(path)) => {
            let path = path.display().to_string();
            writeln!(out, "  {FAINT}saved{FAINT:#}       {}", Printable(&path))?;
            if !arrival.is_verified() {
                let command = app.page.explain(&path);
                writeln!(out, "  {FAINT}find out{FAINT:#}    {}", Printable(&command))?;
            }
        }
        Some(Err(error)) => writeln!(out, "  {BAD}not saved{BAD:#}   {}", Printable(error))?,
        None => {}
    }
    writeln!(out)
}

/// `✓ policy.created  not signed  test  #3  02:43:05Z  POST /webhooks  842 B  → 204`
fn headline(out: &mut dyn Write, arrival: &Arrival) -> io::Result<()> {
    let (style, sign) = if arrival.is_verified() { (GOOD, '✓') } else { (BAD, '✗') };
    let label = shown::line(arrival.label());
    write!(out, "{style}{sign}{style:#} {STRONG}{label}{STRONG:#}")?;
    if let Verdict::Verified(event) = &arrival.verdict {
        let is_unsigned = event.unsigned().contains(&hookseal::Field::Type);
        mark(out, if is_unsigned { "type not signed" } else { "" })?;
        mark(out, if event.is_test() { "test" } else { "" })?;
    }
    let (hour, minute, second) = date_time(arrival.at).map_or((0, 0, 0), |at| at.time().as_hms());
    let request = &arrival.request;
    let status = arrival.answer.status;
    let answer = if (200..300).contains(&status) { GOOD } else { BAD };
    writeln!(
        out,
        "  {FAINT}#{}  {hour:02}:{minute:02}:{second:02}Z  {} {}  {} B{FAINT:#}  → \
         {answer}{status}{answer:#}",
        arrival.number,
        shown::line(&request.method),
        redact::url(&request.target),
        request.body.len()
    )
}

fn explain(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for finding in report.findings() {
        let (style, sure) =
            if finding.is_proven() { (GOOD, "proven") } else { (WARN, "not proven") };
        writeln!(out, "\n  {STRONG}{}{STRONG:#}  {style}{sure}{style:#}", finding.code())?;
        paragraph(out, "what", finding.what())?;
        paragraph(out, "seen", finding.evidence())?;
        paragraph(out, "fix", finding.fix())?;
        paragraph(out, "more", &finding.code().page())?;
    }
    match report.ruled_out().len() {
        0 => {}
        count => paragraph(out, "", &format!("Tried in vain: {count}, which the page lists."))?,
    }
    report.conclusion().map_or(Ok(()), |conclusion| paragraph(out, "", &conclusion))
}

fn paragraph(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let indent = if name.is_empty() { 0 } else { "what".len() + 2 };
    let mut name = name;
    for line in wrap(text, WIDTH) {
        writeln!(out, "  {FAINT}{name:<indent$}{FAINT:#}{}", Printable(&line))?;
        name = "";
    }
    Ok(())
}

fn mark(out: &mut dyn Write, note: &str) -> io::Result<()> {
    if note.is_empty() { Ok(()) } else { write!(out, "  {WARN}{note}{WARN:#}") }
}

fn indented(out: &mut dyn Write, shown: &shown::Shown) -> io::Result<()> {
    for line in shown.text.lines() {
        writeln!(out, "  {line}")?;
    }
    if shown.is_cut {
        writeln!(out, "  {WARN}… and more: `--json` or `--save` has all of it{WARN:#}")?;
    }
    Ok(())
}
