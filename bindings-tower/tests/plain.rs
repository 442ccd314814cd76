//! The layer without a framework: a service of bytes.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use bytes::Bytes;
use hookseal::{SignOptions, Webhook};
use hookseal_tower::{VerifiedEvent, WebhookLayer};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use tower_layer::Layer as _;
use tower_service::Service;

/// Answers with the event's type; may be called only once it has said that it is ready.
#[derive(Clone)]
struct Typed {
    /// A clone is not ready, as one that has a permit of its own to get.
    is_ready: Readiness,
}

#[derive(PartialEq)]
struct Readiness(bool);

impl Clone for Readiness {
    fn clone(&self) -> Self {
        Self(false)
    }
}

impl Service<Request<Full<Bytes>>> for Typed {
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.is_ready = Readiness(true);
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Full<Bytes>>) -> Self::Future {
        assert!(self.is_ready.0, "it was called before it was ready");
        let event = request.extensions().get::<VerifiedEvent>().unwrap();
        let text = Bytes::copy_from_slice(event.event_type().as_bytes());
        ready(Ok(Response::new(Full::new(text))))
    }
}

#[tokio::test]
async fn an_event_is_among_the_extensions() {
    let webhook = Webhook::new("coverkit", ["whsec_1b6f2ae8d0444a349cc1f4c8"]).unwrap();
    let body = r#"{"id":"e1","type":"policy.created","data":{}}"#;
    let headers = webhook.sign(body, &SignOptions::new()).unwrap();
    let mut service = WebhookLayer::new(webhook).layer(Typed { is_ready: Readiness(false) });
    let mut answers = Vec::new();
    for sent in [body, "{}"] {
        let mut request = Request::post("/");
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(sent.as_bytes()))).unwrap();
        std::future::poll_fn(|context| service.poll_ready(context)).await.unwrap();
        let response = service.call(request).await.unwrap();
        let status = response.status().as_u16();
        answers.push((status, response.into_body().collect().await.unwrap().to_bytes()));
    }
    let expected = [(200, "policy.created"), (401, r#"{"error":"signature_mismatch"}"#)];
    assert_eq!(
        answers,
        expected.map(|(status, text)| (status, Bytes::from_static(text.as_bytes())))
    );
}
