//! Senders that are slow, greedy or many.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use hookseal::{SignOptions, Webhook};

use super::kit::{Listener, curl, deliver, deliver_at_last, head, post, rest, send, signed};
use super::support::{SECRET, hookseal};

#[test]
fn a_body_may_be_as_large_as_is_said() {
    let listener = Listener::kasko("--max-body 1000");
    let fits = format!("{{\"a\":\"{}\"}}", "x".repeat(992));
    assert_eq!(fits.len(), 1000);
    assert_eq!(deliver(listener.url(), "policy.created", &fits).status, 204);
    assert_eq!(listener.line()["verified"], true);
    for (arguments, size) in [
        (vec![], 1001),
        (vec!["-H", "Transfer-Encoding: chunked"], 1001),
        // More than the kernel holds: the sender must be able to go on until it sees the answer.
        (vec!["-H", "Expect:"], 8 << 20),
        (vec!["-H", "Expect: 100-continue"], 8 << 20),
        (vec!["-H", "Transfer-Encoding: chunked", "-H", "Expect:"], 8 << 20),
    ] {
        let arguments = [&["--data-binary", "@-"], &arguments[..]].concat();
        let answer = curl(listener.url(), &arguments, vec![b' '; size]);
        assert_eq!(answer.status, 413, "{arguments:?}");
        assert_eq!(answer.body, r#"{"error":"body_too_large"}"#);
        let line = listener.line();
        assert_eq!(line["error"]["code"], "body_too_large");
        assert_eq!(line["error"]["http_status"], 413);
    }
}

#[test]
fn a_sender_that_writes_all_before_it_reads_sees_the_answer() {
    let listener = Listener::kasko("--max-body 1000");
    let size = 8 << 20;
    let mut request = head("POST /", &signed("policy.created", b"{}"), size);
    request.resize(request.len() + size, b' ');
    let stream = send(listener.address(), &request);
    let mut answer = [0; 12];
    (&stream).read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[test]
fn the_default_is_what_the_provider_documents_or_one_mebibyte() {
    let body = |size: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(size - 8));
    for (provider, largest) in [("kasko", 1 << 20), ("github", 25 << 20)] {
        let all = format!("listen --json --port 0 --provider {provider}");
        let listener = Listener::start(&mut hookseal(all.split(' ')));
        let webhook = Webhook::new(provider, [SECRET]).unwrap();
        assert_eq!(webhook.max_body(), largest);
        for (size, status) in [(largest, 204), (largest + 1, 413)] {
            let body = body(size);
            let options = SignOptions::new().event_type("push").id("1");
            let headers = webhook.sign(&body, &options).unwrap();
            assert_eq!(post(listener.url(), &headers, body).status, status, "{provider} {size}");
        }
    }
}

/// Many large bodies that are begun and not ended.
#[cfg(target_os = "linux")]
#[test]
fn a_large_body_takes_memory_only_as_it_comes() {
    let listener =
        Listener::start(&mut hookseal("listen --json --port 0 --provider github".split(' ')));
    let mut request = head("POST /", &signed("push", b"{}"), 25 << 20);
    request.resize(request.len() + (1 << 20), b' ');
    let open: Vec<_> = (0..100).map(|_| send(listener.address(), &request)).collect();
    drop(open);
    for _ in 0..100 {
        assert_eq!(listener.line()["error"]["code"], "incomplete_body");
    }
    assert!(listener.peak_memory() < 250 << 20, "{} MiB", listener.peak_memory() >> 20);
}

#[test]
fn a_slow_body_is_given_up() {
    let listener = Listener::kasko("--timeout 0.5");
    let request = head("POST /", &signed("policy.created", b"{}"), 2);
    let mut stream = send(listener.address(), &request);
    stream.write_all(b"{").unwrap();
    let answer = rest(stream);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    let line = listener.line();
    assert_eq!(line["error"]["code"], "request_timeout");
    assert_eq!(line["answer"]["status"], 408);
}

#[test]
fn a_slow_head_is_given_up() {
    let listener = Listener::kasko("--timeout 0.5");
    for bytes in [&b""[..], b"POST / HTTP/1.1\r\nHost: localhost\r\nX-A: "] {
        // It never gets an answer that could be taken for one to a delivery.
        let answer = rest(send(listener.address(), bytes));
        assert!(!answer.contains(" 2"), "{answer}");
    }
    // Nothing was told of before this.
    deliver_at_last(&listener, "/real");
    assert_eq!(listener.line()["request"]["target"], "/real");
}

#[test]
fn a_delivery_that_is_cut_is_told_of() {
    let listener = Listener::kasko("");
    let request = head("POST /", &signed("policy.created", b"{}"), 2);
    drop(send(listener.address(), &request));
    assert_eq!(listener.line()["error"]["code"], "incomplete_body");
}

#[test]
fn what_is_no_http_or_has_too_long_a_head_is_refused() {
    let listener = Listener::kasko("");
    let answer =
        rest(send(listener.address(), b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 hello\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.1 400 ") || answer.is_empty(), "{answer}");
    let long = format!("POST / HTTP/1.1\r\nHost: a\r\nX-A: {}\r\n\r\n", "x".repeat(1 << 20));
    let mut stream = TcpStream::connect(listener.address()).unwrap();
    // It may be refused before it is written.
    let _ = stream.write_all(long.as_bytes());
    let answer = rest(stream);
    assert!(answer.starts_with("HTTP/1.1 431 ") || answer.is_empty(), "{answer}");
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    assert_eq!(listener.line()["delivery"], 1);
}

#[test]
fn idle_connections_keep_nobody_out() {
    let listener = Listener::kasko("--timeout 0.5");
    let idle: Vec<TcpStream> =
        (0..300).map(|_| TcpStream::connect(listener.address()).unwrap()).collect();
    deliver_at_last(&listener, "/");
    drop(idle);
}

#[test]
fn deliveries_at_the_same_time_are_all_told_of() {
    let listener = Listener::kasko("");
    let url = listener.url();
    thread::scope(|scope| {
        for sender in 0..8 {
            scope.spawn(move || {
                for number in 0..5 {
                    let body = format!("{{\n\"n\":\n{}}}", sender * 5 + number);
                    assert_eq!(deliver(url, "policy.created", body).status, 204);
                }
            });
        }
    });
    let lines: Vec<_> = (0..40).map(|_| listener.line()).collect();
    let numbers: Vec<_> = lines.iter().map(|line| line["delivery"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    let mut data: Vec<_> =
        lines.iter().map(|line| line["event"]["data"]["n"].as_u64().unwrap()).collect();
    data.sort_unstable();
    assert_eq!(data, (0..40).collect::<Vec<_>>());
}
