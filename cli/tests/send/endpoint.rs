//! Endpoints that do what a test wants, with the core to verify what comes.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hookseal::{Scheme, Webhook};

use crate::support::SECRET;

/// What an endpoint does with a delivery.
pub(crate) enum Action {
    /// Answers at once.
    Answer(u16),
    /// Answers with words.
    Say(u16, String),
    /// Never answers, and keeps the connection.
    Never,
    /// Sends it elsewhere.
    Redirect(u16, String),
}

/// A delivery that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What the core makes of it.
    pub(crate) verified: Result<Seen, &'static str>,
}

/// A verified event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) event_type: String,
    pub(crate) id: Option<String>,
    pub(crate) dedupe_key: String,
}

impl Arrival {
    pub(crate) fn seen(&self) -> &Seen {
        self.verified.as_ref().unwrap_or_else(|code| panic!("it does not verify: {code}"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

type Decide = dyn Fn(usize, &Arrival) -> Action + Send + Sync;

/// A server on this machine, for as long as the test runs.
pub(crate) struct Endpoint {
    pub(crate) address: SocketAddr,
    arrivals: Arc<Mutex<Vec<Arrival>>>,
}

struct Behaviour {
    webhook: Webhook,
    decide: Box<Decide>,
    arrivals: Arc<Mutex<Vec<Arrival>>>,
}

impl Endpoint {
    /// Verifies as a provider's receiver, and does what is decided from how many came before.
    pub(crate) fn start(
        provider: &str,
        decide: impl Fn(usize, &Arrival) -> Action + Send + Sync + 'static,
    ) -> Self {
        let webhook = Webhook::new(provider, [SECRET]).unwrap();
        Self::with(webhook, decide, |router, listener| {
            Box::pin(async { axum::serve(listener, router).await.unwrap() })
        })
    }

    /// Answers as a receiver should: 204 to what verifies, and the core's status to the rest.
    pub(crate) fn honest(provider: &str) -> Self {
        Self::start(provider, |_, arrival| honest(arrival))
    }

    /// A receiver with another webhook, served in another way.
    pub(crate) fn with(
        webhook: Webhook,
        decide: impl Fn(usize, &Arrival) -> Action + Send + Sync + 'static,
        serve: impl FnOnce(
            Router,
            tokio::net::TcpListener,
        ) -> std::pin::Pin<Box<dyn Future<Output = ()>>>
        + Send
        + 'static,
    ) -> Self {
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let behaviour =
            Behaviour { webhook, decide: Box::new(decide), arrivals: Arc::clone(&arrivals) };
        let router = Router::new().fallback(receive).with_state(Arc::new(behaviour));
        let (ready, address) = mpsc::channel();
        thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(listener.local_addr().unwrap()).unwrap();
                serve(router, listener).await;
            });
        });
        Self { address: address.recv().unwrap(), arrivals }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/webhooks", self.address)
    }

    /// Everything that has arrived so far.
    pub(crate) fn arrivals(&self) -> Vec<Arrival> {
        self.arrivals.lock().unwrap().clone()
    }

    /// The only thing that has arrived.
    pub(crate) fn arrival(&self) -> Arrival {
        let mut all = self.arrivals();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }
}

/// What a receiver should do.
pub(crate) fn honest(arrival: &Arrival) -> Action {
    match &arrival.verified {
        Ok(_) => Action::Answer(204),
        Err("invalid_payload") => Action::Answer(400),
        Err(_) => Action::Answer(401),
    }
}

async fn receive(
    State(behaviour): State<Arc<Behaviour>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let verified = match behaviour.webhook.verify(&body, &headers) {
        Ok(event) => Ok(Seen {
            event_type: event.event_type().to_owned(),
            id: event.id().map(str::to_owned),
            dedupe_key: event.dedupe_key(),
        }),
        Err(error) => Err(error.code().as_str()),
    };
    let arrival = Arrival { headers, body, verified };
    let before = {
        let mut arrivals = behaviour.arrivals.lock().unwrap();
        arrivals.push(arrival.clone());
        arrivals.len() - 1
    };
    let status = |code| StatusCode::from_u16(code).unwrap();
    match (behaviour.decide)(before, &arrival) {
        Action::Answer(code) => status(code).into_response(),
        Action::Say(code, text) => (status(code), text).into_response(),
        Action::Never => std::future::pending().await,
        Action::Redirect(code, to) => (status(code), [("location", to)]).into_response(),
    }
}

/// A server that reads every request and closes the connection without an answer.
pub(crate) fn hanging_up() -> SocketAddr {
    answering(b"")
}

/// A server that reads every request, writes these bytes and closes the connection.
pub(crate) fn answering(bytes: &'static [u8]) -> SocketAddr {
    use std::io::{Read as _, Write as _};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let _ = stream.read(&mut head);
            let _ = stream.write_all(bytes);
        }
    });
    address
}

/// A server that answers each request with the bytes for its number, and closes the connection.
pub(crate) fn answering_by_number(answer: fn(usize) -> &'static [u8]) -> SocketAddr {
    use std::io::{Read as _, Write as _};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            thread::spawn(move || {
                let (mut request, mut part) = (Vec::new(), [0; 4096]);
                // What is not read when the connection is closed would take the answer with it.
                while !is_whole(&request) {
                    let length = stream.read(&mut part).unwrap();
                    request.extend_from_slice(&part[..length]);
                }
                let _ = stream.write_all(answer(number));
            });
        }
    });
    address
}

/// Returns `true` if a request with a `Content-Length` is there to its end.
fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|end| end == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    request.len() >= end + 4 + length.parse::<usize>().unwrap()
}

/// An address at which nothing listens.
pub(crate) fn nobody() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A scheme of nobody's.
pub(crate) fn own_scheme() -> (&'static str, Scheme) {
    let text = r#"{
        "name": "paddle",
        "title": "Paddle",
        "signature": {
            "header": "Paddle-Signature", "algorithm": "hmac-sha256", "encoding": "hex",
            "layout": "pairs", "separator": ";", "timestamp_key": "ts", "signature_key": "h1",
            "content": "{timestamp}:{body}"
        },
        "timestamp": {"unit": "seconds", "tolerance": 5},
        "event": {
            "type": {"pointer": "/event_type"}, "id": {"pointer": "/event_id"},
            "data": {"pointer": "/data"}
        }
    }"#;
    (text, Scheme::parse(text).unwrap())
}
