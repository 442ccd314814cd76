//! What a secret shows by itself.

use super::super::FindingCode;
use super::super::cause::Cause;
use crate::scheme::{Compiled, Scheme};
use crate::secret::read_key;

/// What API keys and other credentials begin with.
const API_KEYS: [&str; 14] = [
    "sk_",
    "pk_",
    "rk_",
    "ghp_",
    "gho_",
    "github_pat_",
    "Bearer ",
    "Basic ",
    "eyJ",
    "AKIA",
    "xox",
    "SG.",
    "AIza",
    "-----BEGIN",
];

/// Why the secret cannot be the right one, if it shows.
pub(in crate::explain) fn seen(secret: &[u8], scheme: &Scheme, others: &[Scheme]) -> Option<Cause> {
    let own = scheme.compiled();
    if let Some(evidence) = placeholder(secret) {
        return Some(Cause::new(FindingCode::SecretPlaceholder, evidence));
    }
    if let Some(evidence) = other_credential(secret, own, others) {
        return Some(Cause::new(FindingCode::SecretIsApiKey, evidence));
    }
    unusable(secret, own)
}

/// Why no webhook can be built with the secret.
pub(in crate::explain) fn unusable(secret: &[u8], scheme: &Compiled) -> Option<Cause> {
    let error = read_key(secret, &scheme.key, &scheme.name).err()?;
    let text = core::str::from_utf8(secret).unwrap_or_default();
    let code = if text.trim().is_empty() || scheme.key.read(secret).is_err() {
        FindingCode::SecretUnusable
    } else if text.trim() == text {
        FindingCode::SecretQuoted
    } else {
        FindingCode::SecretWhitespace
    };
    Some(Cause::new(code, error.message()))
}

fn placeholder(secret: &[u8]) -> Option<String> {
    const NOTHING: [&str; 9] = [
        "undefined",
        "null",
        "none",
        "nil",
        "nan",
        "false",
        "(null)",
        "[object object]",
        "changeme",
    ];
    const BRACKETS: [(&str, &str); 5] =
        [("${", "}"), ("{{", "}}"), ("<", ">"), ("%", "%"), ("$(", ")")];
    let text = core::str::from_utf8(secret).ok()?.trim();
    let lower = text.to_ascii_lowercase();
    if NOTHING.contains(&lower.as_str()) {
        return Some(
            "it is what a language prints for nothing, or a word that stands for a secret"
                .to_owned(),
        );
    }
    if let Some((open, close)) =
        BRACKETS.iter().find(|(open, close)| text.starts_with(open) && text.ends_with(close))
    {
        return Some(format!(
            "it stands in `{open}` and `{close}`, as a variable that was not filled in"
        ));
    }
    let is_variable = text.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    });
    if is_variable {
        return Some("it is a `$` and a variable's name, which nothing expanded".to_owned());
    }
    let masks = ['*', '\u{2022}', 'x', 'X', '.'];
    let is_masked = text.chars().count() >= 3
        && masks.iter().any(|mask| text.chars().all(|char| char == *mask));
    (is_masked).then(|| "it is a mask, as settings show in a secret's place".to_owned())
}

fn other_credential(secret: &[u8], own: &Compiled, others: &[Scheme]) -> Option<String> {
    let begins = |prefix: &str| secret.starts_with(prefix.as_bytes());
    let expected = own.key_begins_with.as_deref();
    if expected.is_some_and(begins) {
        return None;
    }
    if let Some(prefix) = API_KEYS.into_iter().find(|prefix| begins(prefix)) {
        return Some(format!("it begins with `{}`, as API keys and tokens do", prefix.trim_end()));
    }
    // Where it is documented what secrets begin with, another sender's beginning is telling.
    let expected = expected?;
    let foreign = others.iter().filter_map(|other| other.compiled().key_begins_with.as_deref());
    let foreign = foreign.into_iter().find(|prefix| begins(prefix))?;
    Some(format!("it begins with `{foreign}`; {}'s begin with `{expected}`", own.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(secret: &str, provider: &str) -> Option<&'static str> {
        let scheme = Scheme::provider(provider).unwrap();
        let others: Vec<Scheme> =
            ["kasko", "mycover"].iter().map(|name| Scheme::provider(name).unwrap()).collect();
        seen(secret.as_bytes(), &scheme, &others).map(|cause| cause.code.as_str())
    }

    #[test]
    fn sees_what_is_no_secret() {
        for secret in ["undefined", "None", "${SECRET}", "$KASKO_SECRET", "{{ s }}", "****", "<x>"]
        {
            assert_eq!(code(secret, "kasko"), Some("secret_placeholder"), "{secret}");
        }
        for (secret, provider, expected) in [
            ("sk_live_51", "stripe", Some("secret_is_api_key")),
            ("whsec_abc", "mycover", Some("secret_is_api_key")),
            ("MCASECK|49939d32", "kasko", Some("secret_is_api_key")),
            ("whsec_abc", "kasko", None),
            ("whsec_abc", "coverkit", None),
            ("MCASECK|49939d32", "mycover", None),
            ("a secret", "claimport", None),
            ("", "kasko", Some("secret_unusable")),
            (" \n", "kasko", Some("secret_unusable")),
            ("s\n", "kasko", Some("secret_whitespace")),
            ("'s'", "kasko", Some("secret_quoted")),
            ("not base64!", "standard-webhooks", Some("secret_unusable")),
        ] {
            assert_eq!(code(secret, provider), expected, "{provider}");
        }
    }
}
