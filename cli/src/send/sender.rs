//! Sends a letter and says what came back.

use std::time::Duration;

use reqwest::{Client, Response, StatusCode, Url, header};
use tokio::time::{Instant, timeout_at};

use super::args::TlsArgs;
use super::letter::Letter;
use super::trouble::Trouble;
use crate::failure::Failure;
use crate::network;

/// How much of an answer's body is looked at.
const EXCERPT: usize = 8 << 10;

/// How much of an answer's body is read so that its connection can be used again.
const DRAIN: usize = 1 << 20;

/// How long a connection may be idle and still be used again: shorter than servers keep one open,
/// so that none is closed while a delivery is on its way.
const IDLE: Duration = Duration::from_secs(1);

/// The way to one endpoint.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    client: Client,
    url: Url,
    timeout: Duration,
}

/// What came back.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    /// Until the answer began, or until there was none.
    pub(super) took: Duration,
    pub(super) answer: Result<Answer, Trouble>,
}

/// An answer of the endpoint's.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Where it points to, if it is a redirect.
    pub(super) location: Option<Vec<u8>>,
    /// The beginning of its body.
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|answer| answer.status.as_u16())
    }
}

impl Sender {
    /// Each delivery has a connection of its own, unless `pool` of them are kept.
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
        Ok(Self { client, url, timeout })
    }

    /// Sends it and reads the beginning of the answer.
    pub(super) async fn send(&self, letter: Letter) -> Reply {
        self.exchange(letter, EXCERPT).await
    }

    /// Sends it and reads the answer, so that the connection is free again.
    pub(super) async fn send_in_load(&self, letter: Letter) -> Reply {
        self.exchange(letter, DRAIN).await
    }

    async fn exchange(&self, letter: Letter, most: usize) -> Reply {
        let start = Instant::now();
        let deadline = start + self.timeout;
        let request =
            self.client.post(self.url.clone()).headers(letter.headers).body(letter.body).send();
        let response = match timeout_at(deadline, request).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                let answer = Err(Trouble::from_error(&error, &self.url));
                return Reply { took: start.elapsed(), answer };
            }
            Err(_) => {
                let answer = Err(Trouble::timeout(self.timeout));
                return Reply { took: start.elapsed(), answer };
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
        Reply { took, answer: Ok(Answer { status, location, body }) }
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
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        Ok(_) => Err(Failure::usage(
            "the URL must begin with `http://` or `https://`, as in http://localhost:3000/webhooks",
        )),
        Err(error) => Err(Failure::usage(format!("the URL cannot be read: {error}"))),
    }
}

/// The address without what in it may be a secret.
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
