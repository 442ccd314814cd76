//! Clients that do not read what they are answered.

use std::io::Write as _;
use std::net::TcpStream;

use super::kit::{Listener, deliver, deliver_at_last, head, send, signed};
use super::target::Target;

/// As many as are served at once.
const CONNECTIONS: usize = 256;

fn unread(listener: &Listener, count: usize, request: &[u8]) -> Vec<TcpStream> {
    (0..count)
        .map(|_| {
            let mut stream = send(listener.address(), b"");
            // It is not read as a whole either, once nothing of the answers is taken any more.
            stream.set_nonblocking(true).unwrap();
            let _ = stream.write(request);
            stream
        })
        .collect()
}

#[test]
fn who_does_not_read_the_page_keeps_nobody_out() {
    let listener = Listener::kasko("--timeout 0.5");
    // More than fits between the two, of what costs nothing to make.
    let get = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n".repeat(300);
    let open = unread(&listener, CONNECTIONS, get.as_bytes());
    deliver_at_last(&listener, "/");
    drop(open);
}

#[test]
fn who_does_not_read_the_targets_answer_takes_little_memory() {
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {0}\r\n\r\n{1}", 7 << 20, "x".repeat(7 << 20));
    let target = Target::answering(answer.leak());
    let listener = Listener::kasko(&format!("--timeout 5 --forward {}", target.url("")));
    let mut request = head("POST /", &signed("policy.created", b"{}"), 2);
    request.extend_from_slice(b"{}");
    let open = unread(&listener, 100, &request);
    // Each is told of once its answer is there to be read.
    for _ in 0..100 {
        listener.raw_line();
    }
    // All are let go.
    deliver_at_last(&listener, "/");
    drop(open);
    #[cfg(target_os = "linux")]
    {
        let megabytes = listener.peak_memory() >> 20;
        assert!(megabytes < 300, "{megabytes} MiB");
    }
}

#[test]
fn an_answer_that_is_said_to_be_too_large_is_not_read() {
    for (answer, why) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "more than 8388608 bytes"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 8388609\r\n\r\n", "more than 8388608 bytes"),
    ] {
        let target = Target::answering(answer);
        let listener = Listener::kasko(&format!("--forward {}", target.url("")));
        assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 502);
        let failure = listener.line()["answer"]["failure"].as_str().unwrap().to_owned();
        assert!(failure.contains(why), "{failure}");
    }
}
