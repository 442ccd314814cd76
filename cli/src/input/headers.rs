//! Headers as they are typed, as HTTP writes them, and as JSON.

use serde_json::Value;

use crate::failure::Failure;

/// Names and values, each as it is written.
pub(crate) type HeaderList = Vec<(String, Vec<u8>)>;

/// Headers from arguments, `Name: value` each.
pub(crate) fn headers(arguments: &[String]) -> Result<HeaderList, Failure> {
    let read = |argument: &String| {
        line(argument.as_bytes())
            .map_err(|what| Failure::usage(format!("a header that is given with `-H` {what}")))
    };
    arguments.iter().map(read).collect()
}

/// Headers from a file: `Name: value` in each line, or JSON as programs log them.
pub(super) fn from_file(bytes: &[u8]) -> Result<HeaderList, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return from_json(bytes);
    }
    let mut lines = bytes.split(|byte| *byte == b'\n').enumerate().peekable();
    // A request's first line is often copied along.
    lines.next_if(|(_, line)| line.trim_ascii().windows(6).any(|part| part == b"HTTP/1"));
    let written = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    let read = |(index, text): (usize, &[u8])| {
        line(text).map_err(|what| Failure::input(format!("line {} {what}", index + 1)))
    };
    written.map(read).collect()
}

/// One header. An error says what is wrong with it and never holds a part of it: it may be a
/// secret in the wrong place.
pub(super) fn line(line: &[u8]) -> Result<(String, Vec<u8>), &'static str> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if matches!(line.first(), Some(b' ' | b'\t')) {
        return Err("begins with white space: the name of a header must");
    }
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return Err("has no colon: write it as `Name: value`");
    };
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    match core::str::from_utf8(name) {
        Ok(name) if is_name(name) => Ok((name.to_owned(), value.trim_ascii().to_owned())),
        _ => Err("has a name that HTTP does not allow: write it as `Name: value`"),
    }
}

fn is_name(name: &str) -> bool {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(token)
}

/// `{"name": "value"}`, with lists where one is given more than once, or `[["name", "value"]]`.
fn from_json(bytes: &[u8]) -> Result<HeaderList, Failure> {
    const FORM: &str = "the headers are no JSON that is understood: an object of names and values, \
                        or a list of pairs";

    let value: Value = serde_json::from_slice(bytes).map_err(|_| Failure::input(FORM))?;
    let pairs = match value {
        Value::Object(object) => object.into_iter().collect(),
        Value::Array(list) => {
            let pair = |entry: Value| serde_json::from_value::<(String, Value)>(entry).ok();
            list.into_iter().map(pair).collect::<Option<Vec<_>>>()
        }
        .ok_or_else(|| Failure::input(FORM))?,
        _ => return Err(Failure::input(FORM)),
    };
    let mut headers = HeaderList::new();
    for (name, value) in pairs {
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in values {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                _ => return Err(Failure::input(FORM)),
            };
            headers.push((name.clone(), text.into_bytes()));
        }
    }
    Ok(headers)
}
