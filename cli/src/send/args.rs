//! The arguments of `hookseal send`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueHint};
use clap_complete::ArgValueCandidates;

use crate::args::{OptionArgs, SecretArgs, values};
use crate::complete;

/// `hookseal send`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SendArgs {
    /// The URL to deliver to, http or https; localhost:3000 and :3000 are http. Redirects are not
    /// followed
    #[arg(value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: String,

    /// The body to sign and send; `-` for standard input. The event's sample if not given
    #[arg(value_name = "BODY", value_hint = ValueHint::FilePath)]
    pub(crate) body: Option<PathBuf>,

    /// A known provider, such as kasko: `hookseal providers` lists them
    #[arg(long, short, value_name = "NAME", conflicts_with = "scheme", add = ArgValueCandidates::new(complete::providers))]
    pub(crate) provider: Option<String>,

    /// Your own scheme, in TOML or JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) scheme: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) secrets: SecretArgs,

    #[command(flatten)]
    pub(crate) options: OptionArgs,

    /// A file that holds the sender's private key, for providers that sign with one: of a pair that
    /// you made for tests
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) private_key_file: Option<PathBuf>,

    /// The event's type: its sample is sent, unless a body is given
    #[arg(long, visible_alias = "type", value_name = "TYPE", add = ArgValueCandidates::new(complete::events))]
    pub(crate) event: Option<String>,

    /// The delivery's id; a new one for a sample
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,

    /// A further header, `Name: value`, instead of any of that name; again for each further one
    #[arg(long = "header", short = 'H', value_name = "HEADER")]
    pub(crate) headers: Vec<String>,

    /// A saved delivery, sent as it is: a raw HTTP request, as `listen --save` keeps it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["body", "event", "id"], value_hint = ValueHint::FilePath)]
    pub(crate) request: Option<PathBuf>,

    /// Sign the saved delivery anew, with your secret and at this time
    #[arg(long, requires = "request")]
    pub(crate) resign: bool,

    /// The time to wait for each response, in seconds; by default as long as the provider waits
    #[arg(long, value_name = "SECONDS", value_parser = values::wait)]
    pub(crate) timeout: Option<Duration>,

    /// Send each kind of forgery, and a genuine delivery, and check what the endpoint believes
    #[arg(long, conflicts_with_all = ["load", "speed", "once", "attempts", "retry_after"])]
    pub(crate) forge: bool,

    /// Show the headers that are sent, with the signature
    #[arg(long, short)]
    pub(crate) verbose: bool,

    #[command(flatten)]
    pub(crate) retries: RetryArgs,

    #[command(flatten)]
    pub(crate) load: LoadArgs,

    #[command(flatten)]
    pub(crate) tls: TlsArgs,
}

/// The retries.
#[derive(Debug, Args)]
#[command(next_help_heading = "Retries")]
pub(crate) struct RetryArgs {
    /// The factor by which to retry faster than the provider: at 3600 an hour is a second
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = values::factor)]
    pub(crate) speed: f64,

    /// Deliver once
    #[arg(long = "no-retry", conflicts_with = "attempts")]
    pub(crate) once: bool,

    /// Deliver at most so many times, the first one included
    #[arg(long, value_name = "N", value_parser = values::count)]
    pub(crate) attempts: Option<usize>,

    /// Retry after these waits, instead of the provider's schedule: 60,300,3600
    #[arg(long, value_name = "SECONDS", value_delimiter = ',', value_parser = values::wait)]
    pub(crate) retry_after: Vec<Duration>,
}

/// A constant rate of deliveries.
#[derive(Debug, Args)]
#[command(next_help_heading = "Load")]
pub(crate) struct LoadArgs {
    /// Send so many deliveries a second, each one its own, and measure the answers
    #[arg(
        long,
        value_name = "RATE",
        value_parser = values::factor,
        conflicts_with_all = ["speed", "once", "attempts", "retry_after"],
    )]
    pub(crate) load: Option<f64>,

    /// For so many seconds; 10 if neither this nor a count is given
    #[arg(long, value_name = "SECONDS", requires = "load", conflicts_with = "count", value_parser = values::seconds)]
    pub(crate) duration: Option<Duration>,

    /// So many deliveries
    #[arg(long, value_name = "N", requires = "load", value_parser = values::count)]
    pub(crate) count: Option<usize>,

    /// The most deliveries that may wait for a response at once
    #[arg(long, value_name = "N", default_value_t = 64, requires = "load", value_parser = values::count)]
    pub(crate) in_flight: usize,
}

/// The certificates to trust.
#[derive(Debug, Args)]
#[command(next_help_heading = "TLS")]
pub(crate) struct TlsArgs {
    /// A file of certificates (PEM) to trust beside the system's
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) cacert: Option<PathBuf>,

    /// Believe any certificate: for an endpoint on your own machine
    #[arg(long, conflicts_with = "cacert")]
    pub(crate) insecure: bool,
}

const EXAMPLES: &str = "\
Examples:
  hookseal send localhost:8000/hooks -p kasko --event policy.created
  hookseal send http://localhost:8000/hooks -p claimport --event claim.created --speed 3600
  hookseal send http://localhost:8000/hooks -p kasko --event policy.created --forge
  hookseal send http://localhost:8000/hooks -p mycover policy.json --load 200 --duration 30
  hookseal send http://localhost:8000/hooks --request saved.http";
