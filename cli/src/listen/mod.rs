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
mod text;

use std::sync::{Arc, Mutex, PoisonError};
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
    /// Held while an arrival is told of; what went wrong with that.
    telling: Mutex<Result<(), Failure>>,
}

/// As many deliveries are taken in at once; further ones wait.
const UNDER_WAY: u32 = 256;

/// Runs the command.
pub(crate) fn run(args: &ListenArgs, output: &Output) -> Result<Exit, Failure> {
    let webhook = input::webhook(&args.webhook, args.tolerance)?;
    network::run(start::listen(args, webhook, output.clone()))
}

impl App {
    /// Numbers an arrival, tells of it, and keeps it for the page. One after the other, so that
    /// they are told of in their order.
    fn tell(&self, arrival: arrival::Arrival) {
        let mut told = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        let arrival = self.journal.add(arrival);
        let written = if self.output.is_json() {
            json::Line::new(&arrival, self.webhook.scheme())
                .and_then(|line| self.output.json(&line))
        } else {
            self.output.text(|out| report::write(out, &arrival, self.secrets))
        };
        if told.is_ok() && written.is_err() {
            *told = written;
            self.stop.now();
        }
        if self.count.is_some_and(|count| arrival.number >= count) {
            self.stop.now();
        }
    }

    /// What went wrong with telling, if anything did.
    fn told(&self) -> Result<(), Failure> {
        let mut told = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut told, Ok(()))
    }
}
