//! Explaining costs what its budget allows, whatever the delivery is.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use hookseal::{Headers, Hints, Report, Scheme, Webhook};

use crate::memory::measured;
use crate::{SECRET, now, signed, webhook};

/// As large as servers let a body be.
const LARGE: usize = 4 << 20;

/// The most that explaining a large body may allocate at a time.
const MUCH: usize = 192 << 20;

fn explain(provider: &str, body: &[u8], headers: &(impl Headers + ?Sized)) -> Report {
    let webhook = webhook(provider);
    let (report, usage) = measured(|| webhook.explain_with(body, headers, &Hints::new().at(now())));
    assert!(usage.peak <= MUCH, "{usage:?}");
    report
}

/// Explains a body with another one's signature: nothing can be proven, and all is tried.
fn check(body: &[u8]) {
    check_for("kasko", body);
}

fn check_for(provider: &str, body: &[u8]) {
    let headers = signed(&webhook(provider), b"{}");
    let report = explain(provider, body, &headers);
    assert!(!report.findings().iter().any(hookseal::Finding::is_proven), "{report}");
    assert!(!report.ruled_out().is_empty());
}

fn repeated(part: &str) -> String {
    part.repeat(LARGE / part.len())
}

#[test]
fn deep_json() {
    let wide = repeated("0,");
    let numbers = format!("{}{wide}0{}", "[".repeat(127), "]".repeat(127));
    check(numbers.as_bytes());
    check_for("mycover", numbers.as_bytes());
    let inner = format!(r#"{{"b":[],"a":{{}},"{}":1}}"#, "é".repeat(100));
    let objects = vec![inner.as_str(); LARGE / inner.len()].join(",");
    check(format!("{}[{objects}]{}", r#"{"a":"#.repeat(126), "}".repeat(126)).as_bytes());
    check(repeated(r#"{"a":"#).as_bytes());
}

#[test]
fn many_members() {
    let mut members = String::from("{");
    for number in (0..LARGE / 20).rev() {
        let _ = write!(members, r#""{number:08}":{number}.5,"#);
    }
    members.push_str(r#""a":"</\/\u00e9>"}"#);
    check(members.as_bytes());
}

#[test]
fn what_is_packed() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&vec![0; 256 << 20]).expect("a Vec takes all");
    let bomb = gzip.finish().expect("a Vec takes all");
    check(&bomb);
    check(repeated("eyJh").as_bytes());
    check(repeated("&quot;").as_bytes());
    check(repeated("%7B%22").as_bytes());
    check(format!("payload={}", repeated("a=%7B&")).as_bytes());
    check(repeated("123,").trim_end_matches(',').as_bytes());
}

#[test]
fn text_of_one_kind() {
    check(format!("\"{}\"", repeated("\\\"")).as_bytes());
    check(repeated("{\\\"").as_bytes());
    check(repeated("Ã©").as_bytes());
    check(repeated("{'a': ").as_bytes());
    check(repeated("1").as_bytes());
    check(repeated("\r\n").as_bytes());
    check(&vec![0xff; LARGE]);
    check(&vec![0; LARGE]);
}

#[test]
fn many_headers() {
    let digest = "0123456789abcdef0123456789abcdef01234567";
    let value = vec![digest; 190].join(",");
    let headers: Vec<(String, &str)> =
        (0..5000).map(|number| (format!("x-{number}-timestamp-id"), value.as_str())).collect();
    for provider in ["kasko", "stripe", "standard-webhooks"] {
        let report = explain(provider, br#"{"a":1}"#, &headers);
        assert!(!report.verifies());
    }
    let text = "=,;\"' %b'[Bearer ".repeat(400);
    let headers = vec![("X-KASKO-Signature", text.as_str()); 1000];
    assert!(!explain("kasko", br#"{"a":1}"#, &headers).verifies());
    assert!(!explain("kasko", br#"{"a":1}"#, &value).verifies());
}

#[test]
fn large_secrets() {
    let headers = signed(&webhook("kasko"), b"{}");
    let secrets = vec![vec![b'"'; LARGE], vec![b'\n'; LARGE], vec![0xff; LARGE]];
    let builder = Webhook::builder(Scheme::provider("kasko").expect("it is known"));
    let hints = Hints::new().secrets(vec![SECRET.repeat(100); 100]);
    let (report, usage) = measured(|| builder.explain(&secrets, r#"{"a":1}"#, &headers, &hints));
    assert!(usage.peak <= MUCH, "{usage:?}");
    assert!(!report.verifies());
}
