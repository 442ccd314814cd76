//! Names, as Python writes them.

use crate::error::Error;

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Names that the generated code uses itself.
const TAKEN: &[&str] = &["Any", "Event", "Literal", "TypeAlias", "TypedDict", "Union"];

/// The module of a provider.
pub(super) fn module(provider: &str) -> String {
    let name = provider.replace('-', "_");
    let usable = is_identifier(&name) && !KEYWORDS.contains(&name.as_str());
    if usable { name } else { format!("p_{name}") }
}

/// The key of a property, which a class body can only have as a name.
pub(super) fn field(property: &str) -> Result<&str, Error> {
    // Two underscores at the front would be mangled.
    let usable =
        is_identifier(property) && !KEYWORDS.contains(&property) && !property.starts_with("__");
    if usable { Ok(property) } else { Err(Error::at(property, "has no name in Python")) }
}

/// The class or alias of a definition.
pub(super) fn definition(name: &str) -> Result<&str, Error> {
    if TAKEN.contains(&name) || KEYWORDS.contains(&name) {
        let place = format!("$defs.{name}");
        return Err(Error::at(place, "the generated Python has another use for this name"));
    }
    Ok(name)
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules() {
        for (provider, name) in
            [("acme", "acme"), ("acme-pay", "acme_pay"), ("3pl", "p_3pl"), ("from", "p_from")]
        {
            assert_eq!(module(provider), name);
        }
    }

    #[test]
    fn fields_are_named_as_they_are_or_not_at_all() {
        for property in ["quoteId", "_links", "type", "line1", "self"] {
            assert_eq!(field(property).ok(), Some(property));
        }
        for property in ["", "from", "class", "1st", "a-b", "a.b", "größe", "__secret"] {
            assert!(field(property).is_err(), "{property}");
        }
    }

    #[test]
    fn definitions() {
        assert!(definition("Policy").is_ok());
        for name in ["Event", "Any", "None"] {
            assert!(definition(name).is_err(), "{name}");
        }
    }
}
