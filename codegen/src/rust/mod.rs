//! The emitter for Rust: the payload types and the table of providers that the library is built with.

mod names;
mod payloads;
mod registry;
mod text;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::ir::Provider;

/// The folder that holds nothing but generated files.
pub(crate) const PAYLOADS: &str = "core/src/payloads";

/// Every file: its path from the root of the repository, and its text.
pub(crate) fn files(providers: &[Provider]) -> Result<Vec<(String, String)>, Error> {
    let mut files = vec![
        ("core/src/providers/registry.rs".to_owned(), registry::emit(providers)),
        (format!("{PAYLOADS}/mod.rs"), payloads::emit_root(providers)),
    ];
    for provider in providers.iter().filter(|provider| !provider.events.is_empty()) {
        let path = format!("{PAYLOADS}/{}.rs", names::module(&provider.name));
        let text = payloads::emit(provider).map_err(|error| Error::at(&provider.name, error))?;
        files.push((path, text));
    }
    files.into_iter().map(|(path, text)| Ok((path, formatted(&text)?))).collect()
}

/// What `cargo fmt` would leave alone: rustfmt's own output, by the repository's configuration.
fn formatted(text: &str) -> Result<String, Error> {
    let failed = |error| Error::at("rustfmt", error);
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(Error::at("rustfmt", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| Error::at("rustfmt", error))
}
