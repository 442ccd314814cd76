//! What to listen for: the webhook of the arguments, with what is made where nothing is given.

use hookseal::{Webhook, WebhookBuilder};

use super::args::ListenArgs;
use crate::args::ProviderArgs;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::random::random;

/// The webhook to listen for.
#[derive(Debug)]
pub(super) struct SetUp {
    pub(super) webhook: Webhook,
    /// The provider, also where none was named.
    pub(super) provider: ProviderArgs,
    /// The number of secrets that the webhook has.
    pub(super) secrets: usize,
    /// The secret that was made for this run, as none was given.
    pub(super) made_secret: Option<String>,
}

impl SetUp {
    /// Makes the webhook. What is to be said of its secrets is noted on standard error.
    pub(super) fn new(args: &ListenArgs, output: Output) -> Result<Self, Failure> {
        let mut provider = args.webhook.provider.clone();
        if provider.provider.is_none() && provider.scheme.is_none() {
            provider.provider = Some(input::DEFAULT_PROVIDER.to_owned());
        }
        let scheme = input::scheme(&provider)?;
        let builder = input::builder_of(scheme.clone(), &args.webhook.options);
        let builder: WebhookBuilder = match args.tolerance {
            Some(tolerance) => builder.tolerance(tolerance),
            None => builder,
        };
        let (secrets, made_secret) = if input::has_secrets(&args.webhook.secrets) {
            (input::secrets(&args.webhook.secrets)?, None)
        } else if scheme.needs_key_pair() {
            return Err(Failure::set_up(
                hookseal::ErrorCode::InvalidSecret.as_str(),
                format!(
                    "{} signs with a private key, and its public key is not given: put it in the \
                     environment variable HOOKSEAL_SECRET, or in a file for `--secret-file`; for tests \
                     `hookseal secret`, with `--private-key-file FILE`, makes a pair",
                    scheme.title()
                ),
            ));
        } else {
            let secret = scheme.new_secret(&random())?;
            (vec![secret.clone().into_bytes()], Some(secret))
        };
        let webhook = builder.build(&secrets)?;
        for warning in webhook.warnings() {
            output.note(warning);
        }
        Ok(Self { webhook, provider, secrets: secrets.len(), made_secret })
    }
}
