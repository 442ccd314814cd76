//! `hookseal send`: delivers a signed webhook, as the provider would.

mod args;
mod client;
mod deliver;
mod describe;
mod error;
mod excerpt;
mod forge;
mod job;
mod load;
mod policy;
mod prepare;
mod progress;
mod random;
mod report;
mod request;
mod sample;
mod scheme_source;
mod source;
mod table;

use std::sync::Arc;

use job::Job;
use progress::Progress;

pub(crate) use args::SendArgs;
pub(crate) use source::resigned;

use crate::failure::{Exit, Failure};
use crate::network;
use crate::output::Output;

/// Sends what the arguments name.
pub(crate) fn run(args: &SendArgs, output: Output) -> Result<Exit, Failure> {
    let job = Arc::new(Job::new(args)?);
    let progress = Progress::new(output);
    for warning in job.signed().into_iter().flat_map(|signed| signed.webhook.warnings()) {
        output.note(warning);
    }
    if args.tls.insecure {
        output.note("certificates are not checked: anybody on the way can read what is sent");
    }
    network::run(async {
        if args.forge {
            let source = prepare::scheme_source(args)?;
            let findings = forge::check(&job, &source, progress).await?;
            return forge::report(&job, &findings, output);
        }
        if let Some(rate) = args.load.load {
            let plan = load::Plan::new(rate, &args.load)?;
            let measured = load::drive(&job, &plan, progress).await?;
            return load::report(&job, &plan, &measured, output);
        }
        let history = deliver::deliver(&job, args.retries.speed, progress).await?;
        report::report(&job, &history, output)
    })
}
