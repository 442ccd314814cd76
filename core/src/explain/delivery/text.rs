//! The timestamps and ids that may have been signed.

use super::super::FindingCode;
use super::super::cause::{Cause, Causes};
use super::given::{Given, Named};
use super::value::readings;
use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use crate::scheme::Compiled;

/// A text that may stand in what is signed.
#[derive(Clone)]
pub(in crate::explain) struct Text {
    pub(in crate::explain) text: String,
    pub(in crate::explain) causes: Causes,
}

/// How many texts of one kind are tried.
const MAX_TEXTS: usize = 6;

/// The values of a scheme's header, wherever it came.
pub(in crate::explain) fn texts(given: &Given, names: &[HeaderName]) -> Vec<Text> {
    let mut found = Vec::new();
    for header in &given.headers {
        if header.named(names) == Named::Otherwise {
            continue;
        }
        let name: Causes = header.name_cause(names).into_iter().collect();
        for reading in readings(&header.display(), &header.value) {
            if !reading.text.is_empty() {
                found.push(Text { causes: name.clone().and(&reading.causes), text: reading.text });
            }
        }
    }
    found.truncate(MAX_TEXTS);
    found
}

/// What looks like a moment in the signature header's own value: `t=1700000000`.
pub(in crate::explain) fn timestamps_within(value: &str) -> Vec<Text> {
    let values = value.split([',', ';', ' ']).filter_map(|pair| pair.split_once('='));
    let moments = values.map(|(_, text)| text).filter(|text| is_moment(text));
    moments.take(2).map(Text::from).collect()
}

/// What other headers than the scheme's have for a timestamp.
pub(in crate::explain) fn other_timestamps(given: &Given, scheme: &Compiled) -> Vec<Text> {
    let own = scheme.timestamp.as_ref().map_or(&[][..], |rule| &rule.headers);
    let words = ["timestamp", "time", "date", "ts"];
    other_headers(given, own, &words, is_moment)
}

/// What other headers than the scheme's have for an id.
pub(in crate::explain) fn other_ids(given: &Given, scheme: &Compiled) -> Vec<Text> {
    let words = ["id", "delivery", "nonce"];
    other_headers(given, &scheme.id, &words, |text| (1..=128).contains(&text.len()))
}

fn other_headers(
    given: &Given,
    own: &[HeaderName],
    words: &[&str],
    fits: impl Fn(&str) -> bool,
) -> Vec<Text> {
    let of_kind = given.headers.iter().filter(|header| {
        let named = words.iter().any(|word| header.mentions(word));
        named && header.named(own) == Named::Otherwise && fits(&header.value)
    });
    of_kind.take(3).map(|header| Text::from(header.value.as_str())).collect()
}

/// The same moments in other units, which may be what was signed.
pub(in crate::explain) fn in_other_units(texts: &[Text]) -> Vec<Text> {
    let convert = |given: &Text| {
        let others = other_units(&given.text).into_iter().map(|text| {
            let evidence = format!(
                "the timestamp that came is {}, the one that was signed {}",
                unit_of(&given.text),
                unit_of(&text)
            );
            let cause = Cause::new(FindingCode::TimestampUnit, evidence);
            Text { text, causes: given.causes.clone().and(&cause.into()) }
        });
        others.collect::<Vec<Text>>()
    };
    texts.iter().flat_map(convert).take(MAX_TEXTS).collect()
}

fn other_units(text: &str) -> Vec<String> {
    if let Some(moment) = TimestampUnit::Rfc3339.read(text) {
        return vec![(moment / 1_000_000_000).to_string(), (moment / 1_000_000).to_string()];
    }
    if let Some((whole, _)) = text.split_once('.') {
        return if is_digits(whole) { vec![whole.to_owned()] } else { Vec::new() };
    }
    match text.len() {
        _ if !is_digits(text) => Vec::new(),
        9..=10 => vec![format!("{text}000")],
        12..=13 => vec![text[..text.len() - 3].to_owned()],
        _ => Vec::new(),
    }
}

/// What a timestamp seems to be written in.
pub(in crate::explain) fn unit_of(text: &str) -> &'static str {
    match text.len() {
        _ if TimestampUnit::Rfc3339.read(text).is_some() => "a date and time as in RFC 3339",
        _ if text.split_once('.').is_some_and(|(whole, _)| is_digits(whole)) => {
            "seconds with a fraction"
        }
        _ if !is_digits(text) => "no moment in any unit known here",
        0..=10 => "in seconds",
        11..=13 => "in milliseconds",
        14..=16 => "in microseconds",
        _ => "in nanoseconds",
    }
}

fn is_moment(text: &str) -> bool {
    let number = text.split_once('.').map_or(text, |(whole, _)| whole);
    (is_digits(number) && (9..=19).contains(&number.len()))
        || TimestampUnit::Rfc3339.read(text).is_some()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), causes: Causes::none() }
    }
}
