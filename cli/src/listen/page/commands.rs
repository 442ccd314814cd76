//! Commands to try, made for this listener.

use hookseal::Provider;
use serde::Serialize;

use crate::args::ProviderArgs;

/// The commands of one listener.
#[derive(Debug)]
pub(in crate::listen) struct Commands {
    /// The webhook, as arguments.
    webhook: String,
    pub(super) tries: Vec<Try>,
}

/// A command to try, and what it does.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Try {
    name: &'static str,
    command: String,
}

impl Commands {
    pub(in crate::listen) fn new(
        provider: &ProviderArgs,
        known: Option<&Provider>,
        address: &str,
    ) -> Self {
        let webhook = match (&provider.provider, &provider.scheme) {
            (Some(name), _) => format!("--provider {}", quoted(name)),
            (None, Some(path)) => format!("--scheme {}", quoted(&path.display().to_string())),
            (None, None) => String::new(),
        };
        let sample = known.and_then(|known| known.samples().first());
        let delivered = match sample {
            Some(sample) => {
                format!("hookseal send {address} {webhook} --event {}", quoted(sample.event_type))
            }
            None => format!("echo '{{}}' | hookseal send {address} {webhook} -"),
        };
        let tries = vec![
            Try { name: "A genuine delivery, with the same secret", command: delivered },
            Try {
                name: "One without a signature",
                command: format!("curl --data '{{}}' {address}"),
            },
        ];
        Self { webhook, tries }
    }

    pub(super) fn send(&self) -> Option<&str> {
        self.tries.first().map(|one| one.command.as_str())
    }

    /// Makes the commands for a saved delivery.
    pub(super) fn saved(&self, path: &str) -> Vec<String> {
        let path = quoted(path);
        let webhook = &self.webhook;
        ["verify", "explain"]
            .map(|command| format!("hookseal {command} {webhook} --request {path}"))
            .to_vec()
    }
}

/// Quotes one word for a shell.
fn quoted(word: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "/._-+:@%,=".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (word, expected) in
            [("a/b-1.http", "a/b-1.http"), ("", "''"), ("it's; rm", r"'it'\''s; rm'"), ("~", "'~'")]
        {
            assert_eq!(quoted(word), expected);
        }
    }
}
