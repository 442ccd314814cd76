//! `hookseal providers`: prints what is known of the providers.

mod entry;
mod facts;
mod overview;
mod page;
mod query;

use clap::Args;
use serde_json::json;

use crate::failure::{Exit, Failure};
use crate::output::Output;
use entry::Entry;
use query::Found;

/// `hookseal providers`
#[derive(Debug, Args)]
pub(crate) struct ProvidersArgs {
    /// The provider to tell everything about, or a part of some providers' names
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Only those that do this, such as `insurance` or `payments`
    #[arg(long, value_name = "CATEGORY")]
    pub(crate) category: Option<String>,
    /// Only those of whose events something is not signed
    #[arg(long)]
    pub(crate) unsigned: bool,
    /// Only those whose signed time bounds how long a delivery can be sent again
    #[arg(long)]
    pub(crate) bounded: bool,
    /// Only those for which there is this evidence: `proven`, `documented` or `assumed`
    #[arg(long, value_name = "EVIDENCE")]
    pub(crate) evidence: Option<String>,
}

/// Prints what is known of one provider, or a line for each that is asked for.
pub(crate) fn run(args: &ProvidersArgs, output: Output) -> Result<Exit, Failure> {
    match query::find(args)? {
        Found::One(provider) => {
            let one = Entry::new(provider)?;
            if output.is_json() {
                output.json(&one.to_json()?)?;
            } else {
                output.text(|out| page::write(out, &one))?;
            }
        }
        Found::Many(all) if output.is_json() => {
            let all = all.iter().map(Entry::to_json).collect::<Result<Vec<_>, _>>()?;
            output.json(&json!({"providers": all}))?;
        }
        Found::Many(all) => output.text(|out| overview::write(out, &all))?,
    }
    Ok(Exit::Success)
}
