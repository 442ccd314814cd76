//! Forms and percent-encoding.

use super::super::percent::{self, Plus};

/// How many fields of a form are looked at.
const MAX_FIELDS: usize = 8;

/// What serialisers of forms leave as it is, and how they write a space: Python and Go, browsers
/// and Java, PHP, curl, and JavaScript's encodeURIComponent.
const ENCODERS: [(&[u8], Plus); 6] = [
    (b"-_.~", Plus::Space),
    (b"*-._", Plus::Space),
    (b"-_.", Plus::Space),
    (b"-_.~", Plus::Itself),
    (b"-_.!~*'()", Plus::Itself),
    (b"-_.~/", Plus::Space),
];

/// The fields that providers put JSON into.
const FIELDS: [&str; 4] = ["payload", "data", "body", "json"];

/// The texts in a form's fields, names too where there is no value.
pub(super) fn fields(body: &str) -> Vec<String> {
    let is_form = body.contains('=') && !body.trim_start().starts_with(['{', '[', '"', '<']);
    if !is_form {
        return Vec::new();
    }
    let decoded = |text: &str| match percent::decode(text, Plus::Space) {
        Some(bytes) => String::from_utf8(bytes).ok(),
        None => Some(text.to_owned()),
    };
    let texts = body.trim_end().split('&').take(MAX_FIELDS).map(|pair| {
        pair.split_once('=')
            .map_or(pair, |(name, value)| if value.is_empty() { name } else { value })
    });
    texts.filter_map(decoded).filter(|text| !text.is_empty()).collect()
}

/// Forms that hold the body, as serialisers write them.
pub(super) fn forms(body: &[u8]) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    FIELDS.into_iter().flat_map(move |field| {
        ENCODERS.iter().map(move |(unreserved, plus)| {
            let mut form = Vec::with_capacity(body.len() * 2);
            form.extend(field.as_bytes());
            form.push(b'=');
            percent::encode(body, unreserved, *plus, &mut form);
            (field, form)
        })
    })
}

/// The texts that the whole body may be percent-encoded from.
pub(super) fn percent_decoded(body: &str) -> Vec<Vec<u8>> {
    let decoded = [Plus::Itself, Plus::Space].map(|plus| percent::decode(body.trim_end(), plus));
    let mut decoded: Vec<Vec<u8>> = decoded.into_iter().flatten().collect();
    decoded.dedup();
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields() {
        let body = "payload=%7B%22a%22%3A+1%7D&x=1&%7B%7D=";
        assert_eq!(fields(body), ["{\"a\": 1}", "1", "{}"]);
        assert!(fields("{\"a\":\"b=c\"}").is_empty());
    }

    /// As Python's `urllib.parse.quote_plus`, `URLSearchParams`, and `curl --data-urlencode` do.
    #[test]
    fn writes_as_others_do() {
        let written: Vec<String> = forms(b"{\"a\": \"~*\"}")
            .filter_map(|(_, form)| String::from_utf8(form).ok())
            .collect();
        for expected in [
            "payload=%7B%22a%22%3A+%22~%2A%22%7D",
            "payload=%7B%22a%22%3A+%22%7E*%22%7D",
            "payload=%7B%22a%22%3A%20%22~%2A%22%7D",
        ] {
            assert!(written.iter().any(|form| form == expected), "{expected}");
        }
    }
}
