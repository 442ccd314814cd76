//! A body that is percent-encoded as a whole.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::came::{Body, CameBody};
use super::super::part::{Candidates, Effort, Offers};
use super::super::percent::{self, Plus};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyUrlEncoded, effort: Effort::Read, offer };

fn offer(came: &CameBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    for decoded in came.text().map(percent_decoded).unwrap_or_default() {
        offers.offer_inside(Some(decoded), "the body is percent-encoded", came)?;
    }
    ControlFlow::Continue(())
}

/// The texts that the whole body may be percent-encoded from.
fn percent_decoded(body: &str) -> Vec<Vec<u8>> {
    if !body.contains('%') {
        return Vec::new();
    }
    let decoded = [Plus::Itself, Plus::Space].map(|plus| percent::decode(body.trim_end(), plus));
    let mut decoded: Vec<Vec<u8>> = decoded.into_iter().flatten().collect();
    decoded.dedup();
    decoded
}
