//! A signature header's value, for all layouts, encodings and algorithms, against a plain reading
//! of what each allows.
//!
//! The input is three digits, which choose them, and the value. In it `{right}` stands for the right
//! signature and `{wrong}` for one that is only well formed.

#![no_main]

use std::collections::HashMap;
use std::sync::LazyLock;

use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{ErrorCode, Scheme, Webhook};
use hookseal_fuzz::{fields, now};
use libfuzzer_sys::fuzz_target;

const KEY: &str = "a key";
const BODY: &str = "a body";
const NOW: u128 = 1_760_000_000;
const TOLERANCE: u128 = 300;

struct Layout {
    toml: &'static str,
    /// `None` if the whole value is one entry.
    separator: Option<char>,
    prefix: &'static str,
    timestamp: Option<&'static str>,
}

const LAYOUTS: [Layout; 10] = [
    Layout { toml: "", separator: None, prefix: "", timestamp: None },
    Layout { toml: "prefix = 'sha256='", separator: None, prefix: "sha256=", timestamp: None },
    Layout {
        toml: "layout = 'list'\nseparator = ' '\nprefix = 'v1,'",
        separator: Some(' '),
        prefix: "v1,",
        timestamp: None,
    },
    Layout {
        toml: "layout = 'list'\nseparator = ' '",
        separator: Some(' '),
        prefix: "",
        timestamp: None,
    },
    Layout {
        toml: "layout = 'list'\nseparator = ','",
        separator: Some(','),
        prefix: "",
        timestamp: None,
    },
    Layout {
        toml: "layout = 'list'\nseparator = ','\nprefix = 'sha1='",
        separator: Some(','),
        prefix: "sha1=",
        timestamp: None,
    },
    Layout {
        toml: "layout = 'pairs'\nseparator = ','\nsignature_key = 'v1'\ntimestamp_key = 't'",
        separator: Some(','),
        prefix: "v1=",
        timestamp: Some("t="),
    },
    Layout {
        toml: "layout = 'pairs'\nseparator = ';'\nsignature_key = 'h1'\ntimestamp_key = 'ts'",
        separator: Some(';'),
        prefix: "h1=",
        timestamp: Some("ts="),
    },
    Layout {
        toml: "layout = 'pairs'\nseparator = ','\nsignature_key = 's'",
        separator: Some(','),
        prefix: "s=",
        timestamp: None,
    },
    Layout {
        toml: "layout = 'pairs'\nseparator = ';'\nsignature_key = 'vv'\ntimestamp_key = 'v'",
        separator: Some(';'),
        prefix: "vv=",
        timestamp: Some("v="),
    },
];

const ENCODINGS: [&str; 4] = ["hex", "base64", "base64url", "base64url-nopad"];
const ALGORITHMS: [&str; 3] = ["hmac-sha1", "hmac-sha256", "hmac-sha512"];

static WEBHOOKS: LazyLock<HashMap<(usize, usize, usize), Webhook>> = LazyLock::new(|| {
    let mut webhooks = HashMap::new();
    for (a, layout) in LAYOUTS.iter().enumerate() {
        for (b, encoding) in ENCODINGS.iter().enumerate() {
            for (c, algorithm) in ALGORITHMS.iter().enumerate() {
                webhooks.insert((a, b, c), webhook(layout, encoding, algorithm));
            }
        }
    }
    webhooks
});

fuzz_target!(|input: &[u8]| {
    let Some([choice, template]) = fields(input) else { return };
    let &[layout, encoding, algorithm] = choice else { return };
    let choose = |digit: u8| usize::from(digit.wrapping_sub(b'0'));
    let key = (choose(layout), choose(encoding), choose(algorithm));
    let Some(webhook) = WEBHOOKS.get(&key) else { return };
    let (layout, encoding, algorithm) = (&LAYOUTS[key.0], ENCODINGS[key.1], ALGORITHMS[key.2]);
    let Ok(template) = core::str::from_utf8(template) else {
        let error = webhook.verify_at(BODY, &[("X-Signature", template)], now());
        assert_eq!(error.map(|_| ()).unwrap_err().code(), ErrorCode::MalformedHeader);
        return;
    };
    let timestamp = timestamp(layout, template);
    let right = sign(algorithm, timestamp.unwrap_or_default().unwrap_or(""), layout);
    let wrong = vec![0; right.len()];
    let value = template
        .replace("{right}", &encode(encoding, &right))
        .replace("{wrong}", &encode(encoding, &wrong));

    let found = webhook.verify_at(BODY, &[("X-Signature", &value)], now());
    let code = found.as_ref().map(|_| ()).map_err(|error| error.code());
    assert_eq!(code, expected(layout, encoding, &right, &value), "{value:?} {found:?}");
});

