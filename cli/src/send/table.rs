//! Tables for people.

use std::io::{self, Write};

use anstyle::Style;

use crate::output::FAINT;

/// A text and how it looks.
pub(super) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::styled(text, Style::new())
    }

    pub(super) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// Writes the rows in columns, under their titles.
pub(super) fn write<const COLUMNS: usize>(
    out: &mut dyn Write,
    titles: [&str; COLUMNS],
    rows: &[[Cell; COLUMNS]],
) -> io::Result<()> {
    let titles = titles.map(|title| Cell::styled(title, FAINT));
    let rows = || core::iter::once(&titles).chain(rows);
    let widths: [usize; COLUMNS] = core::array::from_fn(|column| {
        rows().map(|row| row[column].width()).max().unwrap_or_default()
    });
    for row in rows() {
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let Cell { text, style } = cell;
            let gap = if column + 1 == COLUMNS { 0 } else { width - cell.width() + 2 };
            write!(out, "{style}{text}{style:#}{:gap$}", "")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
