use core::fmt;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, SystemTime};

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::address;
use crate::clock::{HAS_CLOCK, system_now};
use crate::key::{Key, read_keys};
use crate::providers;
use crate::scheme::{Scheme, SignatureForm, Weakness};
use crate::surface::Surface;
use crate::{Error, ErrorCode};

/// A webhook of one provider: its scheme and your secrets, ready to verify deliveries.
///
/// It is immutable and can be shared between threads. Build it once and keep it: building one reads
/// the scheme and prepares the keys, verifying with it does neither.
pub struct Webhook {
    pub(crate) scheme: Scheme,
    pub(crate) tolerance: Duration,
    pub(crate) surface: Surface,
    clock: Clock,
    secrets: Vec<Secret>,
    warnings: Vec<String>,
    constants: Vec<(String, String)>,
    origin: Option<String>,
    /// The index of the representation that matched last, which is tried first. It changes only the
    /// time that a verification takes.
    pub(crate) last_representation: AtomicUsize,
}

/// The largest body, in bytes, of providers that document none.
const DEFAULT_MAX_BODY: usize = 1 << 20;

/// How many public keys a webhook may have: checking a signature with one is slow.
const MAX_PUBLIC_KEYS: usize = 8;

/// A secret's keys, and the secret as it was given, for explaining what is wrong with it.
struct Secret {
    #[cfg(feature = "explain")]
    given: Zeroizing<Vec<u8>>,
    keys: Vec<Key>,
}

type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

impl Webhook {
    /// Creates the webhook of a known provider, with one secret or, while they are rotated,
    /// several.
    ///
    /// ```
    /// let webhook = hookseal::Webhook::new("kasko", ["whsec_afc1d762482e2f113ecb38e6"])?;
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::UnknownProvider`], or [`ErrorCode::InvalidSecret`] if a secret cannot be what
    /// the provider gave out.
    pub fn new<S: AsRef<[u8]>>(
        provider: &str,
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        Self::builder(Scheme::provider(provider)?).build(secrets)
    }

    /// Returns a builder for a webhook with a scheme of your own, another tolerance or another
    /// clock.
    #[must_use]
    pub fn builder(scheme: Scheme) -> WebhookBuilder {
        WebhookBuilder {
            scheme,
            tolerance: None,
            surface: Surface::default(),
            clock: Arc::new(system_now),
            has_clock: HAS_CLOCK,
            constants: Vec::new(),
            origin: None,
            accepts_unsigned: false,
        }
    }

    /// Returns the scheme that deliveries are verified by.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Returns `true` if the webhook was built with exactly these secrets, in this order.
    ///
    /// The time it takes depends only on the number of the secrets and their lengths, so a program
    /// may use it to find a webhook that it keeps.
    ///
    /// Available with the feature `explain`, for which the secrets are kept.
    #[cfg(feature = "explain")]
    #[must_use]
    pub fn has_secrets<S: AsRef<[u8]>>(&self, secrets: impl IntoIterator<Item = S>) -> bool {
        let mut count = 0;
        let mut own = self.secrets();
        let difference = secrets.into_iter().fold(0, |difference, given| {
            let (own, given) = (own.next().unwrap_or_default(), given.as_ref());
            count += 1;
            // All bytes are compared before any is judged.
            let bytes = own.iter().zip(given).fold(0, |bytes, (own, given)| bytes | (own ^ given));
            difference | bytes | u8::from(own.len() != given.len())
        });
        count == self.secrets.len() && bool::from(difference.ct_eq(&0))
    }

    /// Returns the size, in bytes, of the largest body that a receiver should accept.
    ///
    /// It is what the provider documents, else 1 MiB, which is many times the size of any other
    /// provider's deliveries.
    #[must_use]
    pub fn max_body(&self) -> usize {
        providers::largest_body(self.scheme.name()).unwrap_or(DEFAULT_MAX_BODY)
    }

    /// Returns warnings about secrets that can be used but are weak, such as a key short enough to
    /// be guessed.
    ///
    /// They are for developers, and contain no part of a secret.
    ///
    /// ```
    /// let webhook = hookseal::Webhook::new("standard-webhooks", ["whsec_MTIz"])?;
    /// assert!(webhook.warnings().any(|warning| warning.contains("a key of 3 bytes")));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.warnings.iter().map(String::as_str)
    }

    /// Returns a constant of the scheme's, as it was given.
    pub(crate) fn constant(&self, name: &str) -> Option<&str> {
        self.constants.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Returns the address that the sender called; `None` if the request tells only its path.
    pub(crate) fn address<'u>(&self, url: &'u str) -> Option<Cow<'u, str>> {
        match &self.origin {
            Some(origin) => Some(Cow::Owned(address::with_origin(url, origin))),
            None => address::is_whole(url).then_some(Cow::Borrowed(url)),
        }
    }

    pub(crate) fn secret_count(&self) -> usize {
        self.secrets.len()
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    /// Returns the keys for a form's algorithm, each with the index of its secret.
    pub(crate) fn keys(&self, form: &SignatureForm) -> impl Iterator<Item = (usize, &Key)> {
        let secrets = self.secrets.iter().enumerate();
        secrets.filter_map(|(index, secret)| {
            let key = secret.keys.iter().find(|key| key.algorithm() == form.algorithm)?;
            Some((index, key))
        })
    }

    /// Returns `true` if there is a key that a signature of this form can be checked with.
    pub(crate) fn has_key(&self, form: &SignatureForm) -> bool {
        self.keys(form).next().is_some()
    }

    /// Returns the secrets as they were given.
    #[cfg(feature = "explain")]
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &[u8]> {
        self.secrets.iter().map(|secret| secret.given.as_slice())
    }
}

