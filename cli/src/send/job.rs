//! One run of `hookseal send`: what is sent, where to, and by which policy.

use std::io::{self, Write};

use reqwest::Url;
use serde_json::{Value, json};

use super::args::SendArgs;
use super::client::{self, Client};
use super::policy::RetryPolicy;
use super::prepare;
use super::progress::Progress;
use super::request::Request;
use super::source::{Content, RequestSource, Signed};
use crate::failure::Failure;
use crate::output::{FAINT, STRONG};
use crate::text::Printable;

/// Everything that one run needs.
pub(super) struct Job {
    pub(super) source: RequestSource,
    pub(super) policy: RetryPolicy,
    pub(super) client: Client,
    /// The secrets, which must not be shown.
    pub(super) secrets: Vec<Vec<u8>>,
    url: Url,
    provider: Option<String>,
    is_verbose: bool,
}

impl Job {
    pub(super) fn new(args: &SendArgs) -> Result<Self, Failure> {
        let url = client::address(&args.url)?;
        let source = prepare::source(args, &url)?;
        let scheme = match &source.content {
            Content::Signed(signed) => Some(signed.webhook.scheme().clone()),
            Content::Saved(_) => prepare::scheme(args)?,
        };
        let policy = RetryPolicy::new(prepare::provider(args)?, scheme.as_ref(), args)?;
        let pool = args.load.load.map_or(0, |_| args.load.in_flight);
        Ok(Self {
            client: Client::new(url.clone(), policy.timeout, &args.tls, pool)?,
            secrets: match &source.content {
                Content::Signed(signed) => signed.secrets.clone(),
                Content::Saved(_) => Vec::new(),
            },
            provider: scheme.map(|scheme| scheme.name().to_owned()),
            is_verbose: args.verbose,
            source,
            policy,
            url,
        })
    }

    /// Gives the message to sign, `None` for a saved delivery.
    pub(super) fn signed(&self) -> Option<&Signed> {
        match &self.source.content {
            Content::Signed(signed) => Some(signed),
            Content::Saved(_) => None,
        }
    }

    /// Tells whether the request is sent as it was saved, with the signature that it has.
    pub(super) fn is_as_saved(&self) -> bool {
        self.signed().is_none()
    }

    /// Writes the URL, the event's type and its id.
    pub(super) fn write_heading(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{STRONG}POST {}{STRONG:#}", client::shown(&self.url))?;
        let (event_type, id) = self.names();
        let names: Vec<String> =
            [event_type, id.map(|id| format!("id {id}"))].into_iter().flatten().collect();
        if !names.is_empty() {
            let names = format!("{}: {}", self.policy.sender, names.join(", "));
            writeln!(out, "{FAINT}{}{FAINT:#}", Printable(&names))?;
        }
        Ok(())
    }

    /// Gives the same as JSON, with the policy.
    pub(super) fn heading_json(&self, mode: &str) -> Value {
        let (event_type, id) = self.names();
        let (success, success_is_assumed) = self.policy.success_rule();
        let waits: Vec<f64> =
            self.policy.waits.iter().map(std::time::Duration::as_secs_f64).collect();
        json!({
            "mode": mode,
            "url": client::shown(&self.url),
            "provider": self.provider,
            "event": event_type,
            "id": id,
            "terms": {
                "success": success,
                "success_assumed": success_is_assumed,
                "timeout_seconds": self.policy.timeout.as_secs_f64(),
                "timeout_assumed": self.policy.timeout_is_assumed,
                "retries_seconds": waits,
                "retries_assumed": self.policy.schedule_is_assumed(),
            },
        })
    }

    /// Shows the headers of a request, if `--verbose` asks for them.
    pub(super) fn show(&self, request: &Request, progress: Progress) {
        if self.is_verbose {
            for (name, value) in &request.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                progress.line(&format!("> {name}: {}", Printable(&value)));
            }
        }
    }

    /// Gives the event's type and id.
    fn names(&self) -> (Option<String>, Option<String>) {
        let Some(signed) = self.signed() else { return (None, None) };
        (signed.message.event_type.clone(), signed.message.id.clone())
    }
}
