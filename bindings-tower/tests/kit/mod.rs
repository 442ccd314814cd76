//! What the tests share: a real server, and a client that sends a request as it is.

#![allow(dead_code, reason = "each test uses a part of it")]

use axum::Router;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How often a request is sent again whose answer was lost: a server that closes a connection with
/// bytes unread may take it back.
const TRIES: usize = 20;

/// Serves an app until the test's runtime ends, and returns its address.
pub(crate) async fn serve(app: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// What a server answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The status and the text.
    pub(crate) fn short(&self) -> (u16, &str) {
        (self.status, &self.text)
    }
}

/// Posts a body with these headers.
pub(crate) async fn post(
    address: &str,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Answer {
    let length = ("Content-Length".to_owned(), body.len().to_string());
    let headers: Vec<_> = headers.iter().cloned().chain([length]).collect();
    send(address, "POST", target, &headers, body).await
}

/// Sends a request, whose headers say how its body is framed.
pub(crate) async fn send(
    address: &str,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Answer {
    let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\n");
    for (name, value) in headers {
        request.extend([name.as_ref(), ": ", value.as_ref(), "\r\n"]);
    }
    request.push_str("Connection: close\r\n\r\n");
    let bytes = [request.as_bytes(), body].concat();
    for _ in 0..TRIES {
        if let Some(answer) = exchange(address, &bytes).await {
            return answer;
        }
    }
    unreachable!("there is no answer")
}

async fn exchange(address: &str, bytes: &[u8]) -> Option<Answer> {
    let (mut reading, mut writing) = TcpStream::connect(address).await.unwrap().into_split();
    let mut received = Vec::new();
    let (_, _) = tokio::join!(writing.write_all(bytes), reading.read_to_end(&mut received));
    let received = String::from_utf8(received).unwrap();
    let (head, text) = received.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_owned(), text: text.to_owned() })
}

/// Begins a delivery and goes away within its body.
pub(crate) async fn send_part(address: &str, headers: &[(String, String)], body: &[u8]) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut request = format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        request.extend([name.as_ref(), ": ", value.as_ref(), "\r\n"]);
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.write_all(&body[..body.len() / 2]).await.unwrap();
}
