//! The secret: what was copied with it, how it is encoded, and whether it is the right one.

mod refused;
mod secret_case;
mod secret_charset;
mod secret_encoding;
mod secret_is_api_key;
mod secret_key_form;
mod secret_key_kind;
mod secret_mistyped;
mod secret_other_webhook;
mod secret_placeholder;
mod secret_prefix;
mod secret_quoted;
mod secret_test_mode;
mod secret_truncated;
mod secret_unusable;
mod secret_whitespace;
mod secret_wrapped;

pub(super) use secret_key_kind::for_other_signature;
pub(super) use secret_other_webhook::of_hint;
pub(super) use secret_unusable::none_given;

use super::part::Group;
use super::received::Secret;

pub(super) const GROUP: Group<Secret> = Group {
    candidates: &[
        // Zeros are invisible too.
        secret_charset::CANDIDATES,
        secret_whitespace::CANDIDATES,
        secret_quoted::CANDIDATES,
        secret_wrapped::CANDIDATES,
        secret_prefix::CANDIDATES,
        secret_encoding::CANDIDATES,
        secret_case::CANDIDATES,
        secret_mistyped::CANDIDATES,
    ],
    symptoms: &[
        secret_placeholder::SYMPTOM,
        secret_key_kind::SYMPTOM,
        secret_truncated::SYMPTOM,
        secret_is_api_key::SYMPTOM,
        secret_unusable::SYMPTOM,
        secret_quoted::SYMPTOM,
        secret_whitespace::SYMPTOM,
        secret_test_mode::SYMPTOM,
    ],
};

/// What is undone for public keys alone.
pub(super) const PUBLIC_KEYS: Group<Secret> =
    Group { candidates: &[secret_key_form::CANDIDATES], symptoms: &[] };

/// The causes for which no webhook can be built with a secret.
pub(super) const REFUSALS: Group<Secret> = Group {
    candidates: &[],
    symptoms: &[
        secret_key_kind::SYMPTOM,
        secret_unusable::SYMPTOM,
        secret_quoted::SYMPTOM,
        secret_whitespace::SYMPTOM,
    ],
};

#[cfg(test)]
mod tests {
    use super::super::part::symptoms;
    use super::super::received::ReceivedSecret;
    use super::*;
    use crate::scheme::Scheme;

    fn code(secret: &str, provider: &str) -> Option<&'static str> {
        let scheme = Scheme::provider(provider).expect("known");
        let others: Vec<Scheme> = ["kasko", "mycover"]
            .iter()
            .map(|name| Scheme::provider(name).expect("known"))
            .collect();
        let (bytes, prefixes) = (secret.as_bytes(), &[]);
        let received =
            ReceivedSecret { bytes, scheme: &scheme, others: &others, prefixes, body: b"" };
        symptoms(&[&GROUP], &received).next().map(|(_, cause)| cause.code.as_str())
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
            ("MCAPUBK|49939d32", "mycover", Some("secret_is_api_key")),
            ("MCAPUBK_TEST|49939d32", "mycover", Some("secret_is_api_key")),
            ("MCASECK_TEST|49939d32", "mycover", None),
            ("whpk_ISxNZHWUgWk", "standard-webhooks", Some("secret_key_kind")),
            ("whpk_ISxNZHWUgWk", "kasko", Some("secret_key_kind")),
            ("MCASECK", "mycover", Some("secret_truncated")),
            ("MCASECK_TEST", "mycover", Some("secret_truncated")),
            ("whsec_", "standard-webhooks", Some("secret_truncated")),
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
