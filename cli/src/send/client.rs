//! The HTTP client: sends a request and gives the outcome.

use std::time::Duration;

use reqwest::{Response, StatusCode, Url, header};
use tokio::time::{Instant, timeout_at};

use super::args::TlsArgs;
use super::error::RequestError;
use super::request::Request;
use crate::failure::Failure;
use crate::input::with_scheme;
use crate::network;

/// The most of an answer's body that is kept.
const EXCERPT: usize = 8 << 10;

/// The most of an answer's body that is read so that its connection can be used again.
const DRAIN: usize = 1 << 20;

/// The time for which a connection may be idle and still be used again: shorter than servers keep
/// one open, so that none is closed while a delivery is on its way.
const IDLE: Duration = Duration::from_secs(1);

/// A client of one endpoint.
#[derive(Clone, Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    url: Url,
    timeout: Duration,
}

/// The outcome of a request: an answer, or why there was none.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The time until the answer began, or until it was clear that there is none.
    pub(super) took: Duration,
    pub(super) answer: Result<Answer, RequestError>,
}

/// An answer of the endpoint's.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// The value of `Location`, if it is a redirect.
    pub(super) location: Option<Vec<u8>>,
    /// The beginning of its body.
    pub(super) body: Vec<u8>,
}

impl Outcome {
    /// Tells whether there is an endpoint at all.
    pub(super) fn was_reached(&self) -> bool {
        self.answer.as_ref().map_or_else(|error| error.kind.is_reached(), |_| true)
    }

    /// Gives the status of the answer.
    pub(super) fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|answer| answer.status.as_u16())
    }
}

impl Client {
    /// Makes a client. Each delivery has a connection of its own, unless `pool` of them are kept.
    pub(super) fn new(
        url: Url,
        timeout: Duration,
        tls: &TlsArgs,
        pool: usize,
    ) -> Result<Self, Failure> {
        let mut builder = network::client(tls.cacert.as_deref())?;
        if url.scheme() == "http" {
            // Nobody has to be trusted, and so no system has to know whom.
            builder = builder.tls_certs_only([]);
        }
        let client = builder
            .tls_danger_accept_invalid_certs(tls.insecure)
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(pool)
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|_| {
                Failure::network(
                    "this system has no certificates of authorities to trust: install them (the \
                     package is often called ca-certificates), or name your own with `--cacert`",
                )
            })?;
        Ok(Self { http: client, url, timeout })
    }

    /// Sends a request and reads the beginning of the answer.
    pub(super) async fn send(&self, request: Request) -> Outcome {
        self.exchange(request, EXCERPT).await
    }

    /// Sends a request and reads the answer, so that the connection is free again.
    pub(super) async fn send_in_load(&self, request: Request) -> Outcome {
        self.exchange(request, DRAIN).await
    }

    async fn exchange(&self, request: Request, most: usize) -> Outcome {
        let start = Instant::now();
        let deadline = start + self.timeout;
        let request =
            self.http.post(self.url.clone()).headers(request.headers).body(request.body).send();
        let response = match timeout_at(deadline, request).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                let answer = Err(RequestError::from_error(&error, &self.url));
                return Outcome { took: start.elapsed(), answer };
            }
            Err(_) => {
                let answer = Err(RequestError::timeout(self.timeout));
                return Outcome { took: start.elapsed(), answer };
            }
        };
        let took = start.elapsed();
        let status = response.status();
        let location = response.headers().get(header::LOCATION);
        let location = location.map(|value| value.as_bytes().to_vec());
        // The answer is its status: a body that comes late or not at all changes nothing.
        let mut body = Vec::new();
        let _ = timeout_at(deadline, read(response, most, &mut body)).await;
        body.truncate(EXCERPT);
        Outcome { took, answer: Ok(Answer { status, location, body }) }
    }
}

async fn read(mut response: Response, most: usize, body: &mut Vec<u8>) {
    while body.len() < most
        && let Ok(Some(chunk)) = response.chunk().await
    {
        body.extend_from_slice(&chunk);
    }
}

/// Reads the endpoint's address.
pub(super) fn address(text: &str) -> Result<Url, Failure> {
    match Url::parse(&with_scheme(text, "the URL")?) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        Ok(_) => Err(Failure::usage(
            "the URL must begin with `http://` or `https://`, as in http://localhost:3000/webhooks",
        )),
        Err(error) => Err(Failure::usage(format!("the URL cannot be read: {error}"))),
    }
}

/// Writes the address as the sender of a webhook knows it, which some sign.
pub(super) fn called(url: &Url) -> String {
    let mut called = url.clone();
    // Only URLs without a host refuse these.
    let _ = called.set_password(None);
    let _ = called.set_username("");
    called.set_fragment(None);
    called.into()
}

/// Writes the address without what in it may be a secret.
pub(super) fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    // Only URLs without a host refuse these.
    let _ = shown.set_password(None);
    let _ = shown.set_username("");
    shown.set_query(None);
    shown.set_fragment(None);
    let query = if url.query().is_some() { "?…" } else { "" };
    format!("{shown}{query}")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use super::*;

    /// On a clock that stands still until nothing else is to be done, whatever the machine does.
    #[tokio::test(start_paused = true)]
    async fn an_answer_is_waited_for_as_long_as_the_sender_does_and_no_longer() {
        // It accepts connections and answers none.
        let endpoint = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = Url::parse(&format!("http://{}/", endpoint.local_addr().unwrap())).unwrap();
        let limit = Duration::from_secs(10);
        let tls = TlsArgs { cacert: None, insecure: false };
        let client = Client::new(url, limit, &tls, 0).unwrap();
        let outcome = client.send(Request::new(&[], b"{}".to_vec()).unwrap()).await;
        assert_eq!(outcome.answer.unwrap_err(), RequestError::timeout(limit));
        assert_eq!(outcome.took, limit);
    }
}
