use std::sync::Arc;
use std::time::{Duration, SystemTime};

use hookseal::{
    HeaderName, Headers, Hints, RequestHead, SignOptions, Surface, Webhook, WebhookBuilder,
};
use hookseal_json::Ignore;

use crate::boundary::{Growing, Options, Pointee};
use crate::event::hookseal_event;
use crate::failure::hookseal_error;
use crate::headers::hookseal_headers;
use crate::report::hookseal_report;
use crate::scheme::{self, hookseal_scheme};
use crate::strings::{hookseal_header, hookseal_pairs, hookseal_str};
use crate::tokens::{Recorder, Tokens};

/// A webhook of one provider: its scheme and your secrets, ready to verify deliveries. Create it
/// once and keep it. Free it with hookseal_webhook_free().
pub(crate) struct hookseal_webhook(pub(crate) Arc<Webhook>);

impl Pointee for hookseal_webhook {}

/// A language that messages are written for, so that they can name what to call there.
pub(crate) type hookseal_surface = u32;

/// Messages for users of the C library.
pub(crate) const HOOKSEAL_SURFACE_C: hookseal_surface = 0;
/// Messages for users of the PHP extension.
pub(crate) const HOOKSEAL_SURFACE_PHP: hookseal_surface = 1;

/// Options of hookseal_webhook_new_with_options(). Set `size`, and leave all fields zero that you
/// do not need; later versions add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_webhook_options<'a> {
    /// The size of the struct, sizeof(hookseal_webhook_options).
    size: usize,
    /// The tolerance: how many seconds a signed timestamp may be from now, in the past or the
    /// future. NULL is the scheme's own tolerance; INT64_MAX accepts any timestamp, which lets old
    /// deliveries be replayed.
    tolerance: Option<&'a i64>,
    /// The language that messages are written for; zero is HOOKSEAL_SURFACE_C.
    surface: hookseal_surface,
    /// The nanoseconds to add to `*tolerance`, less than a second.
    tolerance_nanoseconds: u32,
    /// The constants that the scheme names, which the sender signs and does not send: see
    /// hookseal_scheme_constant_name().
    constants: hookseal_pairs<'a>,
    /// The scheme, host and port that the sender calls, such as `https://hooks.example.com`, for
    /// schemes that sign the request's address. Only its path and query are then taken from the
    /// request, whatever a proxy has made of the rest.
    origin: hookseal_str<'a>,
    /// True to accept that the sender signs less than the body: see hookseal_scheme_weakness(). A
    /// delivery then proves only that somebody has seen a genuine one.
    accept_unsigned: bool,
}

impl Growing for hookseal_webhook_options<'_> {}

/// Options of hookseal_webhook_verify() and hookseal_webhook_explain(). Set `size`, and leave all
/// fields zero that you do not need; later versions add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_verify_options<'a> {
    /// The size of the struct, sizeof(hookseal_verify_options).
    size: usize,
    /// The time to verify at, in seconds since 1970, for tests and for stored deliveries. NULL is
    /// the present.
    now: Option<&'a i64>,
    /// The value of the signature header, for a caller that has no other header. If it is given,
    /// `headers` is not read; that is enough for schemes that need no other header.
    signature: hookseal_str<'a>,
    /// True to have the event point into the body instead of a copy. The body must then stay valid
    /// and unchanged until the event is freed.
    in_place: bool,
    /// True if hookseal_event_data_tokens() will be called, for an event in place. The tokens are
    /// then made while the body is read, which takes less time than reading it again.
    with_tokens: bool,
    /// The request's method, such as `POST`, for schemes that sign it: see
    /// hookseal_scheme_signs_request().
    method: hookseal_str<'a>,
    /// The request's address, for schemes that sign it: the whole URL that the sender called, or
    /// its path and query if the webhook has an origin or the scheme signs no more.
    url: hookseal_str<'a>,
}

impl Growing for hookseal_verify_options<'_> {}

