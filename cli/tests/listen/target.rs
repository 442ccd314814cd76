//! A server that deliveries are passed on to: it notes what arrives, byte for byte.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::kit::SOON;

pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    requests: Receiver<Vec<u8>>,
}

impl Target {
    /// Answers every request with these bytes, after a while.
    pub(crate) fn answering(answer: &'static str, after: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, sender) = (stream.unwrap(), sender.clone());
                thread::spawn(move || {
                    let mut request = Vec::new();
                    let mut byte = [0; 4096];
                    while !is_whole(&request) {
                        match stream.read(&mut byte) {
                            Ok(length) if length > 0 => request.extend_from_slice(&byte[..length]),
                            _ => break,
                        }
                    }
                    let _ = sender.send(request);
                    thread::sleep(after);
                    let _ = stream.write_all(answer.as_bytes());
                });
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The next request: its head, in lines, and its body.
    pub(crate) fn request(&self) -> (Vec<String>, Vec<u8>) {
        let request = self.requests.recv_timeout(SOON).expect("it is passed on");
        let end = end_of_head(&request).unwrap();
        let head = String::from_utf8(request[..end].to_vec()).unwrap();
        (head.split("\r\n").map(str::to_owned).collect(), request[end + 4..].to_vec())
    }

    pub(crate) fn is_silent(&self) -> bool {
        self.requests.recv_timeout(Duration::from_millis(300)).is_err()
    }
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
