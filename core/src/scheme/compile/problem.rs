//! A problem of a scheme, with the key that has it.

use crate::headers::HeaderName;
use crate::scheme::document::OneOrMany;

/// A problem of a scheme, with the key that has it.
pub(in crate::scheme) struct Problem {
    pub(in crate::scheme) path: String,
    pub(in crate::scheme) what: String,
}

pub(super) type Result<T> = core::result::Result<T, Problem>;

pub(super) fn problem<T>(path: impl Into<String>, what: impl Into<String>) -> Result<T> {
    Err(Problem { path: path.into(), what: what.into() })
}

fn header_name(path: &str, name: &str) -> Result<HeaderName> {
    HeaderName::new(name)
        .map_or_else(|| problem(path, "must be a header's name, as in `X-Signature`"), Ok)
}

pub(super) fn header_names(path: &str, names: &OneOrMany<String>) -> Result<Vec<HeaderName>> {
    if names.0.is_empty() {
        return problem(path, "must name at least one header");
    }
    names.0.iter().map(|name| header_name(path, name)).collect()
}
