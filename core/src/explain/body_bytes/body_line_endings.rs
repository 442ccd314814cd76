//! Line breaks that were changed or taken out.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::body_json::{Escapes, Layout, Style, write};
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Body, ReceivedBody};

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyLineEndings, effort: Effort::Touch, offer };

/// As `curl --data @file` takes them out of indented JSON.
pub(super) const TAKEN_OUT: Candidates<Body> =
    Candidates { code: FindingCode::BodyLineEndings, effort: Effort::Read, offer: offer_put_back };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let body = received.bytes;
    let feeds = body.split(|byte| *byte == b'\n').count() - 1;
    let pairs = body.windows(2).filter(|pair| pair == b"\r\n").count();
    if pairs > 0 {
        let evidence = format!("{pairs} line breaks are CR LF here; the sender signed LF");
        offers.offer(with_feeds(body), Change::Touched, evidence)?;
    }
    if feeds > pairs {
        let evidence = format!("{feeds} line breaks are LF here; the sender signed CR LF");
        offers.offer(with_pairs(body), Change::Touched, evidence)?;
    }
    ControlFlow::Continue(())
}

fn with_feeds(body: &[u8]) -> Vec<u8> {
    let mut feeds = Vec::with_capacity(body.len());
    for (at, byte) in body.iter().enumerate() {
        if *byte != b'\r' || body.get(at + 1) != Some(&b'\n') {
            feeds.push(*byte);
        }
    }
    feeds
}

fn with_pairs(body: &[u8]) -> Vec<u8> {
    let mut pairs = Vec::with_capacity(body.len() + body.len() / 16);
    let mut last = 0;
    for byte in body {
        if *byte == b'\n' && last != b'\r' {
            pairs.push(b'\r');
        }
        pairs.push(*byte);
        last = *byte;
    }
    pairs
}

fn offer_put_back(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    // The indentation stays where the line breaks go.
    let is_indented = matches!(received.bytes, [b'{' | b'[', b' ' | b'\t', ..]);
    let Some(text) = received.json().filter(|_| is_indented) else {
        return ControlFlow::Continue(());
    };
    for layout in Layout::INDENTED {
        for escapes in Escapes::distinct(text) {
            let limit = offers.budget.available().min(text.len().saturating_mul(2));
            let Ok(written) = write(text, Style { layout, escapes }, limit) else { continue };
            let breaks = written.bytes().filter(|byte| *byte == b'\n').count();
            let without_breaks = written.bytes().filter(|byte| *byte != b'\n');
            if breaks > 0 && without_breaks.eq(text.bytes()) {
                let evidence = format!("{breaks} line breaks that the sender signed are not here");
                offers.offer(written, Change::Rewritten, evidence)?;
            }
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_line_breaks_both_ways() {
        assert_eq!(with_feeds(b"{\r\n\r\"\r\n}"), b"{\n\r\"\n}");
        assert_eq!(with_pairs(b"{\n\r\n}"), b"{\r\n\r\n}");
    }
}
