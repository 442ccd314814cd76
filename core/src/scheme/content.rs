use std::borrow::Cow;

use super::body_hash::BodyHash;
use super::envelope::Envelope;
use super::value::{VARIABLES, Value};
use crate::clock::TimestampUnit;
use crate::scheme::border;

/// The content that is signed: the parts that are hashed one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content(pub(super) Vec<Part>);

/// A part of what is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Literal(String),
    Body,
    Timestamp,
    Id,
    Value(Value),
}

const BODY: &str = "{body}";
const TIMESTAMP: &str = "{timestamp}";
const ID: &str = "{id}";

/// Restrictions of signed values that make their borders certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Borders {
    /// The characters that no id may hold.
    pub(crate) id_without: border::ByteSet,
    /// The characters that each of the content's [`Value`]s may not hold, in their order; empty if
    /// none is restricted.
    pub(crate) values_without: Vec<border::ByteSet>,
    /// The number of digits of a timestamp.
    pub(crate) timestamp_digits: Option<usize>,
}

impl Borders {
    /// Returns what is wrong with an id if it cannot be signed, as the end of a sentence.
    pub(crate) fn refuse_id(&self, id: &str) -> Option<&'static str> {
        if id.trim_matches([' ', '\t']) != id {
            return Some("has white space around the id");
        }
        let held = !self.id_without.is_empty() && id.bytes().any(|b| self.id_without.contains(b));
        held.then_some(
            "has a character in the id that separates it from what else is signed: which of it is \
             the id would not be certain",
        )
    }

    /// Returns `true` if the content's value with this number can be signed.
    pub(crate) fn allow_value(&self, number: usize, value: &[u8]) -> bool {
        let forbidden = self.values_without.get(number).filter(|forbidden| !forbidden.is_empty());
        forbidden.is_none_or(|forbidden| !value.iter().any(|byte| forbidden.contains(*byte)))
    }

    /// Returns `true` if a timestamp, which is well written otherwise, can be signed.
    pub(crate) fn allow_timestamp(&self, text: &str) -> bool {
        self.timestamp_digits.is_none_or(|digits| text.len() == digits)
    }
}

/// The values of a delivery for the parts of a content.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'p> {
    pub(crate) body: &'p [u8],
    pub(crate) timestamp: &'p str,
    pub(crate) id: &'p str,
    /// The content's [`Value`]s, in their order.
    pub(crate) values: &'p [Cow<'p, [u8]>],
    /// The secret, of a digest that has no key.
    pub(crate) secret: &'p [u8],
}

impl Content {
    /// Reads a template such as `{timestamp}.{body}`.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub(crate) fn parse(template: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (literal, variable) = rest.split_at(open);
            let Some((name, after)) = variable[1..].split_once('}') else {
                return Err("has a `{` without its `}`".to_owned());
            };
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            parts.push(match name {
                "body" => Part::Body,
                "timestamp" => Part::Timestamp,
                "id" => Part::Id,
                name => match Value::parse(name) {
                    Some(value) => Part::Value(value),
                    None => {
                        return Err(format!("knows no variable `{{{name}}}`: use {VARIABLES}"));
                    }
                },
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// The content of a signature that signs nothing: of a token.
    pub(super) const fn nothing() -> Self {
        Self(Vec::new())
    }

    /// The content of a signature that says itself what it signs.
    pub(super) fn of_envelope(envelope: Envelope) -> Self {
        let first = match envelope {
            Envelope::Message(_) => "\"",
            // As every JSON object in base64 begins.
            Envelope::Token(_) => "e",
        };
        Self(vec![
            Part::Literal(first.to_owned()),
            Part::Value(Value::Envelope(Box::new(envelope))),
        ])
    }

    /// Returns how many times the body itself is in it.
    pub(crate) fn bodies(&self) -> usize {
        self.0.iter().filter(|part| **part == Part::Body).count()
    }

    /// Returns the hashes of the body in it.
    pub(super) fn body_hashes(&self) -> impl Iterator<Item = BodyHash> {
        self.values().filter_map(|value| match value {
            Value::BodyHash(hash) => Some(*hash),
            _ => None,
        })
    }

    /// Returns the values in it that are neither the body nor an id or a timestamp.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().filter_map(|part| match part {
            Part::Value(value) => Some(value),
            _ => None,
        })
    }

    /// Returns `true` if it has any [`Value`].
    pub(crate) fn has_values(&self) -> bool {
        self.values().next().is_some()
    }

    /// Returns the content's parts for the check of the borders.
    pub(super) fn border_parts(
        &self,
        timestamp: Option<TimestampUnit>,
        body: &border::Part,
        id: &border::Part,
    ) -> Vec<border::Part> {
        let part = |part: &Part| match part {
            Part::Literal(text) => border::Part::literal(text),
            Part::Body => body.clone(),
            Part::Timestamp => match timestamp {
                Some(TimestampUnit::Rfc3339) => border::Part::rfc3339(TIMESTAMP),
                Some(TimestampUnit::HttpDate) => border::Part::http_date(TIMESTAMP),
                Some(unit) => border::Part::number(TIMESTAMP, Some(unit.usual_digits())),
                None => border::Part::any_bytes(TIMESTAMP),
            },
            Part::Id => id.clone(),
            Part::Value(value) => value.border_part(),
        };
        self.0.iter().map(part).collect()
    }

    /// Returns the restrictions that the check of the borders has made of `parts`.
    pub(super) fn borders(&self, parts: &[border::Part]) -> Borders {
        let mut borders = Borders::default();
        for (part, checked) in self.0.iter().zip(parts) {
            match part {
                Part::Id => borders.id_without = borders.id_without.or(checked.forbidden()),
                Part::Timestamp => {
                    borders.timestamp_digits = borders.timestamp_digits.or(checked.digits());
                }
                Part::Value(_) => borders.values_without.push(checked.forbidden()),
                Part::Literal(_) | Part::Body => {}
            }
        }
        if borders.values_without.iter().all(|forbidden| forbidden.is_empty()) {
            borders.values_without.clear();
        }
        borders
    }

    /// The template that it was read from.
    pub(crate) fn template(&self) -> String {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Body => BODY.to_owned(),
            Part::Timestamp => TIMESTAMP.to_owned(),
            Part::Id => ID.to_owned(),
            Part::Value(value) => value.template(),
        };
        self.0.iter().map(part).collect()
    }

    pub(crate) fn has_timestamp(&self) -> bool {
        self.0.contains(&Part::Timestamp)
    }

    pub(crate) fn has_id(&self) -> bool {
        self.0.contains(&Part::Id)
    }

    /// The bytes that are signed.
    pub(crate) fn bytes<'p>(&'p self, parts: Parts<'p>) -> impl Iterator<Item = &'p [u8]> {
        let mut values = parts.values.iter();
        self.0.iter().map(move |part| match part {
            Part::Literal(text) => text.as_bytes(),
            Part::Body => parts.body,
            Part::Timestamp => parts.timestamp.as_bytes(),
            Part::Id => parts.id.as_bytes(),
            Part::Value(value) => {
                let found = values.next().map_or(&[][..], |value| &**value);
                if *value == Value::Secret { parts.secret } else { found }
            }
        })
    }
}
