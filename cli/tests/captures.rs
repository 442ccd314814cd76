//! Deliveries that other tools captured: raw requests as curl sends them, and archives as a browser
//! and a proxy save them.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::{fs, str};

use serde_json::{Value, json};
use support::{Folder, Ran, fed, hookseal};

fn captures() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures").to_str().unwrap().to_owned()
}

fn verify(arguments: &[&str]) -> Ran {
    let given = ["verify", "-p", "kasko", "--json"];
    hookseal(given.iter().chain(arguments)).output().map(Ran::from).unwrap()
}

fn is_the_policy(ran: Ran) {
    let json = ran.ok().json();
    assert_eq!((&json["type"], &json["id"]), (&json!("policy.created"), &json!("delivery-1")));
    assert_eq!(json["data"]["holder"], "Zoë ☂");
}

/// What curl sends over the wire when it delivers the policy, up to and with `end`.
fn sent_by_curl(arguments: &[&str], end: &[u8]) -> Vec<u8> {
    let folder = Folder::new();
    let body = format!("{}/body.json", captures());
    let sign = ["sign", "-p", "kasko", "--type", "policy.created", "--id", "delivery-1", &body];
    let headers = hookseal(sign).output().map(Ran::from).unwrap().ok().stdout;
    let headers = folder.file("headers", headers);

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/webhooks?token=x", listener.local_addr().unwrap());
    let end = end.to_owned();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut sent, mut part) = (Vec::new(), [0; 1024]);
        while !sent.ends_with(&end) {
            let count = stream.read(&mut part).unwrap();
            assert!(count > 0, "the connection ended early: {}", String::from_utf8_lossy(&sent));
            sent.extend_from_slice(&part[..count]);
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
        sent
    });
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--noproxy", "*", "--max-time", "20"]).args(arguments).stdin(Stdio::null());
    curl.args(["-H", &format!("@{headers}"), "--data-binary", &format!("@{body}"), &url]);
    Ran::from(curl.output().unwrap()).ok();
    server.join().unwrap()
}

