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
mod report;
mod reporter;
mod save;
mod server;
mod start;

pub(crate) use args::ListenArgs;

use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{input, network};

/// Listens as the arguments say.
pub(crate) fn run(args: &ListenArgs, output: Output) -> Result<Exit, Failure> {
    let webhook = input::webhook(&args.webhook, args.tolerance, output)?;
    network::run(start::listen(args, webhook, output))
}
