//! Reads HTTP archives, as browsers and proxies save them.

use base64ct::{Base64, Encoding as _};
use serde::Deserialize;

use super::delivery::{Delivery, RequestLine};
use crate::failure::Failure;
use crate::text::Printable;

#[derive(Deserialize)]
struct Archive {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    headers: Vec<Header>,
    post_data: Option<PostData>,
    /// Some tools write -1 where they do not know it.
    #[serde(default)]
    body_size: Option<i64>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct PostData {
    text: Option<String>,
    /// Not in the specification, but what tools write for bytes that are no text.
    encoding: Option<String>,
}

/// A delivery in an archive.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) delivery: Delivery,
    pub(super) line: RequestLine,
    /// A note, where it may not be what was sent.
    pub(super) note: Option<String>,
}

/// Reads the request with this number, counted from 1, or the only one that has a body.
pub(super) fn read(bytes: &[u8], number: Option<usize>) -> Result<Found, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let archive: Archive = serde_json::from_slice(bytes).map_err(|error| {
        Failure::input(format!(
            "this is no HTTP archive: at line {}, column {} it is not what HAR 1.2 says",
            error.line(),
            error.column()
        ))
    })?;
    let entries = archive.log.entries;
    let index = match number {
        Some(number) => number - 1,
        None => the_only(&entries)?,
    };
    let count = entries.len();
    let entry = entries.into_iter().nth(index).ok_or_else(|| {
        Failure::input(format!("there is no entry {}: the archive has {count}", index + 1))
    })?;
    request(entry.request)
}

fn the_only(entries: &[Entry]) -> Result<usize, Failure> {
    let has_body = |(_, entry): &(usize, &Entry)| entry.request.post_data.is_some();
    let candidates: Vec<_> = entries.iter().enumerate().filter(has_body).collect();
    match candidates.as_slice() {
        [(index, _)] => Ok(*index),
        [] => Err(Failure::input("no request in the archive has a body")),
        _ => {
            let lines = candidates.into_iter().map(|(index, entry)| {
                // Without the query, where tokens stand.
                let url = entry.request.url.split(['?', '#']).next().unwrap_or_default();
                let (method, url) = (Printable(&entry.request.method), Printable(url));
                format!("\n  {}  {method} {url}", index + 1)
            });
            Err(Failure::input(format!(
                "several requests in the archive have a body: say which with `--entry N`{}",
                lines.collect::<String>()
            )))
        }
    }
}

fn request(request: Request) -> Result<Found, Failure> {
    let size = request.body_size.and_then(|size| usize::try_from(size).ok());
    let body = match request.post_data {
        None => return Err(Failure::input("this request has no body")),
        Some(PostData { text: Some(text), encoding }) => decode(text, encoding.as_deref(), size)?,
        Some(PostData { text: None, .. }) => {
            return Err(Failure::input(
                "the archive has no text of this request's body, only what the tool that saved it \
                 understood: save it as a raw request",
            ));
        }
    };
    let note = match size {
        Some(size) if body.is_empty() && size > 0 => {
            return Err(Failure::input(format!(
                "the archive says that {size} bytes were sent, and has none of them: save it as a \
                 raw request"
            )));
        }
        Some(size) if size != body.len() => Some(format!(
            "the archive says that {size} bytes were sent, and holds {}: if the tool that saved it \
             changed the body, the signature will not match",
            body.len()
        )),
        _ => None,
    };
    // HTTP/2 and 3 have their request line among the headers, as `:method` and the like.
    let headers = request.headers.into_iter().filter(|header| !header.name.starts_with(':'));
    let headers = headers.map(|header| (header.name, header.value.into_bytes())).collect();
    let line = RequestLine::new(&request.method, &request.url);
    Ok(Found { delivery: Delivery { body, headers }, line, note })
}

fn decode(text: String, encoding: Option<&str>, size: Option<usize>) -> Result<Vec<u8>, Failure> {
    match encoding {
        None | Some("") => Ok(match size {
            Some(size) if size != text.len() => latin1(&text, size).unwrap_or(text.into_bytes()),
            _ => text.into_bytes(),
        }),
        Some("base64") => Base64::decode_vec(&text)
            .map_err(|_| Failure::input("the archive says that the body is base64, and it is not")),
        Some(_) => Err(Failure::input("the body is in an encoding other than base64")),
    }
}

/// Bytes that are no UTF-8 are written by some tools as the characters with their numbers: there
/// are then as many of these as bytes were sent.
fn latin1(text: &str, size: usize) -> Option<Vec<u8>> {
    let bytes: Option<Vec<u8>> = text.chars().map(|byte| u8::try_from(byte).ok()).collect();
    bytes.filter(|bytes| bytes.len() == size)
}
