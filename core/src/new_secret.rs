//! New secrets and key pairs, in the form that a scheme demands.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use zeroize::Zeroizing;

use crate::encoding::{KeyFormat, encode_hex};
use crate::mac::Algorithm;
use crate::public_key::{PublicAlgorithm, new_pair};
use crate::scheme::Scheme;
use crate::{Error, ErrorCode};

/// The name before the password of Basic credentials.
const BASIC_NAME: &str = "hookseal";

/// A new key pair: what a receiver is given, and what only the sender has. Wiped when dropped.
pub struct KeyPair {
    public_key: String,
    private_key: Zeroizing<String>,
}

impl KeyPair {
    /// Returns the public key, for the receiver's webhook in place of a secret.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Returns the private key, for [`SignOptions::private_key`](crate::SignOptions::private_key).
    #[must_use]
    pub fn private_key(&self) -> &str {
        &self.private_key
    }
}

/// Shows the public key alone.
impl core::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("KeyPair").field("public_key", &self.public_key).finish_non_exhaustive()
    }
}

impl Scheme {
    /// Returns `true` if deliveries are signed with a private key alone, so that a receiver has its
    /// public key in place of a secret.
    #[must_use]
    pub fn needs_key_pair(&self) -> bool {
        self.compiled().algorithms().iter().all(|algorithm| algorithm.public().is_some())
    }

