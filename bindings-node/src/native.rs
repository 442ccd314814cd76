//! Functions that run once per webhook, or in tests: ordinary napi-rs.
#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    reason = "public for napi-rs, whose users are in JavaScript"
)]

use std::borrow::Cow;
use std::ptr;
use std::rc::Rc;
use std::time::Duration;

use hookseal::{
    ErrorCode, Field, HeaderName, Hints, Provider, Scheme, SignOptions, Surface, Weakness, Webhook,
    providers,
};
use napi::bindgen_prelude::{
    Buffer, ClassInstance, Env, Float64Array, FromNapiValue, Result, Uint8Array, Unknown,
};
use napi::{Status, sys};
use napi_derive::napi;

use crate::event::NativeEvent;
use crate::head::{HeadParts, pairs};
use crate::secret::Given;
use crate::slots::NUMBERS;
use crate::verify::{self, Receiver, moment};

/// What the core refused: its code and message.
pub(crate) type Refused = napi::Error<&'static str>;

pub(crate) fn refused(error: hookseal::Error) -> Refused {
    Refused::new(error.code().as_str(), error.message().to_owned())
}

/// An error code, the name of its class and the HTTP status to answer with.
#[napi(object, object_from_js = false)]
pub struct Code {
    pub code: &'static str,
    pub class_name: String,
    pub http_status: u16,
}

/// Every error code.
#[napi(catch_unwind)]
pub fn error_codes() -> Vec<Code> {
    ErrorCode::ALL
        .iter()
        .map(|code| Code {
            code: code.as_str(),
            class_name: format!("{}Error", code.class_name()),
            http_status: code.http_status(),
        })
        .collect()
}

/// The known providers' names.
#[napi(catch_unwind)]
pub fn provider_names() -> Vec<&'static str> {
    providers().map(Provider::name).collect()
}

/// Facts about a scheme that JavaScript needs.
#[napi(object, object_from_js = false)]
pub struct SchemeFacts {
    pub name: String,
    pub unsigned: Vec<&'static str>,
    /// The names of the headers that the scheme reads: `verify` takes the value of each.
    pub headers: Vec<String>,
    /// The lengths that a name of one of these headers may have.
    pub header_lengths: Vec<u32>,
    /// The size, in bytes, of the largest body that a receiver should accept.
    pub max_body: u32,
    /// Warnings about secrets that can be used but are weak.
    pub warnings: Vec<String>,
    /// True if the sender signs the output of `JSON.stringify`.
    pub signs_ecmascript: bool,
}

/// A decoded body, or why it could not be decoded; neither if there was nothing to undo.
#[napi(object, object_from_js = false)]
pub struct Decoded {
    pub body: Option<Buffer>,
    pub code: Option<&'static str>,
    pub http_status: Option<u16>,
    pub message: Option<String>,
}

/// Decodes a body as its `Content-Encoding` says, for the adapters.
#[napi(catch_unwind)]
pub fn decode_body(body: Uint8Array, content_encoding: String, max_body: i64) -> Decoded {
    let max_body = usize::try_from(max_body).unwrap_or_default();
    let nothing = Decoded { body: None, code: None, http_status: None, message: None };
    match hookseal::decode_body(&body, &content_encoding, max_body) {
        Ok(Cow::Borrowed(_)) => nothing,
        Ok(Cow::Owned(body)) => Decoded { body: Some(body.into()), ..nothing },
        Err(error) => Decoded {
            code: Some(error.as_str()),
            http_status: Some(error.http_status()),
            message: Some(error.to_string()),
            ..nothing
        },
    }
}

/// The core's scheme.
#[napi]
pub struct NativeScheme(Scheme);

#[napi]
impl NativeScheme {
    /// Reads a scheme of the user's own, in TOML or JSON.
    #[napi(factory, catch_unwind)]
    pub fn parse(text: String) -> Result<Self, &'static str> {
        Scheme::parse(&text).map(Self).map_err(refused)
    }

    /// Returns the scheme of a known provider.
    #[napi(factory, catch_unwind)]
    pub fn provider(name: String) -> Result<Self, &'static str> {
        Scheme::provider(&name).map(Self).map_err(refused)
    }

    #[napi(catch_unwind)]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    #[napi(catch_unwind)]
    pub fn title(&self) -> &str {
        self.0.title()
    }

    #[napi(catch_unwind)]
    pub fn unsigned(&self) -> Vec<&'static str> {
        self.0.unsigned().iter().copied().map(Field::as_str).collect()
    }

    #[napi(catch_unwind)]
    pub fn weaknesses(&self) -> Vec<&'static str> {
        self.0.weaknesses().iter().copied().map(Weakness::as_str).collect()
    }

    /// The constants' names, and what each one is.
    #[napi(catch_unwind)]
    pub fn constants(&self) -> Vec<Vec<&str>> {
        self.0.constants().map(|(name, meaning)| vec![name, meaning]).collect()
    }

    #[napi(catch_unwind)]
    pub fn signs_request(&self) -> bool {
        self.0.signs_request()
    }

    #[napi(catch_unwind)]
    pub fn has_handshake(&self) -> bool {
        self.0.has_handshake()
    }
}

