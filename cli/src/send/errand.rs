//! What is to be sent, where to, and on which terms.

use std::io::{self, Write};

use reqwest::Url;
use serde_json::{Value, json};

use super::args::SendArgs;
use super::letter::Letter;
use super::pack;
use super::parcel::{Content, Parcel, Signed};
use super::progress::Progress;
use super::sender::{self, Sender};
use super::terms::Terms;
use crate::failure::Failure;
use crate::output::{FAINT, STRONG};
use crate::text::Printable;

/// Everything that one command needs.
pub(super) struct Errand {
    pub(super) parcel: Parcel,
    pub(super) terms: Terms,
    pub(super) sender: Sender,
    /// What must not be shown.
    pub(super) secrets: Vec<Vec<u8>>,
    url: Url,
    provider: Option<String>,
    is_verbose: bool,
}

impl Errand {
    pub(super) fn new(args: &SendArgs) -> Result<Self, Failure> {
        let url = sender::address(&args.url)?;
        let parcel = pack::pack(args)?;
        let scheme = match &parcel.content {
            Content::Signed(signed) => Some(signed.webhook.scheme().clone()),
            Content::Saved(_) => pack::scheme(args)?,
        };
        let terms = Terms::new(pack::provider(args)?, scheme.as_ref(), args)?;
        let pool = args.load.load.map_or(0, |_| args.load.in_flight);
        Ok(Self {
            sender: Sender::new(url.clone(), terms.timeout, &args.tls, pool)?,
            secrets: match &parcel.content {
                Content::Signed(signed) => signed.secrets.clone(),
                Content::Saved(_) => Vec::new(),
            },
            provider: scheme.map(|scheme| scheme.name().to_owned()),
            is_verbose: args.verbose,
            parcel,
            terms,
            url,
        })
    }

    /// The message to sign, `None` for a saved delivery.
    pub(super) fn signed(&self) -> Option<&Signed> {
        match &self.parcel.content {
            Content::Signed(signed) => Some(signed),
            Content::Saved(_) => None,
        }
    }

    /// Whether nothing of it is made here, not even the signature.
    pub(super) fn is_as_saved(&self) -> bool {
        self.signed().is_none()
    }

    /// Writes what is sent where.
    pub(super) fn write_heading(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{STRONG}POST {}{STRONG:#}", sender::shown(&self.url))?;
        let (event_type, id) = self.names();
        let names: Vec<String> =
            [event_type, id.map(|id| format!("id {id}"))].into_iter().flatten().collect();
        if !names.is_empty() {
            let names = format!("{}: {}", self.terms.sender, names.join(", "));
            writeln!(out, "{FAINT}{}{FAINT:#}", Printable(&names))?;
        }
        Ok(())
    }

    /// The same, as JSON.
    pub(super) fn heading_json(&self, mode: &str) -> Value {
        let (event_type, id) = self.names();
        let (success, success_is_assumed) = self.terms.success_rule();
        let waits: Vec<f64> =
            self.terms.waits.iter().map(std::time::Duration::as_secs_f64).collect();
        json!({
            "mode": mode,
            "url": sender::shown(&self.url),
            "provider": self.provider,
            "event": event_type,
            "id": id,
            "terms": {
                "success": success,
                "success_assumed": success_is_assumed,
                "timeout_seconds": self.terms.timeout.as_secs_f64(),
                "timeout_assumed": self.terms.timeout_is_assumed,
                "retries_seconds": waits,
                "retries_assumed": self.terms.schedule_is_assumed(),
            },
        })
    }

    /// The headers that are sent, if they are asked for.
    pub(super) fn show(&self, letter: &Letter, progress: Progress) {
        if self.is_verbose {
            for (name, value) in &letter.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                progress.line(&format!("> {name}: {}", Printable(&value)));
            }
        }
    }

    /// The event's type and id.
    fn names(&self) -> (Option<String>, Option<String>) {
        let Some(signed) = self.signed() else { return (None, None) };
        (signed.message.event_type.clone(), signed.message.id.clone())
    }
}
