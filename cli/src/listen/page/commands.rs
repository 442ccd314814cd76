//! Commands to try, made for this listener.

use serde::Serialize;

use crate::args::{OptionArgs, ProviderArgs};
use crate::input;
use crate::listen::args::ListenArgs;
use crate::listen::set_up::SetUp;
use crate::text::shell::word;

/// The commands of one listener.
#[derive(Debug)]
pub(in crate::listen) struct Commands {
    /// The webhook, as arguments.
    webhook: String,
    send: String,
    pub(super) tries: Vec<Try>,
}

/// A command to try, and what it does.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Try {
    name: &'static str,
    command: String,
}

impl Commands {
    /// Makes the commands. The secret that was made for this run is on the page only where nobody
    /// but this machine sees it.
    pub(in crate::listen) fn new(
        args: &ListenArgs,
        set_up: &SetUp,
        address: &str,
        is_private: bool,
    ) -> Self {
        let provider = provider(&set_up.provider);
        let webhook = arguments(&provider, args);
        let known = input::provider(&set_up.provider).ok().flatten();
        let sample =
            known.and_then(|known| known.samples().iter().find(|it| !it.event_type.is_empty()));
        let pipe = if sample.is_some() { "" } else { "echo '{}' | " };
        let what = match sample {
            Some(sample) => format!("--event {}", word(sample.event_type)),
            None => "-".to_owned(),
        };
        let send = |secret: &str| format!("{pipe}{secret}hookseal send {address} {webhook} {what}");
        let secret = set_up.made_secret.as_ref();
        let secret = secret.map(|secret| format!("{}={} ", input::SECRET_VARIABLE, word(secret)));
        let secret = secret.unwrap_or_default();
        let delivered = send(if is_private { &secret } else { "" });
        let tries = vec![
            Try { name: "A genuine delivery, with the same secret", command: delivered },
            Try {
                name: "One without a signature",
                command: format!("curl --data '{{}}' {address}"),
            },
        ];
        Self { send: send(&secret), webhook, tries }
    }

    /// Gives the command that makes a delivery arrive, for the terminal.
    pub(super) fn send(&self) -> &str {
        &self.send
    }

    /// Makes the commands for a saved delivery.
    pub(super) fn saved(&self, path: &str) -> Vec<String> {
        ["verify", "explain"].map(|command| self.of_saved(command, path)).to_vec()
    }

    /// Makes the command that explains a saved delivery.
    pub(super) fn explain(&self, path: &str) -> String {
        self.of_saved("explain", path)
    }

    fn of_saved(&self, command: &str, path: &str) -> String {
        format!("hookseal {command} {} --request {}", self.webhook, word(path))
    }
}

fn provider(provider: &ProviderArgs) -> String {
    let named = provider.provider.as_ref().map(|name| format!("--provider {}", word(name)));
    let path = |path: &std::path::PathBuf| word(&path.display().to_string());
    let own = provider.scheme.as_ref().map(|file| format!("--scheme {}", path(file)));
    // A provider that is named beside a scheme of one's own only checks its name.
    own.or(named).unwrap_or_default()
}

/// Writes the webhook as the arguments of another command.
fn arguments(provider: &str, args: &ListenArgs) -> String {
    let OptionArgs { constants, origin, accept_unsigned } = &args.webhook.options;
    let mut all = vec![provider.to_owned()];
    for file in &args.webhook.secrets.secret_file {
        all.push(format!("--secret-file {}", word(&file.display().to_string())));
    }
    // A constant may be what only the sender and the receiver know.
    all.extend(constants.iter().map(|(name, _)| format!("--constant {}=…", word(name))));
    all.extend(origin.iter().map(|origin| format!("--origin {}", word(origin))));
    all.extend(accept_unsigned.then(|| "--accept-unsigned".to_owned()));
    all.join(" ")
}
