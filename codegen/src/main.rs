//! Writes the code that follows from the provider folders, and the C header, or says that they are
//! not current.
//!
//! `cargo run -p hookseal-codegen` writes, `cargo run -p hookseal-codegen -- --check` writes nothing
//! and exits 1 with the names of the files that are stale.

mod coverage;
mod docs;
mod error;
mod header;
mod ir;
mod output;
mod php;
mod provider;
mod python;
mod rust;
mod schema;
mod typescript;

use std::path::Path;
use std::process::ExitCode;

use error::Error;
use ir::Provider;
use output::{COMMAND, Output};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: hookseal-codegen [--check]");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<ExitCode, Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let providers = provider::load_all(&root.join("core/providers"))?;
    let output = output(&root, &providers)?;
    let stale = output.stale()?;
    if check {
        for path in &stale {
            eprintln!("stale: {path}");
        }
        if !stale.is_empty() {
            eprintln!("run `{COMMAND}`");
            return Ok(ExitCode::FAILURE);
        }
    } else {
        output.write(&stale)?;
        for path in &stale {
            println!("wrote {path}");
        }
    }
    println!("{} providers, {} files current", providers.len(), output.len());
    Ok(ExitCode::SUCCESS)
}

/// Everything that is generated.
fn output(root: &Path, providers: &[Provider]) -> Result<Output, Error> {
    let mut files = rust::files(providers)?;
    files.extend(php::files(providers)?);
    files.push(docs::file(providers));
    files.push(header::file(root)?);
    files.extend(python::files(root, providers)?);
    files.extend(typescript::files(providers)?);
    let folders = [rust::PAYLOADS, php::PAYLOADS, python::PAYLOADS, typescript::TYPES];
    Output::new(root, files, &folders)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_committed_files_are_current() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let providers = provider::load_all(&root.join("core/providers")).unwrap();
        let output = output(&root, &providers).unwrap();
        assert!(output.len() > 2);
        assert_eq!(output.stale().unwrap(), Vec::<&str>::new(), "run `{COMMAND}`");
    }

    /// A provider is added by its folder alone: all that has to change for it is generated.
    #[test]
    fn a_new_provider_needs_no_code() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = std::env::temp_dir().join(format!("hookseal-provider-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("acme/samples")).unwrap();
        for (file, text) in [
            (
                "scheme.toml",
                "name = 'acme'\ntitle = 'Acme'\nsource = 'https://example.com'\n\
                 category = 'payments'\nevidence = 'documented'\n\
                 [signature]\nheader = 'X-Acme'\nalgorithm = 'hmac-sha256'\nencoding = 'hex'\n\
                 content = '{body}'\n[event.type]\npointer = '/type'\n",
            ),
            (
                "events.toml",
                "source = 'https://example.com'\n[[event]]\ntype = 'thing.made'\n\
                 description = 'A thing was made.'\npayload = 'Thing'\n",
            ),
            (
                "payload.schema.json",
                r#"{ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Acme",
                "description": "Data.", "$defs": { "Thing": { "description": "A thing.", "type": "object",
                "properties": { "size": { "description": "Its size.", "type": ["number", "null"] } } } } }"#,
            ),
            (
                "samples/thing.made.json",
                r#"{ "provider": "acme", "expect": { "event": { "type": "thing.made" } } }"#,
            ),
        ] {
            std::fs::write(folder.join("acme").join(file), text).unwrap();
        }
        let mut providers = provider::load_all(&root.join("core/providers")).unwrap();
        providers.extend(provider::load_all(&folder).unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        providers.sort_by(|a, b| a.name.cmp(&b.name));

        let changed = output(&root, &providers).unwrap();
        let changed: Vec<&str> = changed.stale().unwrap();
        assert_eq!(
            changed,
            [
                "bindings-node/types/acme.d.ts",
                "bindings-node/types/index.d.ts",
                "bindings-php/php/src/Payloads/Acme.php",
                "bindings-python/python/hookseal/_hookseal.pyi",
                "bindings-python/python/hookseal/_types.py",
                "bindings-python/python/hookseal/payloads/acme.py",
                "core/src/payloads/acme.rs",
                "core/src/payloads/mod.rs",
                "core/src/providers/registry.rs",
                "docs/providers.md",
            ]
        );
    }
}
