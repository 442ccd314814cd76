//! The facts about an arrival besides its data, for the terminal and for the page.

use super::arrival::{Answer, Arrival, Verdict};
use super::redact;
use crate::text::shown;
use hookseal::{Event, Field};

/// A fact with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// `true` if it is to be read letter by letter.
    pub(super) is_code: bool,
    /// `true` if anybody could have changed it on the way.
    pub(super) is_unsigned: bool,
}

impl Fact {
    fn code(name: &'static str, value: &str) -> Self {
        Self { name, value: shown::line(value), is_code: true, is_unsigned: false }
    }

    fn prose(name: &'static str, value: String) -> Self {
        Self { name, value, is_code: false, is_unsigned: false }
    }

    fn signed(self, event: &Event<'_>, field: Field) -> Self {
        Self { is_unsigned: event.unsigned().contains(&field), ..self }
    }
}

/// Lists what a genuine delivery says, and what its target answered.
pub(super) fn facts(arrival: &Arrival, secrets: usize) -> Vec<Fact> {
    let mut facts = match &arrival.verdict {
        Verdict::Verified(event) => event_facts(event, secrets),
        Verdict::Refused(_) => Vec::new(),
    };
    if let Some(replay) = arrival.replay {
        let anew = ", signed anew, as its time was too old by now";
        let anew = if replay.is_signed_anew { anew } else { "" };
        facts.push(Fact::prose("replay", format!("of #{}{anew}", replay.of)));
    }
    if arrival.answer.from.is_some() {
        facts.push(Fact::prose("answer", answer(&arrival.answer)));
    }
    facts
}

fn event_facts(event: &Event<'_>, secrets: usize) -> Vec<Fact> {
    let mut facts = Vec::new();
    if !event.event_type().is_empty() {
        facts.push(Fact::code("type", event.event_type()).signed(event, Field::Type));
    }
    if let Some(id) = event.id() {
        facts.push(Fact::code("id", id).signed(event, Field::Id));
    }
    if let Some(created_at) = event.created_at().and_then(crate::text::moment) {
        facts.push(Fact::code("created", &created_at).signed(event, Field::CreatedAt));
    }
    if let Some(kind) = kind_of_test(event) {
        facts.push(Fact::prose("test", kind.to_owned()));
    }
    facts.push(Fact::code("dedupe key", &event.dedupe_key()));
    if secrets > 1 {
        facts.push(Fact::prose("secret", format!("{} of {secrets}", event.key_index() + 1)));
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

fn answer(answer: &Answer) -> String {
    let status = answer.status;
    let Some(target) = &answer.from else { return status.to_string() };
    let url = redact::url(&target.url);
    match &target.failure {
        None => format!("{status} by {url} in {} ms", target.elapsed.as_millis()),
        Some(failure) => format!("{status}: {url} did not answer: {}", shown::line(failure)),
    }
}
