//! `hookseal providers`: tells what is known of the providers.

use crate::args::ProvidersArgs;
use crate::failure::{Exit, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(_args: &ProvidersArgs, _output: &Output) -> Result<Exit, Failure> {
    Ok(Exit::Success)
}
