//! Finding and replacing an event's fields in a delivery, for samples that are sent again and for
//! tests.

use std::time::SystemTime;

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

    /// Returns the body with another moment where the sender writes the time of signing into it, and
    /// every other byte as it was.
    ///
    /// `None` if the scheme's time is in a header, or not in this body.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use hookseal::Scheme;
    ///
    /// let linear = Scheme::provider("linear")?;
    /// let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
    /// let renewed = linear.with_timestamp(br#"{"webhookTimestamp": 1, "type": "Issue"}"#, moment);
    /// let expected = br#"{"webhookTimestamp": 1767225600000, "type": "Issue"}"#;
    /// assert_eq!(renewed.as_deref(), Some(&expected[..]));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    #[must_use]
    pub fn with_timestamp(&self, body: &[u8], moment: SystemTime) -> Option<Vec<u8>> {
        let scheme = self.compiled();
        let rule = scheme.timestamp.as_ref()?;
        let pointer = scheme.signed_places.get(rule.pointer.as_deref()?)?;
        let text = core::str::from_utf8(body).ok()?;
        let span = scheme.signed_places.selector.places(text)?.get(pointer)?;
        let written = rule.unit.write(moment);
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let literal = match &text[span.clone()] {
            old if RawString::from_literal(old).is_some() => {
                serde_json::to_string(&written).ok()?
            }
            old if is_number(old) && is_number(&written) => written,
            _ => return None,
        };
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
    fn a_moment_is_written_as_the_sender_writes_it() {
        let at = |scheme: &str, body: &str| {
            let scheme = Scheme::parse(scheme).expect("the scheme is right");
            let moment =
                SystemTime::UNIX_EPOCH + core::time::Duration::from_millis(1_760_000_000_500);
            let body = scheme.with_timestamp(body.as_bytes(), moment)?;
            Some(String::from_utf8(body).expect("the body stays text"))
        };
        let scheme = |unit: &str| {
            format!(
                "name = 'own'\nsignature = {{ header = 'X-Sig', algorithm = 'hmac-sha256', encoding = 'hex', \
                 content = '{{body}}' }}\ntimestamp = {{ pointer = '/at', unit = '{unit}' }}\n\
                 event = {{ type_required = false }}"
            )
        };
        for (unit, body, expected) in [
            ("seconds", r#"{"at":5,"a":[1.50]}"#, Some(r#"{"at":1760000000,"a":[1.50]}"#)),
            ("seconds", r#"{"at": "5"}"#, Some(r#"{"at": "1760000000"}"#)),
            ("milliseconds", r#"{"at":5}"#, Some(r#"{"at":1760000000500}"#)),
            ("rfc3339", r#"{"at":"x"}"#, Some(r#"{"at":"2025-10-09T08:53:20Z"}"#)),
            ("rfc3339", r#"{"at":5}"#, None),
            ("seconds", r#"{"at":null}"#, None),
            ("seconds", r#"{"a":5}"#, None),
            ("seconds", "at=5", None),
        ] {
            assert_eq!(at(&scheme(unit), body).as_deref(), expected, "{unit} {body}");
        }
        assert_eq!(at(STAMPED, "{}"), None);
    }

    /// A scheme whose time is in a header.
    const STAMPED: &str = "name = 'own'\nsignature = { header = 'X-Sig', algorithm = 'hmac-sha256', \
        encoding = 'hex', content = '{timestamp}.{body}' }\ntimestamp = { header = 'X-Time', unit = 'seconds' }\n\
        event = { type_required = false }";

    #[test]
    fn what_is_no_string_in_the_body_does_not_change() {
        assert_eq!(changed("kasko", r#"{"id":"one"}"#, Field::Id, "new"), None);
        assert_eq!(changed("coverkit", r#"{"id":1}"#, Field::Id, "new"), None);
        assert_eq!(changed("coverkit", "{}", Field::Id, "new"), None);
        assert_eq!(changed("coverkit", "no JSON", Field::Id, "new"), None);
    }
}
