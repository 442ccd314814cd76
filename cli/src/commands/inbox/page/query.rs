//! The query of the page's requests.

use hookseal::inbox::{Filter, State};

/// What the page asks to see.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) filter: Filter,
    /// The delivery that is looked at: its entry is wanted too.
    pub(super) selected: Option<i64>,
}

impl Query {
    /// Reads a query as `URLSearchParams` writes it. What it does not know is left out.
    pub(super) fn read(query: &str) -> Self {
        let mut read = Self::default();
        let filter = &mut read.filter;
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value);
            let text = || (!value.is_empty()).then(|| value.clone());
            match name {
                "state" => filter.state = State::from_name(&value),
                "source" => filter.source = text(),
                "type" => filter.event_type = text(),
                "search" => filter.search = text(),
                "limit" => filter.limit = value.parse().unwrap_or_default(),
                "selected" => read.selected = value.parse().ok(),
                _ => {}
            }
        }
        read
    }
}

/// Undoes the encoding of forms.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|two| two.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|two| std::str::from_utf8(two).ok());
        let escaped = hex.filter(|_| *first == b'%');
        if let Some(byte) = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_a_browser_writes_it() {
        let query = "state=dead&source=kasko&type=&search=a%2Bb+%C3%A9%25&limit=200&selected=7&x";
        let expected = Query {
            filter: Filter {
                state: Some(State::Dead),
                source: Some("kasko".to_owned()),
                search: Some("a+b é%".to_owned()),
                limit: 200,
                ..Filter::default()
            },
            selected: Some(7),
        };
        assert_eq!(Query::read(query), expected);
        assert_eq!(Query::read(""), Query::default());
        assert_eq!(decoded("%"), "%");
        assert_eq!(decoded("%+1%4"), "% 1%4");
    }
}
