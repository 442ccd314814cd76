//! `hookseal send`: delivers a signed webhook, as the provider would.

mod args;
mod deliver;
mod errand;
mod excerpt;
mod forge;
mod history;
mod human;
mod identity;
mod letter;
mod load;
mod pack;
mod parcel;
mod progress;
mod sender;
mod table;
mod terms;
mod trouble;
mod words;

use std::sync::Arc;

use errand::Errand;
use progress::Progress;

pub(crate) use args::SendArgs;

use crate::failure::{Exit, Failure};
use crate::network;
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &SendArgs, output: &Output) -> Result<Exit, Failure> {
    let errand = Arc::new(Errand::new(args)?);
    let progress = Progress::new(output);
    if args.tls.insecure {
        output.note("certificates are not checked: anybody on the way can read what is sent");
    }
    network::run(async {
        if args.forge {
            let findings = forge::check(&errand, &pack::draft(args)?, progress).await?;
            return forge::report(&errand, &findings, output);
        }
        if let Some(rate) = args.load.load {
            let plan = load::Plan::new(rate, &args.load)?;
            let measured = load::drive(&errand, &plan, progress).await?;
            return load::report(&errand, &plan, &measured, output);
        }
        let history = deliver::deliver(&errand, args.retries.speed, progress).await?;
        history::report(&errand, &history, output)
    })
}
