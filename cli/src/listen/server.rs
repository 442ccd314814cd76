//! Accepts connections, as many as it can serve, and none for ever.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::App;
use super::page::{self, Guard};
use super::receive::receive;
use crate::failure::Failure;

/// How many connections are served at once; further ones wait.
const CONNECTIONS: usize = 256;
/// The longest request line and headers.
const LONGEST_HEAD: usize = 64 << 10;
/// How long connections may go on when it is to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// What is served on a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    Deliveries,
    Page,
    Both,
}

/// A port, and what is served on it.
#[derive(Debug)]
pub(super) struct Port {
    listener: TcpListener,
    pub(super) address: SocketAddr,
    serves: Serves,
}

impl Port {
    pub(super) async fn open(address: SocketAddr, serves: Serves) -> Result<Self, Failure> {
        let failed = |error| Failure::io(format_args!("cannot listen on {address}"), &error);
        let listener = TcpListener::bind(address).await.map_err(|error| {
            if error.kind() == std::io::ErrorKind::AddrInUse {
                return Failure::network(format!(
                    "another program listens on {address}: stop it, or give another `--port`; \
                     0 takes a free one"
                ));
            }
            failed(error)
        })?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address, serves })
    }

    /// The address as a URL. What listens on every address is reached on this machine's own.
    pub(super) fn url(&self) -> String {
        let port = self.address.port();
        match self.address {
            address if address.ip().is_unspecified() => format!("http://127.0.0.1:{port}/"),
            address => format!("http://{address}/"),
        }
    }

    /// Serves until it is to end, and then until what was begun is answered.
    pub(super) async fn serve(self, app: Arc<App>) {
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let graceful = GracefulShutdown::new();
        let guard = Guard::new(self.address.ip());
        let asked = app.stop.asked();
        tokio::pin!(asked);
        loop {
            let accepted = async {
                let permit = Arc::clone(&connections).acquire_owned().await;
                (permit, self.listener.accept().await)
            };
            let (permit, stream) = tokio::select! {
                accepted = accepted => accepted,
                () = &mut asked => break,
            };
            let Ok((stream, _)) = stream else {
                // Such as too many open files: there will be fewer.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let _ = stream.set_nodelay(true);
            let serves = self.serves;
            let state = Arc::clone(&app);
            let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                answer(Arc::clone(&state), serves, guard, request.map(Body::new))
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(app.timeout)
                .max_buf_size(LONGEST_HEAD)
                .preserve_header_case(true)
                .serve_connection(TokioIo::new(stream), service);
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                // A connection that breaks concerns its sender: a delivery on it is told of.
                let _ = connection.await;
                drop(permit);
            });
        }
        drop(self.listener);
        let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    }
}

async fn answer(
    app: Arc<App>,
    serves: Serves,
    guard: Guard,
    request: Request<Body>,
) -> Result<Response<Body>, Infallible> {
    let is_page = serves != Serves::Deliveries && page::is_for(&request);
    Ok(match serves {
        _ if is_page => page::answer(&app, guard, &request),
        Serves::Page => page::nothing_else(),
        Serves::Deliveries | Serves::Both => receive(app, request).await,
    })
}
