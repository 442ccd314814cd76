//! `hookseal explain`, on the deliveries that real programs broke.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use base64ct::{Base64, Encoding as _};
use hookseal::{EXPLAIN_PAGES, Hints, Scheme, Webhook};
use hookseal_tests::root;
use serde::Deserialize;
use serde_json::Value;
use support::{Folder, SECRET, fed, hookseal};

/// How many cases there are. A runner that finds fewer has lost some.
const CASES: usize = 329;

#[derive(Deserialize)]
struct Corpus {
    cases: Vec<Case>,
}

/// A delivery as the receiver had it in hand.
#[derive(Deserialize)]
struct Case {
    name: String,
    provider: String,
    #[serde(default)]
    secrets: Vec<String>,
    #[serde(default)]
    secrets_base64: Vec<String>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
    now: Option<u64>,
    #[serde(default)]
    hints: Vec<String>,
    expect: Expectation,
}

#[derive(Deserialize)]
struct Expectation {
    #[serde(default)]
    verifies: bool,
}

/// The command says what the library says. That this is right is the library's own test.
#[test]
fn the_corpus_is_explained_as_the_library_does() {
    let text = fs::read(root().join("tests/explain/cases.json")).unwrap();
    let corpus: Corpus = serde_json::from_slice(&text).unwrap();
    let next = AtomicUsize::new(0);
    let worker = || {
        let folder = Folder::new();
        while let Some(case) = corpus.cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let ran = explain(case, &folder);
            let exit = i32::from(!case.expect.verifies);
            assert_eq!((ran.exit, ran.stderr.as_str()), (exit, ""), "{}", case.name);
            let expected: Value = serde_json::from_str(&by_the_library(case)).unwrap();
            assert_eq!(ran.json(), expected, "{}", case.name);
        }
    };
    thread::scope(|scope| {
        scope.spawn(worker);
        scope.spawn(worker);
    });
    assert_eq!(corpus.cases.len(), CASES);
}

impl Case {
    fn body(&self) -> Vec<u8> {
        match (&self.body, &self.body_base64) {
            (Some(text), None) => text.clone().into_bytes(),
            (None, Some(text)) => Base64::decode_vec(text).unwrap(),
            _ => panic!("{}: a case has either `body` or `body_base64`", self.name),
        }
    }

    fn secrets(&self) -> Vec<Vec<u8>> {
        let text = self.secrets.iter().map(|secret| secret.clone().into_bytes());
        let base64 = self.secrets_base64.iter().map(|secret| Base64::decode_vec(secret).unwrap());
        text.chain(base64).collect()
    }

    /// Any, where it does not matter, and the same for both.
    fn now(&self) -> u64 {
        self.now.unwrap_or(1_760_000_000)
    }
}

fn explain(case: &Case, folder: &Folder) -> support::Ran {
    let mut arguments = vec![
        "explain".to_owned(),
        "--json".to_owned(),
        format!("--provider={}", case.provider),
        format!("--now={}", case.now()),
    ];
    let mut secret = |option: &str, mut secret: Vec<u8>| {
        // The newline that is taken off, so that a secret that ends with one keeps its own.
        secret.push(b'\n');
        let file = folder.file(&format!("{option}-{}", arguments.len()), secret);
        arguments.push(format!("--{option}={file}"));
    };
    case.secrets().into_iter().for_each(|text| secret("secret-file", text));
    case.hints.iter().for_each(|text| secret("other-secret-file", text.clone().into_bytes()));
    let headers = serde_json::to_string(&case.headers).unwrap();
    arguments.push(format!("--headers-file={}", folder.file("headers", headers)));
    fed(&mut hookseal(arguments), case.body())
}

fn by_the_library(case: &Case) -> String {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(case.now());
    let hints = Hints::new().secrets(&case.hints).at(now);
    let builder = Webhook::builder(Scheme::provider(&case.provider).unwrap());
    builder.explain(case.secrets(), &case.body(), &case.headers, &hints).to_json()
}

const BODY: &str = r#"{"type":"claim.created","data":{"note":"Zoë"}}"#;

fn signed(secret: &str) -> String {
    let mut sign = hookseal(["sign", "-p", "claimport"]);
    fed(sign.env("HOOKSEAL_SECRET", secret), BODY).ok().stdout.trim_end().to_owned()
}

#[test]
fn a_cause_is_shown_with_its_fix() {
    let arguments = ["explain", "-p", "claimport", "-H", &signed(SECRET)];
    let ran = fed(&mut hookseal(arguments), BODY.replace(':', ": "));
    assert_eq!((ran.exit, ran.stderr.as_str()), (1, ""), "{ran:?}");
    let (verdict, rest) = ran.stdout.split_once("\n\n").unwrap();
    assert!(verdict.starts_with("signature_mismatch: the signature does not match"), "{ran:?}");
    let names: Vec<_> = rest.lines().filter_map(|line| line.get(2..9)).map(str::trim).collect();
    assert!(rest.starts_with("body_reserialised (proven)\n"), "{ran:?}");
    assert!(["what", "seen", "fix", "more"].iter().all(|name| names.contains(name)), "{ran:?}");
    assert!(!ran.stdout.contains("Tried in vain"), "{ran:?}");
    for hidden in [SECRET, "Zoë"] {
        assert!(!ran.stdout.contains(hidden), "{ran:?}");
    }
}

#[test]
fn the_secret_that_was_used_is_named_by_its_file() {
    let folder = Folder::new();
    let own = folder.file("own.secret", "whsec_own");
    let test = folder.file("other.secret", "whsec_other");
    let header = signed("whsec_other");
    let named = |files: &[&str]| {
        let given = ["explain", "-p", "claimport", "-H", &header];
        let ran = fed(&mut hookseal(given.iter().chain(files)), BODY);
        assert!(ran.stdout.contains("\nsecret_other_webhook (proven)\n"), "{ran:?}");
        assert!(ran.stdout.contains(&format!("\n  secret {test}\n")), "{ran:?}");
    };
    named(&["--other-secret-file", &test]);
    named(&["--secret-file", &own, "--other-secret-file", &test]);
    named(&["--secret-file", &own, "--other-secret-file", &own, "--other-secret-file", &test]);
}

#[test]
fn a_forgery_has_no_cause_and_what_verifies_needs_none() {
    let header = signed("whsec_of_somebody_else");
    let ran = fed(&mut hookseal(["explain", "-p", "claimport", "-H", &header]), BODY);
    assert_eq!((ran.exit, ran.stderr.as_str()), (1, ""), "{ran:?}");
    assert!(ran.stdout.contains("\nNo cause was found: "), "{ran:?}");
    assert!(ran.stdout.contains("\nTried in vain:\n  - "), "{ran:?}");
    let last: String = ran.stdout.rsplit("\n\n").next().unwrap().replace('\n', " ");
    assert!(last.contains(" Give it next the other secrets that you have"), "{last}");
    assert!(last.ends_with(&format!("`--other-secret-file FILE`. {EXPLAIN_PAGES} ")), "{last}");

    let mut command = hookseal(["explain", "-p", "claimport", "-H", &signed(SECRET)]);
    let ran = fed(&mut command, BODY).ok();
    assert_eq!(ran.stdout, "verified: there is nothing to explain\n");
}
