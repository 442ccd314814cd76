//! `hookseal completions`: prints a completion script.

use clap::Args;
use clap_complete::env::Shells;

use crate::complete::VARIABLE;
use crate::failure::{Exit, Failure};
use crate::output;

/// `hookseal completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to complete in
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Prints the script, by which the shell asks the command that is in its path.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    const NAME: &str = "hookseal";
    let shells = Shells::builtins();
    let mut script = Vec::new();
    shells
        .completer(&args.shell.to_string())
        .map_or(Ok(()), |shell| shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script))
        .map_err(|error| Failure::io("the completion script", &error))?;
    output::bytes(&script)?;
    Ok(Exit::Success)
}
