//! `JSON.stringify(JSON.parse(text))`, as ECMAScript defines it, without a tree in between.
//!
//! Text is written as it is read. Only an object that ECMAScript would order differently, because
//! of integer-like or duplicate keys, is taken apart once it is complete.

use core::convert::Infallible;
use core::fmt::Write as _;

use super::error::{Problem, Stop, SyntaxError};
use super::number::RawNumber;
use super::reader::read;
use super::string::{Piece, RawString};
use super::visitor::Visitor;

/// Integers of up to this many digits are exact as doubles, and so are written as they were.
const EXACT_DIGITS: usize = 15;

/// The largest array index; keys beyond it are ordinary ones (ECMA-262, "array index").
const MAX_ARRAY_INDEX: u64 = 4_294_967_294;

/// So that offsets into the form, which a number can make up to six times as long as the text
/// (`1e20`), fit in 32 bits.
const MAX_LENGTH: usize = 512 << 20;

/// Up to this many members, comparing each pair beats sorting.
const PAIRWISE_LIMIT: usize = 32;

/// Returns what `JSON.stringify(JSON.parse(text))` returns in ECMAScript.
///
/// # Errors
/// A [`SyntaxError`] if `text` is not JSON or is longer than 512 MiB.
pub fn to_ecmascript(text: &str) -> Result<String, SyntaxError> {
    if text.len() > MAX_LENGTH {
        return Err(SyntaxError::new(Problem::TooLong, MAX_LENGTH));
    }
    let mut writer = Writer { out: String::with_capacity(text.len()), ..Writer::default() };
    read(text, &mut writer).map_err(Stop::into_syntax)?;
    Ok(writer.out)
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The open containers, innermost last.
    containers: Vec<Container>,
    /// The members of all open objects, innermost last.
    members: Vec<Member>,
    /// A buffer for an object while it is put in order.
    unordered: String,
}

struct Container {
    object: bool,
    empty: bool,
    first_member: usize,
}

/// A member's place in the output: `"key":value`. Small, as a hostile body is nothing but members.
#[derive(Clone, Copy)]
struct Member {
    start: u32,
    key_end: u32,
    end: u32,
    /// Where the key stood first.
    place: u32,
    /// The key as an array index, which ECMAScript puts first; `NO_INDEX` for another key.
    index: u32,
    /// Equal for equal keys; tells most others apart without reading them.
    fingerprint: u32,
}

/// Sorts after every array index.
const NO_INDEX: u32 = u32::MAX;

impl Member {
    fn key<'o>(&self, out: &'o str, from: usize) -> &'o str {
        &out[self.start as usize - from..self.key_end as usize - from]
    }
}

impl Writer {
    fn before_value(&mut self) {
        if let Some(container) = self.containers.last_mut()
            && !container.object
        {
            if !container.empty {
                self.out.push(',');
            }
            container.empty = false;
        }
    }

    fn open(&mut self, object: bool, bracket: char) {
        self.before_value();
        self.out.push(bracket);
        let first_member = self.members.len();
        self.containers.push(Container { object, empty: true, first_member });
    }

    fn end_member(&mut self) {
        let end = offset(self.out.len());
        if let Some(member) = self.members.last_mut() {
            member.end = end;
        }
    }

    /// Puts the members from `first` on, which end the output, into ECMAScript's order.
    fn order(&mut self, first: usize) {
        let members = &mut self.members[first..];
        let Some(start) = members.first().map(|member| member.start as usize) else { return };
        if in_order(members) && !has_duplicates(members, &self.out) {
            return;
        }

        self.unordered.clear();
        self.unordered.push_str(&self.out[start..]);
        self.out.truncate(start);
        let key = |member: &Member| member.key(&self.unordered, start);

        // Equal keys side by side, each group in the order of the text.
        members.sort_unstable_by(|a, b| {
            (a.fingerprint, key(a), a.start).cmp(&(b.fingerprint, key(b), b.start))
        });
        // The last value at the first one's place.
        let mut unique = 0;
        for next in 1..members.len() {
            if key(&members[next]) == key(&members[unique]) {
                members[unique] = Member { place: members[unique].place, ..members[next] };
            } else {
                unique += 1;
                members[unique] = members[next];
            }
        }
        let members = &mut members[..=unique];
        members.sort_unstable_by_key(|member| (member.index, member.place));
        for (number, member) in members.iter().enumerate() {
            if number > 0 {
                self.out.push(',');
            }
            let (from, to) = (member.start as usize - start, member.end as usize - start);
            self.out.push_str(&self.unordered[from..to]);
        }
    }
}

/// Returns `true` if array indices come first and ascend.
fn in_order(members: &[Member]) -> bool {
    members.is_sorted_by(|a, b| a.index < b.index || b.index == NO_INDEX)
}

fn has_duplicates(members: &[Member], out: &str) -> bool {
    let key = |member: &Member| member.key(out, 0);
    let same = |a: &Member, b: &Member| a.fingerprint == b.fingerprint && key(a) == key(b);
    if members.len() <= PAIRWISE_LIMIT {
        return members
            .iter()
            .enumerate()
            .any(|(number, member)| members[..number].iter().any(|earlier| same(earlier, member)));
    }
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort_unstable_by(|a, b| (a.fingerprint, key(a)).cmp(&(b.fingerprint, key(b))));
    sorted.windows(2).any(|pair| same(pair[0], pair[1]))
}