/// Options of hookseal_webhook_sign(): what a delivery has besides its body. Set `size`, and leave
/// all fields zero that you do not need; later versions add fields at the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_sign_options<'a> {
    /// The size of the struct, sizeof(hookseal_sign_options).
    size: usize,
    /// The event's type, for providers that send it in a header.
    r#type: hookseal_str<'a>,
    /// The delivery's id, for providers that send it in a header. None makes one from the body.
    id: hookseal_str<'a>,
    /// The time at which the delivery is signed, in seconds since 1970. NULL is the present.
    timestamp: Option<&'a i64>,
    /// The request's method, for providers that sign it.
    method: hookseal_str<'a>,
    /// The request's address, for providers that sign it.
    url: hookseal_str<'a>,
    /// Other headers of the delivery, for providers that sign some. They are not returned.
    headers: hookseal_pairs<'a>,
    /// The sender's private key, for providers that sign with one: make a pair of your own for tests.
    private_key: hookseal_str<'a>,
}

impl Growing for hookseal_sign_options<'_> {}

ffi_fn! {
    /// Creates the webhook of a known provider, with one secret or, while they are rotated,
    /// several.
    ///
    /// The status is HOOKSEAL_UNKNOWN_PROVIDER, or HOOKSEAL_INVALID_SECRET if a secret cannot be
    /// what the provider gave out.
    fn hookseal_webhook_new(
        provider: &str,
        secrets[secrets_len]: &[hookseal_str<'_>],
    ) -> out webhook: hookseal_webhook {
        build(Webhook::builder(scheme::of(provider)?).surface(Surface::C), secrets)
    }
}

ffi_fn! {
    /// Creates the webhook of any scheme, as hookseal_webhook_new() does for a known provider.
    /// `options` may be NULL.
    ///
    /// HOOKSEAL_INVALID_SCHEME if an option does nothing for the scheme, such as a tolerance where
    /// no timestamp is signed; if the scheme names a constant that is not given; or if it leaves
    /// the body unsigned and `accept_unsigned` is not set.
    fn hookseal_webhook_new_with_options(
        scheme: &hookseal_scheme,
        secrets[secrets_len]: &[hookseal_str<'_>],
        options: Options<hookseal_webhook_options<'_>>,
    ) -> out webhook: hookseal_webhook {
        let Options(options) = options;
        let surface = match options.surface {
            HOOKSEAL_SURFACE_C => Surface::C,
            HOOKSEAL_SURFACE_PHP => Surface::Php,
            other => {
                return Err(hookseal_error::invalid(format!("`options->surface` cannot be {other}")));
            }
        };
        let mut builder = Webhook::builder(scheme.0.clone()).surface(surface);
        if let Some(seconds) = options.tolerance {
            builder = builder.tolerance(span(*seconds, options.tolerance_nanoseconds)?);
        }
        for (name, value) in options.constants.utf8("options->constants")? {
            builder = builder.constant(name, value);
        }
        if let Some(origin) = options.origin.optional_utf8("options->origin")? {
            builder = builder.origin(origin);
        }
        if options.accept_unsigned {
            builder = builder.accept_unsigned();
        }
        build(builder, secrets)
    }
}

ffi_fn! {
    /// Returns the size, in bytes, of the largest body that a receiver should accept: what the
    /// provider documents, else 1 MiB, which is many times the size of any other provider's
    /// deliveries. 0 for NULL.
    fn hookseal_webhook_max_body(webhook: &hookseal_webhook) -> usize {
        webhook.0.max_body()
    }
}

ffi_fn! {
    /// Returns the number of warnings about secrets that can be used but are weak.
    fn hookseal_webhook_warning_count(webhook: &hookseal_webhook) -> usize {
        webhook.0.warnings().count()
    }
}

ffi_fn! {
    /// Returns the warning at `index`, counted from 0, for developers; none from
    /// hookseal_webhook_warning_count() on. It contains no part of a secret. It lives as long as
    /// the webhook.
    fn hookseal_webhook_warning<'w>(webhook: &'w hookseal_webhook, index: usize) -> hookseal_str<'w> {
        webhook.0.warnings().nth(index).map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Returns true if the webhook was created with exactly these secrets, in this order.
    ///
    /// The time it takes depends only on the number of the secrets and their lengths, so a program
    /// may use it to find a webhook that it keeps.
    fn hookseal_webhook_has_secrets(
        webhook: &hookseal_webhook,
        secrets[secrets_len]: &[hookseal_str<'_>],
    ) -> bool {
        webhook.0.has_secrets(secrets.iter().map(hookseal_str::bytes))
    }
}

ffi_fn! {
    /// Frees a webhook; NULL is allowed. Its secrets are wiped from memory. Events stay valid.
    fn hookseal_webhook_free(webhook: Option<Box<hookseal_webhook>>) {
        drop(webhook);
    }
}

ffi_fn! {
    /// Verifies a delivery and makes its event.
    ///
    /// `body` is the raw bytes of the request, as they arrived, and `headers` are the request's
    /// headers; those that the scheme does not need are ignored. `options` may be NULL. There is no
    /// event without a right signature.
    ///
    /// The status is HOOKSEAL_MISSING_HEADER, HOOKSEAL_MALFORMED_HEADER,
    /// HOOKSEAL_SIGNATURE_MISMATCH or HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE if the delivery cannot be
    /// trusted, and HOOKSEAL_INVALID_PAYLOAD if it is authentic, but not the JSON that the scheme
    /// says, or without a type.
    fn hookseal_webhook_verify(
        webhook: &hookseal_webhook,
        body[body_len]: &'static [u8],
        headers[headers_len]: &[hookseal_header<'_>],
        options: Options<hookseal_verify_options<'_>>,
    ) -> out event: hookseal_event {
        let Options(options) = options;
        match options.signature()? {
            Some(signature) => webhook.verify(body, &options.head(&Signature(signature))?, options),
            None => webhook.verify(body, &options.head(&Pairs(headers))?, options),
        }
    }
}

ffi_fn! {
    /// Explains why a delivery does not verify: a development tool for when every signature fails.
    ///
    /// It undoes what goes wrong in practice until the signature matches, which costs far more than
    /// verifying. Never put the report in a response, and do not act on it: it tells a sender what
    /// is wrong, and does not prove who sent the delivery.
    ///
    /// `body`, `headers` and `options` are those of hookseal_webhook_verify(). Pass all headers of
    /// the request: those that the scheme does not need may show what became of the others.
    /// `secrets` are further secrets that you have, such as another webhook's or the test mode's.
    ///
    /// A delivery that verifies has a report too. The call fails only because of an argument that
    /// is not allowed.
    fn hookseal_webhook_explain(
        webhook: &hookseal_webhook,
        body[body_len]: &[u8],
        headers[headers_len]: &[hookseal_header<'_>],
        secrets[secrets_len]: &[hookseal_str<'_>],
        options: Options<hookseal_verify_options<'_>>,
    ) -> out report: hookseal_report {
        let Options(options) = options;
        match options.signature()? {
            Some(signature) => {
                webhook.explain(body, &options.head(&Signature(signature))?, secrets, options)
            }
            None => webhook.explain(body, &options.head(&Pairs(headers))?, secrets, options),
        }
    }
}

ffi_fn! {
    /// Signs a body with the first secret, and makes the headers that the provider would send. For
    /// tests of a handler. `options` may be NULL.
    fn hookseal_webhook_sign(
        webhook: &hookseal_webhook,
        body[body_len]: &[u8],
        options: Options<hookseal_sign_options<'_>>,
    ) -> out headers: hookseal_headers {
        let Options(options) = options;
        let mut signing = SignOptions::new();
        if let Some(event_type) = options.r#type.optional_utf8("options->type")? {
            signing = signing.event_type(event_type);
        }
        if let Some(id) = options.id.optional_utf8("options->id")? {
            signing = signing.id(id);
        }
        if let Some(timestamp) = options.timestamp {
            signing = signing.timestamp(moment(*timestamp)?);
        }
        if let Some(method) = options.method.optional_utf8("options->method")? {
            signing = signing.method(method);
        }
        if let Some(url) = options.url.optional_utf8("options->url")? {
            signing = signing.url(url);
        }
        let others = options.headers.utf8("options->headers")?;
        signing = signing.headers(&others);
        if let Some(key) = options.private_key.optional_utf8("options->private_key")? {
            signing = signing.private_key(key);
        }
        Ok(hookseal_headers(webhook.0.sign(body, &signing)?))
    }
}

impl<'a> hookseal_verify_options<'a> {
    fn now(&self) -> Result<Option<SystemTime>, hookseal_error> {
        self.now.map(|now| moment(*now)).transpose()
    }

    /// Refuses what an inbox cannot heed.
    pub(crate) fn for_inbox(&self) -> Result<(), hookseal_error> {
        let given = [
            ("now", self.now.is_some()),
            ("in_place", self.in_place),
            ("with_tokens", self.with_tokens),
        ];
        match given.into_iter().find(|(_, is_given)| *is_given) {
            Some((name, _)) => Err(hookseal_error::invalid(format!(
                "`options->{name}` has no meaning for an inbox: it verifies at the present and keeps \
                 copies"
            ))),
            None => Ok(()),
        }
    }

    /// Returns the headers with the request's method and address, if they are given.
    pub(crate) fn head<'h, H: Headers>(
        &'h self,
        headers: &'h H,
    ) -> Result<RequestHead<'h, H>, hookseal_error> {
        let method = self.method.optional_utf8("options->method")?;
        let url = self.url.optional_utf8("options->url")?;
        Ok(RequestHead::new(headers).method(method).url(url))
    }

    /// Returns the value of the signature header, if that is all there is.
    pub(crate) fn signature(&self) -> Result<Option<&'a [u8]>, hookseal_error> {
        self.signature.check("options->signature")?;
        Ok(self.signature.is_some().then(|| self.signature.bytes()))
    }
}

impl hookseal_webhook {
    fn verify(
        &self,
        body: &'static [u8],
        headers: &impl Headers,
        options: hookseal_verify_options<'_>,
    ) -> Result<Box<hookseal_event>, hookseal_error> {
        let now = options.now()?;
        if options.in_place && options.with_tokens && body.len() <= Tokens::MAX_TEXT {
            let mut recorder = Recorder::default();
            let event = self.0.verify_visiting(body, headers, now, &mut recorder)?;
            return Ok(hookseal_event::new(event, recorder.into_tokens()));
        }
        let event = self.0.verify_visiting(body, headers, now, &mut Ignore)?;
        let event = if options.in_place { event } else { event.into_owned() };
        Ok(hookseal_event::new(event, Tokens::default()))
    }

    fn explain(
        &self,
        body: &[u8],
        headers: &impl Headers,
        secrets: &[hookseal_str<'_>],
        options: hookseal_verify_options<'_>,
    ) -> Result<hookseal_report, hookseal_error> {
        let mut hints = Hints::new().secrets(secrets.iter().map(hookseal_str::bytes));
        if let Some(now) = options.now()? {
            hints = hints.at(now);
        }
        Ok(self.0.explain_with(body, headers, &hints).into())
    }
}

fn build(
    builder: WebhookBuilder,
    secrets: &[hookseal_str<'_>],
) -> Result<hookseal_webhook, hookseal_error> {
    let webhook = builder.build(secrets.iter().map(hookseal_str::bytes))?;
    Ok(hookseal_webhook(Arc::new(webhook)))
}

fn span(seconds: i64, nanoseconds: u32) -> Result<Duration, hookseal_error> {
    match u64::try_from(seconds) {
        Ok(whole) if nanoseconds < 1_000_000_000 => Ok(Duration::new(whole, nanoseconds)),
        Ok(_) => Err(hookseal_error::invalid(format!(
            "`options->tolerance_nanoseconds` cannot be {nanoseconds}: they are a second or more"
        ))),
        Err(_) => Err(hookseal_error::invalid(format!("`tolerance` cannot be {seconds} seconds"))),
    }
}

fn moment(seconds: i64) -> Result<SystemTime, hookseal_error> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let moment = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    moment.ok_or_else(|| {
        hookseal_error::invalid(format!("{seconds} seconds since 1970 are out of reach"))
    })
}

pub(crate) struct Pairs<'a>(pub(crate) &'a [hookseal_header<'a>]);

impl Headers for Pairs<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        for header in self.0 {
            found(header.name.bytes(), header.value.bytes());
        }
    }

    /// Only what is found goes through the function pointer, as with the core's own pairs.
    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        for header in self.0 {
            if name.matches(header.name.bytes()) {
                found(header.value.bytes());
            }
        }
    }
}

/// The value of the signature header.
pub(crate) struct Signature<'a>(pub(crate) &'a [u8]);

impl Headers for Signature<'_> {
    fn each<'h>(&'h self, _: &mut dyn FnMut(&'h [u8], &'h [u8])) {}

    fn signature(&self) -> Option<&[u8]> {
        Some(self.0)
    }
}
