//! The headers that concern one hop, and the mark that shows a loop.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, header};
use rustls::crypto::ring;

/// The name of this listener in `Via`, which every proxy on the way keeps (RFC 9110, section
/// 7.6.3).
static NAME: LazyLock<String> = LazyLock::new(|| {
    let mut random = [0; 8];
    // Without random numbers HTTPS would not begin either. Then all listeners have one name.
    let _ = ring::default_provider().secure_random.fill(&mut random);
    format!("hookseal-{:016x}", u64::from_be_bytes(random))
});

/// Tells whether a request was passed on by this listener before.
pub(in crate::listen) fn has_been_here(headers: &HeaderMap) -> bool {
    let mut hops = headers.get_all(header::VIA).iter().filter_map(|via| via.to_str().ok());
    hops.any(|via| via.split([',', ' ']).any(|word| word == *NAME))
}

/// Marks a request as passed on by this listener.
pub(super) fn mark(headers: &mut HeaderMap) {
    if let Ok(via) = HeaderValue::from_str(&format!("1.1 {}", *NAME)) {
        headers.append(header::VIA, via);
    }
}

/// Removes what concerns one connection alone (RFC 9110, section 7.6.1).
pub(super) fn remove_hop_by_hop(headers: &mut HeaderMap) {
    const NAMES: [&str; 8] = [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "transfer-encoding",
        "upgrade",
    ];
    let named: Vec<String> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    for name in NAMES.into_iter().chain(named.iter().map(String::as_str)) {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_seen_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::VIA, HeaderValue::from_static("1.0 fred, 1.1 hookseal"));
        assert!(!has_been_here(&headers));
        mark(&mut headers);
        assert!(has_been_here(&headers));
        // As a proxy writes it that puts all in one.
        let via = format!("1.1 vegur, 1.1 {}, 2.0 a (b)", *NAME);
        let via = HeaderValue::from_str(&via).unwrap_or(HeaderValue::from_static(""));
        headers.insert(header::VIA, via);
        assert!(has_been_here(&headers));
    }
}
