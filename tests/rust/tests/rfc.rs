//! HMAC's published test vectors, and OpenSSL as an independent signer.

#![expect(clippy::panic, reason = "how a test fails")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use fastrand::Rng;
use hookseal::{ErrorCode, Scheme, SignOptions, Webhook};
use hookseal_tests::documents::seed;

/// A key, a message and its digests, in hexadecimal; the names are those of the RFC.
struct TestCase {
    name: &'static str,
    key: String,
    data: Vec<u8>,
    digests: &'static [(&'static str, &'static str)],
}

fn case(
    name: &'static str,
    key: String,
    data: impl Into<Vec<u8>>,
    digests: &'static [(&'static str, &'static str)],
) -> TestCase {
    TestCase { name, key, data: data.into(), digests }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

/// The bytes from `first` on, in hexadecimal.
fn ascending(first: u8, last: u8) -> String {
    hex(&(first..=last).collect::<Vec<u8>>())
}

const LARGER_KEY: &str = "Test Using Larger Than Block-Size Key";

fn rfc_2202() -> Vec<TestCase> {
    vec![
        case(
            "2202/1",
            "0b".repeat(20),
            "Hi There",
            &[("hmac-sha1", "b617318655057264e28bc0b6fb378c8ef146be00")],
        ),
        case(
            "2202/2",
            hex(b"Jefe"),
            "what do ya want for nothing?",
            &[("hmac-sha1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")],
        ),
        case(
            "2202/3",
            "aa".repeat(20),
            [0xdd; 50],
            &[("hmac-sha1", "125d7342b9ac11cd91a39af48aa17b4f63f175d3")],
        ),
        case(
            "2202/4",
            ascending(0x01, 0x19),
            [0xcd; 50],
            &[("hmac-sha1", "4c9007f4026250c6bc8414f9bf50c86c2d7235da")],
        ),
        case(
            "2202/5",
            "0c".repeat(20),
            "Test With Truncation",
            &[("hmac-sha1", "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04")],
        ),
        case(
            "2202/6",
            "aa".repeat(80),
            format!("{LARGER_KEY} - Hash Key First"),
            &[("hmac-sha1", "aa4ae5e15272d00e95705637ce8a3b55ed402112")],
        ),
        case(
            "2202/7",
            "aa".repeat(80),
            format!("{LARGER_KEY} and Larger Than One Block-Size Data"),
            &[("hmac-sha1", "e8e99d0f45237d786d6bbaa7965c7808bbff1a91")],
        ),
    ]
}

fn rfc_4231() -> Vec<TestCase> {
    vec![
        case(
            "4231/1",
            "0b".repeat(20),
            "Hi There",
            &[
                ("hmac-sha256", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
                (
                    "hmac-sha512",
                    "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
                ),
            ],
        ),
        case(
            "4231/2",
            hex(b"Jefe"),
            "what do ya want for nothing?",
            &[
                ("hmac-sha256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
                (
                    "hmac-sha512",
                    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
                ),
            ],
        ),
        case(
            "4231/3",
            "aa".repeat(20),
            [0xdd; 50],
            &[
                ("hmac-sha256", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
                (
                    "hmac-sha512",
                    "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
                ),
            ],
        ),
        case(
            "4231/4",
            ascending(0x01, 0x19),
            [0xcd; 50],
            &[
                ("hmac-sha256", "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
                (
                    "hmac-sha512",
                    "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
                ),
            ],
        ),
        case(
            "4231/6",
            "aa".repeat(131),
            format!("{LARGER_KEY} - Hash Key First"),
            &[
                ("hmac-sha256", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
                (
                    "hmac-sha512",
                    "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
                ),
            ],
        ),
        case(
            "4231/7",
            "aa".repeat(131),
            "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
            &[
                ("hmac-sha256", "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
                (
                    "hmac-sha512",
                    "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
                ),
            ],
        ),
    ]
}

#[test]
fn published_vectors_verify() {
    let mut verified = 0;
    for case in rfc_2202().iter().chain(&rfc_4231()) {
        for (algorithm, digest) in case.digests {
            let webhook = webhook(algorithm, &case.key);
            let event = webhook.verify(&case.data, *digest);
            assert!(event.is_ok(), "{} {algorithm}: {event:?}", case.name);
            assert_eq!(signature(&webhook, &case.data), *digest, "{} {algorithm}", case.name);
            verified += 1;
        }
    }
    assert_eq!(verified, 7 + 2 * 6);
}

/// The RFCs also truncate: 2202/5 to 96 bits, 4231/5 to 128. What is shorter is easier to guess,
/// and no provider here truncates.
#[test]
fn published_truncated_vectors_are_refused() {
    let key = "0c".repeat(20);
    for (algorithm, truncated) in [
        ("hmac-sha1", "4c1a03424b55e07fe7f27be1"),
        ("hmac-sha256", "a3b6167473100ee06e0c796c2955552b"),
        ("hmac-sha512", "415fad6271580a531d4179bc891d87a6"),
    ] {
        let webhook = webhook(algorithm, &key);
        let body = b"Test With Truncation";
        assert!(signature(&webhook, body).starts_with(truncated), "{algorithm}");
        let error = webhook.verify(body, truncated).expect_err(algorithm);
        assert_eq!(error.code(), ErrorCode::MalformedHeader, "{algorithm}");
    }
}

/// Bodies and keys of every length around the hashes' blocks.
#[test]
fn openssl_signs_what_verifies() {
    let mut rng = Rng::with_seed(seed());
    let mut verified = 0;
    for (algorithm, option, block) in [
        ("hmac-sha1", "-sha1", 64),
        ("hmac-sha256", "-sha256", 64),
        ("hmac-sha512", "-sha512", 128),
    ] {
        for length in (0..4).chain(block - 20..block + 4).chain([2 * block, 10_000]) {
            let body: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
            let key_length = rng.usize(1..block * 2);
            let key = hex(&(0..key_length).map(|_| rng.u8(..)).collect::<Vec<u8>>());
            let webhook = webhook(algorithm, &key);
            let digest = openssl(option, &key, &body);
            let event = webhook.verify(&body, &digest).unwrap_or_else(|error| {
                panic!("{algorithm}, a key of {key_length}, a body of {length}: {error}")
            });
            assert_eq!(event.body(), body);
            assert_eq!(signature(&webhook, &body), digest);
            verified += 1;
        }
    }
    assert_eq!(verified, 3 * 30);
}

/// A sender that signs any bytes, with a key that is any bytes.
fn webhook(algorithm: &str, key: &str) -> Webhook {
    let scheme = Scheme::parse(&format!(
        r#"
        name = "rfc"
        [signature]
        header = "X-Signature"
        algorithm = "{algorithm}"
        encoding = "hex"
        content = "{{body}}"
        [key]
        encoding = "hex"
        [payload]
        format = "bytes"
        [event]
        type_required = false
        "#
    ));
    Webhook::builder(scheme.expect("a right scheme")).build([key]).expect("a hexadecimal key")
}

fn signature(webhook: &Webhook, body: &[u8]) -> String {
    let headers = webhook.sign(body, &SignOptions::new()).expect("it needs no options");
    assert_eq!(headers.len(), 1, "{headers:?}");
    headers.into_iter().map(|(_, value)| value).collect()
}

fn openssl(algorithm: &str, key: &str, body: &[u8]) -> String {
    let mut child = Command::new("openssl")
        .args(["dgst", "-r", algorithm, "-mac", "HMAC", "-macopt", &format!("hexkey:{key}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("is openssl installed? {error}"));
    let mut input = child.stdin.take().expect("it is a pipe");
    input.write_all(body).expect("openssl reads it all");
    drop(input);
    let output = child.wait_with_output().expect("openssl ends");
    assert!(output.status.success(), "openssl: {}", output.status);
    let text = String::from_utf8(output.stdout).expect("a digest is ASCII");
    text.split_whitespace().next().map(str::to_owned).expect("openssl gives a digest")
}
