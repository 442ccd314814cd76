//! What can be asked for.

#![expect(clippy::doc_markdown, reason = "these comments are the help, which shows no Markdown")]

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anstream::ColorChoice;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::input;
use crate::listen::ListenArgs;
use crate::send::SendArgs;

/// Sign, verify, explain, send and receive webhooks.
#[derive(Debug, Parser)]
#[command(name = "hookseal", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Write JSON, errors too
    #[arg(long, global = true, help_heading = "Output")]
    pub(crate) json: bool,

    /// When to use colours; NO_COLOR is respected
    #[arg(
        long,
        global = true,
        help_heading = "Output",
        value_enum,
        value_name = "WHEN",
        default_value_t
    )]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  it went well
  1  the delivery does not verify, or the endpoint failed the check
  2  the command line is not right
  3  the set-up is not right: provider, secret or scheme
  4  a file or the network failed, or an input cannot be read";

const SIGN_EXAMPLES: &str = "\
Examples:
  hookseal sign -p kasko --type policy.created body.json > headers
  curl -H @headers --data-binary @body.json http://localhost:8000/webhooks";

const VERIFY_EXAMPLES: &str = "\
Examples:
  hookseal verify -p kasko --headers-file headers body.json
  hookseal verify -p kasko --secret-file kasko.secret --request capture.http
  hookseal verify -p stripe --har saved.har --entry 3 --now 2026-01-01T00:00:00Z --data | jq .";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  hookseal explain -p kasko --request capture.http
  hookseal explain -p stripe --headers-file headers --other-secret-file test.secret body.json";

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// The same for `anstream`, which looks at `NO_COLOR` and the like by itself.
    pub(crate) fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the known providers, or say what is known of one
    Providers(ProvidersArgs),
    /// Sign a body and print the headers that the provider would send
    #[command(after_help = SIGN_EXAMPLES)]
    Sign(SignArgs),
    /// Verify a delivery and print the event
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(VerifyArgs),
    /// Find out why a delivery does not verify
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Deliver a signed webhook, as the provider would
    Send(Box<SendArgs>),
    /// Receive webhooks on this machine, verify and show them
    Listen(Box<ListenArgs>),
    /// Print a completion script
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command
    Man(ManArgs),
}

/// The webhook: who signs, and with which secrets.
#[derive(Debug, Args)]
pub(crate) struct WebhookArgs {
    #[command(flatten)]
    pub(crate) provider: ProviderArgs,
    #[command(flatten)]
    pub(crate) secrets: SecretArgs,
}

/// Who signs.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct ProviderArgs {
    /// A known provider, such as kasko: `hookseal providers` lists them
    #[arg(long, short, value_name = "NAME")]
    pub(crate) provider: Option<String>,

    /// Your own scheme, in TOML or JSON; a provider that is named too must be called as it is
    #[arg(long, value_name = "FILE")]
    pub(crate) scheme: Option<PathBuf>,
}

/// With which secrets.
#[derive(Debug, Args)]
pub(crate) struct SecretArgs {
    /// A file that holds the secret; again for each further one while they are rotated. Without it
    /// the secret is taken from the environment variable HOOKSEAL_SECRET
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Vec<PathBuf>,
}

/// Where the delivery is.
#[derive(Debug, Args)]
pub(crate) struct DeliveryArgs {
    /// The body, as raw bytes; standard input if not given or `-`
    #[arg(value_name = "BODY")]
    pub(crate) body: Option<PathBuf>,

    /// A header of the delivery, `Name: value`; again for each further one
    #[arg(long = "header", short = 'H', value_name = "HEADER")]
    pub(crate) headers: Vec<String>,

    /// A file of headers, `Name: value` in each line
    #[arg(long, value_name = "FILE")]
    pub(crate) headers_file: Option<PathBuf>,

    /// A raw HTTP request: its headers and its body. `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["body", "headers", "headers_file"])]
    pub(crate) request: Option<PathBuf>,

    /// An HTTP archive, as browsers and proxies save it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["body", "headers", "headers_file", "request"])]
    pub(crate) har: Option<PathBuf>,

    /// Which request of the archive, counted from 1; its only one with a body if not given
    #[arg(long, value_name = "N", requires = "har", value_parser = input::count)]
    pub(crate) entry: Option<usize>,
}

/// `hookseal providers`
#[derive(Debug, Args)]
pub(crate) struct ProvidersArgs {
    /// The provider to tell everything about
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// `hookseal sign`
#[derive(Debug, Args)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,

    /// The body, as raw bytes; standard input if not given or `-`
    #[arg(value_name = "BODY")]
    pub(crate) body: Option<PathBuf>,

    /// The event's type, for providers that send it in a header
    #[arg(long = "type", visible_alias = "event", value_name = "TYPE")]
    pub(crate) event_type: Option<String>,

    /// The delivery's id, for providers that send it in a header
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,

    /// When it was signed, for providers that sign a timestamp: seconds since 1970 or RFC 3339;
    /// now if not given
    #[arg(long, value_name = "TIME", value_parser = input::time::moment)]
    pub(crate) timestamp: Option<SystemTime>,

    /// Print a curl command that delivers the body to this URL
    #[arg(long, value_name = "URL")]
    pub(crate) curl: Option<String>,
}

/// Which clock a delivery is verified by.
#[derive(Debug, Args)]
pub(crate) struct ClockArgs {
    /// The time of verification, seconds since 1970 or RFC 3339; this machine's clock if not given
    #[arg(long, value_name = "TIME", value_parser = input::time::moment)]
    pub(crate) now: Option<SystemTime>,

    /// How far a signed timestamp may lie from now, in seconds; the scheme's if not given
    #[arg(long, value_name = "SECONDS", value_parser = input::time::seconds)]
    pub(crate) tolerance: Option<Duration>,
}

/// `hookseal verify`
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
    #[command(flatten)]
    pub(crate) clock: ClockArgs,

    /// Print nothing but the event's data, as JSON
    #[arg(long)]
    pub(crate) data: bool,
}

/// `hookseal explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
    #[command(flatten)]
    pub(crate) clock: ClockArgs,

    /// A file with a further secret that you have, such as another webhook's or the test mode's, to
    /// find out whether it was used; again for each further one
    #[arg(long, value_name = "FILE")]
    pub(crate) other_secret_file: Vec<PathBuf>,
}

/// `hookseal completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// `hookseal man`
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The folder to write the pages to; it is made if it is not there
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// Reads the command line.
pub(crate) fn parse() -> Result<Cli, clap::Error> {
    let options = env::args_os().skip(1).take_while(|argument| argument != "--");
    let mut options = options.map(OsString::into_encoded_bytes);
    if options.any(|option| option == b"--secret" || option.starts_with(b"--secret=")) {
        return Err(Cli::command().error(ErrorKind::UnknownArgument, SECRET_IN_ARGUMENTS));
    }
    Cli::try_parse()
}

/// Said whatever else may be wrong: whoever typed it has to know.
const SECRET_IN_ARGUMENTS: &str = "\
a secret is never taken as an argument: every user of this machine can read it in the list of \
processes, and the shell keeps it in its history. Put it in the environment variable \
HOOKSEAL_SECRET, or in a file for `--secret-file`. If the one you typed is in use, replace it";
