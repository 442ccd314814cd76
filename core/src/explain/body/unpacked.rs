//! The body without what was put round it, and with what was taken off.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::charset::{SingleByte, from_single_bytes, from_utf16, to_single_bytes};
use super::packed::{Compression, from_base64, to_base64};
use super::style::{Escapes, Layout, Style};
use super::{Kind, Repairs, form, printed, quoted, wrapped, writer};

/// An inflated body is not longer.
const MAX_INFLATED: usize = 16 << 20;

/// Offers the body as it is inside of what seems to be round it.
pub(in crate::explain) fn each(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    if !repairs.budget.allows(body.len()) {
        return ControlFlow::Continue(());
    }
    let length = body.len();
    compressed(body, repairs)?;
    let Ok(text) = simdutf8::basic::from_utf8(body) else { return wrong_bytes(body, repairs) };
    let mut offer = |bytes: Option<Vec<u8>>, code, evidence: &str| match bytes {
        Some(bytes) => {
            let evidence = format!("{evidence}: {length} bytes came, {} are inside", bytes.len());
            repairs.offer(bytes, Kind::Unpacked, code, evidence)
        }
        None => ControlFlow::Continue(()),
    };
    let bytes = |text: Option<String>| text.map(String::into_bytes);

    offer(from_base64(body), FindingCode::BodyBase64, "the body is base64")?;
    let literal = quoted::from_json_string(text);
    offer(bytes(literal), FindingCode::BodyJsonString, "the body is a JSON string")?;
    let slashes = quoted::without_slashes(text);
    offer(bytes(slashes), FindingCode::BodyEscaped, "quotes have a backslash before them")?;
    let entities = quoted::without_entities(text);
    offer(bytes(entities), FindingCode::BodyEscaped, "HTML's entities stand in the body")?;
    let read = wrapped::read_as_form(text);
    offer(bytes(read), FindingCode::BodyFormEncoded, "the body was read as a form")?;
    for field in form::fields(text) {
        offer(Some(field.into_bytes()), FindingCode::BodyFormEncoded, "the body is a form")?;
    }
    for decoded in form::percent_decoded(text) {
        offer(Some(decoded), FindingCode::BodyUrlEncoded, "the body is percent-encoded")?;
    }
    let code = FindingCode::BodyPlaceholder;
    offer(printed::from_numbers(text), code, "the body is a list of its bytes")?;
    offer(printed::from_bytes_literal(text), code, "the body is Python's notation of bytes")?;
    if let Some(json) = printed::from_dictionary(text) {
        for layout in Layout::ALL {
            for escapes in Escapes::distinct(&json) {
                let style = Style { layout, escapes };
                let written = writer::write(&json, style, json.len().saturating_mul(8)).ok();
                offer(bytes(written), code, "the body is a dictionary as a language prints it")?;
            }
        }
    }
    for inner in wrapped::inner(text) {
        offer(Some(inner), FindingCode::BodyWrapped, "the body is a document with others inside")?;
    }
    wrong_characters(text, repairs)
}

fn compressed(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    let compression = Compression::of(body);
    // Text is not deflated.
    if compression == Compression::Deflate && body.iter().take(64).all(u8::is_ascii) {
        return ControlFlow::Continue(());
    }
    let limit = MAX_INFLATED.min(repairs.budget.available() / 2);
    let Some(inflated) = compression.inflate(body, limit) else {
        return ControlFlow::Continue(());
    };
    let evidence = format!(
        "the body is {}: {} bytes came, {} are inside",
        compression.name(),
        body.len(),
        inflated.len()
    );
    repairs.offer(inflated, Kind::Unpacked, FindingCode::BodyCompressed, evidence)
}

/// Undoes the charset of bytes that are not UTF-8.
fn wrong_bytes(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    let code = FindingCode::BodyCharset;
    let offset =
        simdutf8::compat::from_utf8(body).map_or_else(|error| error.valid_up_to(), str::len);
    if let Some(text) = from_utf16(body) {
        return repairs.offer(text, Kind::Unpacked, code, "the body is UTF-16, the sender's UTF-8");
    }
    for (charset, name) in
        [(SingleByte::Latin1, "Latin-1"), (SingleByte::Windows1252, "Windows-1252")]
    {
        let text = from_single_bytes(body, charset);
        let evidence = format!("the body is {name} (at byte {offset}), the sender signed UTF-8");
        repairs.offer(text, Kind::Unpacked, code, evidence)?;
    }
    ControlFlow::Continue(())
}

/// Undoes the charset of text that was made of wrong characters, once and twice.
fn wrong_characters(text: &str, repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    let code = FindingCode::BodyCharset;
    if let Some(utf16) = from_utf16(text.as_bytes()) {
        repairs.offer(utf16, Kind::Unpacked, code, "the body is UTF-16, the sender's UTF-8")?;
    }
    let Some(bytes) = to_single_bytes(text) else { return ControlFlow::Continue(()) };
    let offset = text.bytes().take_while(u8::is_ascii).count();
    let evidence = format!(
        "the sender's bytes were read as Latin-1 or Windows-1252 and written as UTF-8 (from byte \
         {offset} on)"
    );
    let twice = core::str::from_utf8(&bytes).ok().and_then(to_single_bytes);
    repairs.offer(bytes, Kind::Unpacked, code, evidence)?;
    match twice {
        Some(bytes) => {
            let evidence = format!("the same happened twice (from byte {offset} on)");
            repairs.offer(bytes, Kind::Unpacked, code, evidence)
        }
        None => ControlFlow::Continue(()),
    }
}

/// Offers what the sender may have signed before something was taken off it.
pub(super) fn packed_again(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    if !repairs.budget.allows(body.len().saturating_mul(2)) {
        return ControlFlow::Continue(());
    }
    let code = FindingCode::BodyBase64;
    let evidence = "the sender signed base64, which was decoded here";
    repairs.offer(to_base64(body), Kind::Restored, code, evidence)?;
    let Ok(text) = simdutf8::basic::from_utf8(body) else { return ControlFlow::Continue(()) };
    if let Some(literal) = quoted::to_json_string(text) {
        let code = FindingCode::BodyJsonString;
        let evidence = "the sender signed a JSON string that holds this, which was parsed here";
        for escapes in Escapes::distinct(&literal) {
            let style = Style { layout: Layout::Compact, escapes };
            let Ok(written) = writer::write(&literal, style, literal.len() * 6) else { continue };
            repairs.offer(written, Kind::Restored, code, evidence)?;
        }
    }
    if text.starts_with(['{', '[']) {
        for (field, form) in form::forms(body) {
            let evidence = format!(
                "the sender signed a form with this in the field `{field}`, {} bytes",
                form.len()
            );
            repairs.offer(form, Kind::Restored, FindingCode::BodyFormEncoded, evidence)?;
            if !repairs.budget.allows(body.len().saturating_mul(2)) {
                break;
            }
        }
    }
    ControlFlow::Continue(())
}
