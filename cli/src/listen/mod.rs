//! `hookseal listen`: receives webhooks on this machine, verifies and shows them.

mod args;
mod arrival;
mod body;
mod facts;
mod forward;
mod journal;
mod json;
mod page;
mod receive;
mod redact;
mod report;
mod save;
mod server;
mod start;
mod stop;
mod teller;
mod text;

use std::sync::Arc;
use std::time::Duration;

use hookseal::Webhook;
use tokio::sync::Semaphore;

pub(crate) use args::ListenArgs;

use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{input, network};

/// What everything that runs shares.
#[derive(Debug)]
struct App {
    webhook: Webhook,
    /// How many secrets the webhook has.
    secrets: usize,
    max_body: usize,
    timeout: Duration,
    forward: Option<forward::Forward>,
    folder: Option<save::Folder>,
    journal: journal::Journal,
    page: page::Page,
    output: Output,
    /// After how many deliveries it ends.
    count: Option<u64>,
    stop: stop::Stop,
    /// The deliveries that are not answered yet: each has a permit.
    under_way: Arc<Semaphore>,
    told: teller::Told,
}

/// As many deliveries are taken in at once; further ones wait.
const UNDER_WAY: u32 = 128;

/// Runs the command.
pub(crate) fn run(args: &ListenArgs, output: &Output) -> Result<Exit, Failure> {
    let webhook = input::webhook(&args.webhook, args.tolerance)?;
    network::run(start::listen(args, webhook, output.clone()))
}