/// Options of a webhook.
#[napi(object, object_to_js = false)]
pub struct WebhookSettings {
    /// In seconds.
    pub tolerance: Option<f64>,
    /// Names and values in turn.
    pub constants: Vec<String>,
    pub origin: Option<String>,
    pub accept_unsigned: bool,
}

/// Options of signing.
#[napi(object, object_to_js = false)]
pub struct SignSettings {
    pub event_type: Option<String>,
    pub id: Option<String>,
    /// In milliseconds since 1970.
    pub timestamp: Option<f64>,
    pub method: Option<String>,
    pub url: Option<String>,
    /// Names and values in turn.
    pub headers: Vec<String>,
}

/// The core's webhook.
#[napi]
pub struct Native(pub(crate) Rc<Receiver>);

#[napi]
impl Native {
    /// Creates a webhook; `provider`, `scheme` or both are given. The results of a verification are
    /// left in `numbers`.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        provider: Option<String>,
        scheme: Option<ClassInstance<'_, NativeScheme>>,
        #[napi(ts_arg_type = "Array<Uint8Array | string>")] secrets: Vec<Given>,
        options: WebhookSettings,
        numbers: Float64Array,
    ) -> Result<Self, &'static str> {
        let own = scheme.map(|scheme| scheme.0.clone());
        let scheme = match (provider, own) {
            (None, Some(own)) => own,
            (provider, own) => {
                Scheme::resolve(&provider.unwrap_or_default(), own).map_err(refused)?
            }
        };
        let mut headers: Vec<HeaderName> = Vec::new();
        for header in scheme.headers() {
            if !headers.iter().any(|known| known.matches(header.as_str().as_bytes())) {
                headers.push(header.clone());
            }
        }
        let mut builder = Webhook::builder(scheme).surface(Surface::Node);
        if let Some(seconds) = options.tolerance {
            let longest = Duration::MAX;
            builder = builder.tolerance(Duration::try_from_secs_f64(seconds).unwrap_or(longest));
        }
        for (name, value) in pairs(&options.constants) {
            builder = builder.constant(name, value);
        }
        if let Some(origin) = options.origin {
            builder = builder.origin(origin);
        }
        if options.accept_unsigned {
            builder = builder.accept_unsigned();
        }
        let webhook = builder.build(&secrets).map_err(refused)?;
        if numbers.len() < NUMBERS {
            return Err(Refused::new("", "too few numbers"));
        }
        Ok(Self(Rc::new(Receiver::new(webhook, headers, numbers))))
    }

    #[napi(catch_unwind)]
    pub fn facts(&self) -> SchemeFacts {
        let scheme = self.0.webhook.scheme();
        let headers = &self.0.headers;
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        SchemeFacts {
            name: scheme.name().to_owned(),
            unsigned: scheme.unsigned().iter().copied().map(Field::as_str).collect(),
            headers: headers.iter().map(|header| header.as_str().to_owned()).collect(),
            header_lengths: headers.iter().flat_map(HeaderName::lengths).map(number).collect(),
            max_body: number(self.0.webhook.max_body()),
            warnings: self.0.webhook.warnings().map(str::to_owned).collect(),
            signs_ecmascript: scheme.signs_ecmascript(),
        }
    }

    /// Returns the scheme that deliveries are verified by.
    #[napi(catch_unwind)]
    pub fn scheme(&self) -> NativeScheme {
        NativeScheme(self.0.webhook.scheme().clone())
    }

    /// Returns the index of the header with this name among those that `verify` takes, -1 for none.
    #[napi(catch_unwind)]
    pub fn place_of(&self, name: String) -> i32 {
        let place = self.0.headers.iter().position(|header| header.matches(name.as_bytes()));
        place.and_then(|place| i32::try_from(place).ok()).unwrap_or(-1)
    }

    /// Returns the event type of which a verification returned only the index.
    #[napi(catch_unwind)]
    pub fn type_at(&self, index: u32) -> Option<String> {
        self.0.type_at(usize::try_from(index).ok()?)
    }

    /// Returns the function that verifies; `src/verify.rs` describes its parameters.
    #[napi(
        catch_unwind,
        ts_return_type = "(results: unknown[], body: unknown, ...headers: unknown[]) => string | undefined"
    )]
    pub fn verify<'e>(&self, env: &'e Env) -> napi::Result<Unknown<'e>> {
        self.function(env, "verify", verify::verify)
    }

    /// Returns the function that verifies; `src/verify.rs` describes its parameters.
    #[napi(
        catch_unwind,
        ts_return_type = "(results: unknown[], body: unknown, signature: string) => string | undefined"
    )]
    pub fn verify_signature<'e>(&self, env: &'e Env) -> napi::Result<Unknown<'e>> {
        self.function(env, "verifySignature", verify::verify_signature)
    }

    /// Returns the function that verifies what also has a method and an address; `src/verify.rs`
    /// describes its parameters.
    #[napi(
        catch_unwind,
        ts_return_type = "(results: unknown[], body: unknown, method: string | undefined, url: string | undefined, signature: string | undefined, ...headers: unknown[]) => string | undefined"
    )]
    pub fn verify_request<'e>(&self, env: &'e Env) -> napi::Result<Unknown<'e>> {
        self.function(env, "verifyRequest", verify::verify_request)
    }

    /// Holds an event that an inbox verified, for the next call of the function below.
    #[napi(catch_unwind)]
    pub fn hold(&self, event: &NativeEvent) {
        *self.0.held.borrow_mut() = Some(event.event().clone());
    }

    /// Returns the function that reports the event that is held, as `verify` does.
    #[napi(catch_unwind, ts_return_type = "(results: unknown[]) => string | undefined")]
    pub fn event_of<'e>(&self, env: &'e Env) -> napi::Result<Unknown<'e>> {
        self.function(env, "eventOf", verify::event_of)
    }

    /// Returns the function that makes JSON of a part of a body; `src/verify.rs` describes its
    /// parameters.
    #[napi(catch_unwind, ts_return_type = "(part: string) => string")]
    pub fn json<'e>(&self, env: &'e Env) -> napi::Result<Unknown<'e>> {
        self.function(env, "json", verify::json)
    }

    /// Explains why a delivery does not verify, and returns the report as JSON and as text.
    #[napi(catch_unwind)]
    pub fn explain(
        &self,
        body: Uint8Array,
        head: HeadParts,
        #[napi(ts_arg_type = "Array<Uint8Array | string>")] secrets: Vec<Given>,
        now: Option<f64>,
    ) -> Vec<String> {
        let mut hints = Hints::new().secrets(&secrets);
        if let Some(now) = now {
            hints = hints.at(moment(now));
        }
        let webhook = &self.0.webhook;
        let report = if let Some(signature) = &head.signature {
            webhook.explain_with(&*body, &head.with(signature), &hints)
        } else {
            webhook.explain_with(&*body, &head.with(&pairs(&head.headers)), &hints)
        };
        vec![report.to_json(), report.to_string()]
    }

    /// Signs a body, and returns the headers that the provider would send.
    #[napi(catch_unwind)]
    pub fn sign(
        &self,
        body: Uint8Array,
        given: SignSettings,
    ) -> Result<Vec<Vec<String>>, &'static str> {
        let others = pairs(&given.headers);
        let mut options = SignOptions::new().headers(&others);
        if let Some(event_type) = &given.event_type {
            options = options.event_type(event_type);
        }
        if let Some(id) = &given.id {
            options = options.id(id);
        }
        if let Some(timestamp) = given.timestamp {
            options = options.timestamp(moment(timestamp));
        }
        if let Some(method) = &given.method {
            options = options.method(method);
        }
        if let Some(url) = &given.url {
            options = options.url(url);
        }
        let headers = self.0.webhook.sign(&*body, &options).map_err(refused)?;
        Ok(headers.into_iter().map(|(name, value)| vec![name, value]).collect())
    }

    #[napi(catch_unwind)]
    pub fn dedupe_key(&self, event_type: String, id: Option<String>, body: Uint8Array) -> String {
        self.0.webhook.scheme().dedupe_key(&event_type, id.as_deref(), &body)
    }
}

