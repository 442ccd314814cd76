use crate::clock::TimestampUnit;
use crate::scheme::border;

/// The content that is signed: the parts that are hashed one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Body,
    Timestamp,
    Id,
}

const BODY: &str = "{body}";
const TIMESTAMP: &str = "{timestamp}";
const ID: &str = "{id}";

/// Restrictions of signed values that make their borders certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Borders {
    /// The characters that no id may hold.
    pub(crate) id_without: border::ByteSet,
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
                _ => {
                    return Err(format!(
                        "knows no variable `{{{name}}}`: use {{body}}, {{timestamp}} or {{id}}"
                    ));
                }
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        let content = Self(parts);
        if content.0.iter().filter(|part| **part == Part::Body).count() != 1 {
            return Err("must hold {body} once: what is not signed cannot be trusted".to_owned());
        }
        Ok(content)
    }

    /// Returns the content's parts for the check of the borders.
    pub(super) fn border_parts(
        &self,
        timestamp: Option<TimestampUnit>,
        body: &border::Part,
    ) -> Vec<border::Part> {
        let part = |part: &Part| match part {
            Part::Literal(text) => border::Part::literal(text),
            Part::Body => body.clone(),
            Part::Timestamp => match timestamp {
                Some(TimestampUnit::Rfc3339) => border::Part::rfc3339(TIMESTAMP),
                Some(unit) => border::Part::number(TIMESTAMP, unit.usual_digits()),
                None => border::Part::any_bytes(TIMESTAMP),
            },
            Part::Id => border::Part::header_text(ID),
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
                Part::Literal(_) | Part::Body => {}
            }
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
        self.0.iter().map(move |part| match part {
            Part::Literal(text) => text.as_bytes(),
            Part::Body => parts.body,
            Part::Timestamp => parts.timestamp.as_bytes(),
            Part::Id => parts.id.as_bytes(),
        })
    }
}
