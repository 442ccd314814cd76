//! The query of the page's requests.

use hookseal::inbox::{Filter, State};

use crate::serve::pairs;

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
        for (name, value) in pairs(query) {
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
    }
}
