//! The timestamps and ids that may have been signed.

use super::budget::Budget;
use super::cause::Causes;
use super::groups;
use super::part::{Candidate, all, symptoms};
use super::received::{CameName, CameValue, Given, GivenHeader, Named};
use crate::clock::TimestampUnit;
use crate::headers::HeaderName;
use crate::scheme::Compiled;

/// A text that may stand in what is signed.
pub(super) type Text = Candidate<String>;

/// How many texts of one kind are tried.
const MAX_TEXTS: usize = 6;

pub(super) fn text(text: &str) -> Text {
    Candidate::unchanged(text.to_owned())
}

/// Returns why a header has another name than the scheme's.
pub(super) fn name_causes(header: &GivenHeader, names: &[HeaderName]) -> Causes {
    symptoms(groups::NAME, &CameName { header, names }).map(|(_, cause)| cause).collect()
}

/// Returns what a header's value may have been: itself first.
pub(super) fn readings(header: &GivenHeader, causes: &Causes, budget: &Budget) -> Vec<Text> {
    let name = header.display();
    let received = CameValue { name: &name, value: &header.value };
    let mut found = vec![text(&header.value)];
    found.extend(all(groups::VALUE, &received, budget));
    for reading in &mut found {
        reading.causes = causes.clone().and(&reading.causes);
    }
    found
}

/// Returns the values of a scheme's header, under whatever name it was received.
pub(super) fn texts(given: &Given, names: &[HeaderName], budget: &Budget) -> Vec<Text> {
    let ours = given.headers.iter().filter(|header| header.named(names) != Named::Otherwise);
    let readings = ours.flat_map(|header| readings(header, &name_causes(header, names), budget));
    readings.filter(|reading| !reading.value.is_empty()).take(MAX_TEXTS).collect()
}

/// Returns what looks like a timestamp in the signature header's own value: `t=1700000000`.
pub(super) fn timestamps_within(value: &str) -> Vec<Text> {
    let values = value.split([',', ';', ' ']).filter_map(|pair| pair.split_once('='));
    let moments = values.map(|(_, text)| text).filter(|text| is_moment(text));
    moments.take(2).map(text).collect()
}

/// Returns the timestamps in other headers than the scheme's.
pub(super) fn other_timestamps(given: &Given, scheme: &Compiled) -> Vec<Text> {
    let own = scheme.timestamp.as_ref().map_or(&[][..], |rule| &rule.headers);
    let words = ["timestamp", "time", "date", "ts"];
    other_headers(given, own, &words, is_moment)
}

/// Returns the ids in other headers than the scheme's.
pub(super) fn other_ids(given: &Given, scheme: &Compiled) -> Vec<Text> {
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
    of_kind.take(3).map(|header| text(&header.value)).collect()
}

/// Returns the same timestamps in other units, which may be what was signed.
pub(super) fn in_other_units(texts: &[Text], budget: &Budget) -> Vec<Text> {
    let convert = |given: &Text| {
        let mut others = all(groups::TIMESTAMP, &given.value.as_str(), budget);
        for other in &mut others {
            other.causes = given.causes.clone().and(&other.causes);
        }
        others
    };
    texts.iter().flat_map(convert).take(MAX_TEXTS).collect()
}

fn is_moment(text: &str) -> bool {
    let number = text.split_once('.').map_or(text, |(whole, _)| whole);
    let is_number = (9..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number || TimestampUnit::Rfc3339.read(text).is_some()
}
