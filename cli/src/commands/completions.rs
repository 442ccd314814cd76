//! `hookseal completions`: prints a completion script.

use crate::args::CompletionsArgs;
use crate::failure::{Exit, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(_args: &CompletionsArgs, _output: &Output) -> Result<Exit, Failure> {
    Ok(Exit::Success)
}
