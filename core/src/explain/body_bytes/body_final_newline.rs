//! White space at the body's ends.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};
use super::super::words::counted;

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyFinalNewline, effort: Effort::Touch, offer };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    const LOST: [(&[u8], &str); 3] =
        [(b"\n", "a line feed"), (b"\r\n", "a carriage return and a line feed"), (b" ", "a space")];
    let body = received.bytes;
    for (end, name) in LOST {
        let evidence = format!("the sender signed {name} at the end, which is not here");
        offers.offer([body, end].concat(), Change::Touched, evidence)?;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0);
    let before = body.iter().take_while(|byte| is_blank(byte)).count();
    let after = body.iter().rev().take_while(|byte| is_blank(byte)).count();
    if after > 0 {
        let evidence = format!(
            "the body ends with white space that was not signed: {}",
            counted(after, "byte")
        );
        offers.offer(&body[..body.len() - after], Change::Touched, evidence)?;
        // One of several.
        for (end, name) in LOST {
            if after > end.len()
                && let Some(shorter) = body.strip_suffix(end)
            {
                let evidence = format!("the body ends with {name} that was not signed");
                offers.offer(shorter, Change::Touched, evidence)?;
            }
        }
    }
    if (1..body.len()).contains(&before) {
        let evidence = format!(
            "the body begins with white space that was not signed: {}",
            counted(before, "byte")
        );
        offers.offer(&body[before..], Change::Touched, evidence)?;
        if after > 0 {
            let evidence = "the body has white space at both ends that was not signed";
            offers.offer(&body[before..body.len() - after], Change::Touched, evidence)?;
        }
    }
    ControlFlow::Continue(())
}
