//! The path and the query that the sender may have called.

use super::super::received::ReceivedAddress;
use crate::address;
use crate::percent::{self, Plus};

/// The headers in which proxies pass on the path and the query, or the whole URL, that was called.
const TARGETS: [&str; 6] = [
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url",
    "x-forwarded-uri",
    "x-envoy-original-path",
    "x-forwarded-path",
];

/// The headers in which proxies pass on what they took off the path.
const PREFIXES: [&str; 2] = ["x-forwarded-prefix", "x-script-name"];

/// How many segments of a path are taken off.
const MAX_SEGMENTS: usize = 3;

/// How many parameters are put into every order.
const MAX_PERMUTED: usize = 4;

const ORDER: &str = "its query in another order";
const OTHERWISE: &str = "other characters of it percent-encoded";

/// What a URL has besides letters, digits and what is unreserved.
const GENERAL: &[u8] = b"/:@!$&'()*+,;=?";

/// A path with its query, and what of it is not as it came.
pub(super) struct Target {
    pub(super) text: String,
    pub(super) changed: Option<String>,
}

/// Returns the paths and queries that may have been called, the one that came first.
pub(super) fn targets(received: &ReceivedAddress<'_>) -> Vec<Target> {
    let own = address::target(received.url);
    let (path, query) = match own.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (own, None),
    };
    let mut found = Targets(vec![Target { text: own.to_owned(), changed: None }]);
    found.add_passed_on(received, own);
    found.add_paths(path, query);
    if let Some(query) = query {
        found.add_queries(path, query);
    }
    found.add_encodings(path, query);
    found.0
}

struct Targets(Vec<Target>);

impl Targets {
    fn add(&mut self, path: &str, query: Option<&str>, changed: &str) {
        let text = match query {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        if self.0.iter().all(|known| known.text != text) {
            self.0.push(Target { text, changed: Some(changed.to_owned()) });
        }
    }

    /// Adds what proxies say that was called.
    fn add_passed_on(&mut self, received: &ReceivedAddress<'_>, own: &str) {
        for name in TARGETS {
            if let Some(value) = received.given.value(name).filter(|value| is_target(value)) {
                let changed = format!("the path and query of the header `{name}`");
                self.add(address::target(value), None, &changed);
            }
        }
        for name in PREFIXES {
            if let Some(value) = received.given.value(name).filter(|value| is_target(value)) {
                let changed = format!("the path of the header `{name}` before its own");
                self.add(&format!("{}{own}", value.trim_end_matches('/')), None, &changed);
            }
        }
    }

    fn add_paths(&mut self, path: &str, query: Option<&str>) {
        match path.strip_suffix('/') {
            Some(bare) => self.add(bare, query, "no slash at the end of its path"),
            None => self.add(&format!("{path}/"), query, "a slash at the end of its path"),
        }
        let mut rest = path;
        for count in 1..=MAX_SEGMENTS {
            let Some(at) = rest.get(1..).and_then(|inner| inner.find('/')) else { break };
            rest = &rest[at + 1..];
            let segments = if count == 1 { "segment" } else { "segments" };
            self.add(rest, query, &format!("a path without the first {count} {segments}"));
        }
    }

    fn add_queries(&mut self, path: &str, query: &str) {
        let pairs: Vec<&str> = query.split('&').collect();
        if pairs.len() <= MAX_PERMUTED {
            for order in permutations(&pairs) {
                self.add(path, Some(&order.join("&")), ORDER);
            }
        } else {
            let mut order = pairs.clone();
            order.reverse();
            self.add(path, Some(&order.join("&")), ORDER);
            order.sort_unstable();
            self.add(path, Some(&order.join("&")), ORDER);
        }
        self.add(path, None, "no query");
        for without in 0..pairs.len().min(MAX_PERMUTED) {
            let mut fewer = pairs.clone();
            fewer.remove(without);
            if !fewer.is_empty() {
                self.add(path, Some(&fewer.join("&")), "one parameter fewer in its query");
            }
        }
    }

    fn add_encodings(&mut self, path: &str, query: Option<&str>) {
        let spaces = |from: &str, to: &str| query.map(|query| query.replace(from, to));
        self.add(path, spaces("+", "%20").as_deref(), "`%20` in place of `+` in its query");
        self.add(path, spaces("%20", "+").as_deref(), "`+` in place of `%20` in its query");
        for (is_upper, changed) in [
            (true, "its percent-encodings in capital letters"),
            (false, "its percent-encodings in small letters"),
        ] {
            let digits = |text: &str| with_digits(text, is_upper);
            self.add(&digits(path), query.map(digits).as_deref(), changed);
        }
        // What is no URL is a text that a framework decoded to show it.
        self.add(
            &encoded(path, b"/"),
            query.map(|query| encoded(query, b"&=")).as_deref(),
            OTHERWISE,
        );
        let general = |text: &str| encoded(text, GENERAL);
        self.add(&general(path), query.map(general).as_deref(), OTHERWISE);
        let plain = |text: &str| decoded(text, is_unreserved);
        self.add(&plain(path), query.map(plain).as_deref(), OTHERWISE);
        let all = |text: &str| decoded(text, |_| true);
        self.add(&all(path), query.map(all).as_deref(), "no percent-encoding");
    }
}

/// Returns `true` for what proxies write as a path or a URL.
fn is_target(value: &str) -> bool {
    value.len() <= 2048 && (value.starts_with('/') || address::is_whole(value))
}

/// Returns all orders of a few texts.
fn permutations<'t>(texts: &[&'t str]) -> Vec<Vec<&'t str>> {
    if texts.len() < 2 {
        return vec![texts.to_vec()];
    }
    let mut all = Vec::new();
    for first in 0..texts.len() {
        let mut others = texts.to_vec();
        let first = others.remove(first);
        for mut order in permutations(&others) {
            order.insert(0, first);
            all.push(order);
        }
    }
    all
}

fn with_digits(text: &str, is_upper: bool) -> String {
    let mut digits = 0;
    let write = |char: char| {
        if char == '%' {
            digits = 2;
            return char;
        }
        let is_digit = digits > 0;
        digits -= i32::from(is_digit);
        match (is_digit, is_upper) {
            (true, true) => char.to_ascii_uppercase(),
            (true, false) => char.to_ascii_lowercase(),
            (false, _) => char,
        }
    };
    text.chars().map(write).collect()
}

/// Encodes everything but unreserved characters, these, and what is encoded already.
fn encoded(text: &str, but: &[u8]) -> String {
    let kept: Vec<u8> = [b"-._~%".as_slice(), but].concat();
    let mut out = Vec::with_capacity(text.len() + 16);
    percent::encode(text.as_bytes(), &kept, Plus::Itself, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Decodes the escapes of some bytes; the text itself if that is no text.
fn decoded(text: &str, of: impl Fn(u8) -> bool) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(rest[..at].bytes());
        let escape = rest.get(at..at + 3).unwrap_or(&rest[at..=at]);
        match percent::decode(escape, Plus::Itself).as_deref() {
            Some([byte]) if of(*byte) => out.push(*byte),
            _ => out.extend(escape.bytes()),
        }
        rest = &rest[at + escape.len()..];
    }
    out.extend(rest.bytes());
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