/// Returns a number made of the last bytes of a key and its length.
fn fingerprint(key: &str) -> u32 {
    let last = key.bytes().rev().take(6);
    last.fold(offset(key.len()), |mixed, byte| mixed.rotate_left(5) ^ u32::from(byte))
}

/// No text is as long as `u32` can count: [`to_ecmascript`] refuses those that are.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn array_index(key: &str) -> Option<u32> {
    if key.is_empty() || key.len() > 10 || (key.len() > 1 && key.starts_with('0')) {
        return None;
    }
    if !key.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let index: u64 = key.parse().ok()?;
    if index > MAX_ARRAY_INDEX { None } else { u32::try_from(index).ok() }
}

fn write_string(out: &mut String, string: RawString<'_>) {
    out.push('"');
    if string.is_escaped() {
        for piece in string.pieces() {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Char(char) => write_escaped(out, char),
                Piece::LoneSurrogate(unit) => write_code_unit(out, u32::from(unit)),
            }
        }
    } else {
        out.push_str(string.as_raw_str());
    }
    out.push('"');
}

/// Returns the text as a JSON string, with the escapes that `JSON.stringify` writes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        write_escaped(&mut out, char);
    }
    out.push('"');
    out
}

fn write_escaped(out: &mut String, char: char) {
    match char {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '\0'..='\u{1f}' => write_code_unit(out, u32::from(char)),
        _ => out.push(char),
    }
}

fn write_code_unit(out: &mut String, unit: u32) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\u{unit:04x}");
}

fn write_number(out: &mut String, number: RawNumber<'_>) {
    let text = number.as_str();
    let digits = text.trim_start_matches('-');
    if number.is_integer() && digits.len() <= EXACT_DIGITS && text != "-0" {
        out.push_str(text);
        return;
    }
    let value = number.to_f64();
    if value == 0.0 {
        out.push('0');
    } else if value.is_finite() {
        out.push_str(ryu_js::Buffer::new().format_finite(value));
    } else {
        out.push_str("null");
    }
}

impl<'a> Visitor<'a> for Writer {
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        self.before_value();
        self.out.push_str("null");
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Infallible> {
        self.before_value();
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'a>) -> Result<(), Infallible> {
        self.before_value();
        write_number(&mut self.out, number);
        Ok(())
    }

    fn string(&mut self, string: RawString<'a>) -> Result<(), Infallible> {
        self.before_value();
        write_string(&mut self.out, string);
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Infallible> {
        self.open(false, '[');
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Infallible> {
        self.containers.pop();
        self.out.push(']');
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.open(true, '{');
        Ok(())
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), Infallible> {
        if let Some(object) = self.containers.last_mut() {
            let first = core::mem::replace(&mut object.empty, false);
            if !first {
                self.end_member();
                self.out.push(',');
            }
        }
        let start = self.out.len();
        write_string(&mut self.out, key);
        let key_end = self.out.len();
        let written = &self.out[start + 1..key_end - 1];
        let member = Member {
            start: offset(start),
            key_end: offset(key_end),
            end: offset(key_end),
            place: offset(start),
            index: array_index(written).unwrap_or(NO_INDEX),
            fingerprint: fingerprint(written),
        };
        self.members.push(member);
        self.out.push(':');
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Infallible> {
        if let Some(object) = self.containers.pop() {
            if !object.empty {
                self.end_member();
            }
            self.order(object.first_member);
            self.members.truncate(object.first_member);
        }
        self.out.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::to_ecmascript;

    #[test]
    fn follows_ecmascript_where_it_differs_from_the_text() {
        for (text, expected) in [
            (r#"{"b":1,"10":2,"9":3,"b":4}"#, r#"{"9":3,"10":2,"b":4}"#),
            (r#"{"a":1,"\u0061":{"2":1,"1":2}}"#, r#"{"a":{"1":2,"2":1}}"#),
            (r#"{"4294967295":1,"4294967294":2}"#, r#"{"4294967294":2,"4294967295":1}"#),
            (
                "[1.0, -0, -0.0, 1e400, 1E3, 123456789012345678]",
                "[1,0,0,null,1000,123456789012345680]",
            ),
            (r#""\ud800\u001F\/\ud83d\ude00""#, "\"\\ud800\\u001f/\u{1f600}\""),
        ] {
            assert_eq!(to_ecmascript(text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn finds_duplicates_among_many_members() {
        let members: Vec<String> = (0..200).map(|n| format!(r#""k{}":{n}"#, n % 100)).collect();
        let expected: Vec<String> = (0..100).map(|n| format!(r#""k{n}":{}"#, n + 100)).collect();
        let text = format!("{{{}}}", members.join(","));
        assert_eq!(to_ecmascript(&text), Ok(format!("{{{}}}", expected.join(","))));
    }
}
