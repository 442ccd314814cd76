//! `core/src/providers/registry.rs`: the providers' files, in the library.

use std::fmt::Write as _;

use super::text::{doc, head};
use crate::ir::{Provider, Sample};

/// What is there only for who asks for the providers' files.
const CATALOGUE: &str = "#[cfg(feature = \"catalogue\")]\n";

pub(super) fn emit(providers: &[Provider]) -> String {
    let mut out = head();
    out.push_str("#![allow(clippy::too_many_lines, reason = \"some for each provider\")]\n\n");
    out.push_str("use super::provider::Provider;\n#[cfg(feature = \"catalogue\")]\nuse super::provider::{Evidence, Sample};\n\n");
    doc(&mut out, "///", "Every provider, sorted by name.");
    out.push_str("pub(crate) static PROVIDERS: &[Provider] = &[\n");
    for provider in providers {
        let retries = provider.retries.as_ref().map(|waits| {
            let waits: Vec<String> = waits.iter().map(|wait| grouped(*wait)).collect();
            format!("&[{}]", waits.join(", "))
        });
        let largest_body = provider.largest_body.map(|bytes| grouped(bytes as u64));
        let _ = writeln!(
            out,
            "Provider {{
                name: {:?},
                title: {:?},
                aliases: &{:?},
                #[cfg(feature = \"catalogue\")]
                category: {:?},
                #[cfg(feature = \"catalogue\")]
                evidence: Evidence::{:?},
                #[cfg(feature = \"catalogue\")]
                source: {:?},
                #[cfg(feature = \"explain\")]
                is_common: {},
                #[cfg(feature = \"explain\")]
                signature_headers: &{:?},
                scheme: b\"{}\",
                retries: {},
                largest_body: {},
            }},",
            provider.name,
            provider.title,
            provider.aliases,
            provider.category,
            provider.evidence,
            provider.scheme_source,
            provider.is_common,
            provider.signature_headers,
            provider.compact.escape_ascii(),
            option(retries),
            option(largest_body),
        );
    }
    out.push_str("];\n\n");
    out.push_str(
        "// What follows is apart, so that a program that does not ask for it is linked without it.\n\n",
    );
    doc(&mut out, "///", "The scheme as it is written, in TOML.");
    out.push_str(CATALOGUE);
    function(&mut out, providers, "scheme_toml", "&'static str", "\"\"", |provider| {
        Some(format!("include_str!({:?})", path(provider, "scheme.toml")))
    });
    doc(&mut out, "///", "The documented events and deliveries, in TOML.");
    out.push_str(CATALOGUE);
    function(&mut out, providers, "events", "&'static str", "\"\"", |provider| {
        let file = path(provider, "events.toml");
        provider.has_catalogue.then(|| format!("include_str!({file:?})"))
    });
    doc(&mut out, "///", "The JSON Schema of the events' data.");
    out.push_str(CATALOGUE);
    function(&mut out, providers, "payload_schema", "Option<&'static str>", "None", |provider| {
        let file = path(provider, "payload.schema.json");
        provider.has_schema.then(|| format!("Some(include_str!({file:?}))"))
    });
    doc(&mut out, "///", "The sample deliveries.");
    out.push_str(CATALOGUE);
    function(&mut out, providers, "samples", "&'static [Sample]", "&[]", |provider| {
        let samples: Vec<String> = provider.samples.iter().map(|it| sample(provider, it)).collect();
        Some(format!("&[{}]", samples.join(", ")))
    });
    doc(&mut out, "///", "The sample deliveries whose body is as the provider shows it.");
    out.push_str("#[cfg(feature = \"explain\")]\n");
    function(
        &mut out,
        providers,
        "documented_samples",
        "&'static [&'static str]",
        "&[]",
        |provider| {
            let is_shown = |sample: &&Sample| {
                let is_typed = provider.events.iter().any(|event| event.name == sample.event_type);
                sample.source.is_some() || is_typed
            };
            let shown: Vec<String> = (provider.samples.iter().filter(is_shown))
                .map(|sample| format!("include_str!({:?})", sample_path(provider, sample)))
                .collect();
            (!shown.is_empty()).then(|| format!("&[{}]", shown.join(", ")))
        },
    );
    out
}

/// A function from a provider's name to what `value` gives.
fn function(
    out: &mut String,
    providers: &[Provider],
    name: &str,
    returns: &str,
    otherwise: &str,
    value: impl Fn(&Provider) -> Option<String>,
) {
    let _ = writeln!(out, "pub(super) fn {name}(provider: &str) -> {returns} {{");
    out.push_str("match provider {\n");
    for provider in providers {
        if let Some(value) = value(provider) {
            let _ = writeln!(out, "{:?} => {value},", provider.name);
        }
    }
    let _ = writeln!(out, "_ => {otherwise},\n}}\n}}\n");
}

fn sample(provider: &Provider, sample: &Sample) -> String {
    format!(
        "Sample {{ event_type: {:?}, json: include_str!({:?}) }}",
        sample.event_type,
        sample_path(provider, sample)
    )
}

fn sample_path(provider: &Provider, sample: &Sample) -> String {
    path(provider, &format!("samples/{}", sample.file))
}

/// The path of a provider's file, as the generated file includes it.
fn path(provider: &Provider, file: &str) -> String {
    format!("../../providers/{}/{file}", provider.name)
}

fn option(value: Option<String>) -> String {
    value.map_or("None".to_owned(), |value| format!("Some({value})"))
}

/// A number with `_` between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 26_214_400].map(grouped), ["0", "999", "1_000", "26_214_400"]);
    }
}
