//! Deliveries that are passed on.

use std::io::Read as _;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::kit::{Listener, curl, deliver, head, rest, send, signed};
use super::support::{Folder, run};
use super::target::Target;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

fn forwarding(url: &str, arguments: &str) -> Listener {
    Listener::kasko(&format!("--forward {url} {arguments}"))
}

#[test]
fn a_request_is_passed_on_as_it_came() {
    let target = Target::answering(OK);
    let listener = forwarding(&target.url(""), "");
    // Bytes of every kind, and JSON with each thing that parsers change.
    let body: Vec<u8> = (0..=255).chain(*b"{\"a\" :1.0,\r\n\"a\":2}").collect();
    let mut request = format!(
        "POST /a%2Fb/../c?x=%zz&x=1;y={{}} HTTP/1.1\r\nhOsT: localhost\r\nX-KASKO-Signature: sha1=00\r\n\
         X-MiXed: one\r\nx-mixed:  two \r\nX-Empty:\r\nX-Obs: caf\u{e9}\r\nContent-Type: text/weird\r\n\
         Content-Encoding: gzip\r\nCookie: a=b\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n\
         Keep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Authorization: Basic YQ==\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    let answer = rest(send(listener.address(), &request));
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let (mut head, passed) = target.request();
    assert_eq!(passed, body);
    let first = head.remove(0);
    // The mark by which a loop is found out, and the only thing that is added.
    let via =
        head.iter().position(|line| line.to_ascii_lowercase().starts_with("via: 1.1 hookseal-"));
    head.remove(via.expect("it is marked"));
    head.sort();
    assert_eq!(first, "POST /a%2Fb/../c?x=%zz&x=1;y={} HTTP/1.1");
    let host = format!("hOsT: {}", target.address);
    let length = format!("Content-Length: {}", body.len());
    let mut expected = vec![
        &host,
        "X-KASKO-Signature: sha1=00",
        "X-MiXed: one",
        "x-mixed: two",
        "X-Empty:",
        "X-Obs: café",
        "Content-Type: text/weird",
        "Content-Encoding: gzip",
        "Cookie: a=b",
        &length,
    ];
    expected.sort_unstable();
    assert_eq!(head, expected);
}

#[test]
fn a_chunked_request_arrives_whole() {
    let target = Target::answering(OK);
    let listener = forwarding(&target.url(""), "");
    let mut request = head("POST /", &signed("policy.created", b"{\"a\":1}"), 0);
    let text = String::from_utf8(request).unwrap();
    request =
        text.replace("Content-Length: 0", "Transfer-Encoding: chunked\r\nConnection: close").into();
    request.extend_from_slice(b"3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\nX-Trailer: 1\r\n\r\n");
    rest(send(listener.address(), &request));
    let (head, body) = target.request();
    assert_eq!(body, b"{\"a\":1}");
    assert!(head.iter().any(|line| line.eq_ignore_ascii_case("content-length: 7")), "{head:?}");
    assert!(!head.iter().any(|line| line.to_ascii_lowercase().contains("chunked")));
    assert_eq!(listener.line()["verified"], true);
}

#[test]
fn the_answer_is_the_targets_and_the_verdict_is_told() {
    let target = Target::answering(
        "HTTP/1.1 302 Found it\r\nLocation: https://example.com/\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\
         Keep-Alive: timeout=5\r\nX-Own: 1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nmoved",
    );
    let listener = forwarding(&target.url("/hook"), "");
    let url = format!("{}ignored?a=1", listener.url());
    let answer = deliver(&url, "policy.created", "{}");
    assert_eq!((answer.status, answer.body.as_str()), (302, "moved"));
    assert_eq!(answer.header("location"), Some("https://example.com/"));
    assert_eq!(answer.header("x-own"), Some("1"));
    assert_eq!(answer.header("keep-alive"), None);
    assert_eq!(answer.headers.iter().filter(|(name, _)| name == "set-cookie").count(), 2);
    let line = listener.line();
    assert_eq!((&line["verified"], &line["answer"]["status"]), (&json!(true), &json!(302)));
    assert_eq!(line["answer"]["from"], target.url("/hook?a=1"));
    assert!(line["answer"]["milliseconds"].is_u64());

    // Passed on unchanged, and told to be refused.
    let answer = curl(listener.url(), &["--data-binary", "@-"], "forged");
    assert_eq!(answer.status, 302);
    let line = listener.line();
    assert_eq!((&line["verified"], &line["answer"]["status"]), (&json!(false), &json!(302)));
    assert_eq!(line["error"]["code"], "missing_header");
    target.request();
    assert_eq!(target.request().1, b"forged");
}

#[test]
fn path_and_query_follow_the_rule() {
    for (forward, own, expected) in [
        ("", "", "/"),
        ("", "a/b?c=d", "/a/b?c=d"),
        ("/", "a/b?c=d", "/a/b?c=d"),
        ("/hook", "", "/hook"),
        ("/hook", "a/b?c=d", "/hook?c=d"),
        ("/hook?k=v", "a?c=d", "/hook?k=v&c=d"),
        ("/hook?k=v", "a", "/hook?k=v"),
    ] {
        let target = Target::answering(OK);
        let listener = forwarding(&target.url(forward), "");
        deliver(&format!("{}{own}", listener.url()), "policy.created", "{}");
        assert_eq!(target.request().0[0], format!("POST {expected} HTTP/1.1"));
    }
}

#[test]
fn nothing_but_a_post_is_passed_on() {
    let target = Target::answering(OK);
    let listener = forwarding(&target.url(""), "");
    for method in ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"] {
        let answer = curl(listener.url(), &["--request", method, "--data-binary", "@-"], "{}");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{method}");
    }
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 200);
    // The first that arrives at the target.
    assert_eq!(target.request().0[0], "POST / HTTP/1.1");
}

