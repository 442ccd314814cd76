//! The command line: the commands, and what all of them share.

use std::env;
use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::args::OutputArgs;
use crate::commands::completions::CompletionsArgs;
use crate::commands::explain::ExplainArgs;
use crate::commands::inbox::InboxArgs;
use crate::commands::man::ManArgs;
use crate::commands::providers::ProvidersArgs;
use crate::commands::secret::SecretArgs;
use crate::commands::sign::SignArgs;
use crate::commands::verify::VerifyArgs;
use crate::listen::ListenArgs;
use crate::send::SendArgs;

/// Sign, verify, explain, send and receive webhooks.
#[derive(Debug, Parser)]
#[command(name = "hookseal", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) output: OutputArgs,

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

/// A command and its arguments.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the known providers, or say what is known of one
    Providers(ProvidersArgs),
    /// Sign a body and print the headers that the provider would send
    Sign(SignArgs),
    /// Verify a delivery and print the event
    Verify(VerifyArgs),
    /// Find out why a delivery does not verify
    Explain(ExplainArgs),
    /// Deliver a signed webhook, as the provider would
    Send(Box<SendArgs>),
    /// Receive webhooks on this machine, verify and show them
    Listen(Box<ListenArgs>),
    /// Make a new secret, or a pair of keys
    Secret(SecretArgs),
    /// Look after the inbox in a database: count, list, retry, prune
    Inbox(InboxArgs),
    /// Print a completion script
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command
    Man(ManArgs),
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

/// The answer to a secret among the arguments, whatever else may be wrong: whoever typed it has to
/// know.
const SECRET_IN_ARGUMENTS: &str = "\
a secret is never taken as an argument: every user of this machine can read it in the list of \
processes, and the shell keeps it in its history. Put it in the environment variable \
HOOKSEAL_SECRET, or in a file for `--secret-file`. If the one you typed is in use, replace it";
