//! JSON with the keys of every object in alphabetical order, as Python's `sort_keys` and Go's maps
//! write it.

use std::borrow::Cow;

use super::writer::NotWritten;
use hookseal_json::{RawNumber, RawString, Visitor, read};

/// The text, compact, with its keys sorted by code point; the rest as it is written.
///
/// # Errors
/// If it is not JSON, or would take more than `limit` bytes of copying.
pub(super) fn sorted(text: &str, limit: usize) -> Result<String, NotWritten> {
    let mut sorter = Sorter { out: String::with_capacity(text.len()), limit, ..Sorter::default() };
    read(text, &mut sorter).map_err(|_| NotWritten)?;
    Ok(sorter.out)
}

#[derive(Default)]
struct Sorter<'a> {
    out: String,
    limit: usize,
    copied: usize,
    /// For each open container: its first member, `None` for an array, and whether it is empty.
    containers: Vec<Container>,
    members: Vec<Member<'a>>,
}

struct Container {
    first_member: usize,
    is_object: bool,
    is_empty: bool,
}

struct Member<'a> {
    key: Cow<'a, str>,
    /// Where it begins in the output.
    start: usize,
}

impl Sorter<'_> {
    fn before_value(&mut self) {
        if let Some(container) = self.containers.last_mut()
            && !container.is_object
            && !core::mem::replace(&mut container.is_empty, false)
        {
            self.out.push(',');
        }
    }

    fn scalar(&mut self, text: &str) {
        self.before_value();
        self.out.push_str(text);
    }

    fn open(&mut self, is_object: bool) {
        self.before_value();
        self.out.push(if is_object { '{' } else { '[' });
        let first_member = self.members.len();
        self.containers.push(Container { first_member, is_object, is_empty: true });
    }

    fn quoted(&mut self, string: RawString<'_>) {
        self.out.push('"');
        self.out.push_str(string.as_raw_str());
        self.out.push('"');
    }

    /// Puts the members of the object that ends here in order.
    fn order(&mut self, first: usize) -> Result<(), NotWritten> {
        let members = &mut self.members[first..];
        let Some(start) = members.first().map(|member| member.start) else { return Ok(()) };
        if members.is_sorted_by(|a, b| a.key <= b.key) {
            return Ok(());
        }
        self.copied += self.out.len() - start;
        if self.copied > self.limit {
            return Err(NotWritten);
        }
        let unordered = self.out.split_off(start);
        let mut ends: Vec<usize> = members[1..].iter().map(|m| m.start - start - 1).collect();
        ends.push(unordered.len());
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by(|a, b| members[*a].key.cmp(&members[*b].key));
        for (number, index) in order.into_iter().enumerate() {
            if number > 0 {
                self.out.push(',');
            }
            self.out.push_str(&unordered[members[index].start - start..ends[index]]);
        }
        Ok(())
    }
}

impl<'a> Visitor<'a> for Sorter<'a> {
    type Error = NotWritten;

    fn null(&mut self) -> Result<(), NotWritten> {
        self.scalar("null");
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), NotWritten> {
        self.scalar(if value { "true" } else { "false" });
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'a>) -> Result<(), NotWritten> {
        self.scalar(number.as_str());
        Ok(())
    }

    fn string(&mut self, string: RawString<'a>) -> Result<(), NotWritten> {
        self.before_value();
        self.quoted(string);
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), NotWritten> {
        self.open(false);
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), NotWritten> {
        self.containers.pop();
        self.out.push(']');
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), NotWritten> {
        self.open(true);
        Ok(())
    }

    fn key(&mut self, key: RawString<'a>) -> Result<(), NotWritten> {
        if let Some(object) = self.containers.last_mut()
            && !core::mem::replace(&mut object.is_empty, false)
        {
            self.out.push(',');
        }
        self.members.push(Member { key: key.decode(), start: self.out.len() });
        self.quoted(key);
        self.out.push(':');
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), NotWritten> {
        if let Some(object) = self.containers.pop() {
            self.order(object.first_member)?;
            self.members.truncate(object.first_member);
        }
        self.out.push('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_every_object() {
        let text =
            r#"{ "b": [ {"d":1, "c":{"10":2,"9":{}}} , 1.0 ], "a" : "x\/\u00e9", "a\t":null }"#;
        let expected = r#"{"a":"x\/\u00e9","a\t":null,"b":[{"c":{"10":2,"9":{}},"d":1},1.0]}"#;
        assert_eq!(sorted(text, 1000).as_deref(), Ok(expected));
        assert_eq!(sorted(expected, 0).as_deref(), Ok(expected));
        assert_eq!(sorted(r#"{"b":1,"a":2}"#, 5), Err(NotWritten));
    }
}
