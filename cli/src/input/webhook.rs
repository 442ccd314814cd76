//! The provider and the secrets.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use hookseal::{ErrorCode, Provider, Scheme, Webhook, WebhookBuilder};

use super::source;
use crate::args::{ProviderArgs, SecretArgs, WebhookArgs};
use crate::failure::Failure;

const SECRET_VARIABLE: &str = "HOOKSEAL_SECRET";

/// The known provider, `None` for a scheme of the user's own.
pub(crate) fn provider(args: &ProviderArgs) -> Result<Option<&'static Provider>, Failure> {
    let known = args.provider.as_deref().filter(|_| args.scheme.is_none());
    known.map(provider_named).transpose()
}

/// The known provider with this name.
pub(crate) fn provider_named(name: &str) -> Result<&'static Provider, Failure> {
    hookseal::providers().find(|provider| provider.name() == name).ok_or_else(|| {
        let known: Vec<_> = hookseal::providers().map(Provider::name).collect();
        Failure::set_up(
            ErrorCode::UnknownProvider.as_str(),
            format!(
                "no provider has this name; known are {}. For another sender write a scheme, and \
                 name its file with `--scheme`",
                known.join(", ")
            ),
        )
    })
}

/// The webhook that the arguments describe; with the scheme's own tolerance if none is given.
pub(crate) fn webhook(args: &WebhookArgs, tolerance: Option<Duration>) -> Result<Webhook, Failure> {
    Ok(builder(args, tolerance)?.build(secrets(&args.secrets)?)?)
}

/// The same, still without its secrets.
pub(crate) fn builder(
    args: &WebhookArgs,
    tolerance: Option<Duration>,
) -> Result<WebhookBuilder, Failure> {
    let builder = Webhook::builder(scheme(&args.provider)?);
    Ok(match tolerance {
        Some(tolerance) => builder.tolerance(tolerance),
        None => builder,
    })
}

/// The scheme that the arguments name.
pub(crate) fn scheme(args: &ProviderArgs) -> Result<Scheme, Failure> {
    match (&args.provider, &args.scheme) {
        (Some(name), Some(path)) => Ok(Scheme::resolve(name, Some(own_scheme(path)?))?),
        (None, Some(path)) => own_scheme(path),
        (Some(name), None) => Ok(Scheme::provider(provider_named(name)?.name())?),
        (None, None) => Err(Failure::usage("give `--provider NAME` or `--scheme FILE`")),
    }
}

fn own_scheme(path: &Path) -> Result<Scheme, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    Ok(Scheme::parse(&text)?)
}

/// The secrets, in the order in which they are given.
pub(crate) fn secrets(args: &SecretArgs) -> Result<Vec<Vec<u8>>, Failure> {
    if !args.secret_file.is_empty() {
        return other_secrets(&args.secret_file);
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

/// The secret that each file holds.
pub(crate) fn other_secrets(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    paths.iter().map(|path| secret_from(path)).collect()
}

fn secret_from(path: &Path) -> Result<Vec<u8>, Failure> {
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
