//! Bytes that mean nothing: line breaks, white space at the ends, byte order marks.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::{Kind, Repairs};

const BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) fn each(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    if !repairs.budget.allows(body.len()) {
        return ControlFlow::Continue(());
    }
    ends(body, repairs)?;
    line_breaks(body, repairs)?;
    match body.strip_prefix(BOM) {
        Some(rest) => repairs.offer(
            rest,
            Kind::Unpacked,
            FindingCode::BodyBom,
            "the body begins with a byte order mark (EF BB BF), which the sender did not sign",
        ),
        None => repairs.offer(
            [BOM, body].concat(),
            Kind::Touched,
            FindingCode::BodyBom,
            "the sender signed a byte order mark (EF BB BF) before the body, which is not here",
        ),
    }
}

fn ends(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    const LOST: [(&[u8], &str); 3] =
        [(b"\n", "a line feed"), (b"\r\n", "a carriage return and a line feed"), (b" ", "a space")];
    let code = FindingCode::BodyFinalNewline;
    for (end, name) in LOST {
        let evidence = format!("the sender signed {name} at the end, which is not here");
        repairs.offer([body, end].concat(), Kind::Touched, code, evidence)?;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0);
    let before = body.iter().take_while(|byte| is_blank(byte)).count();
    let after = body.iter().rev().take_while(|byte| is_blank(byte)).count();
    if after > 0 {
        let evidence =
            format!("the body ends with {after} bytes of white space that were not signed");
        repairs.offer(&body[..body.len() - after], Kind::Touched, code, evidence)?;
        // One of several.
        for (end, name) in LOST {
            if after > end.len()
                && let Some(shorter) = body.strip_suffix(end)
            {
                let evidence = format!("the body ends with {name} that was not signed");
                repairs.offer(shorter, Kind::Touched, code, evidence)?;
            }
        }
    }
    if (1..body.len()).contains(&before) {
        let evidence =
            format!("the body begins with {before} bytes of white space that were not signed");
        repairs.offer(&body[before..], Kind::Touched, code, evidence)?;
        if after > 0 {
            let evidence = "the body has white space at both ends that was not signed";
            repairs.offer(&body[before..body.len() - after], Kind::Touched, code, evidence)?;
        }
    }
    ControlFlow::Continue(())
}

fn line_breaks(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    let feeds = body.split(|byte| *byte == b'\n').count() - 1;
    let pairs = body.windows(2).filter(|pair| pair == b"\r\n").count();
    let code = FindingCode::BodyLineEndings;
    if pairs > 0 {
        let evidence = format!("{pairs} line breaks are CR LF here; the sender signed LF");
        repairs.offer(with_feeds(body), Kind::Touched, code, evidence)?;
    }
    if feeds > pairs {
        let evidence = format!("{feeds} line breaks are LF here; the sender signed CR LF");
        repairs.offer(with_pairs(body), Kind::Touched, code, evidence)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_line_breaks_both_ways() {
        assert_eq!(with_feeds(b"{\r\n\r\"\r\n}"), b"{\n\r\"\n}");
        assert_eq!(with_pairs(b"{\n\r\n}"), b"{\r\n\r\n}");
    }
}
