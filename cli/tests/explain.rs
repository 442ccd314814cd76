//! `hookseal explain`, on the deliveries that real programs broke.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use hookseal::EXPLAIN_PAGES;
use hookseal_tests::broken::{Broken, cases};
use serde_json::Value;
use support::{Folder, SECRET, fed, hookseal};

/// How many cases there are. A runner that finds fewer has lost some.
const CASES: usize = 381;

/// The command says what the library says. That this is right is the library's own test.
#[test]
fn the_corpus_is_explained_as_the_library_does() {
    let corpus = cases();
    let next = AtomicUsize::new(0);
    let worker = || {
        let folder = Folder::new();
        while let Some(case) = corpus.get(next.fetch_add(1, Ordering::Relaxed)) {
            let ran = explain(case, &folder);
            let exit = i32::from(!case.expect.verifies);
            assert_eq!((ran.exit, ran.stderr.as_str()), (exit, ""), "{}", case.name);
            let expected: Value =
                serde_json::from_str(&case.explain(Some(ANY_TIME)).to_json()).unwrap();
            assert_eq!(ran.json(), expected, "{}", case.name);
        }
    };
    thread::scope(|scope| {
        scope.spawn(worker);
        scope.spawn(worker);
    });
    assert_eq!(corpus.len(), CASES);
}

/// The time, where it does not matter, and the same for both.
const ANY_TIME: u64 = 1_760_000_000;

fn explain(case: &Broken, folder: &Folder) -> support::Ran {
    let mut arguments = vec![
        "explain".to_owned(),
        "--json".to_owned(),
        format!("--provider={}", case.provider),
        format!("--now={}", case.now.unwrap_or(ANY_TIME)),
    ];
    let mut secret = |option: &str, mut secret: Vec<u8>| {
        // The newline that is taken off, so that a secret that ends with one keeps its own.
        secret.push(b'\n');
        let file = folder.file(&format!("{option}-{}", arguments.len()), secret);
        arguments.push(format!("--{option}={file}"));
    };
    case.secrets().into_iter().for_each(|text| secret("secret-file", text));
    case.hints.iter().for_each(|text| secret("other-secret-file", text.clone().into_bytes()));
    let given = [
        ("method", &case.request.method),
        ("url", &case.request.url),
        ("origin", &case.options.origin),
    ];
    for (option, value) in given {
        arguments.extend(value.iter().map(|value| format!("--{option}={value}")));
    }
    let constants = case.options.constants.iter();
    arguments.extend(constants.map(|(name, value)| format!("--constant={name}={value}")));
    arguments.extend(case.options.accept_unsigned.then(|| "--accept-unsigned".to_owned()));
    let headers = serde_json::to_string(&case.headers).unwrap();
    arguments.push(format!("--headers-file={}", folder.file("headers", headers)));
    fed(&mut hookseal(arguments), case.body())
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
