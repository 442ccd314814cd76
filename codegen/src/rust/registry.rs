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
        let _ = writeln!(out, "], largest_body: {:?} }},", provider.largest_body);
    }
    out.push_str("];\n");
    out
}
