//! A body as it is encoded: the value of Content-Encoding, and the body.

#![no_main]

use std::borrow::Cow;

use hookseal::decode_body;
use hookseal_fuzz::fields;
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 1 << 16;

fuzz_target!(|input: &[u8]| {
    let Some([encoding, body]) = fields(input) else { return };
    let Ok(encoding) = core::str::from_utf8(encoding) else { return };
    let decoded = decode_body(body, encoding, LIMIT);
    if let Ok(decoded) = &decoded {
        assert!(decoded.len() <= LIMIT);
    }
    // The limit changes nothing but what is too large, and what is between two encodings.
    if let Ok(decoded) = &decoded
        && !encoding.contains(',')
    {
        assert_eq!(decode_body(body, encoding, decoded.len()).as_deref(), Ok(&**decoded));
        if let (Some(smaller), Cow::Owned(_)) = (decoded.len().checked_sub(1), decoded) {
            assert!(decode_body(body, encoding, smaller).is_err());
        }
    }
    for encoding in ["gzip", "deflate", "br", "gzip, br, deflate, gzip"] {
        if let Ok(decoded) = decode_body(body, encoding, LIMIT) {
            assert!(decoded.len() <= LIMIT);
        }
    }
});
