//! `hookseal completions`: prints a completion script.

use clap::CommandFactory as _;

use crate::args::{Cli, CompletionsArgs};
use crate::failure::{Exit, Failure};
use crate::output;

/// Runs the command.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hookseal", &mut script);
    output::bytes(&script)?;
    Ok(Exit::Success)
}
