//! The method and the address of a request that is written as JSON.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::input::RequestLine;

/// Gives what is said of the method and the address.
pub(super) fn line(members: &Map<String, Value>) -> RequestLine {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let context = |pointer: &str| members.get("requestcontext")?.pointer(pointer)?.as_str();
    let method = text("method")
        .or_else(|| text("httpmethod"))
        .or_else(|| context("/http/method"))
        .map(str::to_owned);
    let whole = match members.get("url") {
        Some(Value::String(url)) => Some(url.clone()),
        // Postman's, with its parts beside it.
        Some(Value::Object(url)) => url.get("raw").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let path = text("rawpath")
        .or_else(|| context("/path"))
        .or_else(|| text("path"))
        .or_else(|| text("uri"));
    let called = || {
        let host =
            context("/domainName").map_or_else(String::new, |name| format!("https://{name}"));
        let query = query(members).filter(|query| !query.is_empty());
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        path.map(|path| format!("{host}{path}{query}"))
    };
    RequestLine { method, url: whole.or_else(called) }
}

/// The query, as it was sent if that is told, else written anew of its parameters.
fn query(members: &Map<String, Value>) -> Option<String> {
    let sent =
        ["rawquerystring", "querystring"].into_iter().find_map(|name| members.get(name)?.as_str());
    if let Some(sent) = sent {
        return Some(sent.to_owned());
    }
    let named = ["multivaluequerystringparameters", "querystringparameters"];
    let parameters = named.into_iter().find_map(|name| members.get(name)?.as_object())?;
    // A load balancer's are still as they were sent, and API Gateway's are not.
    let is_sent = members.get("requestcontext").is_some_and(|it| it.get("elb").is_some());
    Some(written(parameters, is_sent))
}

fn written(parameters: &Map<String, Value>, is_sent: bool) -> String {
    let word = |text: &str| if is_sent { text.to_owned() } else { percent_encoded(text) };
    let mut pairs = Vec::new();
    for (name, value) in parameters {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        let texts = values.iter().filter_map(Value::as_str);
        pairs.extend(texts.map(|value| format!("{}={}", word(name), word(value))));
    }
    pairs.join("&")
}

/// As addresses are written (RFC 3986).
fn percent_encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
