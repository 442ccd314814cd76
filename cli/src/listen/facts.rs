//! What is told of an arrival besides its data, on the terminal and on the page.

use std::time::SystemTime;

use hookseal::{Event, Field};
use time::OffsetDateTime;

use super::arrival::{Answer, Arrival, Verdict};
use super::{redact, text};

/// One thing to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// Whether anybody could have changed it on the way.
    pub(super) is_unsigned: bool,
}

/// What a genuine delivery says; nothing of any other.
pub(super) fn facts(arrival: &Arrival, secrets: usize) -> Vec<Fact> {
    let Verdict::Verified(event) = &arrival.verdict else { return Vec::new() };
    let fact = |name, value: String, field: Option<Field>| Fact {
        name,
        value,
        is_unsigned: field.is_some_and(|field| event.unsigned().contains(&field)),
    };
    let mut facts = vec![fact("type", text::line(arrival.label()), Some(Field::Type))];
    if let Some(id) = event.id() {
        facts.push(fact("id", text::line(id), Some(Field::Id)));
    }
    if let Some(created_at) = event.created_at() {
        let created_at = crate::text::moment(created_at).unwrap_or_default();
        facts.push(fact("created", created_at, Some(Field::CreatedAt)));
    }
    if let Some(kind) = kind_of_test(event) {
        facts.push(fact("test", kind.to_owned(), None));
    }
    facts.push(fact("dedupe key", text::line(&event.dedupe_key()), None));
    if secrets > 1 {
        facts.push(fact("secret", format!("{} of {secrets}", event.key_index() + 1), None));
    }
    facts
}

fn kind_of_test(event: &Event<'_>) -> Option<&'static str> {
    match (event.is_check(), event.is_test()) {
        (true, _) => Some("it only asks whether the endpoint works"),
        (false, true) => Some("it is about test data"),
        (false, false) => None,
    }
}

/// How it was answered, and by whom.
pub(super) fn answer(answer: &Answer) -> String {
    let status = answer.status;
    let Some(target) = &answer.from else { return status.to_string() };
    let url = redact::url(&target.url);
    match &target.failure {
        None => format!("{status} by {url} in {} ms", target.elapsed.as_millis()),
        Some(failure) => format!("{status}: {url} did not answer: {}", text::line(failure)),
    }
}

/// A moment to the millisecond, as in RFC 3339.
pub(super) fn to_the_millisecond(moment: SystemTime) -> String {
    let exact = OffsetDateTime::from(moment);
    let rounded = exact.replace_millisecond(exact.millisecond()).unwrap_or(exact);
    crate::text::moment(rounded.into()).unwrap_or_default()
}
