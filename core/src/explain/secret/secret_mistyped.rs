//! One character that was taken for another that looks like it.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Effort, Offers};
use super::super::received::{ReceivedSecret, Secret};

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretMistyped, effort: Effort::Guess, offer };

/// What looks alike in some font.
const ALIKE: [&[u8]; 2] = [b"0Oo", b"1lI|"];

/// Longer secrets are copied, not typed.
const MAX_TYPED: usize = 256;

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let Some(text) = received.text().filter(|text| text.len() <= MAX_TYPED) else {
        return ControlFlow::Continue(());
    };
    // A word processor's dashes, all at once.
    let dashes = text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'], "-");
    if dashes != text {
        offers.offer_secret(dashes, "the secret has long dashes where the sender's has `-`")?;
    }
    for (at, byte) in text.bytes().enumerate() {
        let Some(alike) = ALIKE.iter().find(|alike| alike.contains(&byte)) else { continue };
        for other in alike.iter().filter(|other| **other != byte) {
            let mut secret = text.as_bytes().to_vec();
            secret[at] = *other;
            let evidence = format!(
                "character {} of the secret is another one that looks like it in the sender's",
                at + 1
            );
            offers.offer_secret(secret, evidence)?;
        }
    }
    ControlFlow::Continue(())
}
