//! `hookseal sign`: signs a body.

use crate::args::SignArgs;
use crate::failure::{Exit, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(_args: &SignArgs, _output: &Output) -> Result<Exit, Failure> {
    Ok(Exit::Success)
}
