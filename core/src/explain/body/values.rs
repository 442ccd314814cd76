//! Values that a parser and a serialiser between them write otherwise: 1.0, 2.50, `{}`.

use core::convert::Infallible;

use crate::json::{RawNumber, RawString, Visitor, read};

/// Up to so many keys every subset of them is tried; of more, all and each one.
const MAX_SUBSET_KEYS: usize = 7;

/// More keys than these are not told apart.
const MAX_KEYS: usize = 24;

/// What a number may have been before it was parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decimals {
    /// `1` was `1.0`.
    Point,
    /// `1` was `1.00`, `1.5` was `1.50`.
    Two,
}

impl Decimals {
    pub(super) const ALL: [Self; 2] = [Self::Point, Self::Two];

    /// What the number lost at its end.
    fn lost(self, number: &str) -> Option<&'static str> {
        if number.contains(['e', 'E']) || number.len() > 15 {
            return None;
        }
        match (self, number.split_once('.')) {
            (Self::Point, None) => Some(".0"),
            (Self::Two, None) => Some(".00"),
            (Self::Two, Some((_, decimals))) if decimals.len() == 1 => Some("0"),
            _ => None,
        }
    }
}

/// Numbers of a text by the key that they stand under, so that a column of prices is one.
pub(super) struct Numbers {
    /// Where each ends, what it lost, and the number of its key.
    ends: Vec<(usize, &'static str, usize)>,
    keys: usize,
}

impl Numbers {
    /// `None` if the text is not JSON or no number may have lost anything.
    pub(super) fn find(text: &str, decimals: Decimals) -> Option<Self> {
        let mut search = NumberSearch {
            text,
            decimals,
            ends: Vec::new(),
            keys: Vec::new(),
            key: "",
            containers: Vec::new(),
        };
        read(text, &mut search).ok()?;
        let keys = search.keys.len();
        (keys > 0).then_some(Self { ends: search.ends, keys })
    }

    /// Which keys' numbers are taken to have lost something: bits, the likeliest first.
    pub(super) fn subsets(&self) -> Vec<u32> {
        let all = (1_u32 << self.keys) - 1;
        if self.keys <= MAX_SUBSET_KEYS {
            return (1..=all).rev().collect();
        }
        core::iter::once(all).chain((0..self.keys).map(|key| 1 << key)).collect()
    }

    /// The text with what those numbers lost.
    pub(super) fn restore(&self, text: &str, subset: u32) -> String {
        let mut restored = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for (end, lost, _) in self.ends.iter().filter(|(_, _, key)| subset >> key & 1 == 1) {
            restored.push_str(&text[from..*end]);
            restored.push_str(lost);
            from = *end;
        }
        restored.push_str(&text[from..]);
        restored
    }
}

struct NumberSearch<'a> {
    text: &'a str,
    decimals: Decimals,
    ends: Vec<(usize, &'static str, usize)>,
    keys: Vec<&'a str>,
    key: &'a str,
    /// The key that each open container stands under.
    containers: Vec<&'a str>,
}

impl<'a> NumberSearch<'a> {
    fn open(&mut self) -> Result<(), Infallible> {
        self.containers.push(self.key);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Infallible> {
        self.key = self.containers.pop().unwrap_or_default();
        Ok(())
    }
}

/// Where a part of a text ends.
fn end_of(part: &str, text: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize) + part.len()
}

impl<'a> Visitor<'a> for NumberSearch<'a> {
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> Result<(), Infallible> {
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'a>) -> Result<(), Infallible> {
        let Some(lost) = self.decimals.lost(number.as_str()) else { return Ok(()) };
        let key = match self.keys.iter().position(|known| *known == self.key) {
            Some(known) => known,
            None if self.keys.len() < MAX_KEYS => {
                self.keys.push(self.key);
                self.keys.len() - 1
            }
            None => return Ok(()),
        };
        self.ends.push((end_of(number.as_str(), self.text), lost, key));
        Ok(())
    }

