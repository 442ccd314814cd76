//! A secret in other case than the sender's.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{ReceivedSecret, Secret};

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretCase, effort: Effort::Read, offer };

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    for variant in [received.bytes.to_ascii_lowercase(), received.bytes.to_ascii_uppercase()] {
        if variant != received.bytes {
            let name = if variant.iter().any(u8::is_ascii_lowercase) { "lower" } else { "upper" };
            let evidence = format!("the signature matches with the secret in {name} case");
            offers.offer_secret(variant, evidence)?;
        }
    }
    ControlFlow::Continue(())
}
