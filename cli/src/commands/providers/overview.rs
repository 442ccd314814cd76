//! One line for each provider.

use std::io::{self, Write};

use super::entry::Entry;
use crate::output::{FAINT, STRONG};

const HEAD: [&str; 6] = ["NAME", "CATEGORY", "SIGNATURE", "COVERS", "NOT SIGNED", "EVIDENCE"];

/// Writes the table.
pub(super) fn write(out: &mut dyn Write, all: &[Entry]) -> io::Result<()> {
    let rows: Vec<[String; 6]> = all.iter().map(row).collect();
    let mut widths = HEAD.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String; 6]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    writeln!(out, "{FAINT}{}{FAINT:#}", line(&HEAD.map(str::to_owned)))?;
    for row in &rows {
        let (name, rest) = (&row[0], &line(row)[row[0].len()..]);
        writeln!(out, "{STRONG}{name}{STRONG:#}{rest}")?;
    }
    Ok(())
}

fn row(entry: &Entry) -> [String; 6] {
    // A scheme has at least one form, and the first is what signing makes.
    let form = &entry.facts.signature[0];
    let unsigned: Vec<_> = entry.scheme.unsigned().iter().map(|field| field.as_str()).collect();
    [
        entry.provider.name().to_owned(),
        entry.provider.category().to_owned(),
        form.algorithm(),
        shortened(form.content()),
        if unsigned.is_empty() { "-".to_owned() } else { unsigned.join(", ") },
        entry.provider.evidence().as_str().to_owned(),
    ]
}

/// A provider's own page says the whole of it.
fn shortened(content: String) -> String {
    const WIDEST: usize = 48;
    match content.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}…", &content[..end]),
        None => content,
    }
}
