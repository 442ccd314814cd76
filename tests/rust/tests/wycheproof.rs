//! Project Wycheproof's vectors: signatures and digests, most of them wrong in a way that some
//! library has taken for right.

use std::fmt::Write as _;

use hookseal::{Error, ErrorCode, Scheme, Webhook};
use wycheproof::{TestResult, ecdsa, eddsa, mac, rsa_pkcs1_verify, rsa_pss_verify};

/// How many vectors a set has, and how many of them verify.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    all: usize,
    right: usize,
}

/// A scheme that signs the body alone, whatever it is.
fn scheme(algorithm: &str, key: &str) -> Scheme {
    let scheme = format!(
        "name = \"wycheproof\"\n{key}\n[[signature]]\nheader = \"Signature\"\nalgorithm = \"{algorithm}\"\n\
         encoding = \"hex\"\ncontent = \"{{body}}\"\n[payload]\nformat = \"bytes\"\n[event]\n\
         type_required = false"
    );
    Scheme::parse(&scheme).expect("the scheme is right")
}

fn webhook(algorithm: &str, key: &str) -> Webhook {
    Webhook::builder(scheme(algorithm, "")).build([key]).expect("the key is right")
}

/// Verifies one vector with the same key in each way of writing it.
fn check(webhooks: &[Webhook], message: &[u8], signature: &[u8], is_right: bool, what: &str) {
    let digits = hex(signature);
    for webhook in webhooks {
        match webhook.verify(message, &[("Signature", digits.as_str())]) {
            Ok(event) => {
                assert!(is_right, "{what} must not verify");
                assert_eq!(event.body(), message);
            }
            Err(error) => {
                assert!(!is_right, "{what} must verify: {error}");
                assert!(is_refusal(&error), "{what}: {error}");
            }
        }
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error.code(), ErrorCode::SignatureMismatch | ErrorCode::MalformedHeader)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

fn base64(bytes: &[u8]) -> String {
    use base64ct::{Base64, Encoding as _};
    Base64::encode_string(bytes)
}

fn base64url(bytes: &[u8]) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding as _};
    Base64UrlUnpadded::encode_string(bytes)
}

#[test]
fn ed25519() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).expect("the vectors are there");
    let mut count = Count::default();
    for group in set.test_groups {
        let raw: &[u8] = &group.key.pk;
        let ways = [
            group.pem.clone(),
            base64(&group.der),
            hex(raw),
            base64(raw),
            format!("whpk_{}", base64(raw)),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url(raw)),
        ];
        let webhooks = ways.map(|key| webhook("ed25519", &key));
        for test in group.tests {
            let is_right = test.result == TestResult::Valid;
            let what = format!("{}: {}", test.tc_id, test.comment);
            check(&webhooks, &test.msg, &test.sig, is_right, &what);
            count.all += 1;
            count.right += usize::from(is_right);
        }
    }
    assert_eq!(count, Count { all: 151, right: 88 });
}

fn ecdsa_p256(name: ecdsa::TestName, algorithm: &str) -> Count {
    let set = ecdsa::TestSet::load(name).expect("the vectors are there");
    let mut count = Count::default();
    for group in set.test_groups {
        let point: &[u8] = &group.key.key;
        let jwk = format!(
            r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}","use":"sig","alg":"ES256"}}"#,
            base64url(&point[1..33]),
            base64url(&point[33..])
        );
        let ways = [group.pem.clone(), base64(&group.der), hex(point), base64(point), jwk];
        let webhooks = ways.map(|key| webhook(algorithm, &key));
        for test in group.tests {
            let is_right = test.result == TestResult::Valid;
            let what = format!("{}: {}", test.tc_id, test.comment);
            check(&webhooks, &test.msg, &test.sig, is_right, &what);
            count.all += 1;
            count.right += usize::from(is_right);
        }
    }
    count
}

#[test]
fn ecdsa_p256_der() {
    let count = ecdsa_p256(ecdsa::TestName::EcdsaSecp256r1Sha256, "ecdsa-p256-sha256-der");
    assert_eq!(count, Count { all: 484, right: 174 });
}

#[test]
fn ecdsa_p256_p1363() {
    let count = ecdsa_p256(ecdsa::TestName::EcdsaSecp256r1Sha256P1363, "ecdsa-p256-sha256");
    assert_eq!(count, Count { all: 262, right: 173 });
}

