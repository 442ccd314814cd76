//! What `hookseal inbox` prints for people.

use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use hookseal::inbox::{Entry, Stats};

use crate::output::{BAD, FAINT, STRONG, WARN};
use crate::text::{duration, moment};

/// Writes a line for each source.
pub(super) fn stats(out: &mut dyn Write, stats: &Stats) -> io::Result<()> {
    if stats.sources.is_empty() {
        writeln!(out, "everything is done")?;
    }
    for source in &stats.sources {
        write!(
            out,
            "{STRONG}{}{STRONG:#}: {} waiting, {} leased, {} blocked, ",
            source.source, source.waiting, source.leased, source.blocked
        )?;
        match source.dead {
            0 => write!(out, "0 dead")?,
            dead => write!(out, "{BAD}{dead} dead{BAD:#}")?,
        }
        if source.oldest_due > Duration::ZERO {
            let whole = Duration::from_secs(source.oldest_due.as_secs());
            write!(out, "; due for {}", duration(whole))?;
        }
        if source.has_late {
            write!(out, "; {WARN}some came after a later one was done{WARN:#}")?;
        }
        writeln!(out)?;
    }
    if stats.conflicts > 0 {
        writeln!(out, "{WARN}{} came again with another body{WARN:#}", stats.conflicts)?;
    }
    Ok(())
}

/// Writes a line for each delivery, and its error below it.
pub(super) fn entries(out: &mut dyn Write, entries: &[Entry]) -> io::Result<()> {
    if entries.is_empty() {
        return writeln!(out, "there are none");
    }
    for entry in entries {
        let received_at = u64::try_from(entry.received_at).unwrap_or_default();
        let received_at = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(received_at));
        writeln!(
            out,
            "{STRONG}{}{STRONG:#}  {}  {}  {}  {}  {}",
            entry.seq,
            received_at.and_then(moment).unwrap_or_default(),
            entry.state.as_str(),
            entry.source,
            entry.event_type,
            entry.dedupe_key
        )?;
        if let Some(error) = &entry.error {
            writeln!(out, "    {FAINT}after {} attempts:{FAINT:#} {error}", entry.attempts)?;
        }
        if entry.conflicts > 0 {
            writeln!(out, "    {WARN}came {} times with another body{WARN:#}", entry.conflicts)?;
        }
        if entry.is_late {
            writeln!(out, "    {WARN}came after a later one was done{WARN:#}")?;
        }
    }
    Ok(())
}

/// Writes what is kept as it stood in HTTP.
pub(super) fn kept(
    out: &mut dyn Write,
    headers: &[(String, String)],
    body: &str,
) -> io::Result<()> {
    for (name, value) in headers {
        writeln!(out, "{STRONG}{name}{STRONG:#}: {value}")?;
    }
    writeln!(out, "\n{body}")
}
