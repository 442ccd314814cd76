//! A server that deliveries are passed on to: it notes what arrives, byte for byte.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

use super::kit::HANGS;

pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    requests: Receiver<Vec<u8>>,
    release: Sender<()>,
}

impl Target {
    /// Answers every request with these bytes.
    pub(crate) fn answering(answer: &'static str) -> Self {
        Self::start(move |mut stream, _| {
            let _ = stream.write_all(answer.as_bytes());
        })
    }

    /// Answers each request once it is released.
    pub(crate) fn waiting(answer: &'static str) -> Self {
        Self::start(move |mut stream, released| {
            if released.lock().unwrap().recv().is_ok() {
                let _ = stream.write_all(answer.as_bytes());
            }
        })
    }

    fn start(act: impl Fn(TcpStream, &Mutex<Receiver<()>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        let (release, released) = mpsc::channel();
        let shared = Arc::new((act, Mutex::new(released)));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, sender, shared) =
                    (stream.unwrap(), sender.clone(), Arc::clone(&shared));
                thread::spawn(move || {
                    let _ = sender.send(read(&stream));
                    let (act, released) = &*shared;
                    act(stream, released);
                });
            }
        });
        Self { address, requests, release }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The next request: its head, in lines, and its body.
    pub(crate) fn request(&self) -> (Vec<String>, Vec<u8>) {
        let request = self.requests.recv_timeout(HANGS).expect("it is passed on");
        let end = end_of_head(&request).unwrap();
        let head = String::from_utf8(request[..end].to_vec()).unwrap();
        (head.split("\r\n").map(str::to_owned).collect(), request[end + 4..].to_vec())
    }

    /// Lets one request be answered that waits.
    pub(crate) fn release(&self) {
        self.release.send(()).unwrap();
    }
}

fn read(mut stream: &TcpStream) -> Vec<u8> {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut part) {
            Ok(length) if length > 0 => request.extend_from_slice(&part[..length]),
            _ => break,
        }
    }
    request
}

fn end_of_head(request: &[u8]) -> Option<usize> {
    request.windows(4).position(|window| window == b"\r\n\r\n")
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = end_of_head(request) else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    request.len() >= end + 4 + length.map_or(0, |length| length.trim().parse().unwrap())
}
