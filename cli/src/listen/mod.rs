//! `hookseal listen`: receives webhooks on this machine, verifies and shows them.

mod app;
mod args;
mod arrival;
mod body;
mod facts;
mod forward;
mod history;
mod json;
mod memory;
mod page;
mod queue;
mod receive;
mod redact;
mod replay;
mod report;
mod reporter;
mod save;
mod search;
mod server;
mod set_up;
mod start;

pub(crate) use args::ListenArgs;

use crate::failure::{Exit, Failure};
use crate::network;
use crate::output::Output;

/// Listens as the arguments say.
pub(crate) fn run(args: &ListenArgs, output: Output) -> Result<Exit, Failure> {
    let set_up = set_up::SetUp::new(args, output)?;
    network::run(start::listen(args, set_up, output))
}
