//! What is kept of a delivery's head: what its scheme reads, and no more.

use serde_json::Value;

use crate::headers::{HeaderName, Headers};
use crate::scheme::Compiled;

/// The names that the request's method and address are kept under, as HTTP/2 does: no header has
/// such a name.
const METHOD: &str = ":method";
const URL: &str = ":url";

/// The headers that the scheme reads, as a JSON array of pairs; with the method and the address if
/// it signs those, and without those that may hold the secret itself.
pub(super) fn record(scheme: &Compiled, headers: &(impl Headers + ?Sized)) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    if let Some(signature) = headers.signature() {
        let name = scheme.signature_names().next().filter(|name| !scheme.is_secret(name));
        pairs.extend(name.map(|name| (name.as_str(), text(signature))));
    } else {
        let mut seen: Vec<&HeaderName> = Vec::new();
        for name in scheme.read_headers() {
            if !seen.contains(&name) && !scheme.is_secret(name) {
                seen.push(name);
                headers.each_value(name, &mut |value| pairs.push((name.as_str(), text(value))));
            }
        }
    }
    if scheme.signs_request() {
        let request = [(METHOD, headers.method()), (URL, headers.url())];
        let given = |(name, value): (_, Option<&str>)| Some((name, value?.to_owned()));
        pairs.extend(request.into_iter().filter_map(given));
    }
    let pair = |(name, value): (&str, String)| Value::from_iter([name, &value]);
    pairs.into_iter().map(pair).collect::<Value>().to_string()
}

/// The pairs of what [`record`] wrote, none if it is something else.
pub(super) fn read(recorded: &str) -> Option<Vec<(String, String)>> {
    serde_json::from_str(recorded).ok()
}

/// The head of a delivery, of the pairs that were kept.
pub(super) struct Head<'r>(pub(super) &'r [(String, String)]);

impl Head<'_> {
    fn find(&self, wanted: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(name, _)| name == wanted)?;
        Some(value)
    }
}

impl Headers for Head<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        self.0.each(found);
    }

    fn method(&self) -> Option<&str> {
        self.find(METHOD)
    }

    fn url(&self) -> Option<&str> {
        self.find(URL)
    }
}
