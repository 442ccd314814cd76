use core::hash::{Hash, Hasher};
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

/// A collection of a delivery's headers, in which they are looked up by name.
///
/// Implemented for pairs, maps, `http::HeaderMap` (feature `http`), and for `str`: a plain string
/// is taken for the value of the signature header.
pub trait Headers {
    /// Calls `found` with the name and the value of every header, names spelled as they arrived.
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8]));

    /// Calls `found` with every value of the header `name`.
    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        self.each(&mut |given, value| {
            if name.matches(given) {
                found(value);
            }
        });
    }

    /// Returns the value of the signature header, for a caller that has nothing else; `None`, the
    /// default, for a collection of named headers.
    fn signature(&self) -> Option<&[u8]> {
        None
    }

    /// Returns the request's method, such as `POST`; `None`, the default, if it is not known. Few
    /// senders sign it: see [`Scheme::signs_request`](crate::Scheme::signs_request).
    fn method(&self) -> Option<&str> {
        None
    }

    /// Returns the request's address, as [`RequestHead::url`] is given it; `None`, the default, if
    /// it is not known.
    fn url(&self) -> Option<&str> {
        None
    }
}

/// A request's headers together with its method and address, which some senders sign too.
///
/// ```
/// use hookseal::{RequestHead, Scheme, Webhook};
///
/// let scheme = Scheme::parse(
///     r#"{ "name": "sender", "event": { "type_required": false },
///          "signature": { "header": "X-Signature", "algorithm": "hmac-sha256",
///                         "encoding": "hex", "content": "{method} {path}\n{body}" } }"#,
/// )?;
/// let webhook = Webhook::builder(scheme).build(["secret"])?;
/// # let options = hookseal::SignOptions::new().method("POST").url("/webhooks?tenant=1");
/// # let headers = webhook.sign("{}", &options)?;
/// let head = RequestHead::new(&headers).method("POST").url("/webhooks?tenant=1");
/// assert!(webhook.verify("{}", &head).is_ok());
/// # Ok::<(), hookseal::Error>(())
/// ```
#[derive(Debug)]
pub struct RequestHead<'r, H: ?Sized> {
    headers: &'r H,
    method: Option<&'r str>,
    url: Option<&'r str>,
}

impl<H: ?Sized> Clone for RequestHead<'_, H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<H: ?Sized> Copy for RequestHead<'_, H> {}

impl<'r, H: Headers + ?Sized> RequestHead<'r, H> {
    /// Creates the head of a request whose method and address are not known.
    #[must_use]
    pub fn new(headers: &'r H) -> Self {
        Self { headers, method: None, url: None }
    }

    /// Sets the request's method, such as `POST`, if it is known.
    #[must_use]
    pub fn method(mut self, method: impl Into<Option<&'r str>>) -> Self {
        self.method = method.into();
        self
    }

    /// Sets the request's address: the whole URL that the sender called, or only its path and query
    /// if the webhook has an [`origin`](crate::WebhookBuilder::origin) or the scheme signs no more.
    ///
    /// Behind a proxy, what a framework takes for the URL is often not what the sender called.
    #[must_use]
    pub fn url(mut self, url: impl Into<Option<&'r str>>) -> Self {
        self.url = url.into();
        self
    }
}

impl<H: Headers + ?Sized> Headers for RequestHead<'_, H> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        self.headers.each(found);
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        self.headers.each_value(name, found);
    }

    fn signature(&self) -> Option<&[u8]> {
        self.headers.signature()
    }

    fn method(&self) -> Option<&str> {
        self.method.or_else(|| self.headers.method())
    }

    fn url(&self) -> Option<&str> {
        self.url.or_else(|| self.headers.url())
    }
}

/// The name of a header that a scheme reads. Names that differ only in case are equal.
#[derive(Clone, Debug)]
pub struct HeaderName {
    name: String,
    cgi: String,
}

/// What CGI puts before the names of headers.
const CGI_PREFIX: &str = "HTTP_";

/// The headers that CGI names without it (RFC 3875, section 4.1).
const CGI_UNPREFIXED: [&str; 2] = ["CONTENT_LENGTH", "CONTENT_TYPE"];

