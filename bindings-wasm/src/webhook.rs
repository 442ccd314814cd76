//! What is done once per webhook, or in tests.

use std::rc::Rc;
use std::time::Duration;

use hookseal::{
    ErrorCode, Field, HeaderName, Headers, Provider, RequestHead, Scheme, SignOptions, Surface,
    Weakness, Webhook, providers,
};

use crate::memory::given;
use crate::message::{Fields, Writer};
use crate::state::{self, Kept, Receiver, keep, receiver, refuse, respond, set_now};
use crate::verify::SignatureAlone;

/// Lists every error code, in turn with its class's name and its HTTP status.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hookseal_errors() {
    respond(|result| {
        for code in ErrorCode::ALL {
            let class = format!("{}Error", code.class_name());
            result.field(code.as_str()).field(class).field(code.http_status().to_string());
        }
    });
}

/// Lists the known providers' names.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hookseal_providers() {
    respond(|result| {
        for name in providers().map(Provider::name) {
            result.field(name);
        }
    });
}

/// Reads a scheme of the host's own, and returns its handle; 0 and an error if it cannot.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg(feature = "schemes")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_scheme_parse(text: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's word.
    let text = unsafe { given(text, len) };
    let text = String::from_utf8_lossy(text);
    kept_scheme(Scheme::parse(&text))
}

/// Returns the handle of a known provider's scheme; 0 and an error if it is not known.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_scheme_provider(name: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's word.
    let name = unsafe { given(name, len) };
    kept_scheme(Scheme::provider(&String::from_utf8_lossy(name)))
}

/// Returns a handle of the scheme that a webhook verifies by.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub extern "C" fn hookseal_scheme_of(webhook: u32) -> u32 {
    state::scheme(webhook).map_or(0, |scheme| keep(Kept::Scheme(scheme)))
}

fn kept_scheme(scheme: Result<Scheme, hookseal::Error>) -> u32 {
    match scheme {
        Ok(scheme) => keep(Kept::Scheme(scheme)),
        Err(error) => refuse(&error),
    }
}

/// Gives a scheme's name, title, unsigned fields, weaknesses, constants (names and meanings in
/// turn), and whether it signs the request and has a handshake.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hookseal_scheme_facts(scheme: u32) {
    let Some(scheme) = state::scheme(scheme) else { return };
    respond(|result| {
        result.field(scheme.name()).field(scheme.title());
        result.list(scheme.unsigned().iter().copied().map(Field::as_str));
        result.list(scheme.weaknesses().iter().copied().map(Weakness::as_str));
        result.list(scheme.constants().flat_map(|(name, meaning)| [name, meaning]));
        result.flag(scheme.signs_request()).flag(scheme.has_handshake());
    });
}

/// Builds a webhook, and returns its handle; 0 and an error if it cannot.
///
/// `scheme` is a handle, 0 for the known provider's. The fields are: the provider's name; the
/// tolerance in seconds; the origin; whether an unsigned body is accepted; a list of the secrets;
/// a list of the constants, names and values in turn.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_webhook(scheme: u32, settings: *const u8, len: usize) -> u32 {
    // SAFETY: the caller's word.
    let settings = unsafe { given(settings, len) };
    match build(state::scheme(scheme), Fields(settings)) {
        Ok(receiver) => keep(Kept::Webhook(Rc::new(receiver))),
        Err(error) => refuse(&error),
    }
}

