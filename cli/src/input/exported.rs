//! Reads requests that programs wrote as JSON: the events of Lambda, `CloudFront` and Azure Functions,
//! Postman's collections, HTTP archives, and what servers log.

mod body;
mod url;

use serde_json::{Map, Value};

use super::delivery::{Delivery, HeaderList, RequestLine};
use super::har::{self, Found};
use super::logged_headers;
use crate::failure::Failure;
use crate::text::Printable;

const FORMS: &str = "\
    this JSON holds no request that is understood: a Lambda event, a Postman collection or request, \
    an HTTP archive, or an object with `headers` and `body`, also inside a log's entry. For a body \
    alone, name the file without `--request`";

/// The members that hold requests, of events and of the entries of logs. Names are in lower case.
const HOLDERS: [&str; 15] = [
    "records",
    "cf",
    "request",
    "req",
    "item",
    "event",
    "events",
    "logevents",
    "log",
    "entries",
    "data",
    "jsonpayload",
    "textpayload",
    "properties",
    "message",
];

/// A JSON object of a request, whose members' names are in lower case.
type Members = Map<String, Value>;

/// Reads the request with this number, counted from 1, or the only one.
pub(super) fn read(bytes: &[u8], number: Option<usize>) -> Result<Found, Failure> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        Failure::input(format!(
            "this begins as JSON and is none: see line {}, column {}",
            error.line(),
            error.column()
        ))
    })?;
    if value.pointer("/log/entries").is_some() {
        return har::read(bytes, number);
    }
    let mut requests = Vec::new();
    collect(value, &mut requests);
    let index = match (number, requests.len()) {
        (_, 0) => return Err(Failure::input(FORMS)),
        (Some(number), _) => number - 1,
        (None, 1) => 0,
        (None, _) => return Err(several(&requests)),
    };
    let count = requests.len();
    match requests.into_iter().nth(index) {
        Some(members) => found(members),
        None => {
            Err(Failure::input(format!("there is no entry {}: the file has {count}", index + 1)))
        }
    }
}

/// Gives the headers of the only request that the JSON holds, `None` if it holds none or several.
pub(super) fn headers(bytes: &[u8]) -> Option<HeaderList> {
    let mut requests = Vec::new();
    collect(serde_json::from_slice(bytes).ok()?, &mut requests);
    match requests.as_slice() {
        [members] => logged_headers::of(headers_in(members)?.clone()),
        _ => None,
    }
}

fn several(requests: &[Members]) -> Failure {
    let lines = requests.iter().enumerate().map(|(index, members)| {
        let RequestLine { method, url } = url::line(members);
        // Without the query, where tokens stand.
        let url = url.unwrap_or_default();
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let method = method.unwrap_or_default();
        format!("\n  {}  {} {}", index + 1, Printable(&method), Printable(url))
    });
    Failure::input(format!(
        "there are several requests in this: say which with `--entry N`{}",
        lines.collect::<String>()
    ))
}

/// Adds the requests that a value holds, in their order.
fn collect(value: Value, requests: &mut Vec<Members>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, requests)),
        Value::Object(object) => {
            let members: Members = object
                .into_iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), value))
                .collect();
            if headers_in(&members).is_some() {
                requests.push(members);
                return;
            }
            for (name, value) in members {
                if HOLDERS.contains(&name.as_str()) {
                    collect(value, requests);
                }
            }
        }
        // A log's line that is JSON itself.
        Value::String(text) if text.trim_start().starts_with('{') => {
            if let Ok(value @ Value::Object(_)) = serde_json::from_str(&text) {
                collect(value, requests);
            }
        }
        _ => {}
    }
}

/// The headers of a request: of the two that API Gateway has, the one with lists is whole.
fn headers_in(members: &Members) -> Option<&Value> {
    let is_filled = |value: &&Value| match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    let named = |name: &str| members.get(name).filter(is_filled);
    ["multivalueheaders", "headers", "header"].into_iter().find_map(named)
}

fn found(members: Members) -> Result<Found, Failure> {
    let mut headers = headers_in(&members)
        .cloned()
        .and_then(logged_headers::of)
        .ok_or_else(|| Failure::input(FORMS))?;
    headers.extend(cookies(&members));
    let line = url::line(&members);
    let body = body::of(members)?;
    Ok(Found { delivery: Delivery { body, headers }, line, note: None })
}

/// The cookies that API Gateway's second format has beside the headers.
fn cookies(members: &Members) -> Option<(String, Vec<u8>)> {
    let cookies = members.get("cookies")?.as_array()?;
    let all: Vec<&str> = cookies.iter().filter_map(Value::as_str).collect();
    (!all.is_empty()).then(|| ("cookie".to_owned(), all.join("; ").into_bytes()))
}

#[cfg(test)]
mod tests;
