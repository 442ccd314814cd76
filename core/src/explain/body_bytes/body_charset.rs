//! A body that was decoded as one charset and encoded as another.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::cause::Causes;
use super::super::part::{Candidates, Change, Effort, Offers, Symptom, Weight};
use super::super::received::{Body, ReceivedBody};
use super::super::utf16::from_utf16;
use super::super::words::counted;

pub(super) const CANDIDATES: Candidates<Body> =
    Candidates { code: FindingCode::BodyCharset, effort: Effort::Read, offer };

pub(super) const NOT_UTF_8: Symptom<Body> =
    Symptom { code: FindingCode::BodyCharset, weight: Weight::Unreadable, shows: is_not_utf8 };

pub(super) const REPLACED: Symptom<Body> =
    Symptom { code: FindingCode::BodyCharset, weight: Weight::Unusual, shows: is_replaced };

fn offer(received: &ReceivedBody<'_>, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    match received.text() {
        Some(text) => offer_wrong_characters(text, offers),
        None => offer_wrong_bytes(received.bytes, offers),
    }
}

/// Undoes the charset of bytes that are not UTF-8.
fn offer_wrong_bytes(body: &[u8], offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    let offset =
        simdutf8::compat::from_utf8(body).map_or_else(|error| error.valid_up_to(), str::len);
    if let Some(text) = from_utf16(body) {
        return offers.offer(text, Change::Wrapped, "the body is UTF-16, the sender's UTF-8");
    }
    for (charset, name) in
        [(SingleByte::Latin1, "Latin-1"), (SingleByte::Windows1252, "Windows-1252")]
    {
        let text = from_single_bytes(body, charset);
        let evidence = format!("the body is {name} (at byte {offset}), the sender signed UTF-8");
        offers.offer(text, Change::Wrapped, evidence)?;
    }
    ControlFlow::Continue(())
}

/// Undoes the charset of text that was made of wrong characters, once and twice.
fn offer_wrong_characters(text: &str, offers: &mut Offers<'_, Body>) -> ControlFlow<()> {
    if let Some(utf16) = from_utf16(text.as_bytes()) {
        offers.offer(utf16, Change::Wrapped, "the body is UTF-16, the sender's UTF-8")?;
    }
    let Some(bytes) = to_single_bytes(text) else { return ControlFlow::Continue(()) };
    let offset = text.bytes().take_while(u8::is_ascii).count();
    let evidence = format!(
        "the sender's bytes were read as Latin-1 or Windows-1252 and written as UTF-8 (from byte \
         {offset} on)"
    );
    let twice = core::str::from_utf8(&bytes).ok().and_then(to_single_bytes);
    offers.offer(bytes, Change::Wrapped, evidence)?;
    match twice {
        Some(bytes) => {
            let evidence = format!("the same happened twice (from byte {offset} on)");
            offers.offer(bytes, Change::Wrapped, evidence)
        }
        None => ControlFlow::Continue(()),
    }
}

/// Returns `true` if it is only supposed that the body was in another charset: any bytes can be
/// read in one that has a character for each byte.
pub(in crate::explain) fn is_supposed(body: &[u8], causes: &Causes) -> bool {
    causes.has(FindingCode::BodyCharset) && from_utf16(body).is_none()
}

fn is_not_utf8(received: &ReceivedBody<'_>) -> Option<String> {
    let error =
        simdutf8::compat::from_utf8(received.bytes).err().filter(|_| received.must_be_json())?;
    Some(format!("the body is not UTF-8, as JSON must be (at byte {})", error.valid_up_to()))
}

fn is_replaced(received: &ReceivedBody<'_>) -> Option<String> {
    let text = received.json().filter(|_| received.must_be_json() && !received.is_as_declared())?;
    if let Some(offset) = text.find('\u{fffd}') {
        let count = text.matches('\u{fffd}').count();
        return Some(format!(
            "U+FFFD, which stands for bytes that could not be decoded, is there {} (first at byte \
             {offset}): what they were is lost",
            counted(count, "time")
        ));
    }
    // A character of two bytes, or of three, became one byte.
    let lost = received.declared_length()?.checked_sub(text.len())?;
    let marks = text.matches('?').count();
    (text.is_ascii() && (marks..=marks * 2).contains(&lost) && marks > 0).then(|| {
        format!(
            "the body is ASCII, `?` is there {}, and {} too few came: what a charset does that lacks the \
             sender's characters",
            counted(marks, "time"),
            counted(lost, "byte")
        )
    })
}

/// What Windows-1252 has from 0x80 to 0x9f; zero where it has nothing.
const WINDOWS_1252: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
    0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/// The bytes whose reading as Latin-1 or Windows-1252 gave the text, `None` if none did.
fn to_single_bytes(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return None;
    }
    text.chars().map(to_single_byte).collect()
}

fn to_single_byte(char: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(char)) {
        return Some(byte);
    }
    let place = WINDOWS_1252.iter().position(|known| u32::from(*known) == u32::from(char))?;
    u8::try_from(place + 0x80).ok()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SingleByte {
    Latin1,
    Windows1252,
}

/// The text that bytes of a charset are.
fn from_single_bytes(bytes: &[u8], charset: SingleByte) -> String {
    let decode = |&byte: &u8| match (charset, byte) {
        (SingleByte::Windows1252, 0x80..=0x9f) => match WINDOWS_1252[usize::from(byte - 0x80)] {
            0 => char::from(byte),
            unit => char::from_u32(u32::from(unit)).unwrap_or(char::from(byte)),
        },
        _ => char::from(byte),
    };
    bytes.iter().map(decode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_a_wrong_charset() {
        let text = "é – €";
        for charset in [SingleByte::Latin1, SingleByte::Windows1252] {
            let broken = from_single_bytes(text.as_bytes(), charset);
            assert_ne!(broken, text);
            assert_eq!(to_single_bytes(&broken).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(to_single_bytes("→"), None);
        assert_eq!(to_single_bytes("plain"), None);
        assert_eq!(from_single_bytes(b"\xe9\x80", SingleByte::Windows1252), "é€");
        assert_eq!(from_single_bytes(b"\xe9\x80", SingleByte::Latin1), "é\u{80}");
    }
}