fn webhook(layout: &Layout, encoding: &str, algorithm: &str) -> Webhook {
    let (content, timestamp) = match layout.timestamp {
        Some(_) => ("{timestamp}.{body}", "[timestamp]\nunit = 'seconds'\ntolerance = 300"),
        None => ("{body}", ""),
    };
    let toml = format!(
        "name = 'fuzz'\n[signature]\nheader = 'X-Signature'\nalgorithm = '{algorithm}'\n\
         encoding = '{encoding}'\ncontent = '{content}'\n{}\n{timestamp}\n\
         [payload]\nformat = 'bytes'\n[event]\ntype_required = false\n",
        layout.toml
    );
    let scheme = Scheme::parse(&toml).expect("the scheme is right");
    Webhook::builder(scheme).build([KEY]).expect("the key is right")
}

/// The timestamp that the value has; an error if it has none or two.
fn timestamp<'v>(layout: &Layout, value: &'v str) -> Result<Option<&'v str>, ()> {
    let Some(key) = layout.timestamp else { return Ok(None) };
    let mut found: Vec<&str> =
        entries(layout, value).filter_map(|entry| entry.strip_prefix(key)).collect();
    found.dedup();
    match found[..] {
        [one] => Ok(Some(one)),
        _ => Err(()),
    }
}

fn entries<'v>(layout: &Layout, value: &'v str) -> impl Iterator<Item = &'v str> {
    let trimmed = layout.separator.is_some();
    let split: Vec<&str> = match layout.separator {
        Some(separator) => value.split(separator).collect(),
        None => vec![value],
    };
    split.into_iter().map(move |entry| if trimmed { entry.trim_matches(' ') } else { entry })
}

fn sign(algorithm: &str, timestamp: &str, layout: &Layout) -> Vec<u8> {
    let content = match layout.timestamp {
        Some(_) => format!("{timestamp}.{BODY}"),
        None => BODY.to_owned(),
    };
    macro_rules! hmac {
        ($hash:ty) => {{
            let mut mac = Hmac::<$hash>::new_from_slice(KEY.as_bytes()).expect("any key will do");
            mac.update(content.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }};
    }
    match algorithm {
        "hmac-sha1" => hmac!(sha1::Sha1),
        "hmac-sha256" => hmac!(sha2::Sha256),
        _ => hmac!(sha2::Sha512),
    }
}

fn encode(encoding: &str, digest: &[u8]) -> String {
    match encoding {
        "hex" => base16ct::lower::encode_string(digest),
        "base64" => Base64::encode_string(digest),
        "base64url" => Base64Url::encode_string(digest),
        _ => Base64UrlUnpadded::encode_string(digest),
    }
}

fn expected(layout: &Layout, encoding: &str, right: &[u8], value: &str) -> Result<(), ErrorCode> {
    const MALFORMED: Result<(), ErrorCode> = Err(ErrorCode::MalformedHeader);
    if !value.chars().all(|char| matches!(char, ' '..='~' | '\t')) {
        return MALFORMED;
    }
    let digests: Vec<Vec<u8>> = entries(layout, value)
        .filter_map(|entry| decode(encoding, entry.strip_prefix(layout.prefix)?, right.len()))
        .collect();
    let Ok(timestamp) = timestamp(layout, value) else { return MALFORMED };
    if digests.is_empty() {
        return MALFORMED;
    }
    let mut moment = None;
    if let Some(timestamp) = timestamp {
        let digits = timestamp.bytes().all(|byte| byte.is_ascii_digit());
        let another_spelling = timestamp.len() > 1 && timestamp.starts_with('0');
        if !digits || another_spelling || timestamp.is_empty() || timestamp.len() > 20 {
            return MALFORMED;
        }
        moment = timestamp.parse::<u128>().ok();
    }
    if !digests.iter().any(|digest| digest == right) {
        return Err(ErrorCode::SignatureMismatch);
    }
    match moment {
        Some(moment) if moment.abs_diff(NOW) > TOLERANCE => Err(ErrorCode::TimestampOutOfTolerance),
        _ => Ok(()),
    }
}

/// The digest, if the text is exactly one way to write it: its canonical one, or hexadecimal of
/// either case.
fn decode(encoding: &str, text: &str, length: usize) -> Option<Vec<u8>> {
    let (bits, alphabet) = match encoding {
        "hex" => (4, "0123456789abcdef"),
        "base64" => (6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
        _ => (6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
    };
    let text = if encoding == "hex" { text.to_ascii_lowercase() } else { text.to_owned() };
    let (mut digest, mut pending, mut count) = (Vec::new(), 0_u32, 0);
    for char in text.trim_end_matches('=').chars() {
        pending = pending << bits | u32::try_from(alphabet.find(char)?).ok()?;
        count += bits;
        if count >= 8 {
            count -= 8;
            digest.push(u8::try_from(pending >> count & 0xff).ok()?);
        }
    }
    // One text for each digest: what is left over and the padding are as the writer has them.
    (digest.len() == length && encode(encoding, &digest) == text).then_some(digest)
}
