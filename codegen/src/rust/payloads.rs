//! `core/src/payloads/`: a module of structs per provider, and the enum of its events.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names;
use super::text::{doc, head};
use crate::error::Error;
use crate::ir::{Definition, Event, Field, Kind, Provider, Shape};

const DERIVE: &str = "#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]";

/// The module that holds the others.
pub(super) fn emit_root(providers: &[Provider]) -> String {
    let mut out = head();
    doc(
        &mut out,
        "//!",
        "What the providers' events carry, as types: a module per provider that documents its events.",
    );
    out.push_str("#![allow(clippy::doc_markdown, reason = \"the words are the schemas', which speak to other languages too\")]\n\n");
    for provider in providers.iter().filter(|provider| !provider.events.is_empty()) {
        let _ = writeln!(out, "pub mod {};", names::module(&provider.name));
    }
    out
}

/// The module of one provider.
pub(super) fn emit(provider: &Provider) -> Result<String, Error> {
    let mut out = head();
    doc(
        &mut out,
        "//!",
        &format!("What {}'s events carry, after <{}>.", provider.title, provider.source),
    );
    out.push_str(
        "\nuse serde::{Deserialize, Serialize};\n\nuse crate::payload::{Misfit, from_json};\n\n",
    );
    events(&mut out, provider)?;
    for definition in &provider.definitions {
        out.push('\n');
        emit_definition(&mut out, definition)
            .map_err(|error| Error::at(&definition.name, error))?;
    }
    tests(&mut out, provider);
    Ok(out)
}

fn events(out: &mut String, provider: &Provider) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    let mut variants = Vec::new();
    for event in &provider.events {
        let variant = names::variant(&event.name)?;
        if !seen.insert(variant.clone()) {
            return Err(Error::at(
                format!("event type `{}`", event.name),
                format!("a second `{variant}`"),
            ));
        }
        variants.push((event, variant));
    }
    doc(
        out,
        "///",
        &format!(
            "An event's data, by the event's type, for each type that {} documents.",
            provider.title
        ),
    );
    out.push_str("#[derive(Debug, Clone, PartialEq, Serialize)]\n#[serde(untagged)]\n#[non_exhaustive]\npub enum Payload {\n");
    for (Event { name, description, payload }, variant) in &variants {
        doc(out, "///", &format!("`{name}`: {description}"));
        let _ = writeln!(out, "{variant}({payload}),");
    }
    doc(out, "///", "The data of any other event.");
    out.push_str("Other(serde_json::Value),\n}\n\n");
    out.push_str("impl crate::payload::Payload for Payload {\n");
    out.push_str("fn from_type_and_json(event_type: &str, json: &str) -> Result<Self, Misfit> {\n");
    out.push_str("match event_type {\n");
    for (event, variant) in &variants {
        let _ = writeln!(out, "{:?} => from_json(json).map(Self::{variant}),", event.name);
    }
    out.push_str("_ => from_json(json).map(Self::Other),\n}\n}\n}\n");
    Ok(())
}

fn emit_definition(out: &mut String, definition: &Definition) -> Result<(), Error> {
    let name = names::definition(&definition.name)?;
    doc(out, "///", &definition.description);
    let _ = writeln!(out, "{DERIVE}\n#[non_exhaustive]");
    match &definition.shape {
        Shape::Object(fields) => {
            let _ = writeln!(out, "pub struct {name} {{");
            let mut seen = BTreeSet::new();
            for field in fields {
                let field_name = names::field(&field.name)?;
                emit_field(out, field, &field_name);
                if !seen.insert(field_name) {
                    return Err(Error::at(
                        &field.name,
                        "another property has the same name in Rust",
                    ));
                }
            }
        }
        Shape::AnyOf(options) => {
            let _ = writeln!(out, "#[serde(untagged)]\npub enum {name} {{");
            for option in options {
                doc(out, "///", &format!("See [`{option}`]."));
                let _ = writeln!(out, "{option}({option}),");
            }
        }
    }
    out.push_str("}\n");
    Ok(())
}

fn emit_field(out: &mut String, field: &Field, name: &str) {
    doc(out, "///", &field.description);
    let mut attributes = Vec::new();
    if names::serialized(name) != field.name {
        attributes.push(format!("rename = {:?}", field.name));
    }
    let mut kind = kind(&field.kind);
    if !field.required {
        attributes.push("default, skip_serializing_if = \"Option::is_none\"".to_owned());
        kind = format!("Option<{kind}>");
    }
    if !attributes.is_empty() {
        let _ = writeln!(out, "#[serde({})]", attributes.join(", "));
    }
    let _ = writeln!(out, "pub {name}: {kind},");
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::String => "String".to_owned(),
        Kind::Integer => "i64".to_owned(),
        Kind::Number => "f64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Map => "serde_json::Map<String, serde_json::Value>".to_owned(),
        Kind::Any => "serde_json::Value".to_owned(),
        Kind::List(item) => format!("Vec<{}>", self::kind(item)),
        Kind::Named(name) => name.clone(),
    }
}

/// A test that each sample is read as its type, and survives a round trip.
fn tests(out: &mut String, provider: &Provider) {
    out.push_str(
        "\n#[cfg(test)]\nmod tests {\nuse super::Payload;\nuse crate::payload::Payload as _;\n\n",
    );
    out.push_str("#[test]\nfn samples_are_read_as_their_types() {\nfor sample in [\n");
    for sample in &provider.samples {
        let _ = writeln!(
            out,
            "include_str!(\"../../providers/{}/samples/{}\"),",
            provider.name, sample.file
        );
    }
    out.push_str(
        r#"] {
            let sample: serde_json::Value = serde_json::from_str(sample).expect("a sample is JSON");
            let event = &sample["expect"]["event"];
            let name = event["type"].as_str().expect("a sample has a type");
            let read = |json: &str| Payload::from_type_and_json(name, json).expect("a sample has its type's form");
            let payload = read(&event["data"].to_string());
            assert!(!matches!(payload, Payload::Other(_)), "{name}");
            assert_eq!(payload, read(&serde_json::to_string(&payload).expect("a payload is JSON")), "{name}");
        }
    }
}
"#,
    );
}

#[cfg(test)]
mod tests;
