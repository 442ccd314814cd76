//! Tells of an arrival on the terminal.

use std::io::{self, Write};

use super::arrival::{Arrival, Verdict};
use super::{facts, redact, text};
use crate::output::{BAD, FAINT, GOOD, STRONG, WARN};

/// The most that is shown of an event's data, in bytes.
const LONGEST_DATA: usize = 64 << 10;

/// Writes what arrived, for people.
pub(super) fn write(out: &mut dyn Write, arrival: &Arrival, secrets: usize) -> io::Result<()> {
    headline(out, arrival)?;
    // The type is in the line above.
    for fact in facts::facts(arrival, secrets).iter().filter(|fact| fact.name != "type") {
        write!(out, "  {FAINT}{:<10}{FAINT:#}  {}", fact.name, fact.value)?;
        mark(out, if fact.is_unsigned { "not signed" } else { "" })?;
        writeln!(out)?;
    }
    match &arrival.verdict {
        Verdict::Verified(event) => {
            if let Some(data) = event.data_json() {
                indented(out, &text::json(data, LONGEST_DATA))?;
            }
        }
        Verdict::Refused(refusal) => writeln!(out, "  {}", refusal.message)?,
    }
    match &arrival.saved {
        Some(Ok(path)) => writeln!(out, "  {FAINT}saved{FAINT:#}       {}", path.display())?,
        Some(Err(error)) => writeln!(out, "  {BAD}not saved{BAD:#}   {error}")?,
        None => {}
    }
    writeln!(out)
}

/// `✓ policy.created  not signed  test  #3  02:43:05Z  POST /webhooks  842 B  → 204`
fn headline(out: &mut dyn Write, arrival: &Arrival) -> io::Result<()> {
    let (style, sign) = if arrival.is_verified() { (GOOD, '✓') } else { (BAD, '✗') };
    let label = text::line(arrival.label());
    write!(out, "{style}{sign}{style:#} {STRONG}{label}{STRONG:#}")?;
    if let Verdict::Verified(event) = &arrival.verdict {
        let is_unsigned = event.unsigned().contains(&hookseal::Field::Type);
        mark(out, if is_unsigned { "type not signed" } else { "" })?;
        mark(out, if event.is_test() { "test" } else { "" })?;
    }
    let (hour, minute, second) = time::OffsetDateTime::from(arrival.at).time().as_hms();
    let request = &arrival.request;
    let status = arrival.answer.status;
    let answer = if (200..300).contains(&status) { GOOD } else { BAD };
    writeln!(
        out,
        "  {FAINT}#{}  {hour:02}:{minute:02}:{second:02}Z  {} {}  {} B{FAINT:#}  → \
         {answer}{status}{answer:#}",
        arrival.number,
        request.method,
        redact::url(&request.target),
        request.body.len()
    )
}

fn mark(out: &mut dyn Write, note: &str) -> io::Result<()> {
    if note.is_empty() { Ok(()) } else { write!(out, "  {WARN}{note}{WARN:#}") }
}

fn indented(out: &mut dyn Write, shown: &text::Shown) -> io::Result<()> {
    for line in shown.text.lines() {
        writeln!(out, "  {line}")?;
    }
    if shown.is_cut {
        writeln!(out, "  {WARN}… and more: `--json` or `--save` has all of it{WARN:#}")?;
    }
    Ok(())
}
