//! What a body shows by itself, where nothing could be proven.

use core::convert::Infallible;

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::delivery::Given;
use super::values::is_rounded_integer;
use super::{Repaired, is_object, printed};
use crate::json::{RawNumber, RawString, SyntaxError, Visitor, read, validate};
use crate::providers::Provider;
use crate::scheme::{Scheme, SignedAs};

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
    if !context.scheme.compiled().is_json {
        return is_changed.then(|| wrong_length(declared, length));
    }
    if let Some(cause) = encoded(context) {
        return Some(cause);
    }
    if !is_object(context.body)
        && let Some(inside) = unpacked.find(|repaired| is_object(&repaired.bytes))
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
        (0, None) if context.scheme.compiled().is_json => {
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
    let mut traces = Traces { rounded: 0, is_sorted: true, sorted_keys: 0, objects: Vec::new() };
    let _ = read(text, &mut traces);
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
    let is_raw = context.scheme.compiled().signed_as == SignedAs::Raw;
    if let Some(unusual) = is_raw.then(|| samples.unusual_spacing(text)).flatten() {
        return reserialised(format!("the body is {unusual}, as the sender never writes it"));
    }
    if traces.is_sorted && traces.sorted_keys >= 5 && samples.none_is_sorted() {
        return reserialised(
            "the keys of every object are in alphabetical order, which the sender's are not"
                .to_owned(),
        );
    }
    let declared = declared?;
    reserialised(format!(
        "Content-Length says {declared} bytes, and the body is whole JSON of {}",
        text.len()
    ))
}

/// What a reading of the body leaves behind.
#[derive(Default)]
struct Traces {
    rounded: usize,
    is_sorted: bool,
    /// How many keys stand after a smaller one.
    sorted_keys: usize,
    /// The last key of each open object.
    objects: Vec<Option<String>>,
}

impl<'a> Visitor<'a> for Traces {
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> Result<(), Infallible> {
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'a>) -> Result<(), Infallible> {
        self.rounded += usize::from(is_rounded_integer(number.as_str()));
        Ok(())
    }

    fn string(&mut self, _: RawString<'a>) -> Result<(), Infallible> {
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.objects.push(None);
        Ok(())
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), Infallible> {
        if let Some(last) = self.objects.last_mut() {
            let key = key.decode().into_owned();
            if let Some(last) = last {
                self.is_sorted &= *last < key;
                self.sorted_keys += 1;
            }
            *last = Some(key);
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Infallible> {
        self.objects.pop();
        Ok(())
    }
}

/// How a known provider writes bodies, by its samples.
struct Samples(Vec<String>);

impl Samples {
    fn of(scheme: &Scheme) -> Self {
        let provider = crate::providers::providers().find(|known| known.name() == scheme.name());
        Self(provider.map(Self::bodies).unwrap_or_default())
    }

    fn bodies(provider: &'static Provider) -> Vec<String> {
        #[derive(serde::Deserialize)]
        struct Sample {
            body: String,
        }
        let samples = provider.samples().iter();
        let bodies = samples.filter_map(|sample| serde_json::from_str::<Sample>(sample.json).ok());
        bodies.map(|sample| sample.body).collect()
    }

    /// How the text is spaced, if none of the samples is so.
    fn unusual_spacing(&self, text: &str) -> Option<&'static str> {
        let spacing = Spacing::of(text)?;
        let is_unusual = !self.0.is_empty()
            && spacing != Spacing::Compact
            && self.0.iter().all(|sample| Spacing::of(sample).is_some_and(|s| s != spacing));
        is_unusual.then(|| spacing.description())
    }

    fn none_is_sorted(&self) -> bool {
        let is_sorted = |sample: &String| {
            let mut traces = Traces { is_sorted: true, ..Traces::default() };
            read(sample, &mut traces).is_ok() && traces.is_sorted
        };
        !self.0.is_empty() && !self.0.iter().any(is_sorted)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spacing {
    Compact,
    Spaced,
    Indented,
}

impl Spacing {
    /// How JSON is spaced outside of strings, `None` if in several ways.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim_end();
        let mut bytes = text.bytes().peekable();
        let (mut spaces, mut tight, mut breaks) = (0, 0, 0);
        let mut in_string = false;
        while let Some(byte) = bytes.next() {
            match byte {
                b'\\' if in_string => {
                    bytes.next();
                }
                b'"' => in_string = !in_string,
                b'\n' if !in_string => breaks += 1,
                b',' | b':' if !in_string => match bytes.peek() {
                    Some(b' ') => spaces += 1,
                    Some(b'\n' | b'\r') => {}
                    _ => tight += 1,
                },
                _ => {}
            }
        }
        match (spaces, tight, breaks) {
            (0, _, 0) => Some(Self::Compact),
            (_, 0, 0) => Some(Self::Spaced),
            (_, 0, _) => Some(Self::Indented),
            _ => None,
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Spaced => "written with `, ` and `: `, as Python's json.dumps separates",
            Self::Indented => "indented",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_spacings_apart() {
        assert_eq!(Spacing::of(r#"{"a":1,"b":": , "}"#), Some(Spacing::Compact));
        assert_eq!(Spacing::of(r#"{"a": 1, "b": ":,"}"#), Some(Spacing::Spaced));
        assert_eq!(Spacing::of("{\n  \"a\": 1,\n  \"b\": []\n}\n"), Some(Spacing::Indented));
        assert_eq!(Spacing::of(r#"{"a": 1,"b":2}"#), None);
    }
}
