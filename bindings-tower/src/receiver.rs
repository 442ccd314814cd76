//! A request, received up to what was signed; a sender's question is answered before.

use std::sync::Arc;

use bytes::Bytes;
use hookseal::{Error, RequestHead, Webhook};
use http::{HeaderMap, Method, Request, request};
use http_body::Body;

use crate::address;
use crate::answer::Answer;
use crate::read::{self, BoxError};

/// What the layer and the inbox's service have in common.
#[derive(Clone, Debug)]
pub(crate) struct Receiver {
    pub(crate) webhook: Arc<Webhook>,
    pub(crate) max_body: usize,
    has_handshake: bool,
    /// Whether the address is needed, which few senders sign.
    needs_address: bool,
}

/// A delivery whose body was read.
pub(crate) struct Delivery {
    pub(crate) parts: request::Parts,
    pub(crate) body: Bytes,
    address: Option<String>,
}

impl Receiver {
    pub(crate) fn new(webhook: Arc<Webhook>) -> Self {
        let (max_body, scheme) = (webhook.max_body(), webhook.scheme());
        let has_handshake = scheme.has_handshake();
        let needs_address = has_handshake || scheme.signs_request();
        Self { webhook, max_body, has_handshake, needs_address }
    }

    /// Reads a delivery; the answer to what is none.
    pub(crate) async fn receive<B>(&self, request: Request<B>) -> Result<Delivery, Answer>
    where
        B: Body,
        B::Error: Into<BoxError>,
    {
        let is_post = request.method() == Method::POST;
        let may_ask = self.has_handshake && request.method() == Method::GET;
        if !is_post && !may_ask {
            return Err(Answer::method_not_allowed());
        }
        let (mut parts, body) = request.into_parts();
        let body = read::body(&mut parts, body, self.max_body).await?;
        let address = self.needs_address.then(|| address::of(&parts));
        let delivery = Delivery { parts, body, address };
        if self.has_handshake {
            match self.webhook.handshake(&delivery.body, &delivery.head()) {
                Ok(Some(answer)) => return Err(Answer::handshake(&answer)),
                Ok(None) if !is_post => return Err(Answer::method_not_allowed()),
                Ok(None) => {}
                Err(error) => return Err(refused(&error)),
            }
        }
        Ok(delivery)
    }
}

impl Delivery {
    /// The headers, with the method and the address.
    pub(crate) fn head(&self) -> RequestHead<'_, HeaderMap> {
        RequestHead::new(&self.parts.headers)
            .method(self.parts.method.as_str())
            .url(self.address.as_deref())
    }
}

pub(crate) fn refused(error: &Error) -> Answer {
    Answer::refused(error.http_status(), error.code().as_str(), error.message())
}