/// Shows the provider and the number of the secrets, not the secrets or their lengths.
impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("provider", &self.scheme.name())
            .field("secrets", &self.secrets.len())
            .finish_non_exhaustive()
    }
}

/// A builder for a [`Webhook`] with a scheme of your own or other options. See
/// [`Webhook::builder`].
pub struct WebhookBuilder {
    scheme: Scheme,
    tolerance: Option<Duration>,
    pub(crate) surface: Surface,
    clock: Clock,
    has_clock: bool,
    constants: Vec<(String, String)>,
    origin: Option<String>,
    accepts_unsigned: bool,
}

impl WebhookBuilder {
    /// Sets how far a signed timestamp may be from now, in the past or the future. The default is
    /// the scheme's own tolerance.
    ///
    /// [`Duration::MAX`] accepts any timestamp, which lets old deliveries be replayed. If the
    /// scheme signs no timestamp, [`build`](Self::build) refuses a tolerance.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Sets the language or program that messages are written for; [`Surface::Rust`] by default.
    #[must_use]
    pub fn surface(mut self, surface: Surface) -> Self {
        self.surface = surface;
        self
    }

    /// Sets the clock that tells the time; the system's by default.
    ///
    /// In WebAssembly without an operating system (`wasm32-unknown-unknown`) there is none, so a
    /// webhook whose scheme signs a timestamp is built only with one.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self.has_clock = true;
        self
    }

    /// Accepts that the sender signs less than the body, which [`Scheme::weaknesses`] says.
    ///
    /// [`Event::unsigned`](crate::Event::unsigned) then holds [`Field::Body`], and a delivery proves
    /// only that somebody has seen a genuine one: look up at the sender what the event says before
    /// you act on it. [`build`](Self::build) refuses such a scheme without this.
    #[must_use]
    pub fn accept_unsigned(mut self) -> Self {
        self.accepts_unsigned = true;
        self
    }

    /// Sets a constant that the scheme names: a text that the sender signs and does not send, such
    /// as the URL that you registered. See [`Scheme::constants`].
    #[must_use]
    pub fn constant(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.constants.push((name.into(), value.into()));
        self
    }

    /// Sets the scheme, host and port that the sender calls, such as `https://hooks.example.com`,
    /// for schemes that sign the request's address.
    ///
    /// Behind a proxy the application sees another address than the sender called, and what the
    /// proxy adds in `X-Forwarded-*` headers anybody can send. With this, only the path and the
    /// query are taken from the request.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Builds the webhook with one secret or several, any of which may match. For a scheme that is
    /// verified with public keys, these are given in place of secrets.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidSecret`] if there is no secret, or one cannot be what the provider gave
    /// out: it is empty, blank, in quotes, with white space around it, or not in the encoding that
    /// the scheme names. [`ErrorCode::InvalidScheme`] if a tolerance is given although the scheme
    /// signs no timestamp: it would check nothing; or if this build lacks the cargo feature that
    /// verifies with such a key.
    pub fn build<S: AsRef<[u8]>>(
        self,
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<Webhook, Error> {
        let scheme = self.scheme.compiled();
        if self.tolerance.is_some() && scheme.timestamp.is_none() {
            return Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "the tolerance would do nothing: {} signs no timestamp that it could check, so \
                     leave it out, and keep each event's `dedupe_key` against replays",
                    scheme.title
                ),
            ));
        }
        if scheme.timestamp.is_some() && !self.has_clock {
            return Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "{} signs a timestamp, and this platform has no clock to check it by: give one to \
                     the builder, with `.clock(…)`",
                    scheme.title
                ),
            ));
        }
        self.check_weaknesses()?;
        self.check_constants()?;
        let origin =
            self.origin.as_deref().map(|origin| self.checked_origin(origin)).transpose()?;
        let mut warnings = Vec::new();
        if scheme.weaknesses.contains(&Weakness::PlainDigest) {
            warnings.push(format!(
                "{} hashes the secret and the body without HMAC: the secret should be long and \
                 random",
                scheme.title
            ));
        }
        let secrets = secrets
            .into_iter()
            .enumerate()
            .map(|(index, secret)| {
                let given = Zeroizing::new(secret.as_ref().to_vec());
                let read = read_keys(&given, scheme, index)?;
                warnings.extend(read.warning);
                Ok(Secret {
                    keys: read.keys,
                    #[cfg(feature = "explain")]
                    given,
                })
            })
            .collect::<Result<Vec<Secret>, Error>>()?;
        if secrets.is_empty() {
            return Err(Error::new(
                ErrorCode::InvalidSecret,
                format!("no secret is given for `{}`: at least one is needed", scheme.name),
            ));
        }
        let is_public = |secret: &&Secret| secret.keys.iter().any(|key| key.as_secret().is_none());
        if secrets.iter().filter(is_public).count() > MAX_PUBLIC_KEYS {
            return Err(Error::new(
                ErrorCode::InvalidSecret,
                format!(
                    "more than {MAX_PUBLIC_KEYS} public keys are given for `{}`: each makes verifying \
                     slower, so leave out those that the sender uses no more",
                    scheme.name
                ),
            ));
        }
        let tolerance = self.tolerance_or_default();
        Ok(Webhook {
            scheme: self.scheme,
            tolerance,
            surface: self.surface,
            clock: self.clock,
            secrets,
            warnings,
            constants: self.constants,
            origin,
            last_representation: AtomicUsize::new(0),
        })
    }

    /// Refuses a scheme that leaves the body unsigned, unless the caller has accepted it.
    fn check_weaknesses(&self) -> Result<(), Error> {
        let weaknesses = self.scheme.weaknesses().iter();
        let mut weaknesses = weaknesses.filter(|weakness| weakness.leaves_body_unsigned());
        match weaknesses.next() {
            Some(weakness) if !self.accepts_unsigned => Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "{} does not sign the whole body: {}. A verified event would prove only that, so \
                     look up at the sender what it says before you act on it. If you do, accept it by \
                     {}",
                    self.scheme.title(),
                    weakness.consequence(),
                    self.surface.accept_unsigned()
                ),
            )),
            None if self.accepts_unsigned => Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "accepting an unsigned body has no meaning for {}, which signs all of it: leave \
                     it out",
                    self.scheme.title()
                ),
            )),
            Some(_) | None => Ok(()),
        }
    }

    /// Each constant of the scheme is given once, and nothing else.
    fn check_constants(&self) -> Result<(), Error> {
        let invalid = |message: String| Err(Error::new(ErrorCode::InvalidScheme, message));
        let title = self.scheme.title();
        for (name, what) in self.scheme.constants() {
            let mut given = self.constants.iter().filter(|(own, _)| own == name);
            match (given.next(), given.next()) {
                (Some((_, value)), None) if !value.is_empty() && value.trim() == value => {}
                (Some(_), None) => {
                    return invalid(format!(
                        "the constant `{name}` is empty or has white space around it: {title} signs \
                         {what}"
                    ));
                }
                (Some(_), Some(_)) => {
                    return invalid(format!("the constant `{name}` is given more than once"));
                }
                // Without it there is no answer to a handshake, and deliveries verify.
                (None, _) if self.scheme.compiled().is_token(name) => {}
                (None, _) => {
                    return invalid(format!(
                        "{title} signs {what}, which no delivery holds: {}",
                        self.surface.constant(name)
                    ));
                }
            }
        }
        let is_known = |name: &str| self.scheme.constants().any(|(own, _)| own == name);
        match self.constants.iter().find(|(name, _)| !is_known(name)) {
            Some(_) => invalid(format!("{title} has no constant of the name that is given")),
            None => Ok(()),
        }
    }

    /// The origin without a `/` at its end.
    fn checked_origin(&self, origin: &str) -> Result<String, Error> {
        let invalid = |message: String| Err(Error::new(ErrorCode::InvalidScheme, message));
        if !self.scheme.signs_request() {
            let title = self.scheme.title();
            return invalid(format!("the origin would do nothing: {title} signs no address"));
        }
        let origin = origin.strip_suffix('/').unwrap_or(origin);
        let host = origin.split_once("://").map_or("", |(_, host)| host);
        if !address::is_whole(origin) || host.contains(['/', '?', '#', ' ', '@']) {
            return invalid(
                "the origin must be a scheme, a host and perhaps a port, such as \
                 `https://hooks.example.com`"
                    .to_owned(),
            );
        }
        Ok(origin.to_owned())
    }

    pub(crate) fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Returns the tolerance: the scheme's own if none was set.
    pub(crate) fn tolerance_or_default(&self) -> Duration {
        let own = self.scheme.compiled().timestamp.as_ref().map(|rule| rule.tolerance);
        self.tolerance.or(own).unwrap_or_default()
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.clock)()
    }
}

impl fmt::Debug for WebhookBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookBuilder")
            .field("provider", &self.scheme.name())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}
