//! `hookseal man`: prints the manual pages.

use crate::args::ManArgs;
use crate::failure::{Exit, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(_args: &ManArgs, _output: &Output) -> Result<Exit, Failure> {
    Ok(Exit::Success)
}
