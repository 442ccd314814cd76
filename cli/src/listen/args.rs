//! The arguments of `hookseal listen`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::args::{WebhookArgs, values};

const EXAMPLES: &str = "\
Without a provider deliveries are taken as Standard Webhooks'; without a secret one is made for this run.

Examples:
  hookseal listen
  hookseal listen -p kasko --forward localhost:3000
  hookseal listen -p stripe --secret-file stripe.secret --save deliveries";

/// `hookseal listen`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, mut_group("ProviderArgs", |group| group.required(false)))]
pub(crate) struct ListenArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,

    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 4665)]
    pub(crate) port: u16,

    /// The address to listen on; 0.0.0.0 lets every machine in reach deliver, and see the page
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,

    /// Show the page on a port of its own, on 127.0.0.1 alone: for when the other one can be
    /// reached from outside; 0 takes a free one
    #[arg(long, value_name = "PORT", conflicts_with = "no_page")]
    pub(crate) page_port: Option<u16>,

    /// Show no page
    #[arg(long)]
    pub(crate) no_page: bool,

    /// The tolerance: how many seconds a signed timestamp may be from now; the scheme's by default
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) tolerance: Option<Duration>,

    /// Pass every delivery on unchanged, verified or not, and its answer back. To this path, or
    /// to the delivery's own if the URL has none
    #[arg(long, value_name = "URL")]
    pub(crate) forward: Option<String>,

    /// A name besides localhost that deliveries are passed on for, such as your tunnel's; again for
    /// each further one. Others are refused, so that no web page can read the answers
    #[arg(long, value_name = "NAME", requires = "forward")]
    pub(crate) allow_host: Vec<String>,

    /// A file of certificates (PEM) to trust beside the system's, for `--forward`
    #[arg(long, value_name = "FILE", requires = "forward")]
    pub(crate) cacert: Option<PathBuf>,

    /// Keep every delivery as a file that `verify`, `explain` and `send` take with `--request`
    #[arg(long, value_name = "DIR")]
    pub(crate) save: Option<PathBuf>,

    /// Stop after so many deliveries; the exit code is 1 if one of them does not verify
    #[arg(long, value_name = "N", value_parser = values::count)]
    pub(crate) count: Option<usize>,

    /// The largest body that is taken, in bytes; if not given what the provider documents, or 1 MiB
    #[arg(long, value_name = "BYTES", value_parser = values::count)]
    pub(crate) max_body: Option<usize>,

    /// The time in seconds for a sender to deliver and to read the response, and for the target of
    /// `--forward` to respond
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = values::wait)]
    pub(crate) timeout: Duration,
}