impl Native {
    fn function<'e>(
        &self,
        env: &'e Env,
        name: &str,
        callback: unsafe extern "C" fn(sys::napi_env, sys::napi_callback_info) -> sys::napi_value,
    ) -> napi::Result<Unknown<'e>> {
        let receiver = Rc::into_raw(Rc::clone(&self.0));
        let data = receiver.cast_mut().cast();
        let length = name.len().cast_signed();
        let mut value = ptr::null_mut();
        // SAFETY: the name has that length, and the data lives until the finalizer runs.
        let mut status = unsafe {
            sys::napi_create_function(
                env.raw(),
                name.as_ptr().cast(),
                length,
                Some(callback),
                data,
                &raw mut value,
            )
        };
        if status == sys::Status::napi_ok {
            // SAFETY: `value` is the function that was just made.
            status = unsafe {
                sys::napi_add_finalizer(
                    env.raw(),
                    value,
                    data,
                    Some(release),
                    ptr::null_mut(),
                    ptr::null_mut(),
                )
            };
        }
        if status != sys::Status::napi_ok {
            // SAFETY: no finalizer was added, so this is the only one who gives it back.
            drop(unsafe { Rc::from_raw(receiver) });
            return Err(napi::Error::from_status(Status::from(status)));
        }
        // SAFETY: `value` is of this environment.
        unsafe { Unknown::from_napi_value(env.raw(), value) }
    }
}

/// Gives back what a function held, once it is collected.
unsafe extern "C" fn release(
    _: sys::napi_env,
    data: *mut std::ffi::c_void,
    _: *mut std::ffi::c_void,
) {
    // SAFETY: the pointer is what `Rc::into_raw` gave when the function was made.
    drop(unsafe { Rc::from_raw(data.cast::<Receiver>()) });
}
