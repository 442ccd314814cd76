//! `core/src/providers/registry.rs`: the providers' files, in the library.

use std::fmt::Write as _;

use super::text::{doc, head};
use crate::ir::Provider;

pub(super) fn emit(providers: &[Provider]) -> String {
    let mut out = head();
    out.push_str("use super::provider::{Provider, Sample};\n\n");
    doc(&mut out, "///", "Every provider, sorted by name.");
    out.push_str("pub(crate) static PROVIDERS: &[Provider] = &[\n");
    for provider in providers {
        let folder = format!("../../providers/{}", provider.name);
        let _ = writeln!(
            out,
            "Provider {{
                name: {:?},
                scheme: include_str!(\"{folder}/scheme.toml\"),
                events: include_str!(\"{folder}/events.toml\"),
                payload_schema: include_str!(\"{folder}/payload.schema.json\"),
                samples: &[",
            provider.name
        );
        for sample in &provider.samples {
            let _ = writeln!(
                out,
                "Sample {{ event_type: {:?}, json: include_str!(\"{folder}/samples/{}\") }},",
                sample.event_type, sample.file
            );
        }
        let largest_body = provider
            .largest_body
            .map_or("None".to_owned(), |bytes| format!("Some({})", grouped(bytes)));
        let _ = writeln!(out, "], largest_body: {largest_body} }},");
    }
    out.push_str("];\n");
    out
}

/// A number with `_` between its thousands.
fn grouped(number: usize) -> String {
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
