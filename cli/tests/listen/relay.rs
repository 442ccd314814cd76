//! A program that passes everything on to an address, byte for byte, as a tunnel does.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

pub(crate) struct Relay {
    pub(crate) address: SocketAddr,
    leads_to: Arc<OnceLock<SocketAddr>>,
    connections: Arc<AtomicUsize>,
}

impl Relay {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let leads_to = Arc::new(OnceLock::<SocketAddr>::new());
        let connections = Arc::new(AtomicUsize::new(0));
        let (target, count) = (Arc::clone(&leads_to), Arc::clone(&connections));
        thread::spawn(move || {
            for client in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                let client = client.unwrap();
                let server = TcpStream::connect(target.get().unwrap()).unwrap();
                pipe(client.try_clone().unwrap(), server.try_clone().unwrap());
                pipe(server, client);
            }
        });
        Self { address, leads_to, connections }
    }

    pub(crate) fn lead_to(&self, address: SocketAddr) {
        self.leads_to.set(address).unwrap();
    }

    /// The number of connections that were made to it.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn pipe(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
}