    fn string(&mut self, _: RawString<'a>) -> Result<(), Infallible> {
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Infallible> {
        self.open()
    }

    fn end_array(&mut self) -> Result<(), Infallible> {
        self.close()
    }

    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.open()
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), Infallible> {
        self.key = key.as_raw_str();
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Infallible> {
        self.close()
    }
}

/// With an object for every empty array, as PHP makes arrays of both.
pub(super) fn with_empty_objects(text: &str) -> Option<String> {
    let replaced = outside_strings(text, |outside| outside.replace("[]", "{}"));
    (replaced != text).then_some(replaced)
}

/// With numbers in their shortest form, as old PHP writes 0.1 with 17 digits.
pub(super) fn with_short_numbers(text: &str) -> Option<String> {
    let shorten = |outside: &str| {
        let mut shortened = String::with_capacity(outside.len());
        for part in outside.split_inclusive(|char: char| !is_number_char(char)) {
            let number = part.trim_end_matches(|char| !is_number_char(char));
            let value = if number.len() >= 17 && number.contains('.') {
                number.parse::<f64>().ok().filter(|value| value.is_finite())
            } else {
                None
            };
            match value {
                Some(value) => {
                    shortened.push_str(ryu_js::Buffer::new().format_finite(value));
                    shortened.push_str(&part[number.len()..]);
                }
                None => shortened.push_str(part),
            }
        }
        shortened
    };
    let replaced = outside_strings(text, shorten);
    (replaced != text).then_some(replaced)
}

/// Whether an integer was rounded to what a double holds: JavaScript's beyond 2^53.
pub(super) fn is_rounded_integer(number: &str) -> bool {
    let digits = number.trim_start_matches('-');
    if digits.len() < 17 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let shortest =
        digits.parse::<f64>().map(|value| ryu_js::Buffer::new().format(value).to_owned());
    digits.ends_with('0') && shortest.as_deref() == Ok(digits)
}

fn is_number_char(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '.' | '-' | '+' | 'e' | 'E')
}

/// Applies a change to the text but for its strings.
fn outside_strings(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (outside, string) = rest.split_at(quote);
        changed.push_str(&change(outside));
        let end = end_of_string(string);
        changed.push_str(&string[..end]);
        rest = &string[end..];
    }
    changed.push_str(&change(rest));
    changed
}

/// Where a string that begins with a quote ends.
fn end_of_string(string: &str) -> usize {
    let mut bytes = string.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => return at + 1,
            _ => {}
        }
    }
    string.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restores_decimals_by_key() {
        let text = r#"{"price":12,"n":3,"items":[{"price":1.5,"n":0}]}"#;
        let points = Numbers::find(text, Decimals::Point).unwrap();
        let restored: Vec<String> =
            points.subsets().iter().map(|subset| points.restore(text, *subset)).collect();
        assert_eq!(restored.len(), 3);
        assert!(restored.contains(&r#"{"price":12.0,"n":3,"items":[{"price":1.5,"n":0}]}"#.into()));
        let two = Numbers::find(text, Decimals::Two).unwrap();
        let expected = r#"{"price":12.00,"n":3,"items":[{"price":1.50,"n":0}]}"#;
        assert!(two.subsets().iter().any(|subset| two.restore(text, *subset) == expected));
        assert!(Numbers::find(r#"{"a":"1"}"#, Decimals::Point).is_none());
    }

    #[test]
    fn restores_what_php_changes() {
        let text = r#"{"a":[],"b":"[]","c":[1,[]]}"#;
        let expected = r#"{"a":{},"b":"[]","c":[1,{}]}"#;
        assert_eq!(with_empty_objects(text).as_deref(), Some(expected));
        let text =
            r#"{"a":0.10000000000000001,"b":"0.10000000000000001","c":[19.989999999999998]}"#;
        let expected = r#"{"a":0.1,"b":"0.10000000000000001","c":[19.99]}"#;
        assert_eq!(with_short_numbers(text).as_deref(), Some(expected));
        assert_eq!(with_short_numbers(r#"{"a":1}"#), None);
    }

    #[test]
    fn sees_rounded_integers() {
        assert!(is_rounded_integer("12345678901234567000"));
        assert!(is_rounded_integer("-9007199254740993000"));
        assert!(!is_rounded_integer("12345678901234567890"));
        assert!(!is_rounded_integer("1234567890"));
    }
}
