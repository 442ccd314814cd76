//! The webhook of the arguments: the provider and the secrets.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use hookseal::{ErrorCode, Provider, Scheme, Surface, Webhook, WebhookBuilder};

use super::source;
use crate::args::{OptionArgs, ProviderArgs, SecretArgs, WebhookArgs};
use crate::failure::Failure;
use crate::output::Output;

/// The environment variable of the secret.
pub(crate) const SECRET_VARIABLE: &str = "HOOKSEAL_SECRET";

/// The provider where none is named and none has to be: the scheme that senders without one of their
/// own are told to use.
pub(crate) const DEFAULT_PROVIDER: &str = "standard-webhooks";

/// Gives the known provider, `None` for a scheme of the user's own.
pub(crate) fn provider(args: &ProviderArgs) -> Result<Option<&'static Provider>, Failure> {
    let known = args.provider.as_deref().filter(|_| args.scheme.is_none());
    Ok(known.map(Provider::named).transpose()?)
}

/// Makes the webhook that the arguments describe; with the scheme's own tolerance if none is given.
/// What is to be said of its secrets is noted on standard error.
pub(crate) fn webhook(
    args: &WebhookArgs,
    tolerance: Option<Duration>,
    output: Output,
) -> Result<Webhook, Failure> {
    let webhook = builder(args, tolerance)?.build(secrets(&args.secrets)?)?;
    for warning in webhook.warnings() {
        output.note(warning);
    }
    Ok(webhook)
}

/// Begins to make it, still without its secrets.
pub(crate) fn builder(
    args: &WebhookArgs,
    tolerance: Option<Duration>,
) -> Result<WebhookBuilder, Failure> {
    let builder = builder_of(scheme(&args.provider)?, &args.options);
    Ok(match tolerance {
        Some(tolerance) => builder.tolerance(tolerance),
        None => builder,
    })
}

/// Begins to make the webhook of a scheme, with what it may need besides secrets.
pub(crate) fn builder_of(scheme: Scheme, options: &OptionArgs) -> WebhookBuilder {
    let mut builder = Webhook::builder(scheme).surface(Surface::Command);
    for (name, value) in &options.constants {
        builder = builder.constant(name, value);
    }
    if let Some(origin) = &options.origin {
        builder = builder.origin(origin);
    }
    if options.accept_unsigned { builder.accept_unsigned() } else { builder }
}

/// Reads the scheme that the arguments name.
pub(crate) fn scheme(args: &ProviderArgs) -> Result<Scheme, Failure> {
    match (&args.provider, &args.scheme) {
        (Some(name), Some(path)) => Ok(Scheme::resolve(name, Some(own_scheme(path)?))?),
        (None, Some(path)) => own_scheme(path),
        (Some(name), None) => Ok(Scheme::provider(name)?),
        (None, None) => Err(Failure::usage("give `--provider NAME` or `--scheme FILE`")),
    }
}

/// Reads the scheme that the arguments name, or the one that most who have none of their own use.
pub(crate) fn scheme_or_default(args: &ProviderArgs) -> Result<Scheme, Failure> {
    match (&args.provider, &args.scheme) {
        (None, None) => Ok(Scheme::provider(DEFAULT_PROVIDER)?),
        _ => scheme(args),
    }
}

fn own_scheme(path: &Path) -> Result<Scheme, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    Ok(Scheme::parse(&text)?)
}

/// Reads the secrets, in the order in which they are given, and refuses what no secret is.
pub(crate) fn secrets(args: &SecretArgs) -> Result<Vec<Vec<u8>>, Failure> {
    let secrets = unchecked_secrets(args)?;
    for (path, secret) in args.secret_file.iter().zip(&secrets) {
        check_encoding(secret).map_err(|failure| failure.about(path))?;
    }
    Ok(secrets)
}

/// Tells whether a secret is given, in whatever form.
pub(crate) fn has_secrets(args: &SecretArgs) -> bool {
    !args.secret_file.is_empty() || env::var_os(SECRET_VARIABLE).is_some()
}

/// Reads the secrets as they are, for finding out what is wrong with them.
pub(crate) fn unchecked_secrets(args: &SecretArgs) -> Result<Vec<Vec<u8>>, Failure> {
    if !args.secret_file.is_empty() {
        return secrets_in(&args.secret_file);
    }
    match env::var_os(SECRET_VARIABLE) {
        Some(secret) => Ok(vec![secret.into_encoded_bytes()]),
        None => Err(Failure::set_up(
            ErrorCode::InvalidSecret.as_str(),
            "no secret is given: put it in the environment variable HOOKSEAL_SECRET, or in a file \
             for `--secret-file`",
        )),
    }
}

/// Reads the secret that each file holds.
pub(crate) fn secrets_in(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    paths.iter().map(|path| secret_in(path)).collect()
}

/// Reads the private key in a file, to sign with.
pub(crate) fn private_key(path: &Path) -> Result<String, Failure> {
    String::from_utf8(secret_in(path)?).map_err(|_| {
        Failure::usage("the private key's file holds no text: save it as PEM".to_owned())
    })
}

fn secret_in(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut secret = source::file(path)?;
    // Editors and `echo` end a file with a newline, and no secret ends with one. Other white space
    // stays, so that the core can refuse it.
    if secret.ends_with(b"\n") {
        secret.pop();
        if secret.ends_with(b"\r") {
            secret.pop();
        }
    }
    Ok(secret)
}

/// Refuses a file that an editor or a shell has written in another encoding: with its bytes no
/// signature would match.
fn check_encoding(secret: &[u8]) -> Result<(), Failure> {
    let message = if is_utf16(secret) {
        "the file is in UTF-16, as PowerShell's `>` writes it, and a secret is not: save it as \
         UTF-8, such as with `Set-Content -Encoding ascii`"
    } else if secret.starts_with(b"\xef\xbb\xbf") {
        "the file begins with a byte order mark, which is no part of the secret: save it as UTF-8 \
         without one"
    } else {
        return Ok(());
    };
    Err(Failure::set_up(ErrorCode::InvalidSecret.as_str(), message))
}

/// Tells whether ASCII text is in UTF-16, with its byte order mark or without it.
fn is_utf16(bytes: &[u8]) -> bool {
    let marks = [b"\xff\xfe", b"\xfe\xff"];
    let text = marks.iter().find_map(|mark| bytes.strip_prefix(*mark));
    let text = text.or((bytes.len() >= 4).then_some(bytes)).unwrap_or_default();
    let has_zeros_at = |place| {
        let is_one = |(index, byte): (usize, &u8)| (index % 2 == place) == (*byte == 0);
        !text.is_empty() && text.iter().enumerate().all(is_one)
    };
    has_zeros_at(0) || has_zeros_at(1)
}

#[cfg(test)]
mod tests {
    use super::check_encoding;

    #[test]
    fn what_powershell_writes_is_no_secret() {
        let utf16 = |text: &str, mark: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect()
        };
        for mark in ["", "\u{feff}"] {
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                assert!(check_encoding(&utf16("whsec_abc\r", mark, to_bytes)).is_err());
            }
        }
        assert!(check_encoding("\u{feff}whsec_abc".as_bytes()).is_err());
        for secret in [&b""[..], b"a", b"whsec_abc", b"s\0cret", b"\0\0", b"\xff\xfe"] {
            assert!(check_encoding(secret).is_ok(), "{secret:?}");
        }
        // A key of any bytes may begin with those of the mark.
        assert!(check_encoding(b"\xff\xfe\xfd\xfcabc").is_ok());
    }
}
