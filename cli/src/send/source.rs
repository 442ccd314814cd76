//! The source of requests: a message that is signed each time, or a saved delivery.

use std::time::SystemTime;

use hookseal::{Event, Field, Headers as _, Scheme, SignOptions, Webhook};

use super::random;
use super::request::Request;
use crate::args::OptionArgs;
use crate::failure::Failure;
use crate::input::{Delivery, RequestLine};

/// The name and the value of a header.
pub(super) type Header = (String, Vec<u8>);

/// A delivery that can be made a request of again and again.
pub(super) struct RequestSource {
    pub(super) content: Content,
    /// The user's own headers, which replace others of their names.
    pub(super) headers: Vec<Header>,
}

/// A saved delivery, or a message to sign.
pub(super) enum Content {
    /// Sent as it is.
    Saved(Delivery),
    /// Signed whenever it is sent.
    Signed(Box<Signed>),
}

/// A message, and what its signing needs.
pub(super) struct Signed {
    pub(super) webhook: Webhook,
    /// What the webhook has been given besides.
    pub(super) options: OptionArgs,
    /// The secrets that the webhook has.
    pub(super) secrets: Vec<Vec<u8>>,
    pub(super) message: Message,
    /// The headers that signing does not make.
    pub(super) headers: Vec<Header>,
    /// `true` if the message is made up, so that it may have another id each time.
    pub(super) is_sample: bool,
}

/// A message of the sender's, without its signature.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) body: Vec<u8>,
    pub(super) event_type: Option<String>,
    pub(super) id: Option<String>,
    /// The request that it is sent with.
    pub(super) line: RequestLine,
    /// The headers that signing does not make, which may be signed too.
    pub(super) headers: Vec<(String, String)>,
    /// The sender's private key, where it signs with one.
    pub(super) private_key: Option<PrivateKey>,
}

/// A private key, which nothing shows.
#[derive(Clone)]
pub(super) struct PrivateKey(pub(super) String);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey")
    }
}

impl RequestSource {
    /// Makes the request that is sent now.
    pub(super) fn request(&self) -> Result<Request, Failure> {
        match &self.content {
            Content::Saved(saved) => {
                self.with_own_headers(Request::new(&saved.headers, saved.body.clone())?)
            }
            Content::Signed(signed) => self.signed(signed, &signed.message),
        }
    }

    /// Makes the request of a further delivery, with an id of its own if the message is a sample.
    pub(super) fn another(&self) -> Result<Request, Failure> {
        match &self.content {
            Content::Signed(signed) if signed.is_sample => {
                self.signed(signed, &signed.message.renewed(signed.webhook.scheme()))
            }
            _ => self.request(),
        }
    }

    /// Makes a request with a body and headers that need not be right.
    pub(super) fn request_of(
        &self,
        signed: &Signed,
        body: Vec<u8>,
        headers: &[(String, String)],
    ) -> Result<Request, Failure> {
        let mut request = Request::new(&signed.headers, body)?;
        for (name, value) in headers {
            request.put(name, value.as_bytes())?;
        }
        self.with_own_headers(request)
    }

    fn signed(&self, signed: &Signed, message: &Message) -> Result<Request, Failure> {
        let now = SystemTime::now();
        let message = message.at(signed.webhook.scheme(), now);
        let headers = message.sign(&signed.webhook, now)?;
        self.request_of(signed, message.body, &headers)
    }

    fn with_own_headers(&self, mut request: Request) -> Result<Request, Failure> {
        for (name, value) in &self.headers {
            request.put(name, value)?;
        }
        Ok(request)
    }
}

