//! Bodies that Node's zlib encoded, and what is made of them.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::borrow::Cow;

use hookseal::{BodyError, decode_body};
use hookseal_tests::helper::Helper;

const NODE: Helper = Helper { runtime: "node", file: "tests/oracle/content-encoding.mjs" };

const LIMIT: usize = 1 << 20;

/// What the encodings are called in the header, and what Node does for each.
const LAYERS: [(&str, &[&str]); 9] = [
    ("gzip", &["gzip"]),
    ("X-GZip", &["gzip"]),
    ("deflate", &["deflate"]),
    ("deflate", &["deflate-raw"]),
    ("br", &["br"]),
    ("gzip, br", &["gzip", "br"]),
    (" br ,,deflate , identity", &["br", "deflate"]),
    ("gzip,gzip", &["gzip", "gzip"]),
    ("deflate, gzip, br, gzip", &["deflate-raw", "gzip", "br", "gzip"]),
];

fn encoded(encoders: &[&str], body: &[u8]) -> Vec<u8> {
    NODE.answers(encoders, &[body]).remove(0)
}

/// Bytes that do not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut rng = fastrand::Rng::with_seed(7);
    std::iter::repeat_with(|| rng.u8(..)).take(length).collect()
}

#[test]
fn what_node_encodes_is_undone() {
    let json = br#"{"type":"policy.created","text":"\u00e9\u00e9 \ud83d\ude00"}"#.repeat(50);
    let bodies = [json.clone(), b"{}".to_vec(), vec![b' '; LIMIT], noise(LIMIT), noise(100_000)];
    let mut compared = 0;
    for (header, encoders) in LAYERS {
        for (body, sent) in bodies.iter().zip(NODE.answers(encoders, &bodies)) {
            let decoded = decode_body(&sent, header, LIMIT);
            assert_eq!(decoded.as_deref(), Ok(body.as_slice()), "{header}: {}", body.len());
            compared += 1;
        }
    }
    assert_eq!(compared, LAYERS.len() * bodies.len());
}

#[test]
fn one_limit_counts_what_comes_out() {
    for (header, encoders) in LAYERS {
        let sent = encoded(encoders, &vec![b'a'; LIMIT + 1]);
        assert!(sent.len() < 5_000, "{header}: {}", sent.len());
        assert_eq!(decode_body(&sent, header, LIMIT), Err(BodyError::TooLarge), "{header}");
        assert!(decode_body(&sent, header, LIMIT + 1).is_ok(), "{header}");
        let sent = encoded(encoders, &vec![0; 16 << 20]);
        assert_eq!(decode_body(&sent, header, LIMIT), Err(BodyError::TooLarge), "{header}");
    }
    for header in ["", "identity", "zstd"] {
        assert_eq!(decode_body(&noise(11), header, 10), Err(BodyError::TooLarge));
        assert_eq!(decode_body(&noise(10), header, 10).unwrap().len(), 10);
    }
}

#[test]
fn members_of_gzip_follow_each_other() {
    let sent = [encoded(&["gzip"], b"{\"a\":"), encoded(&["gzip"], b"1}")].concat();
    assert_eq!(decode_body(&sent, "gzip", LIMIT).unwrap(), br#"{"a":1}"#.as_slice());
    let bomb = encoded(&["gzip"], &[b'a'; 1000]).repeat(20);
    assert_eq!(decode_body(&bomb, "gzip", 19_999), Err(BodyError::TooLarge));
}

#[test]
fn what_was_cut_or_garbled_is_malformed() {
    let body = noise(4000);
    let mut refused = 0;
    for (header, encoders) in &LAYERS[..5] {
        let sent = encoded(encoders, &body);
        for cut in [sent.len() - 1, sent.len() / 2, 12] {
            let decoded = decode_body(&sent[..cut], header, LIMIT);
            assert_eq!(decoded, Err(BodyError::Malformed), "{header} cut to {cut}");
            refused += 1;
        }
        let mut garbled = sent.clone();
        garbled.splice(20..40, [0xff; 20]);
        // Without a checksum, garbled noise is other noise.
        if !matches!(encoders, ["br" | "deflate-raw"]) {
            let decoded = decode_body(&garbled, header, LIMIT);
            assert_eq!(decoded, Err(BodyError::Malformed), "{header} garbled");
            refused += 1;
        }
    }
    assert_eq!(refused, 18);
    for (header, encoders) in &LAYERS[..5] {
        let followed = [encoded(encoders, b"{}"), b"more".to_vec()].concat();
        assert_eq!(decode_body(&followed, header, LIMIT), Err(BodyError::Malformed), "{header}");
    }
}

/// A decoder that takes them reserves a GiB for a few bytes.
#[test]
fn windows_that_the_rfc_does_not_have_are_refused() {
    let sent = encoded(&["br-large"], &noise(100_000));
    assert_eq!(sent[0], 0x11, "what a large window begins with");
    assert_eq!(decode_body(&sent, "br", LIMIT), Err(BodyError::Malformed));
}

/// Whose undoing would take as long as that of all of the megabyte.
#[test]
fn what_is_encoded_twice_does_not_shrink_to_nothing_twice() {
    let empty = encoded(&["gzip"], b"");
    let members = empty.repeat(LIMIT / empty.len());
    for (header, encoder) in
        [("gzip, gzip", "gzip"), ("gzip, deflate", "deflate"), ("gzip, br", "br")]
    {
        let sent = encoded(&[encoder], &members);
        assert!(sent.len() < 5_000, "{header}: {}", sent.len());
        assert_eq!(decode_body(&sent, header, LIMIT), Err(BodyError::TooLarge), "{header}");
    }
    let few = encoded(&["gzip"], &empty.repeat(2000));
    assert_eq!(decode_body(&few, "gzip, gzip", LIMIT).unwrap(), b"".as_slice());
}

#[test]
fn what_is_not_encoded_or_not_known_stays_as_it_came() {
    let json = b"{\"text\":\"\xc3\xa9\"}\n".as_slice();
    let gzip = encoded(&["gzip"], json);
    for (body, header) in [
        (json, "gzip"),
        (json, "deflate"),
        (json, "br"),
        (json, "gzip, br"),
        (b"".as_slice(), "gzip"),
        (b"".as_slice(), "br"),
        (b"payload=%7B%7D".as_slice(), "deflate"),
        (gzip.as_slice(), ""),
        (gzip.as_slice(), "identity"),
        (gzip.as_slice(), "zstd"),
        (gzip.as_slice(), "gzip, zstd"),
        (gzip.as_slice(), "zstd, gzip"),
        (gzip.as_slice(), "gzip, gzip, gzip, gzip, gzip"),
    ] {
        let decoded = decode_body(body, header, LIMIT).unwrap();
        assert!(matches!(decoded, Cow::Borrowed(same) if same == body), "{header}");
    }
    // An outer layer that is there is undone, an inner one that is not stays as it is.
    assert_eq!(decode_body(&gzip, "br, gzip", LIMIT).unwrap(), json);
}

#[test]
fn errors_have_the_adapters_words() {
    assert_eq!(
        (BodyError::TooLarge.as_str(), BodyError::TooLarge.http_status()),
        ("body_too_large", 413)
    );
    let malformed = BodyError::Malformed;
    assert_eq!((malformed.as_str(), malformed.http_status()), ("incomplete_body", 400));
    assert!(malformed.to_string().contains("Content-Encoding"));
}
