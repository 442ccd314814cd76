//! Bytes written as hexadecimal or base64 digits.

use base64ct::Encoding;

/// The bytes that hexadecimal digits of either case stand for.
pub(crate) fn decode_hex(digits: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = vec![0; digits.len() / 2];
    faster_hex::hex_decode(digits, &mut bytes).ok().map(|()| bytes)
}

/// The bytes in hexadecimal digits.
pub(crate) fn encode_hex(bytes: &[u8]) -> String {
    let mut digits = vec![0; bytes.len() * 2];
    faster_hex::hex_encode(bytes, &mut digits).map(|text| text.to_owned()).unwrap_or_default()
}

/// The bytes that base64 stands for, padded (`P`) or not (`U`).
pub(crate) fn decode_base64<P: Encoding, U: Encoding>(digits: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(digits).ok()?;
    let bytes = if text.ends_with('=') { P::decode_vec(text) } else { U::decode_vec(text) };
    bytes.ok()
}
