use std::time::{Duration, SystemTime};

use hookseal::{HeaderName, Headers, Hints, Scheme, SignOptions, Surface, Webhook};
use hookseal_json::Ignore;

use crate::boundary::{Growing, Options, Pointee};
use crate::event::hookseal_event;
use crate::failure::hookseal_error;
use crate::headers::hookseal_headers;
use crate::report::hookseal_report;
use crate::scheme::{self, hookseal_scheme};
use crate::strings::{hookseal_header, hookseal_str};
use crate::tokens::{Recorder, Tokens};

/// The receiver's handle for one webhook: a provider's scheme and the secrets, ready for use. Make
/// it once and keep it. Free it with hookseal_webhook_free().
pub(crate) struct hookseal_webhook(Webhook);

impl Pointee for hookseal_webhook {}

/// The language that reads hookseal's messages, so that they can name what to call there.
pub(crate) type hookseal_surface = u32;

/// C.
pub(crate) const HOOKSEAL_SURFACE_C: hookseal_surface = 0;
/// PHP.
pub(crate) const HOOKSEAL_SURFACE_PHP: hookseal_surface = 1;

/// What a webhook is to do otherwise than by default. Set `size`, and leave the rest zero but for
/// what you want; later versions add to the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_webhook_options<'a> {
    /// sizeof(hookseal_webhook_options).
    size: usize,
    /// How many seconds a signed timestamp may lie from now, either way. NULL is what the scheme
    /// itself has; INT64_MAX accepts any and so lets old deliveries be replayed.
    tolerance: Option<&'a i64>,
    /// Who reads the messages: HOOKSEAL_SURFACE_C if zero.
    surface: hookseal_surface,
    /// The nanoseconds to add to `*tolerance`, fewer than a second.
    tolerance_nanoseconds: u32,
}

impl Growing for hookseal_webhook_options<'_> {}

/// How a delivery is verified otherwise than by default. Set `size`, and leave the rest zero but for
/// what you want; later versions add to the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_verify_options<'a> {
    /// sizeof(hookseal_verify_options).
    size: usize,
    /// When the delivery came in, in seconds since 1970, for tests and for stored deliveries. NULL is
    /// now.
    now: Option<&'a i64>,
    /// The value of the signature header, where there is nothing else: then no header is read, which
    /// serves schemes that need no other. None is read from the headers.
    signature: hookseal_str<'a>,
    /// Whether the event points into the body in place of having a copy: then the body must stay as
    /// it is until the event is freed.
    in_place: bool,
    /// Whether hookseal_event_data_tokens() will be asked for, of an event in place: they are then
    /// made while the body is read, which takes less time than to read it again for them.
    with_tokens: bool,
}

impl Growing for hookseal_verify_options<'_> {}

/// What a delivery says besides its body. Set `size`, and leave the rest zero but for what you want;
/// later versions add to the end.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct hookseal_sign_options<'a> {
    /// sizeof(hookseal_sign_options).
    size: usize,
    /// The event's type, for providers that send it in a header.
    r#type: hookseal_str<'a>,
    /// The delivery's id, for providers that send it in a header; made from the body if none.
    id: hookseal_str<'a>,
    /// When the delivery was signed, in seconds since 1970. NULL is now.
    timestamp: Option<&'a i64>,
}

impl Growing for hookseal_sign_options<'_> {}

ffi_fn! {
    /// The webhook of a known provider, with one secret or, while they are rotated, several.
    fn hookseal_webhook_new(
        provider: &str,
        secrets[secrets_len]: &[hookseal_str<'_>],
    ) -> out webhook: hookseal_webhook {
        build(&scheme::of(provider)?, secrets, None, Surface::C)
    }
}

ffi_fn! {
    /// The webhook of any scheme. `options` may be NULL.
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
        let nanoseconds = options.tolerance_nanoseconds;
        let tolerance = options.tolerance.map(|seconds| span(*seconds, nanoseconds));
        build(&scheme.0, secrets, tolerance, surface)
    }
}

ffi_fn! {
    /// The largest body that a receiver should read, in bytes: what the provider documents, else
    /// 1 MiB, which is many times any other's deliveries. 0 for NULL.
    fn hookseal_webhook_max_body(webhook: &hookseal_webhook) -> usize {
        webhook.0.max_body()
    }
}

