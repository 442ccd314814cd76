//! Verifying: one Node-API function per webhook, called once per delivery.
//!
//! `verify(results, body, ...headers)` takes the values of the headers that the scheme reads,
//! in the order of [`Receiver::headers`]; `verifySignature(results, body, signature)` takes the
//! signature's header alone. `verifyRequest(results, body, method, url, signature, ...headers)` is both
//! for a request whose method or address is given, `undefined` where one is not. They give the
//! authenticated body as a string with a character for each byte, in which the event's data and id are
//! found by the offsets in `numbers`. Where there is no event they give `undefined`. `json(part)` makes of a part of such a string what `JSON.parse` takes.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use hookseal::{Error, Event, HeaderName, Headers, RequestHead, Webhook};
use napi::bindgen_prelude::Float64Array;
use napi::sys;

use crate::call::{Call, Misuse};
use crate::slots::{FailureSlot, IN_RESULTS, NUMBERS, NumberSlot, TextSlot};
use crate::text::{self, Scratch};

/// As the start of what there is not.
const NOWHERE: f64 = -2.0;

/// How many types are remembered: a sender has few, but nobody promises that.
const TYPES: usize = 64;

/// Where the arguments stand.
const RESULTS: usize = 0;
const BODY: usize = 1;
const HEADERS: usize = 2;
/// In `verifyRequest`, where two more stand before the signature and the headers.
const METHOD: usize = 2;
const URL: usize = 3;
const REQUEST_SIGNATURE: usize = 4;
const REQUEST_HEADERS: usize = 5;

/// What the functions of one webhook share.
pub(crate) struct Receiver {
    pub(crate) webhook: Arc<Webhook>,
    /// The headers that the scheme reads, each once.
    pub(crate) headers: Vec<HeaderName>,
    /// Where the numbers are left that a verification results in.
    numbers: *const [Cell<f64>; NUMBERS],
    _keeps_numbers: Float64Array,
    /// The types that JavaScript has strings of.
    types: RefCell<Vec<Box<str>>>,
    scratch: RefCell<Scratch>,
    /// An event of an inbox's, until it is reported.
    pub(crate) held: RefCell<Option<Event<'static>>>,
}

impl Receiver {
    /// `numbers` has room for [`NUMBERS`].
    pub(crate) fn new(webhook: Webhook, headers: Vec<HeaderName>, numbers: Float64Array) -> Self {
        Self {
            webhook: Arc::new(webhook),
            headers,
            numbers: numbers.as_ptr().cast(),
            _keeps_numbers: numbers,
            types: RefCell::default(),
            scratch: RefCell::default(),
            held: RefCell::default(),
        }
    }

    /// Returns the index of a type among the remembered ones; it is remembered if there is room.
    fn type_index(&self, event_type: &str) -> Option<usize> {
        let mut types = self.types.borrow_mut();
        let known = types.iter().position(|known| **known == *event_type);
        known.or_else(|| {
            (types.len() < TYPES).then(|| {
                types.push(event_type.into());
                types.len() - 1
            })
        })
    }

    /// The type that was remembered as this.
    pub(crate) fn type_at(&self, index: usize) -> Option<String> {
        self.types.borrow().get(index).map(ToString::to_string)
    }

    fn get(&self, number: NumberSlot) -> f64 {
        self.numbers()[number as usize].get()
    }

    fn set(&self, number: NumberSlot, value: f64) {
        self.numbers()[number as usize].set(value);
    }

    fn numbers(&self) -> &[Cell<f64>; NUMBERS] {
        // SAFETY: the array is kept, has that length, and only this thread reads and writes it.
        unsafe { &*self.numbers }
    }
}

/// The values of headers, by their place among the receiver's.
struct Values<'v> {
    names: &'v [HeaderName],
    text: &'v [u8],
    /// Each value's header, and where it ends in the text.
    ends: &'v [(usize, usize)],
}

impl Headers for Values<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        let mut start = 0;
        for &(place, end) in self.ends {
            found(self.names[place].as_str().as_bytes(), &self.text[start..end]);
            start = end;
        }
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        let mut start = 0;
        for &(place, end) in self.ends {
            if name.matches(self.names[place].as_str().as_bytes()) {
                found(&self.text[start..end]);
            }
            start = end;
        }
    }
}

