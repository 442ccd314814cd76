//! A public key in a form that keys are not read in.

use core::ops::ControlFlow;

use base64ct::{Base64, Base64Unpadded, Encoding as _};
use serde_json::Value;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Material, ReceivedSecret, Secret};
use crate::encoding::decode_hex;

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretKeyForm, effort: Effort::Read, offer };

/// How many keys of a set are tried.
const MAX_KEYS: usize = 8;

fn offer(received: &ReceivedSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let Some(text) = received.text() else { return ControlFlow::Continue(()) };
    for (key, evidence) in forms(text.trim()) {
        offers.offer(Material::Public(key), Change::Wrapped, evidence)?;
    }
    ControlFlow::Continue(())
}

/// Returns the keys that a text may stand for, as they are read, and what it is instead.
fn forms(text: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if text.contains("\\n") {
        let key = text.replace("\\r", "").replace("\\n", "\n");
        let evidence = "the key is PEM with the two characters `\\n` where its lines end";
        found.push((key.trim_matches(['"', '\'']).to_owned(), evidence));
    }
    for key in key_set(text) {
        found.push((key, "the key is a set of JSON Web Keys, and the one is among them"));
    }
    if let Some(key) = openssh(text) {
        found.push((key, "the key is written as OpenSSH does"));
    }
    let digits: String =
        text.chars().filter(|char| *char != ':' && !char.is_whitespace()).collect();
    let digits = digits.strip_prefix("0x").unwrap_or(&digits);
    if let Some(bytes) = decode_hex(digits.as_bytes()).filter(|bytes| !bytes.is_empty()) {
        found
            .extend(raw(&bytes, "the key is hexadecimal, and is read in base64 or in another way"));
    } else if let Some(bytes) = base64(digits) {
        found.extend(raw(&bytes, "the key is base64url, or lacks the byte 04 before its numbers"));
    }
    found
}

/// Returns the ways to read the bytes of a key, or of a structure that holds one.
fn raw(bytes: &[u8], evidence: &'static str) -> Vec<(String, &'static str)> {
    // Two coordinates alone, as WebCrypto and JSON Web Keys have them.
    let point = (bytes.len() == 64).then(|| [&[4], bytes].concat());
    point
        .into_iter()
        .chain([bytes.to_vec()])
        .map(|key| (Base64::encode_string(&key), evidence))
        .collect()
}

fn key_set(text: &str) -> Vec<String> {
    let document: Option<Value> = serde_json::from_str(text).ok();
    let keys = document.as_ref().and_then(|document| document.get("keys")?.as_array());
    keys.into_iter().flatten().take(MAX_KEYS).map(Value::to_string).collect()
}

/// Returns the bytes of an Ed25519 key in `ssh-ed25519 AAAA… comment`.
fn openssh(text: &str) -> Option<String> {
    let blob = base64(text.strip_prefix("ssh-ed25519 ")?.split(' ').next()?)?;
    let key = blob.strip_prefix(b"\0\0\0\x0bssh-ed25519\0\0\0\x20")?;
    Some(Base64::encode_string(key))
}

/// Base64 of either alphabet, padded or not.
fn base64(text: &str) -> Option<Vec<u8>> {
    let standard = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    Base64Unpadded::decode_vec(&standard).ok().filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_tools_write() {
        let key = |text: &str| forms(text).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(key("-----BEGIN X-----\\nAA==\\n-----END X-----\\n")[0].lines().count(), 3);
        assert_eq!(key("30:2A"), ["MCo="]);
        assert_eq!(key(&"ab".repeat(64)).len(), 2);
        assert_eq!(key("-_-_"), ["+/+/"]);
        assert_eq!(key(r#"{"keys":[{"kty":"OKP"}]}"#), [r#"{"kty":"OKP"}"#]);
        let blob = [b"\0\0\0\x0bssh-ed25519\0\0\0\x20".as_slice(), &[7; 32]].concat();
        let line = format!("ssh-ed25519 {} me@host", Base64::encode_string(&blob));
        assert_eq!(key(&line), [Base64::encode_string(&[7; 32])]);
        assert!(key("a secret!").is_empty());
    }
}
