//! The body of a request that is written as JSON.

use base64ct::{Base64, Encoding as _};
use serde_json::{Map, Value};

use crate::failure::Failure;

/// Gives the bytes of the body.
pub(super) fn of(mut members: Map<String, Value>) -> Result<Vec<u8>, Failure> {
    // What a server keeps beside what it has parsed.
    if let Some(Value::String(raw)) = members.remove("rawbody") {
        return Ok(raw.into_bytes());
    }
    let is_base64 = members.get("isbase64encoded") == Some(&Value::Bool(true));
    // An event always has its body, where there is one; a log's entry may leave it out.
    let is_event =
        ["requestcontext", "httpmethod", "rawpath"].iter().any(|it| members.contains_key(*it));
    match members.remove("body") {
        Some(Value::String(text)) if is_base64 => base64(&text),
        Some(Value::String(text)) => Ok(text.into_bytes()),
        Some(Value::Null) => Ok(Vec::new()),
        None if is_event => Ok(Vec::new()),
        None => Err(Failure::input(
            "the request has headers and no `body`: give this file with `--headers-file`, and the body \
             as a file of its own",
        )),
        Some(Value::Object(body)) => of_object(&body).unwrap_or_else(|| Err(parsed())),
        Some(_) => Err(parsed()),
    }
}

/// The body of `CloudFront`'s events, of Postman's requests, or of a buffer of Node's; `None` of
/// anything else.
fn of_object(body: &Map<String, Value>) -> Option<Result<Vec<u8>, Failure>> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    if let Some(mode) = text("mode") {
        return Some(match (mode, text("raw")) {
            ("raw", Some(raw)) => Ok(raw.as_bytes().to_vec()),
            _ => Err(Failure::input(
                "the body of this Postman request is not a raw one, so its bytes are made only when \
                 it is sent: take them from where they arrive",
            )),
        });
    }
    if body.get("inputTruncated") == Some(&Value::Bool(true)) {
        return Some(Err(Failure::input(
            "CloudFront has cut this body off, as it was longer than an event may be: verify behind it",
        )));
    }
    match (text("encoding"), body.get("data")?) {
        (Some("base64"), Value::String(data)) => Some(base64(data)),
        (Some("text"), Value::String(data)) => Some(Ok(data.as_bytes().to_vec())),
        (None, Value::Array(bytes)) if text("type") == Some("Buffer") => {
            let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok());
            bytes.iter().map(byte).collect::<Option<Vec<u8>>>().map(Ok)
        }
        _ => None,
    }
}

fn base64(text: &str) -> Result<Vec<u8>, Failure> {
    Base64::decode_vec(text)
        .map_err(|_| Failure::input("the body is said to be in base64, and is not"))
}

fn parsed() -> Failure {
    Failure::input(
        "the body was parsed before it was written down, so the bytes that were signed are gone: log \
         it as text, as it arrives",
    )
}
