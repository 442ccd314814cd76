//! Connections to the target, which must not be the listener itself.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::http::uri::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

/// Connects, and refuses connections that lead to the listener itself: by the address that was
/// reached, however it is spelt.
#[derive(Clone, Debug)]
pub(super) struct Connector {
    http: HttpConnector,
    listener: SocketAddr,
}

impl Connector {
    pub(super) fn new(listener: SocketAddr) -> Self {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        Self { http, listener }
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.http.poll_ready(context).map_err(io::Error::other)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = self.http.call(uri);
        let listener = self.listener;
        Box::pin(async move {
            let stream = connecting.await.map_err(io::Error::other)?;
            let reached = stream.inner().peer_addr()?;
            if leads_to(reached, listener) { Err(io::Error::other(Loop)) } else { Ok(stream) }
        })
    }
}

/// The error of a target that is the listener itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::listen) struct Loop;

impl fmt::Display for Loop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "`--forward` leads to the address that is listened on: deliveries would go round for \
             ever",
        )
    }
}

impl Error for Loop {}

/// Tells whether connections to an address are taken by this listener.
pub(super) fn leads_to(address: SocketAddr, listener: SocketAddr) -> bool {
    let (ip, own) = (address.ip().to_canonical(), listener.ip().to_canonical());
    address.port() == listener.port()
        && match (ip.is_unspecified(), own.is_unspecified()) {
            // No address is this machine's loopback.
            (true, false) => own.is_loopback(),
            (_, true) => ip.is_unspecified() || is_local(ip),
            // `localhost` means any of these.
            (false, false) => ip == own || (ip.is_loopback() && own.is_loopback()),
        }
}

/// Tells whether an address is one of this machine's: to no other can a socket be bound.
fn is_local(ip: IpAddr) -> bool {
    ip.is_loopback() || UdpSocket::bind((ip, 0)).is_ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use super::*;

    /// Whatever a name has meant before.
    #[tokio::test]
    async fn a_connection_to_the_listener_is_none() {
        let bind = || async { tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap() };
        let (listener, other) = (bind().await, bind().await);
        let mut connector = Connector::new(listener.local_addr().unwrap());
        let mut connect =
            |port: u16| connector.call(format!("http://localhost:{port}/").parse().unwrap());
        let error = connect(listener.local_addr().unwrap().port()).await.err().unwrap();
        assert!(error.get_ref().unwrap().is::<Loop>(), "{error}");
        assert!(connect(other.local_addr().unwrap().port()).await.is_ok());
    }

    #[test]
    fn an_address_is_the_listeners_however_it_is_written() {
        for (listener, address, leads) in [
            ("127.0.0.1:80", "127.0.0.1:80", true),
            ("127.0.0.1:80", "[::ffff:127.0.0.1]:80", true),
            ("127.0.0.1:80", "0.0.0.0:80", true),
            ("[::1]:80", "[::]:80", true),
            ("0.0.0.0:80", "127.8.9.1:80", true),
            ("[::]:80", "[::1]:80", true),
            ("[::]:80", "0.0.0.0:80", true),
            ("127.0.0.1:80", "127.0.0.1:81", false),
            ("127.0.0.1:80", "[::1]:80", true),
            ("192.0.2.7:80", "192.0.2.7:80", true),
            ("192.0.2.7:80", "127.0.0.1:80", false),
            ("0.0.0.0:80", "203.0.113.9:80", false),
            ("203.0.113.9:80", "0.0.0.0:80", false),
        ] {
            let is_same = leads_to(address.parse().unwrap(), listener.parse().unwrap());
            assert_eq!(is_same, leads, "{address} at {listener}");
        }
    }
}