impl HeaderName {
    /// Returns the header with this name, or `None` if HTTP does not allow the name.
    pub(crate) fn new(name: &str) -> Option<Self> {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            return None;
        }
        let upper = name.to_ascii_uppercase().replace('-', "_");
        let is_unprefixed = CGI_UNPREFIXED.contains(&upper.as_str());
        let cgi = if is_unprefixed { upper } else { CGI_PREFIX.to_owned() + &upper };
        Some(Self { name: name.to_owned(), cgi })
    }

    /// Returns the name as the provider spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Returns the name as CGI, WSGI and PHP's `$_SERVER` spell it, such as `HTTP_X_KASKO_EVENT`.
    #[must_use]
    pub fn as_cgi(&self) -> &str {
        &self.cgi
    }

    /// Returns `true` if `given` is this header's name, in any case, or as CGI and WSGI spell it
    /// (`HTTP_X_KASKO_EVENT`).
    #[inline]
    #[must_use]
    pub fn matches(&self, given: &[u8]) -> bool {
        // Most of a request's headers are passed over by their length alone.
        given.len() == self.name.len() && given.eq_ignore_ascii_case(self.name.as_bytes())
            || given.len() == self.cgi.len() && self.matches_cgi(given)
    }

    /// Returns `true` if `given` is this header's name with `_` for `-`, which some frameworks
    /// write and HTTP does not mean.
    pub(crate) fn matches_underscored(&self, given: &[u8]) -> bool {
        self.name.contains('-')
            && given.len() == self.name.len()
            && is_underscored(given, &self.name)
    }

    /// Returns the two lengths, in bytes, that a matching name can have: a quick way to skip the
    /// others. See [`matches`](Self::matches).
    #[must_use]
    pub fn lengths(&self) -> [usize; 2] {
        [self.name.len(), self.cgi.len()]
    }

    fn matches_cgi(&self, given: &[u8]) -> bool {
        // As it is always written, or else by the letter.
        given == self.cgi.as_bytes()
            || given.starts_with(CGI_PREFIX.as_bytes())
                && given.eq_ignore_ascii_case(self.cgi.as_bytes())
    }
}

/// Returns `true` if `given` is `name` with `_` for `-`, as far as the shorter of the two goes.
fn is_underscored(given: &[u8], name: &str) -> bool {
    given.iter().zip(name.bytes()).all(|(given, own)| match own {
        b'-' => *given == b'_',
        _ => given.eq_ignore_ascii_case(&own),
    })
}

impl PartialEq for HeaderName {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name || self.name.eq_ignore_ascii_case(&other.name)
    }
}

impl Eq for HeaderName {}

impl Hash for HeaderName {
    fn hash<S: Hasher>(&self, state: &mut S) {
        for byte in self.name.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xff);
    }
}

impl<H: Headers + ?Sized> Headers for &H {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        (**self).each(found);
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        (**self).each_value(name, found);
    }

    fn signature(&self) -> Option<&[u8]> {
        (**self).signature()
    }

    fn method(&self) -> Option<&str> {
        (**self).method()
    }

    fn url(&self) -> Option<&str> {
        (**self).url()
    }
}

impl Headers for str {
    fn each<'h>(&'h self, _: &mut dyn FnMut(&'h [u8], &'h [u8])) {}

    fn signature(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}

impl Headers for String {
    fn each<'h>(&'h self, _: &mut dyn FnMut(&'h [u8], &'h [u8])) {}

    fn signature(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}

/// All pairs of a collection. Where a name is looked up, nothing but a value that is found goes
/// through a function pointer: a request has many headers, and a scheme reads few.
macro_rules! pairs {
    ($headers:ident => $pairs:expr) => {
        fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
            let $headers = self;
            for (given, value) in $pairs {
                found(given.as_ref(), value.as_ref());
            }
        }

        fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
            let $headers = self;
            for (given, value) in $pairs {
                if name.matches(given.as_ref()) {
                    found(value.as_ref());
                }
            }
        }
    };
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Headers for [(N, V)] {
    pairs!(headers => headers.iter().map(|(given, value)| (given, value)));
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>, const LEN: usize> Headers for [(N, V); LEN] {
    pairs!(headers => headers.iter().map(|(given, value)| (given, value)));
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Headers for Vec<(N, V)> {
    pairs!(headers => headers.iter().map(|(given, value)| (given, value)));
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>, S: BuildHasher> Headers for HashMap<N, V, S> {
    pairs!(headers => headers.iter());
}

impl<N: AsRef<[u8]>, V: AsRef<[u8]>> Headers for BTreeMap<N, V> {
    pairs!(headers => headers.iter());
}

#[cfg(feature = "http")]
impl<V: AsRef<[u8]>> Headers for http::HeaderMap<V> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        for (given, value) in self {
            found(given.as_str().as_bytes(), value.as_ref());
        }
    }

    fn each_value<'h>(&'h self, name: &HeaderName, found: &mut dyn FnMut(&'h [u8])) {
        for value in self.get_all(name.as_str()) {
            found(value.as_ref());
        }
    }
}
