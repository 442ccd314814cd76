//! A byte order mark that was added or lost.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyBom, effort: Effort::Touch, offer };

const BOM: &[u8] = b"\xef\xbb\xbf";

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    match received.bytes.strip_prefix(BOM) {
        Some(rest) => offers.offer(
            rest,
            Change::Wrapped,
            "the body begins with a byte order mark (EF BB BF), which the sender did not sign",
        ),
        None => offers.offer(
            [BOM, received.bytes].concat(),
            Change::Touched,
            "the sender signed a byte order mark (EF BB BF) before the body, which is not here",
        ),
    }
}
