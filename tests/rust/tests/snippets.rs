//! The providers' own documented code, run as it is, signs what hookseal verifies.
//!
//! Its programs stand in `tests/snippets`, with the documented lines unchanged.

#![expect(clippy::panic, reason = "how a test fails")]

use std::collections::BTreeSet;

use hookseal::{SignOptions, Webhook};
use hookseal_tests::documents::{Documents, seed};
use hookseal_tests::helper::Helper;

const DOCUMENTS: usize = 2_000;

const MYCOVER_SECRET: &str = "MCASECK|49939d32-f649-4de4-ab35-51060ca292f9";
const MYCOVER_HEADER: &str = "x-mycoverai-signature";
const MYCOVER_NODE: Helper = Helper { runtime: "node", file: "tests/snippets/mycover.cjs" };
const MYCOVER_PYTHON: Helper = Helper { runtime: "python3", file: "tests/snippets/mycover.py" };

/// A provider's snippet, and what a delivery of the provider's has besides the signature.
struct Snippet {
    provider: &'static str,
    secret: &'static str,
    helper: Helper,
    /// The signature's header, and what stands there before what the snippet computes.
    header: (&'static str, &'static str),
    /// The headers that are not signed.
    others: &'static [(&'static str, &'static str)],
    /// What makes a document an event.
    member: &'static str,
}

const MYCOVER: Snippet = Snippet {
    provider: "mycover",
    secret: MYCOVER_SECRET,
    helper: MYCOVER_NODE,
    header: (MYCOVER_HEADER, ""),
    others: &[],
    member: r#""event":"purchase.successful""#,
};

#[test]
fn mycover_in_node_signs_what_verifies() {
    let documents = events(Documents::nasty(seed()), MYCOVER.member);
    assert_eq!(agreeing(&MYCOVER, &documents), DOCUMENTS);
}

/// The documented code makes the digest alone, the documented header has `sha256=` before it.
#[test]
fn claimport_in_node_signs_what_verifies() {
    let claimport = Snippet {
        provider: "claimport",
        secret: "whsec_claimport_5c2f0a9d",
        helper: Helper { runtime: "node", file: "tests/snippets/claimport.cjs" },
        header: ("X-ClaimPort-Signature", "sha256="),
        others: &[],
        member: r#""type":"claim.created""#,
    };
    let documents = events(Documents::nasty(seed()), claimport.member);
    assert_eq!(agreeing(&claimport, &documents), DOCUMENTS);
}

#[test]
fn kasko_in_php_signs_what_verifies() {
    let kasko = Snippet {
        provider: "kasko",
        secret: "whsec_afc1d762482e2f113ecb38e6",
        helper: Helper { runtime: "php", file: "tests/snippets/kasko.php" },
        header: ("X-KASKO-Signature", ""),
        others: &[("X-KASKO-Event", "policy.created"), ("X-KASKO-Delivery", "baf59150f9a60c1c")],
        member: r#""livemode":true"#,
    };
    let documents = events(Documents::nasty(seed()), kasko.member);
    assert_eq!(agreeing(&kasko, &documents), DOCUMENTS);
}

/// Where a document is written the same by everyone, MyCover.ai's two snippets agree.
#[test]
fn mycover_in_python_agrees_on_plain_documents() {
    let documents = events(Documents::plain(seed()), MYCOVER.member);
    assert_eq!(agreeing(&Snippet { helper: MYCOVER_PYTHON, ..MYCOVER }, &documents), DOCUMENTS);
    assert_eq!(MYCOVER_PYTHON.answers(&[], &documents), MYCOVER_NODE.answers(&[], &documents));
}

/// The Python snippet is wrong wherever `json.dumps` writes other text than `JSON.stringify`: a
/// receiver who uses it refuses genuine deliveries. hookseal follows Node, which is what sends.
#[test]
fn mycover_in_python_is_wrong_where_the_languages_differ() {
    let webhook = webhook(&MYCOVER);
    let mut documents = Documents::plain(seed() ^ 1);
    let mut disagreeing = 0;
    for (what, value) in [
        ("text that is not ASCII, which Python escapes", "\"Ren\u{e9}\""),
        ("a character beyond 16 bits", "\"\u{1f600}\""),
        ("the delete character", "\"\u{7f}\""),
        ("a fraction of zero, which Python keeps", "5000.0"),
        ("an exponent", "5e3"),
        ("a small number", "0.00001"),
        ("a large number", "1e20"),
        ("an integer beyond 53 bits, which Python keeps", "9007199254740993"),
        ("negative zero", "-0.0"),
        ("a number beyond the range of doubles", "1e400"),
        ("keys like integers, which ECMAScript sorts", r#"{"2":0,"1":0}"#),
        ("such keys after others", r#"{"a":0,"1":0}"#),
    ] {
        let member = format!("{},\"data\":{{\"value\":{value}}}", MYCOVER.member);
        let bodies: Vec<String> =
            (0..DOCUMENTS / 10).map(|_| documents.object_with(&member)).collect();
        let by_python = signatures(&MYCOVER_PYTHON, &bodies);
        let by_node = signatures(&MYCOVER_NODE, &bodies);
        for ((body, python), node) in bodies.iter().zip(by_python).zip(by_node) {
            assert!(webhook.verify(body, &[(MYCOVER_HEADER, &node)]).is_ok(), "{what}: {body}");
            assert_ne!(python, node, "{what}: {body}");
            disagreeing += 1;
        }
    }
    assert_eq!(disagreeing, 12 * DOCUMENTS / 10);
}

/// How many documents hookseal verifies as the snippet signed them, and signs alike.
fn agreeing(snippet: &Snippet, documents: &[String]) -> usize {
    let webhook = webhook(snippet);
    let (name, prefix) = snippet.header;
    let mut distinct = BTreeSet::new();
    for (body, signature) in documents.iter().zip(signatures(&snippet.helper, documents)) {
        let value = format!("{prefix}{signature}");
        let mut headers = vec![(name, value.as_str())];
        headers.extend(snippet.others);
        if let Err(error) = webhook.verify(body, &headers) {
            panic!("{}: {error}: {body}", snippet.provider);
        }
        let options = SignOptions::new().event_type("policy.created");
        let signed = webhook.sign(body, &options).expect("the type is given");
        let ours = signed.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        assert_eq!(ours, Some(value.as_str()), "{}: {body}", snippet.provider);
        distinct.insert(body);
    }
    distinct.len()
}

fn webhook(snippet: &Snippet) -> Webhook {
    Webhook::new(snippet.provider, [snippet.secret]).expect("the secret is a usual one")
}

fn signatures(helper: &Helper, documents: &[String]) -> Vec<String> {
    let answers = helper.answers(&[], documents).into_iter();
    answers.map(|answer| String::from_utf8(answer).expect("a signature is ASCII")).collect()
}

/// Different events.
fn events(mut documents: Documents, member: &str) -> Vec<String> {
    let mut events = BTreeSet::new();
    while events.len() < DOCUMENTS {
        events.insert(documents.object_with(member));
    }
    events.into_iter().collect()
}
