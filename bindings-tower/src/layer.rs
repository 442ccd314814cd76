//! The layer that verifies.

use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hookseal::{Event, Webhook};
use http::{Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

use crate::answer::Answer;
use crate::event::VerifiedEvent;
use crate::read::BoxError;
use crate::receiver::{Delivery, Receiver, refused};

/// The authentic test events that are answered with 200 without the handler being called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Acknowledge {
    /// Those that only check that the endpoint works, such as `ClaimPort`'s `webhook.test`. Events
    /// about test data reach the handler, and [`Event::is_test`] is true.
    #[default]
    Checks,
    /// Every event with [`Event::is_test`], so that the handler gets only live ones.
    Tests,
    /// No event: the handler is called for all of them.
    None,
}

impl Acknowledge {
    fn answers(self, event: &Event<'_>) -> bool {
        match self {
            Self::Checks => event.is_check(),
            Self::Tests => event.is_test(),
            Self::None => false,
        }
    }
}

/// A layer that lets only deliveries that verify reach the service, with a [`VerifiedEvent`] among
/// the request's extensions.
///
/// The service gets the request with the body that was verified, whose `Content-Encoding` is undone.
/// Other deliveries are answered with the error's status and `{"error": code}`, methods other than
/// POST with 405, and bodies larger than the limit with 413. Senders that first ask whether the
/// endpoint is yours are answered; for those that ask by GET, route that to the layer too. Why a
/// delivery was refused is logged with `tracing`, under the target `hookseal`.
#[derive(Clone, Debug)]
pub struct WebhookLayer(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    receiver: Receiver,
    acknowledge: Acknowledge,
}

impl WebhookLayer {
    /// Returns the layer for a webhook.
    #[must_use]
    pub fn new(webhook: impl Into<Arc<Webhook>>) -> Self {
        let receiver = Receiver::new(webhook.into());
        Self(Arc::new(Settings { receiver, acknowledge: Acknowledge::default() }))
    }

    /// Sets the size, in bytes, of the largest body that is accepted; [`Webhook::max_body`] by
    /// default.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        Arc::make_mut(&mut self.0).receiver.max_body = bytes;
        self
    }

    /// Sets the test events that do not reach the service; [`Acknowledge::Checks`] by default.
    #[must_use]
    pub fn acknowledge(mut self, acknowledge: Acknowledge) -> Self {
        Arc::make_mut(&mut self.0).acknowledge = acknowledge;
        self
    }
}

impl<S> Layer<S> for WebhookLayer {
    type Service = WebhookService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WebhookService { inner, settings: Arc::clone(&self.0) }
    }
}

/// The service of a [`WebhookLayer`].
#[derive(Clone, Debug)]
pub struct WebhookService<S> {
    inner: S,
    settings: Arc<Settings>,
}

impl<S, B, R> Service<Request<B>> for WebhookService<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Body + From<Bytes> + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that is ready is called; its clone may not be.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let settings = Arc::clone(&self.settings);
        Box::pin(async move {
            match settings.receive(request).await {
                Ok(request) => inner.call(request).await,
                Err(answer) => Ok(answer.into_response()),
            }
        })
    }
}

impl Settings {
    /// Reads and verifies a delivery.
    async fn receive<B>(&self, request: Request<B>) -> Result<Request<B>, Answer>
    where
        B: Body + From<Bytes>,
        B::Error: Into<BoxError>,
    {
        let delivery = self.receiver.receive(request).await?;
        let event = self.receiver.webhook.verify(&delivery.body, &delivery.head());
        let event = event.map_err(|error| refused(&error))?.into_owned();
        if self.acknowledge.answers(&event) {
            return Err(Answer::acknowledged());
        }
        let Delivery { mut parts, body, .. } = delivery;
        parts.extensions.insert(VerifiedEvent(Arc::new(event)));
        Ok(Request::from_parts(parts, B::from(body)))
    }
}