#[test]
fn what_is_too_large_is_not_passed_on() {
    let target = Target::answering(OK);
    let listener = forwarding(&target.url(""), "--max-body 10");
    assert_eq!(deliver(listener.url(), "policy.created", "{\"a\":\"0123456789\"}").status, 413);
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 200);
    assert_eq!(target.request().1, b"{}", "it is the first that arrives");
}

#[test]
fn a_target_that_does_not_answer_is_told_of() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listener = forwarding(&format!("http://{nobody}"), "");
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 502);
    let line = listener.line();
    assert_eq!((&line["verified"], &line["answer"]["status"]), (&json!(true), &json!(502)));
    let failure = line["answer"]["failure"].as_str().unwrap();
    assert!(failure.contains("refused"), "{failure}");

    let slow = Target::waiting(OK);
    let listener = forwarding(&slow.url(""), "--timeout 0.5");
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 504);
    assert_eq!(listener.line()["answer"]["failure"], "no answer within 0.5 seconds");

    let broken = Target::answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour");
    let listener = forwarding(&broken.url(""), "");
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 502);
    assert!(listener.line()["answer"]["failure"].is_string());
}

#[test]
fn a_target_that_cannot_be_is_refused_at_once() {
    let listen = "listen --provider kasko --port 0 --forward";
    for url in [
        "example.com:3000",
        "ftp://localhost/",
        "/hook",
        "http://",
        "http://user:pass@localhost/",
        "http://localhost/#part",
        "unix:///tmp/socket",
    ] {
        let ran = run(&format!("{listen} {url}")).failed(2);
        assert!(ran.stderr.contains("--forward"), "{ran:?}");
        assert!(!ran.stderr.contains("pass@"), "{ran:?}");
    }
}

#[test]
fn a_target_on_this_machine_needs_no_scheme() {
    let target = Target::answering(OK);
    let listener = forwarding(&format!("{}/hook", target.address), "");
    assert_eq!(listener.said["listening"]["forward"], target.url("/hook"));
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 200);
    assert_eq!(target.request().0[0], "POST /hook HTTP/1.1");
}

#[test]
fn https_targets_are_trusted_by_their_certificate() {
    let folder = Folder::new();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [ca_key, ca, key, certificate] =
        ["ca-key.pem", "ca.pem", "key.pem", "certificate.pem"].map(path);
    let names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    let signed = ["-CA", &ca, "-CAkey", &ca_key, "-addext", "basicConstraints=critical,CA:FALSE"];
    openssl(&["-subj", "/CN=A test", "-keyout", &ca_key, "-out", &ca]);
    openssl(&[&names[..], &signed, &["-keyout", &key, "-out", &certificate]].concat());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // Python's, which shares nothing with the client.
    let mut server = Command::new("python3")
        .args(["-c", include_str!("https_target.py"), &port.to_string(), &certificate, &key])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut ready = [0];
    server.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
    let url = format!("https://localhost:{port}");
    let trusting = forwarding(&url, &format!("--cacert {ca}"));
    let answer = deliver(trusting.url(), "policy.created", "{\"a\":1}");
    assert_eq!((answer.status, answer.body.as_str()), (201, "{\"a\":1}"));
    let strict = forwarding(&url, "");
    assert_eq!(deliver(strict.url(), "policy.created", "{}").status, 502);
    let failure = strict.line()["answer"]["failure"].as_str().unwrap().to_ascii_lowercase();
    assert!(failure.contains("certificate") || failure.contains("issuer"), "{failure}");
    server.kill().unwrap();
    server.wait().unwrap();
    folder.file("empty", "");
    for file in ["none", "empty"] {
        let arguments = format!("--forward {url} --cacert {}", path(file));
        run(&format!("listen --provider kasko {arguments}")).failed(4);
    }
}

fn openssl(arguments: &[&str]) {
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]);
    let made = openssl.args(arguments).output().unwrap();
    assert!(made.status.success(), "{made:?}");
}

#[test]
fn a_sender_that_gives_up_loses_nothing() {
    let target = Target::waiting(OK);
    let listener = forwarding(&target.url(""), "");
    let mut request = head("POST /", &signed("policy.created", b"{}"), 2);
    request.extend_from_slice(b"{}");
    let stream = send(listener.address(), &request);
    target.request();
    drop(stream);
    target.release();
    let line: Value = listener.line();
    assert_eq!((&line["verified"], &line["answer"]["status"]), (&json!(true), &json!(200)));
}
