//! `core/src/payloads/`: a module of structs per provider, and the enum of its events.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::names;
use super::text::{doc, head};
use crate::error::Error;
use crate::ir::{Definition, Event, Field, Kind, Provider};

const DERIVE: &str = "#[derive(Debug, Clone, Default, PartialEq, Serialize)]";

/// The module that holds the others.
pub(super) fn emit_root(providers: &[Provider]) -> String {
    let mut out = head();
    doc(
        &mut out,
        "//!",
        "The data of the providers' events, as types: a module per provider that documents its events.",
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
        &format!("The data of {}'s events, as <{}> documents it.", provider.title, provider.source),
    );
    let lenient = provider.definitions.iter().flat_map(|definition| &definition.fields);
    let properties =
        if lenient.into_iter().any(|field| is_map(&field.kind)) { ", Properties" } else { "" };
    let _ = write!(
        out,
        "\nuse serde::de::{{Deserialize, Deserializer, MapAccess}};\nuse serde::Serialize;\n\n\
         use crate::payload::{{Object, PayloadMismatch{properties}, from_json, object}};\n\n",
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
    out.push_str(
        "fn from_type_and_json(event_type: &str, json: &str) -> Result<Self, PayloadMismatch> {\n",
    );
    out.push_str("match event_type {\n");
    for (event, variant) in &variants {
        let _ = writeln!(out, "{:?} => from_json(json).map(Self::{variant}),", event.name);
    }
    out.push_str("_ => from_json(json).map(Self::Other),\n}\n}\n}\n");
    Ok(())
}

fn emit_definition(out: &mut String, definition: &Definition) -> Result<(), Error> {
    let name = names::definition(&definition.name)?;
    let mut fields = Vec::new();
    for field in &definition.fields {
        let field_name = names::field(&field.name)?;
        if fields.iter().any(|(_, other)| *other == field_name) {
            return Err(Error::at(&field.name, "another property has the same name in Rust"));
        }
        fields.push((field, field_name));
    }
    doc(out, "///", &definition.description);
    let _ = writeln!(out, "{DERIVE}\n#[non_exhaustive]\npub struct {name} {{");
    for (field, name) in &fields {
        emit_field(out, field, name);
    }
    out.push_str("}\n\n");
    emit_reading(out, name, &fields);
    Ok(())
}

fn emit_field(out: &mut String, field: &Field, name: &str) {
    doc(out, "///", &field.description);
    let mut attributes = Vec::new();
    if names::serialized(name) != field.name {
        attributes.push(format!("rename = {:?}", field.name));
    }
    let mut kind = kind(&field.kind);
    if is_option(field) {
        attributes.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        kind = format!("Option<{kind}>");
    }
    if !attributes.is_empty() {
        let _ = writeln!(out, "#[serde({})]", attributes.join(", "));
    }
    let _ = writeln!(out, "pub {name}: {kind},");
}

/// How the struct is read from JSON.
fn emit_reading(out: &mut String, name: &str, fields: &[(&Field, String)]) {
    let required: Vec<&str> = (fields.iter())
        .filter(|(field, _)| field.required && !field.nullable)
        .map(|(field, _)| field.name.as_str())
        .collect();
    let _ = writeln!(out, "impl Object for {name} {{");
    let _ = writeln!(out, "const REQUIRED: &'static [&'static str] = &{required:?};\n");
    let (field, value) = if fields.is_empty() { ("_", "_") } else { ("field", "value") };
    let _ = writeln!(
        out,
        "fn read<'de, A: MapAccess<'de>>(&mut self, {field}: &str, {value}: &mut A) -> Result<bool, A::Error> {{"
    );
    if fields.is_empty() {
        out.push_str("Ok(false)\n}\n}\n\n");
    } else {
        out.push_str("match field {\n");
        for (field, name) in fields {
            let read = match (is_map(&field.kind), is_option(field)) {
                (false, _) => "value.next_value()?",
                (true, false) => "value.next_value::<Properties>()?.into()",
                (true, true) => "value.next_value::<Option<Properties>>()?.map(Into::into)",
            };
            // In braces, so that it stays as it is when it is long.
            let _ = writeln!(out, "{:?} => {{ self.{name} = {read}; }}", field.name);
        }
        out.push_str("_ => return Ok(false),\n}\nOk(true)\n}\n}\n\n");
    }
    let _ = writeln!(
        out,
        "impl<'de> Deserialize<'de> for {name} {{\n\
         fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{\n\
         object(deserializer)\n}}\n}}"
    );
}

fn is_option(field: &Field) -> bool {
    !field.required || field.nullable
}

fn is_map(kind: &Kind) -> bool {
    matches!(kind, Kind::Map | Kind::MapOrEmptyList)
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::String => "String".to_owned(),
        Kind::Integer => "i64".to_owned(),
        Kind::Number => "f64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Map | Kind::MapOrEmptyList => "serde_json::Map<String, serde_json::Value>".to_owned(),
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

"#,
    );
    if provider.definitions.iter().flat_map(|one| &one.fields).any(|field| field.required) {
        out.push_str("}\n");
        return;
    }
    // What a documentation shows of an event may all be missing, and null.
    out.push_str("#[test]\nfn nothing_is_needed() {\nfor name in [\n");
    for event in &provider.events {
        let _ = writeln!(out, "{:?},", event.name);
    }
    out.push_str(
        r#"] {
            for data in ["{}", "null", "[]"] {
                let payload = Payload::from_type_and_json(name, data).expect("nothing is needed");
                assert!(!matches!(payload, Payload::Other(_)), "{name}");
            }
        }
    }
}
"#,
    );
}

#[cfg(test)]
mod tests;
