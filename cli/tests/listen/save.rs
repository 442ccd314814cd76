//! Deliveries that are kept as files.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::kit::{Listener, curl, deliver, post, signed};
use super::support::{Folder, run};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn a_saved_delivery_verifies_again() {
    let folder = Folder::new();
    let saved = folder.path().join("kept/here");
    let listener = Listener::kasko(&format!("--save {}", saved.display()));
    let body = "{\"a\" : 1.0,\r\n\"é\":\"\\u00e9\"}\n";
    let url = format!("{}webhooks?tenant=7", listener.url());
    assert_eq!(deliver(&url, "policy.created", body).status, 204);
    let line = listener.line();
    let path = line["saved"].as_str().unwrap();
    assert_eq!(files(&saved), [PathBuf::from(path)]);
    assert!(path.ends_with("Z-policy.created.http"), "{path}");

    let kept = fs::read(path).unwrap();
    assert!(kept.starts_with(b"POST /webhooks?tenant=7 HTTP/1.1\r\n"));
    assert!(kept.ends_with(format!("\r\n\r\n{body}").as_bytes()));
    let again = run(&format!("verify --json --provider kasko --request {path}")).ok().json();
    assert_eq!(again, line["event"]);
}

/// Kept as it came, and read as a receiver reads it.
#[test]
fn a_compressed_delivery_verifies_again() {
    let folder = Folder::new();
    let listener = Listener::kasko(&format!("--save {}", folder.path().display()));
    let body = "{\"a\":1}";
    let mut gzip = Command::new("gzip");
    let packed = gzip_of(gzip.arg("-c"), body);
    let mut headers = signed("policy.created", body.as_bytes());
    headers.push(("Content-Encoding".to_owned(), "gzip".to_owned()));
    assert_eq!(post(listener.url(), &headers, &packed).status, 204);
    let line = listener.line();
    let path = line["saved"].as_str().unwrap();
    assert!(fs::read(path).unwrap().ends_with(&packed));
    let verify = format!("verify --json --provider kasko --request {path}");
    assert_eq!(run(&verify).ok().json(), line["event"]);
    // Signed anew it is the same body, without its encoding.
    let sent = run(&format!("send {} --provider kasko --request {path} --resign", listener.url()));
    assert_eq!(sent.exit, 0, "{sent:?}");
    assert_eq!(listener.line()["event"]["data"], line["event"]["data"]);
    let sent = run(&format!("send {} --request {path}", listener.url()));
    assert_eq!(sent.exit, 0, "{sent:?}");
    assert_eq!(listener.line()["request"]["bytes"], packed.len());
}

fn gzip_of(gzip: &mut Command, body: &str) -> Vec<u8> {
    let mut child = gzip.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    child.wait_with_output().unwrap().stdout
}

#[test]
fn a_refused_delivery_is_kept_too() {
    let folder = Folder::new();
    let listener = Listener::kasko(&format!("--save {}", folder.path().display()));
    let bytes: Vec<u8> = (0..=255).collect();
    let chunked = ["--data-binary", "@-", "-H", "Transfer-Encoding: chunked"];
    assert_eq!(curl(listener.url(), &chunked, &bytes).status, 401);
    let line = listener.line();
    let path = line["saved"].as_str().unwrap();
    assert!(path.ends_with("Z-refused-missing_header.http"), "{path}");
    let kept = fs::read(path).unwrap();
    assert!(kept.ends_with(&bytes));
    let again = run(&format!("verify --json --provider kasko --request {path}")).failed(1);
    assert_eq!(again.json_error()["code"], "missing_header");
}

#[test]
fn a_sender_chooses_no_path() {
    let folder = Folder::new();
    let saved = folder.path().join("kept");
    let listener = Listener::kasko(&format!("--save {}", saved.display()));
    for event_type in
        ["../../outside", "/etc/passwd", "a b;$(touch x)", "..", "CON", &"x".repeat(5000)]
    {
        assert_eq!(deliver(listener.url(), event_type, "{}").status, 204);
        let line = listener.line();
        assert_eq!(Path::new(line["saved"].as_str().unwrap()).parent(), Some(saved.as_path()));
    }
    assert_eq!(files(&saved).len(), 6);
    assert_eq!(files(folder.path()), [saved]);
}

#[cfg(unix)]
#[test]
fn files_are_private() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    let saved = folder.path().join("kept");
    let listener = Listener::kasko(&format!("--save {}", saved.display()));
    deliver(listener.url(), "policy.created", "{}");
    let path = listener.line()["saved"].as_str().unwrap().to_owned();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(Path::new(&path)), mode(&saved)), (0o600, 0o700));
}

#[test]
fn a_folder_that_goes_away_is_told_of() {
    let folder = Folder::new();
    let saved = folder.path().join("kept");
    let listener = Listener::kasko(&format!("--save {}", saved.display()));
    fs::remove_dir_all(&saved).unwrap();
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    let line = listener.line();
    assert_eq!(line["saved"], Value::Null);
    assert!(line["save_error"].as_str().unwrap().contains("kept"));
}

#[test]
fn a_folder_that_cannot_be_is_refused_at_once() {
    let folder = Folder::new();
    let file = folder.file("file", "");
    run(&format!("listen --provider kasko --port 0 --save {file}")).failed(4);
    run(&format!("listen --provider kasko --port 0 --save {file}/kept")).failed(4);
}
