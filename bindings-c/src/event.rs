use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use hookseal::Event;

use crate::boundary::{Out, Pointee};
use crate::strings::{hookseal_bytes, hookseal_str};
use crate::tokens::{Tokens, hookseal_tokens};

/// What a verified delivery says. It depends neither on the webhook nor on what was given to verify,
/// for it has a copy of the body, unless that was verified in place. What its functions give lives as
/// long as the event. Free it with hookseal_event_free().
pub(crate) struct hookseal_event {
    event: Event<'static>,
    dedupe_key: OnceLock<String>,
    json: OnceLock<String>,
    tokens: OnceLock<Tokens>,
    envelope_tokens: OnceLock<Tokens>,
}

impl Pointee for hookseal_event {}

impl hookseal_event {
    /// The event with its data's tokens, if any are made already. Where it is to stay: it is large.
    pub(crate) fn new(event: Event<'static>, tokens: Tokens) -> Box<Self> {
        let is_made = !tokens.is_empty();
        Box::new(Self {
            event,
            dedupe_key: OnceLock::new(),
            json: OnceLock::new(),
            tokens: if is_made { OnceLock::from(tokens) } else { OnceLock::new() },
            envelope_tokens: OnceLock::new(),
        })
    }

    /// The data's tokens.
    pub(crate) fn tokens(&self) -> &Tokens {
        once(&self.tokens, || Tokens::of(self.event.data_json()))
    }

    /// The envelope's tokens.
    pub(crate) fn envelope_tokens(&self) -> &Tokens {
        once(&self.envelope_tokens, || Tokens::of(self.event.envelope_json()))
    }
}

/// What is made when it is first asked for. Threads that ask at once make it each, and wait for none
/// of the others.
fn once<T>(place: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(made) = place.get() {
        return made;
    }
    let value = make();
    // If another thread was faster, it is that one's.
    place.get_or_init(|| value)
}

ffi_fn! {
    /// The provider that sent it, as the scheme names it.
    fn hookseal_event_provider<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.provider().into()
    }
}

ffi_fn! {
    /// What happened, such as `policy.created`; empty if the provider does not say.
    fn hookseal_event_type<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.event_type().into()
    }
}

ffi_fn! {
    /// The delivery's or event's own id, or none; a provider's retries of it carry the same.
    fn hookseal_event_id<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.id().map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// When the event happened: `*seconds` since 1970, which may be negative, and `*nanoseconds`
    /// after them. False, and nothing written, if the provider does not say or not as RFC 3339.
    /// Either pointer may be NULL.
    fn hookseal_event_created_at(
        event: &hookseal_event,
        seconds: Out<'_, i64>,
        nanoseconds: Out<'_, u32>,
    ) -> bool {
        let moment = event.event.created_at().and_then(since_1970);
        if let Some((whole, rest)) = moment {
            seconds.write(whole);
            nanoseconds.write(rest);
        }
        moment.is_some()
    }
}

ffi_fn! {
    /// Whether the provider marks it as a test.
    fn hookseal_event_is_test(event: &hookseal_event) -> bool {
        event.event.is_test()
    }
}

ffi_fn! {
    /// Whether it only asks whether the endpoint works: a test that its type marks, not one about
    /// test data. It says of nothing that happened, so answering it is enough.
    fn hookseal_event_is_check(event: &hookseal_event) -> bool {
        event.event.is_check()
    }
}

ffi_fn! {
    /// The event's data as JSON, or none if it has none. It is as the body has it, but for lone
    /// surrogate escapes, which many parsers refuse: they are replaced by `\ufffd`.
    fn hookseal_event_data_json<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.data_json().map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// The whole JSON value that was signed, of which the data is a part, or none if the payload is
    /// not JSON or empty. Of a form it is what its field holds. It has what a sender puts beside the
    /// data, such as the account that the event belongs to.
    fn hookseal_event_envelope<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.envelope_json().map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// All of the event as JSON, in one line: `provider`, `type`, `id`, `created_at` (RFC 3339, or
    /// null), `test`, `check`, `data` (absent where the event has none), `unsigned`, `key_index` and
    /// `dedupe_key`. It holds personal data: a log should have the provider, the type and the id
    /// alone.
    fn hookseal_event_to_json<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        once(&event.json, || event.event.to_json()).as_str().into()
    }
}

ffi_fn! {
    /// The bytes that were authenticated.
    fn hookseal_event_body<'e>(event: &'e hookseal_event) -> hookseal_bytes<'e> {
        event.event.body().into()
    }
}

ffi_fn! {
    /// Which of the webhook's secrets matched, counted from 0.
    fn hookseal_event_key_index(event: &hookseal_event) -> usize {
        event.event.key_index()
    }
}

ffi_fn! {
    /// A key to recognise a delivery that was already handled: `provider:id` where the id is signed,
    /// else `provider:type:` and the hexadecimal SHA-256 of the body.
    ///
    /// Where it is made of the body, two genuine events with equal bodies have equal keys: a policy
    /// that is changed, changed back and changed again is sent with the first body again. Do not keep
    /// such a key for longer than the provider retries, or the later event is lost.
    fn hookseal_event_dedupe_key<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        once(&event.dedupe_key, || event.event.dedupe_key()).as_str().into()
    }
}

ffi_fn! {
    /// How many of the event's fields the signature does not cover. Anybody who replays this
    /// delivery could have changed them.
    fn hookseal_event_unsigned_count(event: &hookseal_event) -> usize {
        event.event.unsigned().len()
    }
}

ffi_fn! {
    /// The name of such a field, counted from 0: `type`, `id` or `created_at`. None from
    /// hookseal_event_unsigned_count() on.
    fn hookseal_event_unsigned_field(event: &hookseal_event, index: usize) -> hookseal_str<'static> {
        event.event.unsigned().get(index).map(|field| field.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// The event's data as tokens, from which a language's own values are built without parsing it
    /// again: hookseal has read and checked it. They live as long as the event, and are made when
    /// they are first asked for. None if the event has no data, or some of it is 4 GiB long.
    fn hookseal_event_data_tokens<'e>(event: &'e hookseal_event) -> hookseal_tokens<'e> {
        event.tokens().into()
    }
}

ffi_fn! {
    /// The tokens of hookseal_event_envelope(), as hookseal_event_data_tokens() gives the data's.
    fn hookseal_event_envelope_tokens<'e>(event: &'e hookseal_event) -> hookseal_tokens<'e> {
        event.envelope_tokens().into()
    }
}

ffi_fn! {
    /// Frees an event and all that its functions gave; NULL is allowed.
    fn hookseal_event_free(event: Option<Box<hookseal_event>>) {
        drop(event);
    }
}

/// Whole seconds and the nanoseconds after them.
fn since_1970(moment: SystemTime) -> Option<(i64, u32)> {
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => Some((i64::try_from(after.as_secs()).ok()?, after.subsec_nanos())),
        Err(before) => {
            let before = before.duration();
            let whole = 0_i64.checked_sub_unsigned(before.as_secs())?;
            match before.subsec_nanos() {
                0 => Some((whole, 0)),
                nanoseconds => Some((whole.checked_sub(1)?, 1_000_000_000 - nanoseconds)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn moments_before_1970_count_forward_from_a_whole_second() {
        let at = |moment| since_1970(moment);
        assert_eq!(at(UNIX_EPOCH + Duration::new(5, 7)), Some((5, 7)));
        assert_eq!(at(UNIX_EPOCH - Duration::new(5, 0)), Some((-5, 0)));
        assert_eq!(at(UNIX_EPOCH - Duration::new(5, 7)), Some((-6, 999_999_993)));
    }
}