/// The signature's header, where that is all there is.
struct SignatureAlone<'v>(&'v [u8]);

impl Headers for SignatureAlone<'_> {
    fn each<'h>(&'h self, _: &mut dyn FnMut(&'h [u8], &'h [u8])) {}

    fn signature(&self) -> Option<&[u8]> {
        Some(self.0)
    }
}

pub(crate) unsafe extern "C" fn verify(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: Node-API calls this with a call of a function that was made with a receiver.
    unsafe { guarded(env, info, with_headers) }
}

pub(crate) unsafe extern "C" fn verify_signature(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: Node-API calls this with a call of a function that was made with a receiver.
    unsafe { guarded(env, info, with_signature) }
}

pub(crate) unsafe extern "C" fn verify_request(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: Node-API calls this with a call of a function that was made with a receiver.
    unsafe { guarded(env, info, with_request) }
}

pub(crate) unsafe extern "C" fn json(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: Node-API calls this with a call of a function that was made with a receiver.
    unsafe { guarded(env, info, data_json) }
}

fn data_json(
    call: &Call<'_>,
    _: &Receiver,
    scratch: &mut Scratch,
) -> Result<sys::napi_value, Refusal> {
    let part = call.argument(0).ok_or(Misuse::Type)?;
    scratch.json(call, part).ok_or(Refusal::TooLarge)
}

pub(crate) unsafe extern "C" fn event_of(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    // SAFETY: Node-API calls this with a call of a function that was made with a receiver.
    unsafe { guarded(env, info, verified_before) }
}

/// Reports the event that an inbox verified, and that was held for this.
fn verified_before(
    call: &Call<'_>,
    receiver: &Receiver,
    _: &mut Scratch,
) -> Result<sys::napi_value, Refusal> {
    let event = receiver.held.borrow_mut().take().ok_or(Misuse::Type)?;
    report(call, receiver, &event)?;
    text::byte_string(call, event.body()).ok_or(Refusal::TooLarge)
}

type Function = fn(&Call<'_>, &Receiver, &mut Scratch) -> Result<sys::napi_value, Refusal>;

/// Why there is no event.
enum Refusal {
    Error(Error),
    Misuse(Misuse),
    TooLarge,
}

impl From<Misuse> for Refusal {
    fn from(misuse: Misuse) -> Self {
        Self::Misuse(misuse)
    }
}

/// # Safety
/// The call is of a function made with a pointer to a [`Receiver`] that lives as long as it.
unsafe fn guarded(
    env: sys::napi_env,
    info: sys::napi_callback_info,
    function: Function,
) -> sys::napi_value {
    // SAFETY: the call lasts until this function returns.
    let Some((call, data)) = (unsafe { Call::new(env, info) }) else { return ptr::null_mut() };
    // SAFETY: the caller's word.
    let receiver = unsafe { &*data.cast::<Receiver>() };
    let run = || {
        // Nothing of JavaScript runs meanwhile that could call this again.
        let mut scratch = receiver.scratch.borrow_mut();
        let result = function(&call, receiver, &mut scratch);
        let value = match result {
            Ok(value) => value,
            Err(refusal) => {
                refuse(&call, &refusal);
                ptr::null_mut()
            }
        };
        scratch.trim();
        value
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        call.throw(c"hookseal failed: please report this with the version of Node and of hookseal");
        ptr::null_mut()
    })
}

fn with_headers(
    call: &Call<'_>,
    receiver: &Receiver,
    scratch: &mut Scratch,
) -> Result<sys::napi_value, Refusal> {
    let Scratch { headers: text, ends, units, .. } = scratch;
    read_headers(call, HEADERS, text, ends)?;
    let headers = Values { names: &receiver.headers, text, ends };
    event(call, receiver, units, &headers)
}

