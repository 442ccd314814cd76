//! `hookseal providers`: prints what is known of the providers.

mod args;
mod entry;
mod facts;
mod overview;
mod page;
mod query;

use serde_json::json;

use crate::failure::{Exit, Failure};
use crate::output::Output;
pub(crate) use args::ProvidersArgs;
use entry::Entry;
use query::Found;

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
