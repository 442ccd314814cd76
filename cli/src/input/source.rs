//! Bytes from a file or from standard input.

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use crate::failure::Failure;

/// Reads the bytes of a body, from standard input unless a file is named.
pub(crate) fn body(path: Option<&Path>) -> Result<Vec<u8>, Failure> {
    match path {
        Some(path) if !is_standard_input(path) => file(path),
        _ => standard_input("the body"),
    }
}

/// Reads the bytes of a file, `-` for standard input. `what` is expected there.
pub(super) fn named(path: &Path, what: &str) -> Result<Vec<u8>, Failure> {
    if is_standard_input(path) { standard_input(what) } else { file(path) }
}

/// Tells whether a path means standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads the bytes of a file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::file(path, &error))
}

/// Waiting for what nobody knows to be waited for would look as if the command hung.
fn standard_input(what: &str) -> Result<Vec<u8>, Failure> {
    let mut stdin = io::stdin().lock();
    if stdin.is_terminal() {
        return Err(Failure::usage(format!(
            "{what} is expected on standard input, which is a terminal: name a file, or pipe it in"
        )));
    }
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes).map_err(|error| Failure::io("standard input", &error))?;
    Ok(bytes)
}
