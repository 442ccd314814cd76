//! The emitter for Python: `TypedDict`s of the payloads, the union of each provider's events, and
//! what the native module's stub says of the providers.

mod names;
mod payloads;
mod stub;

use std::path::Path;

use crate::error::Error;
use crate::ir::Provider;

/// The folder that holds nothing but generated files.
pub(crate) const PAYLOADS: &str = "bindings-python/python/hookseal/payloads";

/// Every file: its path from the root of the repository, and its text.
pub(crate) fn files(root: &Path, providers: &[Provider]) -> Result<Vec<(String, String)>, Error> {
    let mut files = vec![(format!("{PAYLOADS}/__init__.py"), payloads::emit_root())];
    files.extend(stub::files(root, providers)?);
    for provider in providers.iter().filter(|provider| !provider.events.is_empty()) {
        let text = payloads::emit(provider).map_err(|error| Error::at(&provider.name, error))?;
        files.push((format!("{PAYLOADS}/{}.py", names::module(&provider.name)), text));
    }
    Ok(files)
}
