/// What is signed: the parts that are hashed one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Body,
    Timestamp,
    Id,
}

/// What a delivery has for the parts.
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

    /// Whether a value is signed next to a body of any bytes, so that nobody could tell where the one
    /// ends and the other begins.
    pub(super) fn blurs_body(&self) -> bool {
        self.0.windows(2).any(|pair| {
            let value = |part: &Part| matches!(part, Part::Timestamp | Part::Id);
            (pair[0] == Part::Body && value(&pair[1])) || (value(&pair[0]) && pair[1] == Part::Body)
        })
    }

    /// Whether an id cannot be read with another border to what is signed after it. A body that is
    /// JSON begins with a brace, which settles the border to it; one of any bytes does not.
    pub(crate) fn bounds_id(&self, id: &str, is_json: bool) -> bool {
        let after = self.0.iter().skip_while(|part| **part != Part::Id).nth(1);
        let may_hold_what_follows = match after {
            Some(Part::Literal(text)) if !is_json => id.contains(text.as_str()),
            _ => false,
        };
        id.trim() == id && !may_hold_what_follows
    }

    /// The template that it was read from.
    pub(crate) fn template(&self) -> String {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Body => "{body}".to_owned(),
            Part::Timestamp => "{timestamp}".to_owned(),
            Part::Id => "{id}".to_owned(),
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
