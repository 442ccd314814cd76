//! A body that was parsed and written again.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{Body, ReceivedBody};
use super::super::words::counted;
use super::samples::Samples;
use super::sort::sorted;
use super::style::{Escapes, Layout, Style};
use super::traces::{Traces, serialiser};
use super::values::{Decimals, Places, with_short_numbers};
use super::writer::write;

/// The same values in every style.
pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyReserialised, effort: Effort::Read, offer };

/// Keys in order, and values as they may have been before a parser and a serialiser changed them.
pub(super) const CHANGED: Candidates<Body> =
    Candidates { code: FindingCode::BodyReserialised, effort: Effort::Guess, offer: offer_changed };

pub(super) const ROUNDED: Symptom<Body> =
    Symptom { code: FindingCode::BodyReserialised, weight: Weight::Unusual, shows: shows_rounded };

pub(super) const SYMPTOM: Symptom<Body> =
    Symptom { code: FindingCode::BodyReserialised, weight: Weight::Unusual, shows };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.json() else { return ControlFlow::Continue(()) };
    Writing { received, text, change: Change::Rewritten, note: "" }.offer(&Layout::ALL, offers)
}

/// Offers the values of another text than the body's in every style.
pub(in crate::explain) fn offer_styles_of(
    text: &str,
    note: &'static str,
    received: &ReceivedBody<'_>,
    offers: &mut Offers<'_, Body>,
) -> ControlFlow<()> {
    Writing { received, text, change: Change::Rewritten, note }.offer(&Layout::ALL, offers)
}

fn offer_changed(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    /// What serialisers write most.
    const USUAL: [Layout; 3] = [Layout::Compact, Layout::Spaced, Layout::Indented("  ")];
    let Some(text) = received.json() else { return ControlFlow::Continue(()) };
    // Sorting may copy a text once for each level that it nests.
    let copying = text.len().saturating_mul(4);
    if offers.budget.spend(copying)
        && let Ok(text) = sorted(text, copying)
    {
        Writing::altered(received, &text, "with its keys sorted, ").offer(&Layout::ALL, offers)?;
    }
    if !offers.budget.allows(text.len()) {
        return ControlFlow::Continue(());
    }
    let compact = Style { layout: Layout::Compact, escapes: Escapes::None };
    let Ok(text) = write(text, compact, limit(received, offers)) else {
        return ControlFlow::Continue(());
    };
    if let Some(text) = with_short_numbers(&text) {
        Writing::altered(received, &text, "with numbers in their shortest form, ")
            .offer(&USUAL, offers)?;
    }
    let changes = [
        (Places::empty_arrays(&text), "with `{}` where `[]` is, "),
        (Places::numbers(&text, Decimals::Point), "with numbers such as 1 written 1.0, "),
        (Places::numbers(&text, Decimals::Two), "with numbers such as 1.5 written 1.50, "),
    ];
    for (places, note) in changes {
        let Some(places) = places else { continue };
        for subset in places.subsets() {
            if !offers.budget.spend(text.len()) {
                break;
            }
            let text = places.restore(&text, subset);
            Writing::altered(received, &text, note).offer(&USUAL, offers)?;
        }
    }
    ControlFlow::Continue(())
}

/// A JSON text to be written in several styles.
struct Writing<'w, 'c> {
    received: &'w ReceivedBody<'c>,
    text: &'w str,
    change: Change,
    /// What else was changed, for the evidence.
    note: &'static str,
}

impl<'w, 'c> Writing<'w, 'c> {
    fn altered(received: &'w ReceivedBody<'c>, text: &'w str, note: &'static str) -> Self {
        Self { received, text, change: Change::Altered, note }
    }

    fn offer(&self, layouts: &[Layout], offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
        let distinct = Escapes::distinct(self.text);
        for layout in layouts {
            for escapes in &distinct {
                let style = Style { layout: *layout, escapes: *escapes };
                if !offers.budget.allows(self.text.len()) {
                    return ControlFlow::Continue(());
                }
                let limit = limit(self.received, offers);
                let Ok(written) = write(self.text, style, limit) else {
                    offers.budget.spend(limit);
                    continue;
                };
                if written.as_bytes() != self.received.bytes {
                    let evidence = self.evidence(style, written.len());
                    offers.offer(written, self.change, evidence)?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn evidence(&self, style: Style, length: usize) -> String {
        format!(
            "{} bytes came; written {}{}, {}, they are the {length} that were signed",
            self.received.bytes.len(),
            self.note,
            style.layout.description(),
            style.escapes.description(),
        )
    }
}

/// Returns the length to which a body may grow when it is written anew.
fn limit(received: &ReceivedBody<'_>, offers: &Offers<'_, Body>) -> usize {
    offers.budget.available().min(received.bytes.len().saturating_mul(8) + (64 << 10))
}

/// So many keys, each after a smaller one, are hardly ever in order by chance.
const MANY_SORTED_KEYS: usize = 5;

/// Integers that JavaScript cannot hold.
fn shows_rounded(received: &ReceivedBody<'_>) -> Option<String> {
    let rounded = Traces::of(received.json().filter(|_| received.must_be_json())?).rounded;
    (rounded > 0).then(|| {
        format!(
            "digits as a double rounds them, which JavaScript writes for large integers: {}",
            counted(rounded, "whole number")
        )
    })
}

/// Shows traces of another writer than the sender in JSON that is complete.
fn shows(received: &ReceivedBody<'_>) -> Option<String> {
    let text = received.json().filter(|_| received.must_be_json())?;
    if received.is_as_declared() {
        return None;
    }
    let (traces, samples) = (Traces::of(text), Samples::of(received.scheme));
    let is_raw = !received.scheme.signs_ecmascript();
    if let Some(unusual) = is_raw.then(|| samples.unusual_spacing(text)).flatten() {
        return Some(format!("the body is {unusual}, and none of the sender's samples is"));
    }
    if traces.is_sorted && traces.sorted_keys >= MANY_SORTED_KEYS && samples.none_is_sorted() {
        return Some(
            "the keys of every object are in alphabetical order, and in none of the sender's \
             samples are they"
                .to_owned(),
        );
    }
    let declared = received.declared_length()?;
    let name = serialiser(text)?;
    Some(format!(
        "Content-Length says {declared} bytes; the body has {}, and is to the byte what {name} \
         writes",
        text.len()
    ))
}
