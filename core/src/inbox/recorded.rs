//! The headers of a delivery that are kept: those that its scheme reads, and no others.

use serde_json::Value;

use crate::headers::{HeaderName, Headers};
use crate::scheme::{Compiled, Place};

/// The headers that the scheme reads, as a JSON array of pairs.
pub(super) fn record(scheme: &Compiled, headers: &(impl Headers + ?Sized)) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    if let Some(signature) = headers.signature() {
        let name = scheme.signature_names().next().map_or("", HeaderName::as_str);
        pairs.push((name, text(signature)));
    } else {
        let mut seen: Vec<&HeaderName> = Vec::new();
        for name in read_headers(scheme) {
            if !seen.contains(&name) {
                seen.push(name);
                headers.each_value(name, &mut |value| pairs.push((name.as_str(), text(value))));
            }
        }
    }
    let pair = |(name, value): (&str, String)| Value::from_iter([name, &value]);
    pairs.into_iter().map(pair).collect::<Value>().to_string()
}

/// Every header that the scheme reads.
fn read_headers(scheme: &Compiled) -> impl Iterator<Item = &HeaderName> {
    let places = &scheme.places;
    let in_places = (places.event_type.iter())
        .chain(&places.id)
        .chain(places.created_at.iter().map(|created| &created.place))
        .flat_map(|place| match place {
            Place::Header(names) => names.as_slice(),
            Place::Pointer(_) | Place::SignedId => &[],
        });
    (scheme.signature_names())
        .chain(scheme.timestamp.iter().flat_map(|timestamp| &timestamp.headers))
        .chain(&scheme.id)
        .chain(in_places)
}

/// The pairs of what [`record`] wrote, none if it is something else.
pub(super) fn read(recorded: &str) -> Option<Vec<(String, String)>> {
    serde_json::from_str(recorded).ok()
}
