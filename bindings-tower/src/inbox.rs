//! An inbox in place of a handler.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hookseal_sqlx::{Engine, Inbox, InboxError};
use http::{Request, Response, StatusCode};
use http_body::Body;
use http_body_util::Full;
use tower_service::Service;

use crate::answer::Answer;
use crate::read::BoxError;
use crate::receiver::Receiver;

/// A service that stores deliveries in an inbox, for a [`Worker`](hookseal_sqlx::Worker) to handle.
///
/// It answers 204 once the delivery is durable, and never with success before; else with the error's
/// status and `{"error": code}`, and with `Retry-After` where the sender should come again.
#[derive(Debug)]
pub struct InboxService<DB: Engine>(Arc<Settings<DB>>);

#[derive(Debug)]
struct Settings<DB: Engine> {
    inbox: Inbox<DB>,
    source: Option<String>,
    receiver: Receiver,
}

impl<DB: Engine> Clone for InboxService<DB> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<DB: Engine> InboxService<DB> {
    /// Returns the service that stores the deliveries of an inbox's only source.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`](hookseal_sqlx::InboxErrorCode::UnknownSource) if the inbox
    /// has several.
    pub fn new(inbox: Inbox<DB>) -> Result<Self, InboxError> {
        Self::of(inbox, None)
    }

    /// Returns the service that stores the deliveries of this source.
    ///
    /// # Errors
    /// [`InboxErrorCode::UnknownSource`](hookseal_sqlx::InboxErrorCode::UnknownSource) if the inbox
    /// has no such source.
    pub fn of_source(inbox: Inbox<DB>, source: impl Into<String>) -> Result<Self, InboxError> {
        Self::of(inbox, Some(source.into()))
    }

    fn of(inbox: Inbox<DB>, source: Option<String>) -> Result<Self, InboxError> {
        let receiver = Receiver::new(Arc::clone(inbox.webhook(source.as_deref())?));
        Ok(Self(Arc::new(Settings { inbox, source, receiver })))
    }

    /// Sets the size, in bytes, of the largest body that is accepted;
    /// [`Webhook::max_body`](hookseal::Webhook::max_body) by default.
    #[must_use]
    pub fn max_body(self, bytes: usize) -> Self {
        let Settings { inbox, source, receiver } = &*self.0;
        let mut receiver = receiver.clone();
        receiver.max_body = bytes;
        Self(Arc::new(Settings { inbox: inbox.clone(), source: source.clone(), receiver }))
    }
}

impl<DB, B> Service<Request<B>> for InboxService<DB>
where
    DB: Engine,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let settings = Arc::clone(&self.0);
        Box::pin(async move {
            Ok(match settings.store(request).await {
                Ok(()) => {
                    let mut response = Response::new(Full::default());
                    *response.status_mut() = StatusCode::NO_CONTENT;
                    response
                }
                Err(answer) => answer.into_response(),
            })
        })
    }
}

impl<DB: Engine> Settings<DB> {
    /// Reads a delivery, verifies and stores it.
    async fn store<B>(&self, request: Request<B>) -> Result<(), Answer>
    where
        B: Body,
        B::Error: Into<BoxError>,
    {
        let delivery = self.receiver.receive(request).await?;
        let source = self.source.as_deref();
        match self.inbox.receive(source, &delivery.body, &delivery.head()).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let answer = Answer::refused(error.http_status(), error.code(), error.message());
                Err(answer.retry_after(error.retry_after()))
            }
        }
    }
}
