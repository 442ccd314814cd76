//! Everything about one provider.

use std::io::{self, Write};
use std::time::Duration;

use hookseal::{Evidence, Field};

use super::entry::Entry;
use crate::output::{FAINT, STRONG, WARN};
use crate::text;

const NAME_WIDTH: usize = 11;
const TEXT_WIDTH: usize = 88;
const NOT_DOCUMENTED: &str = "not documented";

/// Writes the page.
pub(super) fn write(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    let name = entry.provider.name();
    writeln!(out, "{STRONG}{}{STRONG:#} ({name})", entry.scheme.title())?;
    field(out, "aliases", aliases(entry).as_deref())?;
    field(out, "category", Some(entry.provider.category()))?;
    field(out, "evidence", Some(&evidence(entry)))?;
    field(out, "source", entry.facts.source.as_deref())?;
    note(out, entry.facts.note.as_deref())?;
    signature(out, entry)?;
    replays(out, entry)?;
    events(out, entry)?;
    delivery(out, entry)
}

fn aliases(entry: &Entry) -> Option<String> {
    let aliases = entry.provider.aliases();
    (!aliases.is_empty()).then(|| aliases.join(", "))
}

/// How sure it is, in words.
fn evidence(entry: &Entry) -> String {
    let evidence = entry.provider.evidence();
    let why = match evidence {
        Evidence::Proven => ": a delivery of the provider's own verifies",
        Evidence::Documented => ": the provider says it",
        _ => ", and not documented",
    };
    format!("{}{why}", evidence.as_str())
}

fn signature(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    for form in &entry.facts.signature {
        heading(out, "Signature")?;
        let (place, name) = form.place();
        field(out, place, Some(&name))?;
        field(out, "value", Some(&form.form()))?;
        field(out, "algorithm", Some(&form.algorithm()))?;
        let covers = if entry.scheme.signs_ecmascript() {
            format!("{}, as JavaScript's JSON.stringify writes it", form.content())
        } else {
            form.content()
        };
        field(out, "covers", Some(&covers))?;
        note(out, form.note.as_deref())?;
        field(out, "source", form.source.as_deref())?;
    }
    heading(out, "Secret")?;
    field(out, "read", Some(&entry.facts.key.reading()))?;
    note(out, entry.facts.key.note.as_deref())?;

    heading(out, "Not signed")?;
    let unsigned: Vec<_> = entry.scheme.unsigned().iter().map(|field| field.as_str()).collect();
    if unsigned.is_empty() {
        return writeln!(out, "  nothing of the event");
    }
    let unsigned = unsigned.join(", ");
    writeln!(out, "  {WARN}{unsigned}{WARN:#}: whoever replays a delivery can change them")
}

fn replays(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    heading(out, "Replays")?;
    let timestamp = match &entry.facts.timestamp {
        Some(rule) => {
            let tolerance = Duration::from_secs(rule.tolerance.unwrap_or(300));
            format!("{} either way, where one is signed", text::duration(tolerance))
        }
        None => "none is signed: a recorded delivery stays genuine for ever".to_owned(),
    };
    field(out, "timestamp", Some(&timestamp))?;
    let by = if entry.scheme.unsigned().contains(&Field::Id) || !entry.facts.event.has_id() {
        "type and body"
    } else {
        "id, or by type and body where it has none"
    };
    field(out, "dedupe", Some(&format!("by {by}: `dedupe_key` is what to compare")))
}

fn events(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    heading(out, "Events")?;
    let events = &entry.catalogue.events;
    if events.is_empty() {
        writeln!(out, "  any: none is described here")?;
    }
    let width = events.iter().map(|event| event.name.len()).max().unwrap_or_default();
    for event in events {
        writeln!(out, "  {STRONG}{:<width$}{STRONG:#}  {}", event.name, event.description)?;
        for more in [&event.answer_means, &event.precedence].into_iter().flatten() {
            writeln!(out, "  {:<width$}  {WARN}{more}{WARN:#}", "")?;
        }
    }
    note(out, entry.facts.event.note.as_deref())?;
    field(out, "source", entry.catalogue.source.as_deref())
}

fn delivery(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    let delivery = &entry.catalogue.delivery;
    heading(out, "Delivery")?;
    field(out, "success", Some(delivery.success.as_deref().unwrap_or(NOT_DOCUMENTED)))?;
    let timeout = delivery.timeout.map(text::duration);
    field(out, "timeout", Some(timeout.as_deref().unwrap_or(NOT_DOCUMENTED)))?;
    field(out, "retries", Some(&retries(delivery.retries.as_deref())))?;
    field(out, "then", delivery.then.as_deref())?;
    note(out, delivery.note.as_deref())?;
    field(out, "source", delivery.source.as_deref())
}

/// The waits before each retry.
fn retries(waits: Option<&[Duration]>) -> String {
    match waits {
        None => NOT_DOCUMENTED.to_owned(),
        Some([]) => "none".to_owned(),
        Some(waits) => {
            let all = text::duration(waits.iter().sum());
            let each: Vec<_> = waits.iter().copied().map(text::duration).collect();
            format!("{}, after {}: {all} in all", waits.len(), each.join(", "))
        }
    }
}

fn heading(out: &mut dyn Write, heading: &str) -> io::Result<()> {
    writeln!(out, "\n{STRONG}{heading}{STRONG:#}")
}

fn field(out: &mut dyn Write, name: &str, value: Option<&str>) -> io::Result<()> {
    let Some(value) = value else { return Ok(()) };
    let mut name = name;
    for line in text::wrap(value, TEXT_WIDTH) {
        writeln!(out, "  {FAINT}{name:<NAME_WIDTH$}{FAINT:#}{line}")?;
        name = "";
    }
    Ok(())
}

fn note(out: &mut dyn Write, note: Option<&str>) -> io::Result<()> {
    field(out, "note", note)
}
