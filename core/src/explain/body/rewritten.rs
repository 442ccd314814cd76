//! The body as other serialisers would have written it.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::sort::sorted;
use super::style::{Escapes, Layout, Style};
use super::values::{Decimals, Places, with_short_numbers};
use super::writer::write;
use super::{Kind, Repairs};

/// Offers the body's values in every style.
pub(super) fn styles(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    let Some(text) = json(body) else { return ControlFlow::Continue(()) };
    Writing::of(body, text, Kind::Rewritten, "").offer(&Layout::ALL, repairs)
}

/// Offers the values of a dictionary that a language printed in every style.
pub(super) fn as_dictionary(body: &[u8], json: &str, repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    let change = "read as the dictionary that a language printed, ";
    let mut writing = Writing::of(body, json, Kind::Rewritten, change);
    writing.code = FindingCode::BodyPlaceholder;
    writing.offer(&Layout::ALL, repairs)
}

/// Offers the body with keys sorted, and with values as they may have been before a parser and a
/// serialiser changed them.
pub(super) fn restored(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    /// What serialisers write most.
    const USUAL: [Layout; 3] = [Layout::Compact, Layout::Spaced, Layout::Indented("  ")];
    let Some(text) = json(body) else { return ControlFlow::Continue(()) };
    // Sorting may copy a text once for each level that it nests.
    let copying = body.len().saturating_mul(4);
    if repairs.budget.spend(copying)
        && let Ok(text) = sorted(text, copying)
    {
        let change = "with its keys sorted, ";
        Writing::of(body, &text, Kind::Restored, change).offer(&Layout::ALL, repairs)?;
    }
    if !repairs.budget.allows(body.len()) {
        return ControlFlow::Continue(());
    }
    let compact = Style { layout: Layout::Compact, escapes: Escapes::None };
    let Ok(text) = write(text, compact, limit(body, repairs)) else {
        return ControlFlow::Continue(());
    };
    if let Some(text) = with_short_numbers(&text) {
        let change = "with numbers in their shortest form, ";
        Writing::of(body, &text, Kind::Restored, change).offer(&USUAL, repairs)?;
    }
    let changes = [
        (Places::empty_arrays(&text), "with `{}` where `[]` is, "),
        (Places::numbers(&text, Decimals::Point), "with numbers such as 1 written 1.0, "),
        (Places::numbers(&text, Decimals::Two), "with numbers such as 1.5 written 1.50, "),
    ];
    for (places, change) in changes {
        let Some(places) = places else { continue };
        for subset in places.subsets() {
            if !repairs.budget.spend(text.len()) {
                break;
            }
            let text = places.restore(&text, subset);
            Writing::of(body, &text, Kind::Restored, change).offer(&USUAL, repairs)?;
        }
    }
    ControlFlow::Continue(())
}

/// A JSON text to be written in several styles.
struct Writing<'w> {
    body: &'w [u8],
    text: &'w str,
    kind: Kind,
    code: FindingCode,
    /// What else was changed, for the evidence.
    change: &'static str,
}

impl<'w> Writing<'w> {
    fn of(body: &'w [u8], text: &'w str, kind: Kind, change: &'static str) -> Self {
        Self { body, text, kind, code: FindingCode::BodyReserialised, change }
    }

    fn offer(&self, layouts: &[Layout], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
        let distinct = Escapes::distinct(self.text);
        for layout in layouts {
            for escapes in &distinct {
                let style = Style { layout: *layout, escapes: *escapes };
                if !repairs.budget.allows(self.text.len()) {
                    return ControlFlow::Continue(());
                }
                let limit = limit(self.body, repairs);
                let Ok(written) = write(self.text, style, limit) else {
                    repairs.budget.spend(limit);
                    continue;
                };
                if written.as_bytes() == self.body {
                    continue;
                }
                self.offer_written(written, style, repairs)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn offer_written(
        &self,
        written: String,
        style: Style,
        repairs: &mut Repairs<'_>,
    ) -> ControlFlow<()> {
        let breaks = written.bytes().filter(|byte| *byte == b'\n').count();
        let without_breaks = written.bytes().filter(|byte| *byte != b'\n');
        if breaks > 0
            && written.len() - breaks == self.body.len()
            && without_breaks.eq(self.body.iter().copied())
        {
            let evidence = format!("{breaks} line breaks that the sender signed are not here");
            return repairs.offer(written, self.kind, FindingCode::BodyLineEndings, evidence);
        }
        let evidence = format!(
            "{} bytes came; written {}{}, {}, they are the {} that were signed",
            self.body.len(),
            self.change,
            style.layout.description(),
            style.escapes.description(),
            written.len(),
        );
        repairs.offer(written, self.kind, self.code, evidence)
    }
}

fn json(body: &[u8]) -> Option<&str> {
    let text = simdutf8::basic::from_utf8(body).ok()?;
    hookseal_json::validate(text).ok().map(|()| text)
}

/// How long a body may grow by being written anew.
fn limit(body: &[u8], repairs: &Repairs<'_>) -> usize {
    repairs.budget.available().min(body.len().saturating_mul(8) + (64 << 10))
}
