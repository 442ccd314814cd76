//! Accepts connections, as many as it can serve, and none for ever.

use std::convert::Infallible;
use std::future::Future;
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

use super::stop::Stop;
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

/// A port that is listened on.
#[derive(Debug)]
pub(crate) struct Port {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
}

impl Port {
    pub(crate) fn open(address: SocketAddr) -> Result<Self, Failure> {
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
        Ok(Self { listener, address })
    }

    /// Gives the address as a URL. What listens on every address is reached on this machine's own.
    pub(crate) fn url(&self) -> String {
        let port = self.address.port();
        match self.address {
            address if address.ip().is_unspecified() => format!("http://127.0.0.1:{port}/"),
            address => format!("http://{address}/"),
        }
    }

    /// Serves until it is to end, and then until what was begun is answered. A request is answered
    /// with the address of this machine that its connection was made to. Who does not send its head,
    /// or does not read the answer, within `timeout` is let go.
    pub(crate) async fn serve<A, F>(self, stop: Stop, timeout: Duration, answer: A)
    where
        A: Fn(Request<Body>, IpAddr) -> F + Clone + Send + 'static,
        F: Future<Output = Response<Body>> + Send + 'static,
    {
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let graceful = GracefulShutdown::new();
        let asked = stop.asked();
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
            let local = stream.local_addr().unwrap_or(self.address).ip();
            let stream = WriteLimit::new(stream, timeout);
            let answer = answer.clone();
            let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                let answered = answer(request.map(Body::new), local);
                async { Ok::<_, Infallible>(answered.await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(timeout)
                .max_buf_size(LONGEST_HEAD)
                .preserve_header_case(true)
                .serve_connection(TokioIo::new(stream), service);
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                // A connection that breaks concerns its other side: a delivery on it is told of.
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
