//! What a body shows by itself, where nothing could be proven.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::delivery::Given;
use super::manner::{Samples, Traces, serialiser};
use super::{Repaired, is_object, is_supposed_charset, printed};
use crate::scheme::Scheme;
use hookseal_json::{SyntaxError, validate};

/// So many keys, each after a smaller one, are hardly ever in order by chance.
const MANY_SORTED_KEYS: usize = 5;

/// What is known of a delivery whose signature never matched.
pub(in crate::explain) struct Context<'c> {
    pub(in crate::explain) scheme: &'c Scheme,
    pub(in crate::explain) body: &'c [u8],
    pub(in crate::explain) given: &'c Given,
}

/// The likeliest thing that happened to the body, if it shows any.
pub(in crate::explain) fn seen<'u>(
    context: &Context<'_>,
    mut unpacked: impl Iterator<Item = &'u Repaired>,
) -> Option<Cause> {
    let declared = declared_length(context.given);
    let length = context.body.len();
    let is_changed = declared.is_some_and(|declared| declared != length);
    if let Some(cause) = empty(context, declared) {
        return Some(cause);
    }
    if !context.scheme.compiled().payload.is_json() {
        return is_changed.then(|| wrong_length(declared, length));
    }
    if let Some(cause) = encoded(context) {
        return Some(cause);
    }
    if !is_object(context.body)
        && let Some(inside) = unpacked.find(|repaired| {
            is_object(&repaired.bytes) && !is_supposed_charset(context.body, &repaired.cause)
        })
    {
        return Some(inside.cause.clone());
    }
    let Ok(text) = simdutf8::compat::from_utf8(context.body) else { return not_utf8(context) };
    if printed::is_printed_object(text) {
        let evidence =
            format!("{length} bytes came, and they are what a language prints for an object");
        return Some(Cause::new(FindingCode::BodyPlaceholder, evidence));
    }
    match validate(text) {
        Err(error) => cut(&error, text, declared)
            .or_else(|| is_changed.then(|| wrong_length(declared, length))),
        Ok(()) => changed(context, text, declared),
    }
}

/// How many bytes the request says its body has, where that is the body as it is handed on.
fn declared_length(given: &Given) -> Option<usize> {
    let is_encoded = given.value("content-encoding").is_some_and(|value| value != "identity");
    given.value("content-length").filter(|_| !is_encoded)?.trim().parse().ok()
}

fn wrong_length(declared: Option<usize>, length: usize) -> Cause {
    let declared = declared.unwrap_or_default();
    let evidence = format!("Content-Length says {declared} bytes, and the body has {length}");
    Cause::new(FindingCode::BodyLength, evidence)
}

fn empty(context: &Context<'_>, declared: Option<usize>) -> Option<Cause> {
    let body = context.body.trim_ascii();
    let stands_for_nothing = matches!(body, b"{}" | b"null" | b"\"\"" | b"[]" | b"undefined");
    let expected = declared.filter(|declared| *declared > context.body.len());
    let evidence = match (body.len(), expected) {
        (0, Some(declared)) => format!("no byte came, and Content-Length says {declared}"),
        (0, None) if context.scheme.compiled().payload.is_json() => {
            "no byte came, and the sender sends JSON".to_owned()
        }
        (length, Some(declared)) if stands_for_nothing => format!(
            "{length} bytes came that stand for nothing, and Content-Length says {declared}"
        ),
        _ => return None,
    };
    Some(Cause::new(FindingCode::BodyEmpty, evidence))
}

/// Compression that cannot be undone here.
fn encoded(context: &Context<'_>) -> Option<Cause> {
    let encoding = context.given.value("content-encoding").unwrap_or_default();
    let name = match context.body {
        [0x1f, 0x8b, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        body if encoding.contains("br") && core::str::from_utf8(body).is_err() => "br",
        _ => return None,
    };
    let evidence = format!("the body's {} bytes are {name}", context.body.len());
    Some(Cause::new(FindingCode::BodyCompressed, evidence))
}

fn not_utf8(context: &Context<'_>) -> Option<Cause> {
    let error = simdutf8::compat::from_utf8(context.body).err()?;
    let evidence =
        format!("the body is not UTF-8, as JSON must be (at byte {})", error.valid_up_to());
    Some(Cause::new(FindingCode::BodyCharset, evidence))
}

/// Whether JSON ends in its middle.
fn cut(error: &SyntaxError, text: &str, declared: Option<usize>) -> Option<Cause> {
    let end = text.trim_end().len();
    let is_json_until_there = text.trim_start().starts_with('{');
    let ends_early = error.offset() >= end || error.is_unterminated();
    if !is_json_until_there || !ends_early {
        return None;
    }
    let declared = match declared {
        Some(declared) if declared > text.len() => {
            format!("; Content-Length says {declared} bytes")
        }
        _ => String::new(),
    };
    let evidence = format!("the JSON ends in its middle, after {} bytes{declared}", text.len());
    Some(Cause::new(FindingCode::BodyTruncated, evidence))
}

/// What JSON that is whole shows of having been written by another than the sender.
fn changed(context: &Context<'_>, text: &str, declared: Option<usize>) -> Option<Cause> {
    let reserialised = |evidence: String| Some(Cause::new(FindingCode::BodyReserialised, evidence));
    let traces = Traces::of(text);
    if traces.rounded > 0 {
        return reserialised(format!(
            "{} whole numbers have the digits that a double rounds to, as JavaScript writes large \
             ones",
            traces.rounded
        ));
    }
    if declared == Some(text.len()) {
        // It is as long as it was sent: what is unusual about it is the sender's own.
        return None;
    }
    if text.contains('\u{fffd}') {
        let count = text.matches('\u{fffd}').count();
        let offset = text.find('\u{fffd}').unwrap_or_default();
        let evidence = format!(
            "{count} characters are U+FFFD, which stands for bytes that could not be decoded (the \
             first at byte {offset}): what they were is lost"
        );
        return Some(Cause::new(FindingCode::BodyCharset, evidence));
    }
    let samples = Samples::of(context.scheme);
    let is_raw = !context.scheme.signs_ecmascript();
    if let Some(unusual) = is_raw.then(|| samples.unusual_spacing(text)).flatten() {
        return reserialised(format!("the body is {unusual}, and none of the sender's samples is"));
    }
    if traces.is_sorted && traces.sorted_keys >= MANY_SORTED_KEYS && samples.none_is_sorted() {
        return reserialised(
            "the keys of every object are in alphabetical order, and in none of the sender's \
             samples are they"
                .to_owned(),
        );
    }
    let declared = declared?;
    match serialiser(text) {
        Some(name) => reserialised(format!(
            "Content-Length says {declared} bytes; the body has {}, and is to the byte what {name} \
             writes",
            text.len()
        )),
        None => Some(wrong_length(Some(declared), text.len())),
    }
}
