//! A secret in another charset: the file that it was read from is not UTF-8.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{ReceivedSecret, Secret};
use super::super::utf16::from_utf16;

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretCharset, effort: Effort::Read, offer };

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    match from_utf16(received.bytes) {
        Some(text) => offers.offer_inside(text, "the secret is UTF-16, the sender's UTF-8"),
        None => ControlFlow::Continue(()),
    }
}