#[test]
fn what_curl_sends_verifies() {
    let folder = Folder::new();
    let body = fs::read(format!("{}/body.json", captures())).unwrap();
    for (arguments, end, has) in [
        (&[][..], body.as_slice(), "Content-Length: 70\r\n"),
        (&["--http1.0"], &body, " HTTP/1.0\r\n"),
        (&["-H", "Transfer-Encoding: chunked"], b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
    ] {
        let sent = sent_by_curl(arguments, end);
        assert!(String::from_utf8_lossy(&sent).contains(has), "{has:?}");
        let file = folder.file("capture.http", &sent);
        is_the_policy(verify(&["--request", &file]));
        is_the_policy(fed(
            &mut hookseal(["verify", "-p", "kasko", "--json", "--request", "-"]),
            &sent,
        ));

        // An editor that ends lines its own way, and adds one; the body has none to change.
        let (head, body) = split(&sent);
        let head = str::from_utf8(head).unwrap().replace("\r\n", "\n");
        let file = folder.file("capture.http", [head.as_bytes(), body, b"\n"].concat());
        is_the_policy(verify(&["--request", &file]));

        let file = folder.file("capture.http", &sent[..sent.len() - 3]);
        let ran = verify(&["--request", &file]).failed(4);
        assert!(ran.stderr.contains("the capture was cut"), "{ran:?}");
    }
}

fn split(sent: &[u8]) -> (&[u8], &[u8]) {
    let end = sent.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
    sent.split_at(end + 4)
}

#[test]
fn requests_that_are_none_are_refused() {
    let folder = Folder::new();
    let hello: &[u8] = b"POST / HTTP/1.1\r\nHost: a\r\n";
    let with = |rest: &[u8]| [hello, rest].concat();
    for (request, said) in [
        (b"".to_vec(), "must begin with a line such as `POST /webhooks HTTP/1.1`"),
        (b"{\"a\":1}\n".to_vec(), "name the file without `--request`"),
        (b"POST /\r\n\r\n".to_vec(), "must begin with a line such as"),
        (b"POST / HTTP/2\r\n\r\n".to_vec(), "must begin with a line such as"),
        (b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), "an answer, not a request"),
        (b"\xef\xbb\xbfPOST / HTTP/1.1\r\n\r\n".to_vec(), "byte order mark"),
        (hello.to_vec(), "the headers do not end"),
        (with(b"hunter2\r\n\r\n"), "line 3 has no colon"),
        (with(b" hunter2: a\r\n\r\n"), "line 3 begins with white space"),
        (with(b"hun ter2: a\r\n\r\n"), "line 3 has a name that HTTP does not allow"),
        (with(b"Content-Length: many\r\n\r\n"), "Content-Length is no number"),
        (with(b"Content-Length: +2\r\n\r\n{}"), "Content-Length is no number"),
        (with(b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), "they differ"),
        (with(b"Content-Length: 3\r\n\r\n{}"), "says 3 bytes, and the file has 2"),
        (with(b"Content-Length: 2\r\n\r\n{}{}"), "2 bytes follow the body"),
        (with(b"Transfer-Encoding: gzip\r\n\r\n{}"), "only `chunked` is"),
        (with(b"Transfer-Encoding: chunked\r\n\r\n{}"), "the capture was cut"),
        (with(b"Transfer-Encoding: chunked\r\n\r\n{}\r\n"), "does not begin with its size"),
        (
            with(b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"),
            "longer than its size says",
        ),
        (with(b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"), "larger than can be"),
        (
            with(b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nPOST"),
            "4 bytes follow the body",
        ),
    ] {
        let file = folder.file("capture.http", &request);
        let ran = verify(&["--request", &file]).failed(4);
        let request = String::from_utf8_lossy(&request);
        let error = ran.json_error();
        assert_eq!(error["code"], "input", "{request}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(said) && message.starts_with(&file), "{request}: {message}");
        assert!(!message.contains("hunter2"), "{request}: {message}");
    }
}

/// Trailers and the extensions of chunks are read over, as HTTP says.
#[test]
fn chunks_are_put_together() {
    let folder = Folder::new();
    let sign = fed(&mut hookseal(["sign", "-p", "claimport"]), r#"{"type":"webhook.test"}"#).ok();
    let request = format!(
        "POST / HTTP/1.1\r\n{}\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=\"b\"\r\n{{\"typ\r\n\
         012 \r\ne\":\"webhook.test\"}}\r\n000\r\nX-Trailer: a\r\n\r\n",
        sign.stdout.trim_end()
    );
    let file = folder.file("capture.http", request);
    let arguments = ["verify", "-p", "claimport", "--request", &file];
    let ran = hookseal(arguments).output().map(Ran::from).unwrap().ok();
    assert!(ran.stdout.contains("webhook.test"), "{ran:?}");
}

#[test]
fn what_a_browser_and_a_proxy_saved_verifies() {
    for har in ["chromium.har", "mitmproxy.har"] {
        let har = format!("{}/{har}", captures());
        is_the_policy(verify(&["--har", &har, "--entry", "2"]));
        let text = verify(&["--har", &har]).failed(4).json_error()["message"].to_string();
        assert!(text.contains("say which with `--entry N`"), "{text}");
        assert!(text.contains("2  POST http://127.0.0.1:18111/webhooks"), "{text}");
        assert!(!text.contains("token"), "{text}");
        let none = verify(&["--har", &har, "--entry", "1"]).failed(4);
        assert!(none.stderr.contains("has no body"), "{none:?}");
        let none = verify(&["--har", &har, "--entry", "4"]).failed(4);
        assert!(none.stderr.contains("the archive has 3"), "{none:?}");
        assert_eq!(verify(&["--har", &har, "--entry", "0"]).exit, 2);
    }
    let bytes = |har: &str| {
        let (har, scheme) = (format!("{}/{har}", captures()), format!("{}/bytes.toml", captures()));
        let arguments = ["verify", "--scheme", &scheme, "--entry", "3", "--har", &har];
        hookseal(arguments).output().map(Ran::from).unwrap()
    };
    bytes("mitmproxy.har").ok();
    let ran = bytes("chromium.har").failed(4);
    assert!(ran.stderr.contains("says that 256 bytes were sent, and has none of them"), "{ran:?}");
}

#[test]
fn an_archive_may_hold_base64_and_must_hold_the_body() {
    let folder = Folder::new();
    let har: Value =
        serde_json::from_slice(&fs::read(format!("{}/chromium.har", captures())).unwrap()).unwrap();
    let with = |post_data: Value| {
        let mut entry = har["log"]["entries"][1].clone();
        entry["request"]["postData"] = post_data;
        let har = json!({"log": {"entries": [entry]}}).to_string();
        verify(&["--har", &folder.file("a.har", format!("\u{feff}{har}"))])
    };
    let body = fs::read(format!("{}/body.json", captures())).unwrap();
    let base64 = fed(&mut Command::new("base64"), &body).ok().stdout.replace('\n', "");
    is_the_policy(with(json!({"text": base64, "encoding": "base64"})));

    let changed = with(json!({"text": String::from_utf8(body).unwrap().trim_end()}));
    assert_eq!(changed.exit, 1);
    let (note, error) = changed.stderr.split_once('\n').unwrap();
    assert!(note.starts_with("{\"note\":\"the archive says that 70 bytes were sent, and holds 69"));
    assert!(error.contains("signature_mismatch"), "{error}");

    for (post_data, said) in [
        (json!({"text": "?", "encoding": "base64"}), "base64, and it is not"),
        (json!({"text": "?", "encoding": "gzip"}), "other than base64"),
        (json!({"params": [{"name": "a"}]}), "no text of this request's body"),
        (json!(null), "no request in the archive has a body"),
        (json!([]), "this is no HTTP archive: at line 1"),
    ] {
        let ran = with(post_data).failed(4);
        assert!(ran.stderr.contains(said), "{said}: {ran:?}");
    }
}
