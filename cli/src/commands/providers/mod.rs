//! `hookseal providers`: tells what is known of the providers.

mod facts;
mod overview;
mod page;

use hookseal::{Provider, Scheme};
use serde_json::{Value, json};

use crate::args::ProvidersArgs;
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::Output;
use facts::Facts;

/// Runs the command.
pub(crate) fn run(args: &ProvidersArgs, output: &Output) -> Result<Exit, Failure> {
    let known = match &args.name {
        Some(name) => vec![known(input::provider_named(name)?)?],
        None => hookseal::providers().map(known).collect::<Result<_, _>>()?,
    };
    match (known.as_slice(), &args.name) {
        ([one], Some(_)) if output.is_json() => output.json(&to_json(one)?)?,
        ([one], Some(_)) => output.text(|out| page::write(out, one))?,
        (all, _) if output.is_json() => {
            let all = all.iter().map(to_json).collect::<Result<Vec<_>, _>>()?;
            output.json(&json!({"providers": all}))?;
        }
        (all, _) => output.text(|out| overview::write(out, all))?,
    }
    Ok(Exit::Success)
}

/// A provider and what its folder says.
struct Known {
    provider: &'static Provider,
    scheme: Scheme,
    facts: Facts,
    catalogue: hookseal::Catalogue,
}

fn known(provider: &'static Provider) -> Result<Known, Failure> {
    Ok(Known {
        provider,
        scheme: Scheme::provider(provider.name())?,
        facts: facts::read(provider.scheme_toml())?,
        catalogue: provider.catalogue(),
    })
}

/// The scheme stands in it as schemes are written, so that it can be a start for one's own.
fn to_json(known: &Known) -> Result<Value, Failure> {
    let delivery = &known.catalogue.delivery;
    let seconds = |duration: &std::time::Duration| duration.as_secs();
    let unsigned = known.scheme.unsigned().iter().map(|field| field.as_str());
    let event =
        |event: &hookseal::EventType| json!({"type": event.name, "description": event.description});
    Ok(json!({
        "name": known.provider.name(),
        "title": known.scheme.title(),
        "unsigned": unsigned.collect::<Vec<_>>(),
        "events": known.catalogue.events.iter().map(event).collect::<Vec<_>>(),
        "delivery": {
            "success": delivery.success,
            "timeout": delivery.timeout.as_ref().map(seconds),
            "retries": delivery.retries.as_ref().map(|waits| waits.iter().map(seconds).collect::<Vec<_>>()),
            "stop": delivery.stop,
            "then": delivery.then,
            "assumed": delivery.assumed,
            "source": delivery.source,
            "note": delivery.note,
        },
        "scheme": facts::as_json(known.provider.scheme_toml())?,
        "source": known.catalogue.source,
    }))
}
