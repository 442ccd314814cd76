//! The emitter for C: the header of the exported functions.

mod exports;

use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens as _;

use crate::error::Error;

const CRATE: &str = "bindings-c";

/// The header: its path from the root of the repository, and its text.
pub(crate) fn file(root: &Path) -> Result<(String, String), Error> {
    let folder = root.join(CRATE);
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml"))
        .map_err(|error| Error::at(CRATE, error))?;
    // cbindgen reads files only, and cannot see what a macro declares.
    let declarations = Temporary::new(&declarations(&folder)?)?;
    let bindings = cbindgen::Builder::new()
        .with_config(config)
        .with_src(&declarations.0)
        .generate()
        .map_err(|error| Error::at(CRATE, error))?;
    let mut header = Vec::new();
    bindings.write(&mut header);
    let header = String::from_utf8(header).map_err(|error| Error::at(CRATE, error))?;
    Ok(("include/hookseal.h".to_owned(), header))
}

/// All that C sees of the crate, as cbindgen reads it, module after module.
fn declarations(folder: &Path) -> Result<String, Error> {
    let root = parse(&folder.join("src/lib.rs"))?;
    let mut text = String::new();
    for item in &root.items {
        let syn::Item::Mod(module) = item else { continue };
        let path = folder.join(format!("src/{}.rs", module.ident));
        for item in parse(&path)?.items {
            let seen = exports::declaration(item).map_err(|error| Error::file(&path, error))?;
            if let Some(item) = seen {
                text.push_str(&item.into_token_stream().to_string());
                text.push('\n');
            }
        }
    }
    Ok(text)
}

fn parse(path: &Path) -> Result<syn::File, Error> {
    let text = fs::read_to_string(path).map_err(|error| Error::file(path, error))?;
    syn::parse_file(&text).map_err(|error| Error::file(path, error))
}

/// A file that is removed when it was read.
struct Temporary(PathBuf);

impl Temporary {
    fn new(text: &str) -> Result<Self, Error> {
        let name = format!("hookseal-declarations-{}.rs", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).map_err(|error| Error::file(&path, error))?;
        Ok(Self(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests;
