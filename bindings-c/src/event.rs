use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use hookseal::Event;

use crate::boundary::{Out, Pointee};
use crate::strings::{hookseal_bytes, hookseal_str};
use crate::tokens::{Tokens, hookseal_tokens};

/// A verified event: what the provider reports in a delivery whose signature matched. Free it with
/// hookseal_event_free().
///
/// It is independent of the webhook and of the arguments of hookseal_webhook_verify(), as it has a
/// copy of the body, unless it was verified in place. What its functions return lives as long as
/// the event.
pub(crate) struct hookseal_event {
    event: Event<'static>,
    dedupe_key: OnceLock<String>,
    json: OnceLock<String>,
    tokens: OnceLock<Tokens>,
    envelope_tokens: OnceLock<Tokens>,
}

impl Pointee for hookseal_event {}

impl hookseal_event {
    /// Makes an event with its data's tokens, if any exist already. Boxed, so that it is not moved:
    /// it is large.
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

    pub(crate) fn event(&self) -> &Event<'static> {
        &self.event
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

/// Returns a value that is made when it is first asked for. Threads that ask at once each make it,
/// and do not wait for each other.
fn once<T>(place: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(made) = place.get() {
        return made;
    }
    let value = make();
    // If another thread was faster, it is that one's.
    place.get_or_init(|| value)
}

ffi_fn! {
    /// Returns the name of the provider that sent the event, as its scheme spells it.
    fn hookseal_event_provider<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.provider().into()
    }
}

ffi_fn! {
    /// Returns the event's type, such as `policy.created`; empty if the provider gives none.
    fn hookseal_event_type<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.event_type().into()
    }
}

ffi_fn! {
    /// Returns the id of the event or the delivery; none if it has none. Retries of a delivery
    /// carry the same id.
    fn hookseal_event_id<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.id().map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Writes the time at which the event happened: `*seconds` since 1970, which may be negative,
    /// and `*nanoseconds` after them. Either pointer may be NULL.
    ///
    /// Returns false, and writes nothing, if the provider does not give the time, or it is not in
    /// the format that the scheme names.
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
    /// Returns true if the provider marks the event as a test.
    fn hookseal_event_is_test(event: &hookseal_event) -> bool {
        event.event.is_test()
    }
}

ffi_fn! {
    /// Returns true if the event only checks that the endpoint works.
    ///
    /// Such an event is a test by its type (a "ping"), not one about test data. It reports nothing
    /// that happened, so a success response is all it needs.
    fn hookseal_event_is_check(event: &hookseal_event) -> bool {
        event.event.is_check()
    }
}

ffi_fn! {
    /// Returns the event's data as JSON; none if the event has no data. It is the text in the body,
    /// except that lone surrogate escapes, which many parsers refuse, are replaced by `\ufffd`.
    fn hookseal_event_data_json<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.data_json().map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the whole JSON value that was signed, of which the data is a part; none if the
    /// payload is empty or not JSON. It includes what a sender puts beside the data, such as the
    /// account that the event belongs to. Of a form it is the value of the payload's field.
    fn hookseal_event_envelope<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        event.event.envelope_json().map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the whole event as one line of JSON: `provider`, `type`, `id`, `created_at` (RFC
    /// 3339, or null), `test`, `check`, `data` (absent where the event has none), `unsigned`,
    /// `key_index` and `dedupe_key`.
    ///
    /// It contains personal data: log only the provider, the type and the id.
    fn hookseal_event_to_json<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        once(&event.json, || event.event.to_json()).as_str().into()
    }
}

ffi_fn! {
    /// Returns the bytes that were authenticated: the body as it was signed.
    fn hookseal_event_body<'e>(event: &'e hookseal_event) -> hookseal_bytes<'e> {
        event.event.body().into()
    }
}

ffi_fn! {
    /// Returns the index of the secret that matched, counted from 0 in the order in which the
    /// webhook was given them.
    fn hookseal_event_key_index(event: &hookseal_event) -> usize {
        event.event.key_index()
    }
}

ffi_fn! {
    /// Returns a key that identifies the event, to recognise one that was already handled.
    ///
    /// It is `provider:id` where the id is signed, else `provider:type:` and the hexadecimal
    /// SHA-256 of the body.
    ///
    /// Where it is made from the body, two genuine events with equal bodies have equal keys: a
    /// policy that is changed, changed back and changed again is sent with the first body again. Do
    /// not keep such a key for longer than the provider retries, or the later event is lost.
    fn hookseal_event_dedupe_key<'e>(event: &'e hookseal_event) -> hookseal_str<'e> {
        once(&event.dedupe_key, || event.event.dedupe_key()).as_str().into()
    }
}

ffi_fn! {
    /// Returns the number of the event's fields that the signature does not cover. Whoever replays
    /// the delivery could have changed them.
    fn hookseal_event_unsigned_count(event: &hookseal_event) -> usize {
        event.event.unsigned().len()
    }
}

ffi_fn! {
    /// Returns the name of the unsigned field at `index`, counted from 0: `type`, `id` or
    /// `created_at`. None from hookseal_event_unsigned_count() on.
    fn hookseal_event_unsigned_field(event: &hookseal_event, index: usize) -> hookseal_str<'static> {
        event.event.unsigned().get(index).map(|field| field.as_str().into()).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns the event's data as tokens, to build a language's own values from without parsing it
    /// again.
    ///
    /// They are made when they are first asked for, and live as long as the event. None if the
    /// event has no data, or if the data is 4 GiB or longer.
    fn hookseal_event_data_tokens<'e>(event: &'e hookseal_event) -> hookseal_tokens<'e> {
        event.tokens().into()
    }
}

ffi_fn! {
    /// Returns the whole JSON value that was signed as tokens; see hookseal_event_envelope() and
    /// hookseal_event_data_tokens().
    fn hookseal_event_envelope_tokens<'e>(event: &'e hookseal_event) -> hookseal_tokens<'e> {
        event.envelope_tokens().into()
    }
}

ffi_fn! {
    /// Frees an event and everything that its functions returned; NULL is allowed.
    fn hookseal_event_free(event: Option<Box<hookseal_event>>) {
        drop(event);
    }
}

/// Returns the whole seconds since 1970 and the nanoseconds after them.
pub(crate) fn since_1970(moment: SystemTime) -> Option<(i64, u32)> {
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