/// Reads the values of headers, which are the arguments from `first` on.
fn read_headers(
    call: &Call<'_>,
    first: usize,
    text: &mut Vec<u8>,
    ends: &mut Vec<(usize, usize)>,
) -> Result<(), Misuse> {
    text.clear();
    ends.clear();
    for (place, &value) in call.rest(first).iter().enumerate() {
        if text::append(call, value, text) {
            ends.push((place, text.len()));
        } else if call.is_undefined(value) {
            // The header is not there.
        } else if let Some(length) = call.array_length(value) {
            for index in 0..length {
                let element = call.element(value, index).ok_or(Misuse::Header)?;
                if !text::append(call, element, text) {
                    return Err(Misuse::Header);
                }
                ends.push((place, text.len()));
            }
        } else {
            return Err(Misuse::Header);
        }
    }
    Ok(())
}

fn with_signature(
    call: &Call<'_>,
    receiver: &Receiver,
    scratch: &mut Scratch,
) -> Result<sys::napi_value, Refusal> {
    let text = text_of(call, HEADERS).ok_or(Misuse::Header)?;
    event(call, receiver, &mut scratch.units, &SignatureAlone(&text))
}

fn with_request(
    call: &Call<'_>,
    receiver: &Receiver,
    scratch: &mut Scratch,
) -> Result<sys::napi_value, Refusal> {
    let given = |index| {
        let text = text_of(call, index)?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    let (method, url) = (given(METHOD), given(URL));
    let Scratch { headers: text, ends, units, .. } = scratch;
    if let Some(signature) = text_of(call, REQUEST_SIGNATURE) {
        let headers = SignatureAlone(&signature);
        return event(
            call,
            receiver,
            units,
            &RequestHead::new(&headers).method(method.as_deref()).url(url.as_deref()),
        );
    }
    read_headers(call, REQUEST_HEADERS, text, ends)?;
    let headers = Values { names: &receiver.headers, text, ends };
    event(
        call,
        receiver,
        units,
        &RequestHead::new(&headers).method(method.as_deref()).url(url.as_deref()),
    )
}

/// An argument that is a string, as UTF-8.
fn text_of(call: &Call<'_>, index: usize) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    text::append(call, call.argument(index)?, &mut text).then_some(text)
}

fn event(
    call: &Call<'_>,
    receiver: &Receiver,
    units: &mut Vec<u16>,
    headers: &impl Headers,
) -> Result<sys::napi_value, Refusal> {
    let value = call.argument(BODY).ok_or(Misuse::Type)?;
    match call.bytes(value) {
        Ok(bytes) => verified(call, receiver, headers, bytes, None),
        Err(Misuse::Type) => {
            let body = text::read_body(call, value, units).ok_or(Misuse::Type)?;
            verified(call, receiver, headers, &body.utf8, body.string)
        }
        Err(misuse) => Err(misuse.into()),
    }
}

/// `string` is the body as JavaScript has it already, with a character for each byte.
fn verified(
    call: &Call<'_>,
    receiver: &Receiver,
    headers: &impl Headers,
    body: &[u8],
    string: Option<sys::napi_value>,
) -> Result<sys::napi_value, Refusal> {
    let webhook = &receiver.webhook;
    let now = receiver.get(NumberSlot::Now);
    let event = if now.is_nan() {
        webhook.verify(body, headers)
    } else {
        webhook.verify_at(body, headers, moment(now))
    };
    let event = event.map_err(Refusal::Error)?;
    // The string is the body's only if it is the bytes as they came that were authenticated.
    let string = string.filter(|_| ptr::eq(event.body(), body));
    report(call, receiver, &event)?;
    string.or_else(|| text::byte_string(call, event.body())).ok_or(Refusal::TooLarge)
}

/// Writes down what the event holds beside its body.
fn report(call: &Call<'_>, receiver: &Receiver, event: &Event<'_>) -> Result<(), Refusal> {
    let body = event.body_text().unwrap_or_default();
    // An id is taken from the body as it stands there; the data is decoded once it is asked for.
    let locate =
        |part: Option<&str>, decoded: bool, place: TextSlot, start: NumberSlot, end: NumberSlot| {
            let Some(part) = part else {
                receiver.set(start, NOWHERE);
                return Ok(());
            };
            if let Some(bytes) = place_in(body, part).filter(|_| decoded || part.is_ascii()) {
                receiver.set(start, float(bytes.start));
                receiver.set(end, float(bytes.end));
                return Ok(());
            }
            receiver.set(start, IN_RESULTS);
            set_result(call, place as u32, part)
        };
    let data = event.data_json();
    locate(data, true, TextSlot::Data, NumberSlot::DataStart, NumberSlot::DataEnd)?;
    let is_ascii = data.is_some_and(str::is_ascii);
    receiver.set(NumberSlot::DataIsAscii, f64::from(u8::from(is_ascii)));
    let envelope = match event.envelope_json() {
        None => NOWHERE,
        // What is around it is white space.
        Some(json) if place_in(body, json).is_some() => 0.0,
        Some(json) => {
            set_result(call, TextSlot::Envelope as u32, json)?;
            IN_RESULTS
        }
    };
    receiver.set(NumberSlot::Envelope, envelope);
    locate(event.id(), false, TextSlot::Id, NumberSlot::IdStart, NumberSlot::IdEnd)?;
    if let Some(index) = receiver.type_index(event.event_type()) {
        receiver.set(NumberSlot::Type, float(index));
    } else {
        receiver.set(NumberSlot::Type, IN_RESULTS);
        set_result(call, TextSlot::Type as u32, event.event_type())?;
    }
    let (created_at, nanos) = event.created_at().map_or((f64::NAN, 0.0), milliseconds);
    receiver.set(NumberSlot::CreatedAt, created_at);
    receiver.set(NumberSlot::CreatedAtNanos, nanos);
    let kind = u8::from(event.is_test()) + u8::from(event.is_check());
    receiver.set(NumberSlot::Test, f64::from(kind));
    receiver.set(NumberSlot::KeyIndex, float(event.key_index()));
    Ok(())
}

/// Returns the range of `part` in `whole`, if it is a part of it.
fn place_in(whole: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then_some(start..end)
}

fn refuse(call: &Call<'_>, refusal: &Refusal) {
    let (code, message) = match refusal {
        Refusal::Error(error) => (error.code().as_str(), error.message()),
        Refusal::Misuse(misuse) => ("", misuse.as_str()),
        Refusal::TooLarge => {
            return call.throw(c"the body is longer than a string of JavaScript can be");
        }
    };
    for (place, text) in [(FailureSlot::Code, code), (FailureSlot::Message, message)] {
        // Without memory for a message there is none.
        let _ = set_result(call, place as u32, text);
    }
}

fn set_result(call: &Call<'_>, place: u32, text: &str) -> Result<(), Refusal> {
    let results = call.argument(RESULTS).ok_or(Misuse::Type)?;
    let value = text::string(call, text).ok_or(Refusal::TooLarge)?;
    call.set_element(results, place, value);
    Ok(())
}

/// The moment of a JavaScript `Date`, which is within a range that fits everywhere.
#[expect(clippy::cast_possible_truncation, reason = "a part of a millisecond is cut off")]
pub(crate) fn moment(milliseconds: f64) -> SystemTime {
    let milliseconds = milliseconds as i64;
    let distance = Duration::from_millis(milliseconds.unsigned_abs());
    if milliseconds < 0 {
        SystemTime::UNIX_EPOCH - distance
    } else {
        SystemTime::UNIX_EPOCH + distance
    }
}

/// The time value of a JavaScript `Date`, and the nanoseconds that are left.
fn milliseconds(moment: SystemTime) -> (f64, f64) {
    const MILLISECOND: u32 = 1_000_000;
    let split = |duration: Duration| {
        let seconds = Duration::from_secs(duration.as_secs()).as_secs_f64();
        let milliseconds = seconds * 1000.0 + f64::from(duration.subsec_millis());
        (milliseconds, duration.subsec_nanos() % MILLISECOND)
    };
    match moment.duration_since(SystemTime::UNIX_EPOCH).map_err(|before| before.duration()) {
        Ok(after) => {
            let (milliseconds, nanos) = split(after);
            (milliseconds, f64::from(nanos))
        }
        Err(before) => match split(before) {
            (milliseconds, 0) => (-milliseconds, 0.0),
            (milliseconds, nanos) => (-milliseconds - 1.0, f64::from(MILLISECOND - nanos)),
        },
    }
}

#[expect(clippy::cast_precision_loss, reason = "no string and no list is that long")]
fn float(number: usize) -> f64 {
    number as f64
}