ffi_fn! {
    /// How many warnings there are of secrets that can be used although something is wrong with them.
    fn hookseal_webhook_warning_count(webhook: &hookseal_webhook) -> usize {
        webhook.0.warnings().count()
    }
}

ffi_fn! {
    /// Such a warning, for developers, counted from 0: it holds no part of a secret. None from
    /// hookseal_webhook_warning_count() on. It lives as long as the webhook.
    fn hookseal_webhook_warning<'w>(webhook: &'w hookseal_webhook, index: usize) -> hookseal_str<'w> {
        webhook.0.warnings().nth(index).map(hookseal_str::from).unwrap_or_default()
    }
}

ffi_fn! {
    /// Whether a webhook was made with these secrets, in this order. How long it takes depends on how
    /// many they are and how long, and on nothing else: for programs that keep webhooks and look for
    /// the right one.
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
    /// Verifies a delivery and gives its event.
    ///
    /// `body` is the raw bytes of the request, as they came, and `headers` are the request's
    /// headers; those that the scheme does not need are ignored. `options` may be NULL. There is no
    /// event without a right signature.
    fn hookseal_webhook_verify(
        webhook: &hookseal_webhook,
        body[body_len]: &'static [u8],
        headers[headers_len]: &[hookseal_header<'_>],
        options: Options<hookseal_verify_options<'_>>,
    ) -> out event: hookseal_event {
        let Options(options) = options;
        match options.signature()? {
            Some(signature) => webhook.verify(body, &Signature(signature), options),
            None => webhook.verify(body, &Pairs(headers), options),
        }
    }
}

ffi_fn! {
    /// Finds out why a delivery does not verify: a tool for development. It undoes what goes wrong in
    /// practice until the signature matches, which costs far more than verifying. Never answer a
    /// request with the report or act on it: it tells a sender what is wrong, and proves nothing of who
    /// sent the delivery.
    ///
    /// `body`, `headers` and `options` are those of hookseal_webhook_verify(); give all headers of the
    /// request, for the others tell what became of those that the scheme needs. `secrets` are further
    /// secrets that you have, such as another webhook's or the test mode's.
    ///
    /// There is a report also of a delivery that verifies; what fails is only a wrong argument.
    fn hookseal_webhook_explain(
        webhook: &hookseal_webhook,
        body[body_len]: &[u8],
        headers[headers_len]: &[hookseal_header<'_>],
        secrets[secrets_len]: &[hookseal_str<'_>],
        options: Options<hookseal_verify_options<'_>>,
    ) -> out report: hookseal_report {
        let Options(options) = options;
        match options.signature()? {
            Some(signature) => webhook.explain(body, &Signature(signature), secrets, options),
            None => webhook.explain(body, &Pairs(headers), secrets, options),
        }
    }
}

ffi_fn! {
    /// The headers that the provider would send with this body, signed with the first secret: for
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
        Ok(hookseal_headers(webhook.0.sign(body, &signing)?))
    }
}

impl<'a> hookseal_verify_options<'a> {
    fn now(&self) -> Result<Option<SystemTime>, hookseal_error> {
        self.now.map(|now| moment(*now)).transpose()
    }

    /// The value of the signature header, if that is all there is.
    fn signature(&self) -> Result<Option<&'a [u8]>, hookseal_error> {
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
    scheme: &Scheme,
    secrets: &[hookseal_str<'_>],
    tolerance: Option<Result<Duration, hookseal_error>>,
    surface: Surface,
) -> Result<hookseal_webhook, hookseal_error> {
    let mut builder = Webhook::builder(scheme.clone()).surface(surface);
    if let Some(tolerance) = tolerance {
        builder = builder.tolerance(tolerance?);
    }
    Ok(hookseal_webhook(builder.build(secrets.iter().map(hookseal_str::bytes))?))
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

struct Pairs<'a>(&'a [hookseal_header<'a>]);

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
struct Signature<'a>(&'a [u8]);

impl Headers for Signature<'_> {
    fn each<'h>(&'h self, _: &mut dyn FnMut(&'h [u8], &'h [u8])) {}

    fn signature(&self) -> Option<&[u8]> {
        Some(self.0)
    }
}
