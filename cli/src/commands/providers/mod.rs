//! `hookseal providers`: prints what is known of the providers.

mod entry;
mod facts;
mod overview;
mod page;

use clap::Args;
use hookseal::Provider;
use serde_json::json;

use crate::failure::{Exit, Failure};
use crate::output::Output;
use entry::Entry;

/// `hookseal providers`
#[derive(Debug, Args)]
pub(crate) struct ProvidersArgs {
    /// The provider to tell everything about
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// Prints what is known of one provider, or a line for each.
pub(crate) fn run(args: &ProvidersArgs, output: Output) -> Result<Exit, Failure> {
    let known = match &args.name {
        Some(name) => vec![Entry::new(Provider::named(name)?)?],
        None => hookseal::providers().map(Entry::new).collect::<Result<_, _>>()?,
    };
    match (known.as_slice(), &args.name) {
        ([one], Some(_)) if output.is_json() => output.json(&one.to_json()?)?,
        ([one], Some(_)) => output.text(|out| page::write(out, one))?,
        (all, _) if output.is_json() => {
            let all = all.iter().map(Entry::to_json).collect::<Result<Vec<_>, _>>()?;
            output.json(&json!({"providers": all}))?;
        }
        (all, _) => output.text(|out| overview::write(out, all))?,
    }
    Ok(Exit::Success)
}
