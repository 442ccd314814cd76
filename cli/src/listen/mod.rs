//! `hookseal listen`: receives webhooks on this machine, verifies and shows them.

use crate::args::ListenArgs;
use crate::failure::{Exit, Failure};
use crate::network;
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(_args: &ListenArgs, _output: &Output) -> Result<Exit, Failure> {
    network::run(async { Ok(Exit::Success) })
}
