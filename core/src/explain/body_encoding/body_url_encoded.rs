//! A body that is percent-encoded as a whole.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};
use super::body_form_encoded::ENCODERS;
use crate::percent::{self, Plus};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyUrlEncoded, effort: Effort::Read, offer };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    for decoded in received.text().map(percent_decoded).unwrap_or_default() {
        offers.offer_inside(Some(decoded), "the body is percent-encoded", received)?;
    }
    offer_form(received, offers)?;
    offer_pluses(received, offers)
}

/// Offers the form that was decoded as a whole, so that its `+` became spaces: `Body=hi you&From=+1`.
fn offer_form(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.text().filter(|text| text.contains('=')) else {
        return ControlFlow::Continue(());
    };
    let is_decoded = |text: &str| text.contains([' ', '+', '/', ':']) || !text.is_ascii();
    if !is_decoded(text) || text.contains('%') || text.trim_start().starts_with(['{', '[', '<']) {
        return ControlFlow::Continue(());
    }
    for (unreserved, plus) in ENCODERS {
        // What separates names and values stays.
        let kept = [unreserved, b"=&"].concat();
        let mut form = Vec::with_capacity(text.len() * 2);
        percent::encode(text.as_bytes(), &kept, plus, &mut form);
        let evidence = "a form came decoded; the sender signed it percent-encoded";
        offers.offer(form, Change::Altered, evidence)?;
    }
    ControlFlow::Continue(())
}

/// Offers the body as it was before each `+` in it became a space: all spaces may have been one, or
/// those that begin a text, as telephone numbers do.
fn offer_pluses(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let Some(text) = received.json() else { return ControlFlow::Continue(()) };
    for (space, plus) in [(" ", "+"), ("\" ", "\"+")] {
        let count = text.matches(space).count();
        if count > 0 && offers.budget.allows(text.len()) {
            let evidence = format!("{count} spaces are here that the sender signed as `+`");
            offers.offer(text.replace(space, plus), Change::Altered, evidence)?;
        }
    }
    ControlFlow::Continue(())
}

/// The texts that the whole body may be percent-encoded from.
fn percent_decoded(body: &str) -> Vec<Vec<u8>> {
    if !body.contains('%') {
        return Vec::new();
    }
    let decoded =
        [Plus::Itself, Plus::Space].map(|plus| percent::decode_encoded(body.trim_end(), plus));
    let mut decoded: Vec<Vec<u8>> = decoded.into_iter().flatten().collect();
    decoded.dedup();
    decoded
}
