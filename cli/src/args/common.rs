//! The arguments that name a webhook, a delivery and a clock.

#![expect(clippy::doc_markdown, reason = "these comments are the help, which shows no Markdown")]

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::Args;
use clap_complete::ArgValueCandidates;

use super::values;
use crate::complete;

/// The webhook: the provider and its secrets.
#[derive(Debug, Args)]
pub(crate) struct WebhookArgs {
    #[command(flatten)]
    pub(crate) provider: ProviderArgs,
    #[command(flatten)]
    pub(crate) secrets: SecretArgs,
    #[command(flatten)]
    pub(crate) options: OptionArgs,
}

/// The provider, or a scheme of the user's own.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct ProviderArgs {
    /// A known provider, such as kasko: `hookseal providers` lists them
    #[arg(long, short, value_name = "NAME", add = ArgValueCandidates::new(complete::providers))]
    pub(crate) provider: Option<String>,

    /// Your own scheme, in TOML or JSON; a provider that is named too must be called as it is
    #[arg(long, value_name = "FILE")]
    pub(crate) scheme: Option<PathBuf>,
}

/// The secrets.
#[derive(Debug, Args)]
pub(crate) struct SecretArgs {
    /// A file that holds the secret; again for each further one while they are rotated. Without it
    /// the secret is taken from the environment variable HOOKSEAL_SECRET
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Vec<PathBuf>,
}

/// What a scheme may need besides.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct OptionArgs {
    /// A constant that the scheme names, which the sender signs and does not send; again for each
    /// further one
    #[arg(long = "constant", value_name = "NAME=VALUE", value_parser = values::constant)]
    pub(crate) constants: Vec<(String, String)>,

    /// The scheme, host and port that the sender calls, such as https://hooks.example.com, for
    /// schemes that sign the address: of the request only the path and query are then taken
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) origin: Option<String>,

    /// Accept that the sender signs less than the body: a delivery then proves only that somebody
    /// has seen a genuine one
    #[arg(long)]
    pub(crate) accept_unsigned: bool,
}

/// The request's method and address, which few schemes sign.
#[derive(Debug, Args)]
pub(crate) struct RequestLineArgs {
    /// The request's method, for schemes that sign it
    #[arg(long, value_name = "METHOD")]
    pub(crate) method: Option<String>,

    /// The URL that the sender called, for schemes that sign it; its path and query with `--origin`
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
}

/// The delivery: its headers and its body.
#[derive(Debug, Args)]
pub(crate) struct DeliveryArgs {
    /// The body, as raw bytes; standard input if not given or `-`
    #[arg(value_name = "BODY")]
    pub(crate) body: Option<PathBuf>,

    /// A header of the delivery, `Name: value`; again for each further one
    #[arg(long = "header", short = 'H', value_name = "HEADER")]
    pub(crate) headers: Vec<String>,

    /// A file of headers, `Name: value` in each line, or JSON as your server logged them
    #[arg(long, value_name = "FILE")]
    pub(crate) headers_file: Option<PathBuf>,

    /// A request with its headers and its body: raw as it goes over the wire, or as JSON, such as a
    /// Lambda event, a Postman collection or a log's entry. `-` for standard input
    #[arg(long, value_name = "FILE", group = "captured", conflicts_with_all = ["body", "headers", "headers_file"])]
    pub(crate) request: Option<PathBuf>,

    /// An HTTP archive, as browsers and proxies save it
    #[arg(long, value_name = "FILE", group = "captured", conflicts_with_all = ["body", "headers", "headers_file", "request"])]
    pub(crate) har: Option<PathBuf>,

    /// The number of the request in a file with several, counted from 1; in an archive only those
    /// with a body need it
    #[arg(long, value_name = "N", requires = "captured", value_parser = values::count)]
    pub(crate) entry: Option<usize>,

    #[command(flatten)]
    pub(crate) line: RequestLineArgs,
}

/// The clock that a delivery is verified by.
#[derive(Debug, Args)]
pub(crate) struct ClockArgs {
    /// The time of verification, seconds since 1970 or RFC 3339; this machine's clock if not given
    #[arg(long, value_name = "TIME", value_parser = values::moment)]
    pub(crate) now: Option<SystemTime>,

    /// The tolerance: how many seconds a signed timestamp may be from now; the scheme's by default
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) tolerance: Option<Duration>,
}
