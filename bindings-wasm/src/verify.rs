//! Verifying, once per delivery.

use std::cell::RefCell;
use std::ops::Range;

use hookseal::{Event, HeaderName, Headers, RequestHead};

use crate::memory::given;
use crate::message::{Fields, Writer};
use crate::state::{receiver, refuse, respond, set_now};

/// As the start of what there is not.
const NOWHERE: f64 = -2.0;

/// As the start of what is among the results.
const IN_RESULTS: f64 = -1.0;

/// Where the numbers of an event stand.
#[derive(Clone, Copy)]
enum Slot {
    DataStart,
    DataEnd,
    /// 0 if the whole body is the envelope.
    Envelope,
    IdStart,
    IdEnd,
    /// The time of the event in milliseconds since 1970, NaN if it is not known.
    CreatedAt,
    /// The nanoseconds of that time beyond whole milliseconds.
    CreatedAtNanos,
    /// 0 for the real thing, 1 for a test, 2 for one that only checks the endpoint.
    Test,
    KeyIndex,
}

const NUMBERS: usize = Slot::KeyIndex as usize + 1;

thread_local! {
    static FOUND: RefCell<[f64; NUMBERS]> = const { RefCell::new([0.0; NUMBERS]) };
}

/// Returns where the numbers of the last event are: as eight bytes each, the least significant
/// first, in this order: start and end of the data in the body; start of the envelope; start and end
/// of the id; the time of the event, in milliseconds since 1970, and the nanoseconds beyond; whether
/// it is a test (1) or only checks the endpoint (2); the index of the secret that matched. A start of
/// -1 is a text among the results, and -2 is nothing.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn hookseal_numbers() -> *const f64 {
    FOUND.with_borrow(|found| found.as_ptr())
}

/// Verifies a delivery at the time `now`, in milliseconds since 1970.
///
/// The fields of `head` are: the request's method, its address, the value of the signature's header if
/// that is all there is, and a list of the other headers: the place of each among the webhook's, as
/// one byte, and its value.
///
/// Returns 1 for an event whose body is the one given, 2 for one with another body, 0 for none. The
/// result has the event's type, id, data, envelope and body, where they are not told otherwise, or
/// code and message of the error.
///
/// # Safety
/// There are so many bytes at both places, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_verify(
    webhook: u32,
    head: *const u8,
    head_len: usize,
    body: *const u8,
    body_len: usize,
    now: f64,
) -> u32 {
    // SAFETY: the caller's word.
    let head = unsafe { given(head, head_len) };
    // SAFETY: the caller's word.
    let body = unsafe { given(body, body_len) };
    let Some(receiver) = receiver(webhook) else { return 0 };
    set_now(now);
    let mut fields = Fields(head);
    let (method, url, signature) = (fields.text(), fields.text(), fields.bytes());
    let values = Values { names: &receiver.headers, fields: fields.list() };
    let alone = signature.map(SignatureAlone);
    // One kind of headers, so that the module holds one copy of what reads them.
    let headers: &dyn Headers = alone.as_ref().map_or(&values, |alone| alone);
    let head = RequestHead::new(headers).method(method).url(url);
    let found = receiver.webhook.verify(body, &head);
    match found {
        Ok(event) => report(&event, body),
        Err(error) => refuse(&error),
    }
}

/// The values of headers, each behind its place among the receiver's.
struct Values<'v> {
    names: &'v [HeaderName],
    fields: Fields<'v>,
}

impl<'v> Values<'v> {
    fn iter(&self) -> impl Iterator<Item = (&'v HeaderName, &'v [u8])> {
        let (names, mut fields) = (self.names, self.fields.clone());
        std::iter::from_fn(move || {
            let place = *fields.bytes()?.first()?;
            Some((names.get(usize::from(place))?, fields.bytes()?))
        })
    }
}

impl Headers for Values<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        for (name, value) in self.iter() {
            found(name.as_str().as_bytes(), value);
        }
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        for (own, value) in self.iter() {
            if name.matches(own.as_str().as_bytes()) {
                found(value);
            }
        }
    }
}

/// The signature's header, where that is all there is.
pub(crate) struct SignatureAlone<'v>(pub(crate) &'v [u8]);

impl Headers for SignatureAlone<'_> {
    fn each<'h>(&'h self, _: &mut dyn FnMut(&'h [u8], &'h [u8])) {}

    fn signature(&self) -> Option<&[u8]> {
        Some(self.0)
    }
}

/// Writes down what the event holds.
fn report(event: &Event<'_>, given: &[u8]) -> u32 {
    let is_given = std::ptr::eq(event.body(), given);
    let text = event.body_text().unwrap_or_default();
    let mut numbers = [0.0; NUMBERS];
    respond(|result| {
        result.field(event.event_type());
        let locate = |part: Option<&str>, result: &mut Writer| {
            let place = part.map(|part| place_in(text, part));
            match (part, place) {
                (Some(part), Some(None)) => {
                    result.field(part);
                    (IN_RESULTS, 0.0)
                }
                (_, place) => {
                    result.none();
                    place
                        .flatten()
                        .map_or((NOWHERE, 0.0), |place| (float(place.start), float(place.end)))
                }
            }
        };
        let mut put = |start: Slot, end: Slot, (from, to): (f64, f64)| {
            numbers[start as usize] = from;
            numbers[end as usize] = to;
        };
        put(Slot::IdStart, Slot::IdEnd, locate(event.id(), result));
        put(Slot::DataStart, Slot::DataEnd, locate(event.data_json(), result));
        let envelope = match event.envelope_json() {
            // What is around it is white space.
            Some(json) if place_in(text, json).is_some() => {
                result.none();
                0.0
            }
            other => locate(other, result).0,
        };
        numbers[Slot::Envelope as usize] = envelope;
        if is_given {
            result.none();
        } else {
            result.field(event.body());
        }
    });
    let (created_at, nanos) = event.created_at_unix().map_or((f64::NAN, 0.0), milliseconds);
    numbers[Slot::CreatedAt as usize] = created_at;
    numbers[Slot::CreatedAtNanos as usize] = nanos;
    let kind = u8::from(event.is_test()) + u8::from(event.is_check());
    numbers[Slot::Test as usize] = f64::from(kind);
    numbers[Slot::KeyIndex as usize] = float(event.key_index());
    FOUND.set(numbers);
    if is_given { 1 } else { 2 }
}

/// Returns the range of `part` in `whole`, if it is a part of it.
fn place_in(whole: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then_some(start..end)
}

/// The milliseconds since 1970, and the nanoseconds that are left.
fn milliseconds((seconds, nanos): (i64, u32)) -> (f64, f64) {
    const MILLISECOND: u32 = 1_000_000;
    (whole(seconds * 1000) + f64::from(nanos / MILLISECOND), f64::from(nanos % MILLISECOND))
}

#[expect(clippy::cast_precision_loss, reason = "the year 9999 is well below 2^53 milliseconds")]
fn whole(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "no memory is that large")]
fn float(number: usize) -> f64 {
    number as f64
}
