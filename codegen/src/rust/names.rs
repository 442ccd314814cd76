//! Names, as Rust writes them.

use crate::error::Error;

/// Keywords that `r#` makes usable.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that nothing does.
const FIRM_KEYWORDS: &[&str] = &["crate", "self", "super"];

/// Names that the generated code uses itself.
const TAKEN: &[&str] = &[
    "Default",
    "Deserialize",
    "Deserializer",
    "Err",
    "Into",
    "Map",
    "MapAccess",
    "None",
    "Object",
    "Ok",
    "Option",
    "Payload",
    "PayloadMismatch",
    "Properties",
    "Result",
    "Self",
    "Serialize",
    "Some",
    "String",
    "Value",
    "Vec",
];

/// The module of a provider.
pub(super) fn module(provider: &str) -> String {
    let name = provider.replace('-', "_");
    if name.starts_with(|first: char| first.is_ascii_digit()) || KEYWORDS.contains(&name.as_str()) {
        return format!("p_{name}");
    }
    name
}

/// The field of a property.
pub(super) fn field(property: &str) -> Result<String, Error> {
    let mut name = String::new();
    for (at, character) in property.trim_matches('_').char_indices() {
        match character {
            'A'..='Z' => {
                if at > 0 && !name.ends_with('_') {
                    name.push('_');
                }
                name.push(character.to_ascii_lowercase());
            }
            'a'..='z' | '0'..='9' | '_' => name.push(character),
            '-' | '.' => name.push('_'),
            _ => return Err(Error::at(property, "has no name in Rust")),
        }
    }
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(Error::at(property, "has no name in Rust"));
    }
    if FIRM_KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    } else if KEYWORDS.contains(&name.as_str()) {
        name.insert_str(0, "r#");
    }
    Ok(name)
}

/// The name that serde takes a field for, when nothing else is said.
pub(super) fn serialized(field: &str) -> &str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// The variant of an event type.
pub(super) fn variant(event: &str) -> Result<String, Error> {
    let name: String = event
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word[..1].to_ascii_uppercase() + &word[1..])
        .collect();
    if name.is_empty()
        || name.starts_with(|first: char| first.is_ascii_digit())
        || name == "Other"
        || name == "Self"
    {
        return Err(Error::at(format!("event type `{event}`"), "has no name in Rust"));
    }
    Ok(name)
}

/// The struct or enum of a definition.
pub(super) fn definition(name: &str) -> Result<&str, Error> {
    let pascal = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|character| character.is_ascii_alphanumeric());
    if !pascal {
        return Err(Error::at(format!("$defs.{name}"), "a definition is named in PascalCase"));
    }
    if TAKEN.contains(&name) {
        return Err(Error::at(
            format!("$defs.{name}"),
            "the generated code has another use for this name",
        ));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn modules() {
        for (provider, name) in [
            ("acme", "acme"),
            ("acme-pay", "acme_pay"),
            ("3pl", "p_3pl"),
            ("box", "p_box"),
            ("a-b-c", "a_b_c"),
        ] {
            assert_eq!(module(provider), name);
        }
    }

    #[test]
    fn fields() {
        for (property, name, serde) in [
            ("quoteId", "quote_id", "quote_id"),
            ("premium_tax", "premium_tax", "premium_tax"),
            ("_links", "links", "links"),
            ("type", "r#type", "type"),
            ("self", "self_", "self_"),
            ("Upper", "upper", "upper"),
            ("line1", "line1", "line1"),
            ("a-b.c", "a_b_c", "a_b_c"),
        ] {
            assert_eq!(field(property).unwrap(), name);
            assert_eq!(serialized(name), serde);
        }
        for property in ["", "_", "1st", "prix ttc", "größe"] {
            assert_eq!(
                field(property).unwrap_err().to_string(),
                format!("{property}: has no name in Rust")
            );
        }
    }

    #[test]
    fn variants() {
        for (event, name) in [
            ("policy.created", "PolicyCreated"),
            ("claim.status_changed", "ClaimStatusChanged"),
            ("ping", "Ping"),
            ("x-y:z", "XYZ"),
        ] {
            assert_eq!(variant(event).unwrap(), name);
        }
        for event in ["", "...", "other", "self", "3d.secure"] {
            assert!(variant(event).is_err(), "{event}");
        }
    }

    #[test]
    fn definitions() {
        assert_eq!(definition("PolicyNotice").unwrap(), "PolicyNotice");
        for name in ["policy", "Policy_Notice", "Payload", "Option", ""] {
            assert!(definition(name).is_err(), "{name}");
        }
    }
}