/// Signs a delivery anew at a moment, with the webhook's first secret.
pub(crate) fn resigned(
    webhook: &Webhook,
    delivery: Delivery,
    line: RequestLine,
    at: SystemTime,
) -> Result<Delivery, Failure> {
    let scheme = webhook.scheme();
    let (mut message, others) = Message::of(scheme, delivery.decoded()?);
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    message.line = line;
    message.headers = others.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    let message = message.at(scheme, at);
    let made = message.sign(webhook, at)?;
    let is_made = |name: &str| made.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    // How the body was transferred is said anew.
    let is_framing = |name: &str| ["content-length", "transfer-encoding"].contains(&name);
    let mut headers = others;
    headers.retain(|(name, _)| !is_made(name) && !is_framing(&name.to_ascii_lowercase()));
    headers.extend(made.into_iter().map(|(name, value)| (name, value.into_bytes())));
    Ok(Delivery { body: message.body, headers })
}

impl Message {
    /// Makes a message of which nothing is known but what it says itself.
    pub(super) fn new(body: Vec<u8>, event_type: Option<String>, id: Option<String>) -> Self {
        let (line, headers) = (RequestLine::default(), Vec::new());
        Self { body, event_type, id, line, headers, private_key: None }
    }

    /// Takes a saved delivery apart: its message, and the headers that signing does not make.
    pub(super) fn of(scheme: &Scheme, saved: Delivery) -> (Self, Vec<Header>) {
        let text = |field| {
            let mut found = None;
            for name in scheme.field_headers(field) {
                saved.headers.each_value(name, &mut |value| {
                    let text = || String::from_utf8_lossy(value).into_owned();
                    found = found.take().or_else(|| Some(text()));
                });
            }
            found
        };
        let (event_type, id) = (text(Field::Type), text(Field::Id));
        let made = || {
            let fields = [Field::Type, Field::Id].into_iter();
            scheme.signature_headers().chain(fields.flat_map(|field| scheme.field_headers(field)))
        };
        let signing = |name: &str| made().any(|header| header.matches(name.as_bytes()));
        let headers = saved.headers.into_iter().filter(|(name, _)| !signing(name)).collect();
        (Self::new(saved.body, event_type, id), headers)
    }

    /// Gives the message as its sender writes it at a moment, where its body says when that was.
    pub(super) fn at(&self, scheme: &Scheme, moment: SystemTime) -> Self {
        let body = scheme.with_timestamp(&self.body, moment);
        Self { body: body.unwrap_or_else(|| self.body.clone()), ..self.clone() }
    }

    /// Signs it at a moment, and gives the headers.
    pub(super) fn sign(
        &self,
        webhook: &Webhook,
        at: SystemTime,
    ) -> Result<Vec<(String, String)>, hookseal::Error> {
        let mut options = SignOptions::new().timestamp(at);
        if let Some(event_type) = &self.event_type {
            options = options.event_type(event_type);
        }
        if let Some(id) = &self.id {
            options = options.id(id);
        }
        if let Some(method) = &self.line.method {
            options = options.method(method);
        }
        if let Some(url) = &self.line.url {
            options = options.url(url);
        }
        let headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        options = options.headers(&headers);
        if let Some(PrivateKey(key)) = &self.private_key {
            options = options.private_key(key);
        }
        webhook.sign(&self.body, &options)
    }

    /// Verifies a body with headers that signing made, or a forger, as a receiver does.
    pub(super) fn verify<'b>(
        &self,
        webhook: &Webhook,
        body: &'b [u8],
        headers: &[(String, String)],
    ) -> Result<Event<'b>, hookseal::Error> {
        let all: Vec<&(String, String)> = headers.iter().chain(&self.headers).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        webhook.verify(body, &self.line.head(&all))
    }

    /// Gives the same message with another id, wherever that stands.
    pub(super) fn renewed(&self, scheme: &Scheme) -> Self {
        let Some(id) = self.id.as_deref().map(random::like) else { return self.clone() };
        let body = scheme.with_field(&self.body, Field::Id, &id);
        Self { body: body.unwrap_or_else(|| self.body.clone()), id: Some(id), ..self.clone() }
    }
}
