//! How JSON is written: by whom, as far as that shows, and whether a provider's samples are so.

use core::convert::Infallible;

use super::style::{Escapes, Layout, Style};
use super::values::is_rounded_integer;
use super::writer::write;
use crate::providers::Provider;
use crate::scheme::Scheme;
use hookseal_json::{RawNumber, RawString, Visitor, read};

/// Whose output the text is, if it is exactly that.
pub(super) fn serialiser(text: &str) -> Option<&'static str> {
    if hookseal_json::to_ecmascript(text).is_ok_and(|written| written == text) {
        return Some("JavaScript's JSON.stringify");
    }
    let known = [
        (Layout::Spaced, Escapes::Ascii, "Python's json.dumps"),
        (Layout::Compact, Escapes::AsciiAndSlash, "PHP's json_encode"),
        (Layout::Compact, Escapes::Ascii, "Python's json.dumps with compact separators"),
        (Layout::Compact, Escapes::Html, "Go's json.Marshal"),
    ];
    if let Some(line) = text.strip_suffix('\n')
        && is_written(line, Layout::Compact, Escapes::Ascii)
    {
        return Some("Flask's jsonify");
    }
    let known = known.into_iter().find(|(layout, escapes, _)| is_written(text, *layout, *escapes));
    known.map(|(_, _, name)| name)
}

fn is_written(text: &str, layout: Layout, escapes: Escapes) -> bool {
    let style = Style { layout, escapes };
    write(text, style, text.len() * 2).is_ok_and(|written| written == text)
}

/// What a serialiser left in a text.
pub(super) struct Traces {
    /// How many integers have the digits that a double rounds to.
    pub(super) rounded: usize,
    /// Whether the keys of every object are in order.
    pub(super) is_sorted: bool,
    /// How many keys stand after another one.
    pub(super) sorted_keys: usize,
    /// The last key of each open object.
    objects: Vec<Option<String>>,
}

impl Traces {
    /// Of as much of the text as is JSON.
    pub(super) fn of(text: &str) -> Self {
        let mut traces = Self { rounded: 0, is_sorted: true, sorted_keys: 0, objects: Vec::new() };
        let _ = read(text, &mut traces);
        traces
    }
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
pub(super) struct Samples(Vec<String>);

impl Samples {
    pub(super) fn of(scheme: &Scheme) -> Self {
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

    /// How the text is spaced, if a serialiser spaces it so and none of the samples is so.
    pub(super) fn unusual_spacing(&self, text: &str) -> Option<&'static str> {
        let spacing = Spacing::of(text)?;
        let is_unusual = !self.0.is_empty()
            && spacing.is_a_serialisers(text)
            && self.0.iter().all(|sample| Spacing::of(sample).is_some_and(|s| s != spacing));
        is_unusual.then(|| spacing.description())
    }

    pub(super) fn none_is_sorted(&self) -> bool {
        let is_sorted = |sample: &String| {
            let traces = Traces::of(sample);
            traces.is_sorted && traces.sorted_keys > 1
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

    /// Whether a serialiser that spaces so gives exactly this text.
    fn is_a_serialisers(self, text: &str) -> bool {
        let text = text.trim_end();
        let layouts: &[Layout] = match self {
            // The most usual: it says nothing.
            Self::Compact => &[],
            Self::Spaced => &[Layout::Spaced],
            Self::Indented => {
                &[Layout::Indented("  "), Layout::Indented("    "), Layout::Indented("\t")]
            }
        };
        let escapes = Escapes::distinct(text);
        layouts.iter().any(|layout| escapes.iter().any(|kind| is_written(text, *layout, *kind)))
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Spaced => "written with `, ` and `: ` as Python's json.dumps separates",
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