#[test]
fn rsa_pkcs1() {
    use rsa_pkcs1_verify::TestName::{
        Rsa2048Sha256, Rsa2048Sha512, Rsa3072Sha256, Rsa3072Sha512, Rsa4096Sha256, Rsa4096Sha512,
        Rsa8192Sha256, Rsa8192Sha512,
    };
    let sets = [
        (Rsa2048Sha256, "rsa-pkcs1-sha256"),
        (Rsa3072Sha256, "rsa-pkcs1-sha256"),
        (Rsa4096Sha256, "rsa-pkcs1-sha256"),
        (Rsa8192Sha256, "rsa-pkcs1-sha256"),
        (Rsa2048Sha512, "rsa-pkcs1-sha512"),
        (Rsa3072Sha512, "rsa-pkcs1-sha512"),
        (Rsa4096Sha512, "rsa-pkcs1-sha512"),
        (Rsa8192Sha512, "rsa-pkcs1-sha512"),
    ];
    let mut count = Count::default();
    for (name, algorithm) in sets {
        let set = rsa_pkcs1_verify::TestSet::load(name).expect("the vectors are there");
        for group in set.test_groups {
            let exponent: &[u8] = &group.key.e;
            let ways = [
                group.pem.clone(),
                base64(&group.der),
                pem("RSA PUBLIC KEY", &group.asn_key),
                format!(
                    r#"{{"kty":"RSA","n":"{}","e":"{}","key_ops":["verify"]}}"#,
                    base64url(&group.key.n),
                    base64url(exponent)
                ),
            ];
            // A vector with the exponent 3 is right, and its key is refused.
            if exponent.iter().skip_while(|byte| **byte == 0).count() < 3 {
                for key in ways {
                    let refused = Webhook::builder(scheme(algorithm, "")).build([key]);
                    let error = refused.expect_err("the exponent is small");
                    assert_eq!(error.code(), ErrorCode::InvalidSecret);
                    assert!(error.message().contains("65537"), "{error}");
                }
                count.all += group.tests.len();
                continue;
            }
            let webhooks = ways.map(|key| webhook(algorithm, &key));
            for test in group.tests {
                // "Acceptable" are those whose hash is named without its parameter, NULL: other
                // than RFC 8017 says, so they do not verify.
                let is_right = test.result == TestResult::Valid;
                let what = format!("{}: {}", test.tc_id, test.comment);
                check(&webhooks, &test.msg, &test.sig, is_right, &what);
                count.all += 1;
                count.right += usize::from(is_right);
            }
        }
    }
    assert_eq!(count, Count { all: 2071, right: 56 });
}

fn pem(label: &str, der: &[u8]) -> String {
    let digits = base64(der);
    let lines: Vec<&str> = digits
        .as_bytes()
        .chunks(64)
        .map(|line| core::str::from_utf8(line).expect("ASCII"))
        .collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

#[test]
fn rsa_pss() {
    use rsa_pss_verify::TestName::{
        RsaPss2048Sha256Mgf1SaltLen0, RsaPss2048Sha256Mgf1SaltLen32, RsaPss2048Sha256Mgf1Sha1_20,
        RsaPss3072Sha256Mgf1SaltLen32, RsaPss4096Sha256Mgf1SaltLen32,
        RsaPss4096Sha512Mgf1SaltLen32, RsaPss4096Sha512Mgf1SaltLen64, RsaPssmisc,
    };
    let sets = [
        RsaPss2048Sha256Mgf1SaltLen0,
        RsaPss2048Sha256Mgf1SaltLen32,
        RsaPss2048Sha256Mgf1Sha1_20,
        RsaPss3072Sha256Mgf1SaltLen32,
        RsaPss4096Sha256Mgf1SaltLen32,
        RsaPss4096Sha512Mgf1SaltLen32,
        RsaPss4096Sha512Mgf1SaltLen64,
        RsaPssmisc,
    ];
    let mut count = Count::default();
    for name in sets {
        let set = rsa_pss_verify::TestSet::load(name).expect("the vectors are there");
        for group in set.test_groups {
            // Another hash, another mask or a salt of another length is not what the scheme says.
            let hash = format!("{:?}", group.hash);
            let (algorithm, len) = match hash.as_str() {
                "Sha2_512" => ("rsa-pss-sha512", 64),
                _ => ("rsa-pss-sha256", 32),
            };
            let has_hash = matches!(hash.as_str(), "Sha2_256" | "Sha2_512")
                && group.mgf_hash == Some(group.hash);
            // In a set with other salts, the one vector with a salt as long as the hash is "wrong".
            let own_salt = format!("s_len changed to {len}");
            let key = Webhook::builder(scheme(algorithm, "")).build([&group.pem]);
            let webhooks = match key {
                Ok(webhook) => vec![webhook, self::webhook(algorithm, &base64(&group.der))],
                Err(error) => {
                    assert_eq!(error.code(), ErrorCode::InvalidSecret);
                    assert!(group.key_size < 2048 || group.key.e.len() < 3, "{error}");
                    Vec::new()
                }
            };
            for test in group.tests {
                let has_salt = match test.result {
                    TestResult::Valid => group.salt_size == len,
                    _ => test.comment == own_salt,
                };
                let is_right = has_hash && has_salt && !webhooks.is_empty();
                let what = format!("{name:?} {}: {}", test.tc_id, test.comment);
                check(&webhooks, &test.msg, &test.sig, is_right, &what);
                count.all += 1;
                count.right += usize::from(is_right);
            }
        }
    }
    assert_eq!(count, Count { all: 1041, right: 324 });
}

#[test]
fn hmac() {
    let sets = [
        (mac::TestName::HmacSha1, "hmac-sha1"),
        (mac::TestName::HmacSha256, "hmac-sha256"),
        (mac::TestName::HmacSha512, "hmac-sha512"),
    ];
    let mut count = Count::default();
    for (name, algorithm) in sets {
        let set = mac::TestSet::load(name).expect("the vectors are there");
        for group in set.test_groups {
            for test in group.tests {
                let scheme = scheme(algorithm, "[key]\nencoding = \"hex\"");
                let webhook = Webhook::builder(scheme).build([hex(&test.key)]).expect("a key");
                // A digest that was cut is right for Wycheproof, and has no form of the scheme's.
                let is_whole = test.tag.len() * 8 == group.tag_size
                    && matches!(
                        (algorithm, test.tag.len()),
                        ("hmac-sha1", 20) | ("hmac-sha256", 32) | ("hmac-sha512", 64)
                    );
                let is_right = test.result == TestResult::Valid && is_whole;
                let what = format!("{name:?} {}: {}", test.tc_id, test.comment);
                check(&[webhook], &test.msg, &test.tag, is_right, &what);
                count.all += 1;
                count.right += usize::from(is_right);
            }
        }
    }
    assert_eq!(count, Count { all: 518, right: 99 });
}
