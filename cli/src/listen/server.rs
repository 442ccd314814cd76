//! Accepts connections, as many as it can serve, and none for ever.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::Semaphore;

use super::app::App;
use super::guard::Guard;
use super::page;
use super::receive::receive;
use super::write_limit::WriteLimit;
use crate::failure::Failure;

/// The number of connections that are served at once; further ones wait.
const CONNECTIONS: usize = 256;
/// The number of connections that may wait to be accepted.
const BACKLOG: u32 = 1024;
/// The memory for what is written to one connection and not read yet, in bytes.
const SEND_BUFFER: u32 = 128 << 10;
/// The longest request line and headers.
const LONGEST_HEAD: usize = 64 << 10;
/// The time for which connections may go on when it is to end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// The kind of requests that are served on a port.
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
    pub(super) fn open(address: SocketAddr, serves: Serves) -> Result<Self, Failure> {
        let failed = |error| Failure::io(format_args!("cannot listen on {address}"), &error);
        let listener = listen(address).map_err(|error| {
            if error.kind() == io::ErrorKind::AddrInUse {
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

    /// Gives the address as a URL. What listens on every address is reached on this machine's own.
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
            let local = stream.local_addr().unwrap_or(self.address).ip();
            let stream = WriteLimit::new(stream, app.timeout);
            let state = Arc::clone(&app);
            let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                answer(Arc::clone(&state), serves, local, request.map(Body::new))
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
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, graceful.shutdown()).await;
    }
}

/// Listens as `TcpListener::bind` does, and bounds what the kernel keeps for who does not read.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

async fn answer(
    app: Arc<App>,
    serves: Serves,
    local: IpAddr,
    request: Request<Body>,
) -> Result<Response<Body>, Infallible> {
    let guard = Guard::new(local, &app.allowed_hosts);
    let is_page = serves != Serves::Deliveries && page::is_for(&request);
    Ok(match serves {
        _ if is_page => page::answer(&app, guard, &request),
        Serves::Page => page::nothing_else(),
        Serves::Deliveries | Serves::Both => receive(Arc::clone(&app), guard, request).await,
    })
}
