//! Finding and replacing an event's fields in a delivery, for samples that are sent again and for
//! tests.

use crate::headers::HeaderName;
use crate::scheme::Field;
use crate::scheme::{Place, Scheme};
use hookseal_json::{RawString, Span};

impl Scheme {
    /// Returns the headers that may contain a field of an event; none if the field is in the body.
    pub fn field_headers(&self, field: Field) -> impl Iterator<Item = &HeaderName> {
        let scheme = self.compiled();
        scheme.places.of(field).into_iter().flat_map(|place| match place {
            Place::Header(names) => names.as_slice(),
            Place::SignedId => &scheme.id,
            Place::Pointer(_) => &[],
        })
    }

    /// Returns the body with another value of a field, and every other byte as it was.
    ///
    /// `None` if the field is not a string in this body, as where a provider sends it in a header.
    ///
    /// ```
    /// use hookseal::{Field, Scheme};
    ///
    /// let coverkit = Scheme::provider("coverkit")?;
    /// let body = br#"{"id": "evt_1", "type": "policy.created"}"#;
    /// let renewed = coverkit.with_field(body, Field::Id, "evt_2");
    /// assert_eq!(renewed.as_deref(), Some(&br#"{"id": "evt_2", "type": "policy.created"}"#[..]));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    #[must_use]
    pub fn with_field(&self, body: &[u8], field: Field, value: &str) -> Option<Vec<u8>> {
        let text = core::str::from_utf8(body).ok()?;
        let span = self.field_in(text, field)?;
        let literal = serde_json::to_string(value).ok()?;
        Some([&body[..span.start], literal.as_bytes(), &body[span.end..]].concat())
    }

    /// Returns the place of the field's string in the body, quotes included.
    fn field_in(&self, text: &str, field: Field) -> Option<Span> {
        let scheme = self.compiled();
        let selection = scheme.payload.is_json().then(|| scheme.selector.places(text))??;
        scheme.places.of(field).into_iter().find_map(|place| {
            let Place::Pointer(pointer) = place else { return None };
            let span = selection.get(*pointer)?;
            RawString::from_literal(&text[span.clone()]).map(|_| span)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(provider: &str, body: &str, field: Field, value: &str) -> Option<String> {
        let scheme = Scheme::provider(provider).expect("the provider is known");
        let body = scheme.with_field(body.as_bytes(), field, value)?;
        Some(String::from_utf8(body).expect("the body stays text"))
    }

    #[test]
    fn only_the_field_changes() {
        let body =
            "{ \"id\":\"evt_1\",\r\n \"type\" : \"a\", \"data\": {\"id\": \"é\", \"n\": 1.50}}\n";
        let expected = body.replace("\"evt_1\"", r#""a \"b\"""#);
        assert_eq!(changed("coverkit", body, Field::Id, "a \"b\""), Some(expected));
        let expected = body.replace("\"a\"", "\"claim.paid\"");
        assert_eq!(changed("coverkit", body, Field::Type, "claim.paid"), Some(expected));
    }

    #[test]
    fn of_duplicate_keys_the_one_that_counts_changes() {
        let body = r#"{"id":"one","id":"two"}"#;
        let expected = r#"{"id":"one","id":"new"}"#;
        assert_eq!(changed("coverkit", body, Field::Id, "new").as_deref(), Some(expected));
    }

    #[test]
    fn headers_are_told_by_what_they_hold() {
        let names = |provider, field| {
            let scheme = Scheme::provider(provider).expect("the provider is known");
            let names = scheme.field_headers(field).map(HeaderName::as_str);
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(names("kasko", Field::Type), ["X-KASKO-Event"]);
        assert_eq!(names("standard-webhooks", Field::Id), ["webhook-id", "svix-id"]);
        assert!(names("coverkit", Field::Id).is_empty());
    }

    #[test]
    fn what_is_no_string_in_the_body_does_not_change() {
        assert_eq!(changed("kasko", r#"{"id":"one"}"#, Field::Id, "new"), None);
        assert_eq!(changed("coverkit", r#"{"id":1}"#, Field::Id, "new"), None);
        assert_eq!(changed("coverkit", "{}", Field::Id, "new"), None);
        assert_eq!(changed("coverkit", "no JSON", Field::Id, "new"), None);
    }
}
