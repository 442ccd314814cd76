//! A byte order mark that was added or lost.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::came::{Body, CameBody};
use super::super::part::{Candidates, Change, Effort, Offers};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyBom, effort: Effort::Touch, offer };

const BOM: &[u8] = b"\xef\xbb\xbf";

fn offer(came: &CameBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    match came.bytes.strip_prefix(BOM) {
        Some(rest) => offers.offer(
            rest,
            Change::Wrapped,
            "the body begins with a byte order mark (EF BB BF), which the sender did not sign",
        ),
        None => offers.offer(
            [BOM, came.bytes].concat(),
            Change::Touched,
            "the sender signed a byte order mark (EF BB BF) before the body, which is not here",
        ),
    }
}
