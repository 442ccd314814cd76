//! How it begins and ends.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::kit::{Listener, deliver, events, head, post, rest, send, signal, signed, wait};
use super::support::{hookseal, run};
use super::target::Target;

#[test]
fn signals_end_it_with_a_summary() {
    for signal in ["INT", "TERM"] {
        let listener = Listener::kasko("");
        deliver(listener.url(), "policy.created", "{}");
        post(listener.url(), &signed("policy.created", b"{}"), "{ }");
        post(listener.url(), &[], "");
        listener.signal(signal);
        let (last, exit) = listener.ended();
        assert_eq!(exit, 0);
        let refused = json!({"missing_header": 1, "signature_mismatch": 1});
        assert_eq!(last, json!({"ended": {"verified": 1, "refused": refused}}));
    }
}

#[test]
fn what_is_under_way_is_still_answered() {
    let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let target = Target::waiting(ok);
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    let mut request = head("POST /", &signed("policy.created", b"{}"), 2);
    request.extend_from_slice(b"{}");
    let stream = send(listener.address(), &request);
    target.request();
    let mut page = BufReader::new(send(
        listener.address(),
        b"GET /~hookseal/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ));
    events(&mut page, "event: ready");
    let idle = send(listener.address(), b"");
    listener.signal("TERM");
    // These two are let go while the delivery is still under way: they hold nothing up.
    rest(page.into_inner());
    assert_eq!(rest(idle), "");
    target.release();
    let answer = rest(stream);
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let (last, exit) = listener.ended();
    assert_eq!((last, exit), (json!({"ended": {"verified": 1, "refused": {}}}), 0));
}

/// A listener with a delivery under way that will never be answered, and the connection of that.
fn busy(target: &Target) -> (Listener, TcpStream) {
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    let mut request = head("POST /", &signed("policy.created", b"{}"), 2);
    request.extend_from_slice(b"{}");
    let stream = send(listener.address(), &request);
    target.request();
    (listener, stream)
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let target = Target::waiting("");
    let ((once, first), (twice, second)) = (busy(&target), busy(&target));
    let mut once = once;
    twice.signal("INT");
    twice.stopped_listening();
    // One that is asked later, and only once, waits for longer.
    once.signal("INT");
    once.stopped_listening();
    twice.signal("INT");
    assert_eq!(twice.ended().1, 0);
    assert!(once.is_running());
    drop((first, second));
}

#[test]
fn a_reader_that_reads_nothing_keeps_it_from_nothing() {
    let mut command = hookseal("listen --json --port 0 --provider kasko".split(' '));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
    let said: Value = serde_json::from_str(&said).unwrap();
    let url = said["listening"]["url"].as_str().unwrap();
    // More than a pipe holds.
    let body = format!("{{\"a\":\"{}\"}}", "x".repeat(100_000));
    for _ in 0..5 {
        assert_eq!(deliver(url, "policy.created", &body).status, 204);
    }
    assert!(child.try_wait().unwrap().is_none());
    signal(&child, "TERM");
    let address = url.strip_prefix("http://").unwrap().trim_end_matches('/');
    while TcpStream::connect(address).is_ok() {
        thread::sleep(Duration::from_millis(10));
    }
    // What it has to print keeps it, and a second signal does not wait for that.
    assert!(child.try_wait().unwrap().is_none());
    signal(&child, "TERM");
    wait(&mut child);
}

#[test]
fn it_ends_after_so_many_deliveries() {
    let listener = Listener::kasko("--count 2");
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    assert_eq!(listener.ended(), (json!({"ended": {"verified": 2, "refused": {}}}), 0));

    let listener = Listener::kasko("--count 1");
    assert_eq!(post(listener.url(), &[], "{}").status, 401);
    let (last, exit) = listener.ended();
    assert_eq!((&last["ended"]["refused"], exit), (&json!({"missing_header": 1}), 1));
}

#[test]
fn a_port_in_use_is_told_of() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = run(&format!("listen --provider kasko --port {port}")).failed(4);
    assert!(ran.stderr.contains("another program listens"), "{ran:?}");
    run(&format!("listen --provider kasko --port 0 --page-port {port}")).failed(4);
}

#[test]
fn what_is_not_right_is_told_before_it_listens() {
    run("listen --provider nobody").failed(3);
    run("listen --secret-file /proc/nowhere/secret").failed(4);
    run("listen --provider kasko --port 0 --no-page --page-port 0").failed(2);
    run("listen --provider kasko --max-body 0").failed(2);
    run("listen --provider kasko --cacert file").failed(2);
}
