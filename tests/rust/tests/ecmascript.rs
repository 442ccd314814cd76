//! The ECMAScript form and what counts as JSON, against Node and `serde_json`.
//!
//! `HOOKSEAL_DOCUMENTS` and `HOOKSEAL_SEED` ask for more documents, and for others.

#![expect(clippy::panic, reason = "how a test fails")]

use fastrand::Rng;
use hookseal_json::{MAX_DEPTH, to_ecmascript, validate};
use hookseal_tests::documents::{Documents, count, seed};
use hookseal_tests::helper::Helper;
use serde::de::IgnoredAny;
use serde_json::Value;

const DOCUMENTS: usize = 20_000;

/// How many go to Node at once.
const BATCH: usize = 20_000;

const NODE: Helper = Helper { runtime: "node", file: "tests/oracle/ecmascript.mjs" };

#[test]
fn ecmascript_form_is_nodes() {
    let total = count(DOCUMENTS);
    let mut documents = Documents::nasty(seed());
    let (mut compared, mut rewritten) = (0, 0);
    while compared < total {
        let texts: Vec<String> =
            (0..BATCH.min(total - compared)).map(|_| documents.value()).collect();
        for (text, answer) in texts.iter().zip(NODE.answers(&[], &texts)) {
            let expected = String::from_utf8(answer).expect("Node writes UTF-8");
            assert_eq!(to_ecmascript(text).as_deref(), Ok(expected.as_str()), "of {text}");
            compared += 1;
            rewritten += usize::from(expected != *text);
        }
    }
    assert_eq!(compared, total);
    // The generator must not have become tame.
    assert!(rewritten * 3 > total * 2, "only {rewritten} of {total} differ from their form");
}

#[test]
fn accepts_what_others_accept() {
    let total = count(DOCUMENTS);
    let mut documents = Documents::nasty(seed() ^ 1);
    let mut rng = Rng::with_seed(seed() ^ 2);
    let (mut compared, mut accepted) = (0, 0);
    while compared < total {
        let texts: Vec<String> = (0..BATCH.min(total - compared))
            .map(|_| mutated(&documents.value(), &mut rng))
            .collect();
        for (text, answer) in texts.iter().zip(NODE.answers(&[], &texts)) {
            let valid = validate(text).is_ok();
            assert_eq!(valid, !answer.is_empty(), "Node on {text:?}");
            assert_eq!(valid, to_ecmascript(text).is_ok(), "the ECMAScript form of {text:?}");
            compare_with_serde(text, valid);
            compared += 1;
            accepted += usize::from(valid);
        }
    }
    assert_eq!(compared, total);
    // Both kinds, or nothing was compared.
    assert!((total / 10..total * 9 / 10).contains(&accepted), "{accepted} of {total} are JSON");
}

/// Both skipping values and building them, as `serde_json` does these by different code.
fn compare_with_serde(text: &str, valid: bool) {
    let skipped = serde_json::from_str::<IgnoredAny>(text);
    assert_eq!(valid, skipped.is_ok(), "serde_json on {text:?}: {skipped:?}");
    let built = serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    match (valid, built) {
        (true, Err(error)) => assert!(
            ["number out of range", "surrogate", "hex escape", "recursion limit"]
                .iter()
                .any(|known| error.contains(known)),
            "serde_json on {text:?}: {error}"
        ),
        (false, Ok(_)) => panic!("serde_json builds {text:?}"),
        (true, Ok(_)) | (false, Err(_)) => {}
    }
}

#[test]
fn nests_as_deep_as_it_says() {
    let depth = MAX_DEPTH as usize;
    let mut compared = 0;
    for (open, inside, close) in [("[", "", "]"), ("{\"a\":", "0", "}"), ("[{\"a\":", "[]", "}]")] {
        let each = open.matches(['[', '{']).count();
        let innermost = usize::from(inside == "[]");
        for levels in [1, depth / each - innermost, depth / each, depth / each + 1, depth * 2] {
            let text = format!("{}{inside}{}", open.repeat(levels), close.repeat(levels));
            let deep = levels * each + innermost > depth;
            assert_eq!(validate(&text).is_err(), deep, "{levels} times {open}");
            assert_eq!(to_ecmascript(&text).is_err(), deep, "{levels} times {open}");
            compared += 1;
        }
    }
    assert_eq!(compared, 15);
}

/// The text with a few of its bytes changed, or none of them.
fn mutated(text: &str, rng: &mut Rng) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..rng.u8(..3) {
        let at = rng.usize(..=bytes.len());
        match rng.u8(..6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            3 if at < bytes.len() => {
                let other = rng.usize(..bytes.len());
                bytes.swap(at, other);
            }
            4 => bytes.insert(at, rng.u8(..)),
            _ => {
                let part = PARTS[rng.usize(..PARTS.len())];
                bytes.splice(at..at, part.bytes());
            }
        }
    }
    // The reader takes text, so what is not UTF-8 is for `verify` to refuse.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What JSON has, and what only its relatives have.
const PARTS: [&str; 32] = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\x41", "'", "-", "+", ".", "0",
    "00", "1.", ".5", "e", "1e", "0x1", "NaN", "Infinity", "true", "nul", "//", "/**/", "\u{0}",
    "\u{1f}", "\u{a0}", "\u{feff}",
];
