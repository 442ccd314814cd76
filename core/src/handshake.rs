//! Answers to a sender that asks whether an endpoint is the receiver's.

use hookseal_json::{RawString, quoted};

use crate::address;
use crate::headers::Headers;
use crate::mac::{Digest, Keyed};
use crate::request::Request;
use crate::scheme::{Answer, Handshake, RequestPlace};
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

/// An answer to a handshake: respond with it and the status 200, and with the header
/// `X-Content-Type-Options: nosniff`, for it repeats what the sender sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandshakeAnswer {
    content_type: &'static str,
    body: String,
}

impl HandshakeAnswer {
    /// Returns the value of the header `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Returns the response's body.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
}

/// The longest challenge that is answered, in bytes.
const LONGEST: usize = 256;

impl Webhook {
    /// Returns the answer to a sender that asks whether the endpoint is yours; `None` for any other
    /// request, which is a delivery.
    ///
    /// Call it before [`verify`](Self::verify), for every request, also with the method `GET`, if
    /// [`Scheme::has_handshake`](crate::Scheme::has_handshake). `head` needs the request's method
    /// and address. Where the sender signs the question or sends a token, that is checked first.
    ///
    /// ```
    /// use hookseal::{RequestHead, Scheme, Webhook};
    ///
    /// let scheme = Scheme::parse(
    ///     r#"name = "sender"
    ///     event.type = { pointer = "/type" }
    ///     constants.verify_token = "the token that you chose for the endpoint"
    ///     [[signature]]
    ///     header = "X-Signature"
    ///     algorithm = "hmac-sha256"
    ///     encoding = "hex"
    ///     content = "{body}"
    ///     [[handshake]]
    ///     method = "GET"
    ///     signed = false
    ///     when = { query = "hub.mode", equals = "subscribe" }
    ///     token = { query = "hub.verify_token", constant = "verify_token" }
    ///     challenge = { query = "hub.challenge" }
    ///     text = "{challenge}""#,
    /// )?;
    /// let webhook = Webhook::builder(scheme).constant("verify_token", "mine").build(["secret"])?;
    /// let url = "/in?hub.mode=subscribe&hub.verify_token=mine&hub.challenge=1158201444";
    /// let headers: [(&str, &str); 0] = [];
    /// let head = RequestHead::new(&headers).method("GET").url(url);
    /// let answer = webhook.handshake("", &head)?.expect("it is a handshake");
    /// assert_eq!((answer.content_type(), answer.body()), ("text/plain", "1158201444"));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`verify`](Self::verify), if the question is signed; [`ErrorCode::SignatureMismatch`] if
    /// its token is wrong; [`ErrorCode::InvalidPayload`] if it has no challenge that can be
    /// answered; [`ErrorCode::InvalidScheme`] if the webhook was not given the token.
    pub fn handshake(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        head: &(impl Headers + ?Sized),
    ) -> Result<Option<HandshakeAnswer>, Error> {
        let body = body.as_ref();
        let method = head.method().unwrap_or("POST");
        let mut asked = self.scheme.compiled().handshakes.iter();
        let asked = asked.find(|handshake| {
            handshake.method.eq_ignore_ascii_case(method) && self.is_asked(handshake, body, head)
        });
        let Some(handshake) = asked else { return Ok(None) };
        if handshake.is_signed {
            self.check_signature(body, head)?;
        }
        self.check_token(handshake, body, head)?;
        let challenge = self.at(&handshake.challenge, body, head);
        let allowed = |byte: u8| match handshake.mac {
            // What the check of the borders knows of it.
            Some(_) => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            None => matches!(byte, b' '..=b'~') && !b"<>&\"'`".contains(&byte),
        };
        let challenge = challenge
            .filter(|text| (1..=LONGEST).contains(&text.len()) && text.bytes().all(allowed));
        match challenge {
            Some(challenge) => Ok(Some(self.answer(handshake, &challenge))),
            None => Err(Error::new(
                ErrorCode::InvalidPayload,
                format!(
                    "{} asks whether the endpoint is yours, but with no challenge of plain characters, \
                     at most {LONGEST}, that could be answered",
                    self.scheme.title()
                ),
            )),
        }
    }

    fn is_asked(&self, handshake: &Handshake, body: &[u8], head: &(impl Headers + ?Sized)) -> bool {
        let found = self.at(&handshake.when, body, head);
        match &handshake.equals {
            Some(text) => found.as_ref() == Some(text),
            None => found.is_some(),
        }
    }

    fn check_token(
        &self,
        handshake: &Handshake,
        body: &[u8],
        head: &(impl Headers + ?Sized),
    ) -> Result<(), Error> {
        let Some((place, name)) = &handshake.token else { return Ok(()) };
        let title = self.scheme.title();
        let Some(own) = self.constant(name) else {
            return Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "{title} asks whether the endpoint is yours, and sends a token to be compared: \
                     {}",
                    self.surface.constant(name)
                ),
            ));
        };
        let given = self.at(place, body, head).unwrap_or_default();
        if Digest::of_token(given.as_bytes()).equals(&Digest::of_token(own.as_bytes())) {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::SignatureMismatch,
            format!(
                "{title} asks whether the endpoint is yours, but its token is not the constant \
                 `{name}`: either they differ, or somebody else asks"
            ),
        ))
    }

    fn at(
        &self,
        place: &RequestPlace,
        body: &[u8],
        head: &(impl Headers + ?Sized),
    ) -> Option<String> {
        match place {
            RequestPlace::Header(name) => {
                let request = Request::new(&self.scheme, head, body);
                let names = core::slice::from_ref(name);
                request.single(names).ok()?.map(|(_, value)| value.to_owned())
            }
            RequestPlace::Query(name) => address::parameter(head.url()?, name),
            RequestPlace::Pointer(pointer) => {
                let places = &self.scheme.compiled().handshake_places;
                let text = core::str::from_utf8(body).ok()?;
                let span = places.selector.places(text)?.get(places.get(pointer)?)?;
                let string = RawString::from_literal(text.get(span)?)?;
                Some(string.decode().into_owned())
            }
        }
    }

    fn answer(&self, handshake: &Handshake, challenge: &str) -> HandshakeAnswer {
        let mac = handshake.mac.and_then(|(algorithm, encoding)| {
            let key = self.key(algorithm)?;
            Some(encoding.encode(key.digest([challenge.as_bytes()].into_iter()).as_bytes()))
        });
        let mac = mac.unwrap_or_default();
        // The challenge holds no brace.
        let fill =
            |template: &str| template.replace("{mac}", &mac).replace("{challenge}", challenge);
        match &handshake.answer {
            Answer::Text(text) => HandshakeAnswer { content_type: "text/plain", body: fill(text) },
            Answer::Json(members) => {
                let member = |(name, text): &(String, String)| {
                    format!("{}:{}", quoted(name), quoted(&fill(text)))
                };
                let members: Vec<String> = members.iter().map(member).collect();
                let body = format!("{{{}}}", members.join(","));
                HandshakeAnswer { content_type: "application/json", body }
            }
        }
    }

    /// The first secret, made ready for an algorithm.
    fn key(&self, algorithm: crate::mac::Algorithm) -> Option<&Keyed> {
        let known = self.scheme.compiled().forms().find(|form| form.algorithm == algorithm)?;
        self.keys(known).find_map(|(_, key)| key.as_secret())
    }
}