fn build(own: Option<Scheme>, mut settings: Fields<'_>) -> Result<Receiver, hookseal::Error> {
    let scheme = match (settings.text(), own) {
        (None, Some(own)) => own,
        (provider, own) => Scheme::resolve(provider.unwrap_or_default(), own)?,
    };
    let mut headers: Vec<HeaderName> = Vec::new();
    for header in scheme.headers() {
        if !headers.iter().any(|known| known.matches(header.as_str().as_bytes())) {
            headers.push(header.clone());
        }
    }
    let mut builder = Webhook::builder(scheme).surface(Surface::Node).clock(state::now);
    if let Some(seconds) = settings.number() {
        let longest = Duration::MAX;
        builder = builder.tolerance(Duration::try_from_secs_f64(seconds).unwrap_or(longest));
    }
    if let Some(origin) = settings.text() {
        builder = builder.origin(origin);
    }
    if settings.flag() {
        builder = builder.accept_unsigned();
    }
    let secrets = settings.list().flatten();
    for (name, value) in settings.list().pairs() {
        builder = builder.constant(name, value);
    }
    Ok(Receiver { webhook: builder.build(secrets)?, headers })
}

/// Gives a webhook's provider, its unsigned fields, the names of the headers that it reads, the
/// lengths that these may have, the largest body to accept, warnings, and whether it signs the output
/// of `JSON.stringify`.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn hookseal_facts(webhook: u32) {
    let Some(receiver) = receiver(webhook) else { return };
    let (webhook, headers) = (&receiver.webhook, &receiver.headers);
    let scheme = webhook.scheme();
    respond(|result| {
        result.field(scheme.name());
        result.list(scheme.unsigned().iter().copied().map(Field::as_str));
        result.list(headers.iter().map(HeaderName::as_str));
        result.list(headers.iter().flat_map(HeaderName::lengths).map(|length| length.to_string()));
        result.field(webhook.max_body().to_string());
        result.list(webhook.warnings());
        result.flag(scheme.signs_ecmascript());
    });
}

/// Returns the place of the header with this name among those that a webhook reads, -1 for none.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_place_of(webhook: u32, name: *const u8, len: usize) -> i32 {
    // SAFETY: the caller's word.
    let name = unsafe { given(name, len) };
    let place =
        receiver(webhook).and_then(|it| it.headers.iter().position(|own| own.matches(name)));
    place.and_then(|place| i32::try_from(place).ok()).unwrap_or(-1)
}

/// What a request has before its body, and the body.
struct Request<'m> {
    body: &'m [u8],
    method: Option<&'m str>,
    url: Option<&'m str>,
    signature: Option<&'m [u8]>,
    pairs: Vec<(&'m str, &'m str)>,
}

impl<'m> Request<'m> {
    fn read(fields: &mut Fields<'m>) -> Self {
        Self {
            body: fields.bytes().unwrap_or_default(),
            method: fields.text(),
            url: fields.text(),
            signature: fields.bytes(),
            pairs: fields.list().pairs(),
        }
    }

    /// Calls a function with the head.
    fn with<T>(&self, call: impl FnOnce(&RequestHead<'_, dyn Headers + '_>) -> T) -> T {
        let alone = self.signature.map(SignatureAlone);
        let headers: &dyn Headers = alone.as_ref().map_or(&self.pairs, |alone| alone);
        call(&RequestHead::new(headers).method(self.method).url(self.url))
    }
}

/// Answers a handshake: returns 1 and the answer's type and body, 2 if it is none, 0 and an error if it
/// is refused. The fields are the body, the method, the address, the signature alone, and the headers'
/// names and values in turn.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_handshake(
    webhook: u32,
    request: *const u8,
    len: usize,
    now: f64,
) -> u32 {
    // SAFETY: the caller's word.
    let request = unsafe { given(request, len) };
    let Some(receiver) = receiver(webhook) else { return 0 };
    set_now(now);
    let webhook = &receiver.webhook;
    let request = Request::read(&mut Fields(request));
    let answer = request.with(|head| webhook.handshake(request.body, head));
    match answer {
        Ok(Some(answer)) => {
            respond(|result| {
                result.field(answer.content_type()).field(answer.body());
            });
            1
        }
        Ok(None) => 2,
        Err(error) => refuse(&error),
    }
}

