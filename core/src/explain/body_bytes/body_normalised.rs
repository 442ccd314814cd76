//! Characters that were composed or taken apart, as file systems and databases do.

use core::ops::ControlFlow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyNormalised, effort: Effort::Read, offer };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text().filter(|text| !text.is_ascii()) else {
        return ControlFlow::Continue(());
    };
    // A character may be taken apart into three times as many bytes.
    if !offers.budget.allows(text.len().saturating_mul(3)) {
        return ControlFlow::Continue(());
    }
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        let composed: String = text.nfc().collect();
        if composed != text {
            let evidence = "characters are taken apart here (NFD), the sender signed them composed";
            offers.offer(composed, Change::Altered, evidence)?;
        }
    }
    let apart: String = text.nfd().collect();
    if apart == text {
        return ControlFlow::Continue(());
    }
    let evidence = "characters are composed here (NFC), the sender signed them taken apart";
    offers.offer(apart, Change::Altered, evidence)
}
