//! `hookseal send`: delivers a signed webhook, as the provider would.

use crate::args::SendArgs;
use crate::failure::{Exit, Failure};
use crate::network;
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &SendArgs, _output: &Output) -> Result<Exit, Failure> {
    let _client = network::client(args.cacert.as_deref())?;
    network::run(async { Ok(Exit::Success) })
}