/// Signs a body: returns 1 and the headers' names and values in turn, 0 and an error if it cannot.
/// The fields are the body, the method, the address, nothing, the delivery's other headers; the type,
/// the id, the time in milliseconds since 1970, and a private key.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_sign(
    webhook: u32,
    delivery: *const u8,
    len: usize,
    now: f64,
) -> u32 {
    // SAFETY: the caller's word.
    let delivery = unsafe { given(delivery, len) };
    let Some(receiver) = receiver(webhook) else { return 0 };
    set_now(now);
    let mut fields = Fields(delivery);
    let Request { body, method, url, pairs, .. } = Request::read(&mut fields);
    let mut options = SignOptions::new().headers(&pairs);
    if let Some(method) = method {
        options = options.method(method);
    }
    if let Some(url) = url {
        options = options.url(url);
    }
    if let Some(event_type) = fields.text() {
        options = options.event_type(event_type);
    }
    if let Some(id) = fields.text() {
        options = options.id(id);
    }
    if let Some(timestamp) = fields.number() {
        options = options.timestamp(state::moment(timestamp));
    }
    if let Some(key) = fields.text() {
        options = options.private_key(key);
    }
    match receiver.webhook.sign(body, &options) {
        Ok(headers) => {
            respond(|result| {
                for (name, value) in headers {
                    result.field(name).field(value);
                }
            });
            1
        }
        Err(error) => refuse(&error),
    }
}

/// Gives the key that identifies an event. The fields are its type, its id and its body.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hookseal_dedupe_key(webhook: u32, event: *const u8, len: usize) {
    // SAFETY: the caller's word.
    let mut event = Fields(unsafe { given(event, len) });
    let Some(scheme) = state::scheme(webhook) else { return };
    let (event_type, id, body) = (event.text(), event.text(), event.bytes());
    let key = scheme.dedupe_key(event_type.unwrap_or_default(), id, body.unwrap_or_default());
    respond(|result: &mut Writer| {
        result.field(key);
    });
}

/// Decodes a body: returns 1 and the decoded body, 2 if there was nothing to undo, 0 and the code, the
/// message and the HTTP status if it cannot. The fields are the body and its
/// `Content-Encoding`; no more than `max_body` bytes come out.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg(feature = "content-encoding")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
#[must_use]
pub unsafe extern "C" fn hookseal_decode(encoded: *const u8, len: usize, max_body: usize) -> u32 {
    // SAFETY: the caller's word.
    let mut fields = Fields(unsafe { given(encoded, len) });
    let (body, encoding) = (fields.bytes().unwrap_or_default(), fields.text().unwrap_or_default());
    match hookseal::decode_body(body, encoding, max_body) {
        Ok(std::borrow::Cow::Borrowed(_)) => 2,
        Ok(std::borrow::Cow::Owned(decoded)) => {
            respond(|result| {
                result.field(decoded);
            });
            1
        }
        Err(error) => {
            respond(|result| {
                let status = error.http_status().to_string();
                result.field(error.as_str()).field(error.to_string()).field(status);
            });
            0
        }
    }
}

/// Explains why a delivery does not verify: gives the report as JSON and as text. The fields are those
/// of [`hookseal_handshake`], then a list of other secrets.
///
/// # Safety
/// There are so many bytes, which nobody writes to meanwhile.
#[cfg(feature = "explain")]
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub unsafe extern "C" fn hookseal_explain(webhook: u32, delivery: *const u8, len: usize, now: f64) {
    // SAFETY: the caller's word.
    let delivery = unsafe { given(delivery, len) };
    let Some(receiver) = receiver(webhook) else { return };
    set_now(now);
    let mut fields = Fields(delivery);
    let request = Request::read(&mut fields);
    let secrets: Vec<&[u8]> = fields.list().flatten().collect();
    let hints = hookseal::Hints::new().secrets(&secrets).at(state::now());
    let webhook = &receiver.webhook;
    let report = request.with(|head| webhook.explain_with(request.body, head, &hints));
    respond(|result| {
        result.field(report.to_json()).field(report.to_string());
    });
}