    /// Returns a new secret in the form that the scheme demands: its prefix, encoding and length.
    /// It is as hard to guess as the 32 bytes that it is made of, so take them from the system's
    /// source of random numbers.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidSecret`] if the scheme has no shared secret: make a
    /// [pair](Self::new_key_pair).
    ///
    /// ```
    /// use hookseal::Scheme;
    ///
    /// let random = [7; 32]; // in a program: of the system's random numbers
    /// let secret = Scheme::provider("standard-webhooks")?.new_secret(&random)?;
    /// assert!(secret.starts_with("whsec_"));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    pub fn new_secret(&self, random: &[u8; 32]) -> Result<String, Error> {
        if self.needs_key_pair() {
            return Err(Error::new(
                ErrorCode::InvalidSecret,
                format!(
                    "{} signs with a private key: make a pair of keys, not a secret",
                    self.title()
                ),
            ));
        }
        let scheme = self.compiled();
        let prefix = scheme.key.prefixes().first().map_or("", String::as_str);
        let begins_with = scheme.key_begins_with.as_deref().unwrap_or_default();
        Ok(match &scheme.key {
            KeyFormat::Verbatim if scheme.algorithms().contains(&Algorithm::Basic) => {
                format!("{BASIC_NAME}:{}", encode_hex(random))
            }
            KeyFormat::Verbatim => format!("{begins_with}{}", encode_hex(random)),
            KeyFormat::Hex { .. } => format!("{prefix}{}", encode_hex(random)),
            KeyFormat::Base64 { .. } => format!("{prefix}{}", Base64::encode_string(random)),
            KeyFormat::Base64Url { .. } => {
                format!("{prefix}{}", Base64UrlUnpadded::encode_string(random))
            }
        })
    }

    /// Returns a new key pair for tests of a scheme that is verified with public keys, made of 32
    /// bytes of the system's random numbers.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidSecret`] if the scheme has a shared secret alone, or keys that are not made
    /// here: RSA's. Also if the bytes are no key of the algorithm, which random ones are once in
    /// four thousand million times.
    pub fn new_key_pair(&self, random: &[u8; 32]) -> Result<KeyPair, Error> {
        let title = self.title();
        let invalid = |message: String| Error::new(ErrorCode::InvalidSecret, message);
        let algorithms = self.compiled().algorithms();
        let mut publics: Vec<PublicAlgorithm> =
            algorithms.iter().filter_map(|algorithm| algorithm.public()).collect();
        if publics.is_empty() {
            return Err(invalid(format!(
                "{title} signs with a shared secret: make a secret, not a pair of keys"
            )));
        }
        // Where there is a choice, one that can be made.
        publics.sort_by_key(|algorithm| !algorithm.family().is_made());
        let of_standard_webhooks =
            self.compiled().key.prefixes().iter().any(|prefix| prefix == "whsec_");
        let (public_key, private_key) = new_pair(publics[0], random, of_standard_webhooks)
            .map_err(|what| invalid(format!("the key for {title} {what}")))?;
        Ok(KeyPair { public_key, private_key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SignOptions, Webhook, providers};

    const RANDOM: [u8; 32] = *b"0123456789abcdefghijklmnopqrstuv";

    fn webhook(scheme: &Scheme, secret: &str) -> Webhook {
        let mut builder = Webhook::builder(scheme.clone());
        for (name, _) in scheme.constants() {
            builder = builder.constant(name, "constant");
        }
        if scheme.weaknesses().iter().any(|weakness| weakness.leaves_body_unsigned()) {
            builder = builder.accept_unsigned();
        }
        builder.build([secret]).expect("a new secret is what the scheme demands")
    }

    #[test]
    fn every_provider_takes_its_new_secret() {
        let mut made = 0;
        for provider in providers() {
            let scheme = Scheme::provider(provider.name()).expect("known");
            if scheme.needs_key_pair() {
                assert!(scheme.new_secret(&RANDOM).is_err());
                continue;
            }
            let secret = scheme.new_secret(&RANDOM).expect("it has a shared secret");
            let warnings = webhook(&scheme, &secret).warnings().count();
            assert!(warnings == 0 || scheme.compiled().algorithms().iter().any(|it| it.is_plain()));
            let begins_with = scheme.compiled().key_begins_with.as_deref().unwrap_or_default();
            assert!(secret.starts_with(begins_with), "{}", provider.name());
            made += 1;
        }
        assert!(made >= 70, "{made}");
    }

    #[test]
    fn secrets_are_written_as_their_schemes_say() {
        let secret = |key: &str, algorithm: &str| {
            let weakness = if algorithm == "basic" { ", weakness = 'token'" } else { "" };
            let scheme = Scheme::parse(&format!(
                "name = 'own'\nsignature = {{ header = 'X', algorithm = '{algorithm}'{} }}\n\
                 key = {key}\nevent = {{ type_required = false }}",
                if weakness.is_empty() {
                    ", encoding = 'hex', content = '{body}'"
                } else {
                    weakness
                }
            ));
            scheme.expect("the scheme is right").new_secret(&RANDOM).expect("it has a secret")
        };
        let hex = encode_hex(&RANDOM);
        assert_eq!(secret("{}", "hmac-sha256"), hex);
        assert_eq!(secret("{ encoding = 'hex' }", "hmac-sha256"), hex);
        assert_eq!(
            secret("{ encoding = 'base64', prefix = ['whsec_'] }", "hmac-sha256"),
            format!("whsec_{}", Base64::encode_string(&RANDOM))
        );
        assert_eq!(
            secret("{ encoding = 'base64url' }", "hmac-sha256"),
            Base64UrlUnpadded::encode_string(&RANDOM)
        );
        assert_eq!(secret("{ begins_with = 'sk_' }", "hmac-sha256"), format!("sk_{hex}"));
        assert_eq!(secret("{}", "basic"), format!("hookseal:{hex}"));
    }

    #[cfg(all(feature = "ecdsa", feature = "ed25519"))]
    #[test]
    fn a_new_pair_signs_and_verifies() {
        for algorithm in ["ed25519", "ecdsa-p256-sha256", "ecdsa-p256-sha256-der"] {
            let scheme = Scheme::parse(&format!(
                "name = 'own'\nsignature = {{ header = 'X', algorithm = '{algorithm}', encoding = \
                 'base64', content = '{{body}}' }}\nevent = {{ type_required = false }}"
            ))
            .expect("the scheme is right");
            assert!(scheme.needs_key_pair());
            let pair = scheme.new_key_pair(&RANDOM).expect("it can be made");
            assert!(pair.public_key().starts_with("-----BEGIN PUBLIC KEY-----\n"), "{algorithm}");
            let webhook = webhook(&scheme, pair.public_key());
            let options = SignOptions::new().private_key(pair.private_key());
            let headers = webhook.sign("{}", &options).expect("it signs");
            assert!(webhook.verify("{}", &headers).is_ok(), "{algorithm}");
        }
        let standard = Scheme::provider("standard-webhooks").expect("known");
        let pair = standard.new_key_pair(&RANDOM).expect("it can be made");
        assert!(pair.public_key().starts_with("whpk_") && pair.private_key().starts_with("whsk_"));
        let webhook = webhook(&standard, pair.public_key());
        let options = SignOptions::new().id("msg_1").private_key(pair.private_key());
        let body = r#"{"type":"a","data":{}}"#;
        let headers = webhook.sign(body, &options).expect("it signs");
        assert!(webhook.verify(body, &headers).is_ok());
        assert!(!format!("{pair:?}").contains("whsk_"));
    }

    #[test]
    fn what_cannot_be_made_is_said() {
        let rsa = "name = 'own'\nsignature = { header = 'X', algorithm = 'rsa-pss-sha256', encoding = \
                   'base64', content = '{body}' }\nevent = { type_required = false }";
        let rsa = Scheme::parse(rsa).expect("the scheme is right");
        let said = rsa.new_key_pair(&RANDOM).expect_err("none are made").message().to_owned();
        assert!(said.contains("openssl genpkey"), "{said}");
        let stripe = Scheme::provider("stripe").expect("known");
        let said = stripe.new_key_pair(&RANDOM).expect_err("none are needed").message().to_owned();
        assert!(said.contains("shared secret"), "{said}");
    }
}
