//! `hookseal completions`: prints a completion script.

use clap::Args;

use crate::failure::{Exit, Failure};
use crate::output;

/// `hookseal completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Prints the script for this command line.
pub(crate) fn run(args: &CompletionsArgs, mut command: clap::Command) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "hookseal", &mut script);
    output::bytes(&script)?;
    Ok(Exit::Success)
}
