//! `hookseal verify`: verifies a delivery.

use std::io;

use anstyle::Style;
use clap::Args;
use hookseal::{Event, Field, Webhook};

use super::again;
use crate::args::{ClockArgs, DeliveryArgs, WebhookArgs};
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::{self, FAINT, GOOD, Output, WARN};
use crate::text::{self, Printable};

const EXAMPLES: &str = "\
Examples:
  hookseal verify -p kasko --headers-file headers body.json
  hookseal verify -p kasko --secret-file kasko.secret --request capture.http
  hookseal verify -p stripe --har saved.har --entry 3 --now 2026-01-01T00:00:00Z --data | jq .";

/// `hookseal verify`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
    #[command(flatten)]
    pub(crate) clock: ClockArgs,

    /// Print nothing but the event's data, as JSON
    #[arg(long)]
    pub(crate) data: bool,
}

/// Verifies the delivery that the arguments name.
pub(crate) fn run(args: &VerifyArgs, output: Output) -> Result<Exit, Failure> {
    let webhook = input::webhook(&args.webhook, args.clock.tolerance, output)?;
    let (delivery, line) = input::received(&args.delivery, output)?;
    let (body, head) = (&delivery.body, line.head(&delivery.headers));
    let verified = match args.clock.now {
        Some(now) => webhook.verify_at(body, &head, now),
        None => webhook.verify(body, &head),
    };
    let event = verified
        .map_err(|error| Failure::from(error).explained_by(|| again::explain(&args.delivery)))?;
    if args.data {
        print_data(&event, output)?;
    } else if output.is_json() {
        output.json(&event)?;
    } else {
        print(&event, &webhook, output)?;
    }
    Ok(Exit::Success)
}

/// Prints the data as the body has it in a pipe, laid out for a reader on a terminal.
fn print_data(event: &Event<'_>, output: Output) -> Result<(), Failure> {
    let data = event.data_json().unwrap_or("null");
    match (output::is_terminal(), output.is_json()) {
        (true, false) => output.text(|out| write_data(out, data, "")),
        (true, true) => output.json_line(data),
        (false, _) => output::bytes(format!("{data}\n").as_bytes()),
    }
}

fn write_data(out: &mut dyn io::Write, data: &str, indent: &str) -> io::Result<()> {
    let data = text::pretty(data);
    text::printable_json(&data).lines().try_for_each(|line| writeln!(out, "{indent}{line}"))
}

fn print(event: &Event<'_>, webhook: &Webhook, output: Output) -> Result<(), Failure> {
    let unsigned = |name: &str| {
        let is_unsigned = event.unsigned().iter().any(|field| field.as_str() == name);
        if is_unsigned { " (not signed)" } else { "" }
    };
    let created_at = event.created_at().and_then(text::moment);
    let dedupe_key = event.dedupe_key();
    let key = event.key_index().to_string();
    let fields = [
        ("type", Some(event.event_type()).filter(|name| !name.is_empty())),
        ("id", event.id()),
        ("created_at", created_at.as_deref()),
        ("test", event.is_test().then_some("yes")),
        ("key_index", (event.key_index() > 0).then_some(&key)),
        ("dedupe_key", Some(&dedupe_key)),
    ];
    output.text(|out| {
        let title = webhook.scheme().title();
        writeln!(out, "{GOOD}verified{GOOD:#}: signed by {}", Printable(title))?;
        if event.unsigned().contains(&Field::Body) {
            writeln!(
                out,
                "{WARN}the body is not signed: look up at the sender what it says{WARN:#}"
            )?;
        }
        for (name, value) in fields {
            let Some(value) = value else { continue };
            let note = unsigned(name);
            let style = if note.is_empty() { Style::new() } else { WARN };
            let value = Printable(value);
            writeln!(out, "{FAINT}{name:<12}{FAINT:#}{value}{style}{note}{style:#}")?;
        }
        match event.data_json() {
            Some(data) => {
                writeln!(out, "{FAINT}data{FAINT:#}")?;
                write_data(out, data, "  ")
            }
            None => Ok(()),
        }
    })
}
