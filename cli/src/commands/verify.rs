//! `hookseal verify`: verifies a delivery.

use std::io;

use anstyle::Style;
use hookseal::{Event, Webhook};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::args::VerifyArgs;
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::{self, FAINT, GOOD, Output, WARN};
use crate::text::{self, Printable};

/// An event as JSON: the fields are named as in every language.
#[derive(Serialize)]
struct EventJson<'e> {
    provider: &'e str,
    r#type: &'e str,
    id: Option<&'e str>,
    created_at: Option<String>,
    test: bool,
    /// Absent where the event has none: `null` may be what it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Box<RawValue>>,
    unsigned: Vec<&'static str>,
    key_index: usize,
    dedupe_key: String,
}

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, output: &Output) -> Result<Exit, Failure> {
    let webhook = input::webhook(&args.webhook, args.clock.tolerance)?;
    let delivery = input::delivery(&args.delivery, output)?;
    let (body, headers) = (&delivery.body, &delivery.headers);
    let event = match args.clock.now {
        Some(now) => webhook.verify_at(body, headers, now)?,
        None => webhook.verify(body, headers)?,
    };
    if args.data {
        print_data(&event, output)?;
    } else if output.is_json() {
        output.json(&event_json(&event)?)?;
    } else {
        print(&event, &webhook, output)?;
    }
    Ok(Exit::Success)
}

fn event_json<'e>(event: &'e Event<'_>) -> Result<EventJson<'e>, Failure> {
    let data = event.data_json().map(|json| RawValue::from_string(text::one_line(json)));
    Ok(EventJson {
        provider: event.provider(),
        r#type: event.event_type(),
        id: event.id(),
        created_at: event.created_at().and_then(text::moment),
        test: event.is_test(),
        data: data
            .transpose()
            .map_err(|error| Failure::io("the event's data as JSON", &error.into()))?,
        unsigned: event.unsigned().iter().map(|field| field.as_str()).collect(),
        key_index: event.key_index(),
        dedupe_key: event.dedupe_key(),
    })
}

/// The data as the body has it in a pipe, laid out for a reader on a terminal.
fn print_data(event: &Event<'_>, output: &Output) -> Result<(), Failure> {
    let data = event.data_json().unwrap_or("null");
    if output::is_terminal() && !output.is_json() {
        return output.text(|out| write_data(out, data, ""));
    }
    output::bytes(format!("{data}\n").as_bytes())
}

fn write_data(out: &mut dyn io::Write, data: &str, indent: &str) -> io::Result<()> {
    let data = text::pretty(data);
    text::printable_json(&data).lines().try_for_each(|line| writeln!(out, "{indent}{line}"))
}

fn print(event: &Event<'_>, webhook: &Webhook, output: &Output) -> Result<(), Failure> {
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
