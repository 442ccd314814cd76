//! Values that a parser and a serialiser between them write otherwise: 1.0, 2.50, `{}`.

use hookseal_json::{Token, TokenKind, tokens};

/// Up to so many groups of places every subset is tried; of more, all and each one.
const MAX_SUBSET_GROUPS: usize = 7;

/// More groups than these are passed over, and texts with more places.
const MAX_GROUPS: usize = 24;
const MAX_PLACES: usize = 4096;

/// What a number may have been before it was parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decimals {
    /// `1` was `1.0`.
    Point,
    /// `1` was `1.00`, `1.5` was `1.50`.
    Two,
}

impl Decimals {
    /// Returns what the number lost at its end.
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

/// Places in a text where something may have been lost, in groups that share their fate.
pub(super) struct Places {
    places: Vec<Place>,
    groups: usize,
}

struct Place {
    at: usize,
    /// How many bytes stand there now, and what stood there.
    len: usize,
    original: &'static str,
    group: usize,
}

impl Places {
    /// Numbers that may have lost decimals, by the key that they stand under, so that a column of
    /// prices is one. `None` if there are none, or too many.
    pub(super) fn numbers(text: &str, decimals: Decimals) -> Option<Self> {
        let mut search = NumberSearch {
            decimals,
            places: Vec::new(),
            keys: Vec::new(),
            key: "",
            containers: Vec::new(),
        };
        let mut tokens = tokens(text).peekable();
        while let Some(token) = tokens.next() {
            let is_key = tokens.peek().is_some_and(|next| next.kind == TokenKind::Colon);
            search.take(token, is_key);
        }
        let groups = search.keys.len();
        let is_tried = groups > 0 && search.places.len() < MAX_PLACES;
        is_tried.then_some(Self { places: search.places, groups })
    }

    /// Empty arrays that may have been empty objects, which PHP does not tell apart, each by
    /// itself.
    pub(super) fn empty_arrays(text: &str) -> Option<Self> {
        let mut places = Vec::new();
        let mut tokens = tokens(text).peekable();
        while let Some(token) = tokens.next() {
            let closes = |next: &Token<'_>| next.kind == TokenKind::EndArray;
            if token.kind == TokenKind::BeginArray
                && tokens.peek().is_some_and(closes)
                && places.len() < MAX_GROUPS
            {
                let group = places.len();
                places.push(Place { at: token.start, len: 2, original: "{}", group });
            }
        }
        let groups = places.len();
        (groups > 0).then_some(Self { places, groups })
    }

    /// Which groups are taken to have lost something, as bits; all of them first.
    pub(super) fn subsets(&self) -> Vec<u32> {
        let all = (1_u32 << self.groups) - 1;
        if self.groups <= MAX_SUBSET_GROUPS {
            return (1..=all).rev().collect();
        }
        core::iter::once(all).chain((0..self.groups).map(|group| 1 << group)).collect()
    }

    /// The text with what was lost in those groups.
    pub(super) fn restore(&self, text: &str, subset: u32) -> String {
        let mut restored = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for place in self.places.iter().filter(|place| subset >> place.group & 1 == 1) {
            restored.push_str(&text[from..place.at]);
            restored.push_str(place.original);
            from = place.at + place.len;
        }
        restored.push_str(&text[from..]);
        restored
    }
}

struct NumberSearch<'a> {
    decimals: Decimals,
    places: Vec<Place>,
    keys: Vec<&'a str>,
    key: &'a str,
    /// The key that each open container stands under.
    containers: Vec<&'a str>,
}

impl<'a> NumberSearch<'a> {
    fn take(&mut self, token: Token<'a>, is_key: bool) {
        match token.kind {
            TokenKind::BeginObject | TokenKind::BeginArray => self.containers.push(self.key),
            TokenKind::EndObject | TokenKind::EndArray => {
                self.key = self.containers.pop().unwrap_or_default();
            }
            TokenKind::String if is_key => self.key = token.text,
            TokenKind::Number => self.number(token),
            _ => {}
        }
    }

    fn number(&mut self, number: Token<'a>) {
        let Some(original) = self.decimals.lost(number.text) else { return };
        let group = match self.keys.iter().position(|known| *known == self.key) {
            Some(known) => known,
            None if self.keys.len() < MAX_GROUPS => {
                self.keys.push(self.key);
                self.keys.len() - 1
            }
            None => return,
        };
        if self.places.len() < MAX_PLACES {
            let at = number.start + number.text.len();
            self.places.push(Place { at, len: 0, original, group });
        }
    }
}

/// With numbers in their shortest form, as old PHP writes 0.1 with 17 digits.
pub(super) fn with_short_numbers(text: &str) -> Option<String> {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for token in tokens(text).filter(|token| token.kind == TokenKind::Number) {
        if let Some(short) = shortest(token.text) {
            replaced.push_str(&text[from..token.start]);
            replaced.push_str(&short);
            from = token.start + token.text.len();
        }
    }
    replaced.push_str(&text[from..]);
    (replaced != text).then_some(replaced)
}

/// The shortest form of a number that has all digits of a double.
fn shortest(number: &str) -> Option<String> {
    if number.len() < 17 || !number.contains('.') {
        return None;
    }
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite())?;
    Some(ryu_js::Buffer::new().format_finite(value).to_owned())
}

/// Returns `true` if an integer was rounded to what a double holds: JavaScript's beyond 2^53.
pub(super) fn is_rounded_integer(number: &str) -> bool {
    let digits = number.trim_start_matches('-');
    if digits.len() < 17 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let shortest =
        digits.parse::<f64>().map(|value| ryu_js::Buffer::new().format(value).to_owned());
    digits.ends_with('0') && shortest.as_deref() == Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restores_decimals_by_key() {
        let text = r#"{"price":12,"n":3,"items":[{"price":1.5,"n":0}]}"#;
        let points = Places::numbers(text, Decimals::Point).expect("has some");
        let restored: Vec<String> =
            points.subsets().iter().map(|subset| points.restore(text, *subset)).collect();
        assert_eq!(restored.len(), 3);
        assert!(restored.contains(&r#"{"price":12.0,"n":3,"items":[{"price":1.5,"n":0}]}"#.into()));
        let two = Places::numbers(text, Decimals::Two).expect("has some");
        let expected = r#"{"price":12.00,"n":3,"items":[{"price":1.50,"n":0}]}"#;
        assert!(two.subsets().iter().any(|subset| two.restore(text, *subset) == expected));
        assert!(Places::numbers(r#"{"a":"1"}"#, Decimals::Point).is_none());
    }

    #[test]
    fn restores_what_php_changes() {
        let text = r#"{"a":[],"b":"[]","c":[1,[]]}"#;
        let expected = r#"{"a":{},"b":"[]","c":[1,{}]}"#;
        let places = Places::empty_arrays(text).expect("has some");
        let subsets = places.subsets();
        assert_eq!(places.restore(text, subsets[0]), expected);
        assert_eq!(subsets.len(), 3);
        assert!(Places::empty_arrays("[1]").is_none());
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
