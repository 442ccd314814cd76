//! For some providers a genuine delivery, and what becomes of forged ones.
//!
//! `cargo run -p hookseal --example demo`

use std::io::{IsTerminal as _, Stdout, Write as _, stdout};
use std::time::{Duration, SystemTime};

use hookseal::{Error, Event, Field, Provider, Scheme, Webhook};
use serde::Deserialize;
use serde_json::Value;

/// The insurers, and three whose ways to sign are common.
const SHOWN: [&str; 7] =
    ["claimport", "coverkit", "github", "kasko", "mycover", "standard-webhooks", "stripe"];

type Headers = Vec<(String, String)>;

/// A sample delivery, as far as it is used here.
#[derive(Deserialize)]
struct Delivery {
    secrets: Vec<String>,
    headers: Headers,
    body: String,
    now: Option<u64>,
}

struct Forgery {
    what: &'static str,
    delivery: Delivery,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let colour = stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = Output { to: stdout(), colour };
    let mut genuine = 0;
    let mut refused = 0;
    out.line(&format!("Rust, hookseal {}\n", env!("CARGO_PKG_VERSION")))?;
    for provider in SHOWN {
        let provider = Provider::named(provider)?;
        let Some(sample) = provider.samples().first() else { continue };
        show_genuine(&mut out, provider, &serde_json::from_str(sample.json)?)?;
        genuine += 1;
        for forgery in forgeries(sample.json)? {
            refused += usize::from(show_forgery(&mut out, provider, &forgery)?);
        }
        out.line("")?;
    }
    out.line(&format!("{genuine} genuine deliveries verified, {refused} forgeries refused"))?;
    Ok(())
}

fn show_genuine(
    out: &mut Output,
    provider: &Provider,
    delivery: &Delivery,
) -> Result<(), Box<dyn std::error::Error>> {
    let scheme = Scheme::provider(provider.name())?;
    let event = verify(provider, delivery)?;
    out.title(scheme.title())?;
    out.good("genuine", &describe(&event))?;
    let data = event.data_json().map(serde_json::from_str::<Value>).transpose()?;
    out.detail("data", &shorten(&data.map_or("none".to_owned(), |data| data.to_string())))?;
    let unsigned: Vec<&str> = event.unsigned().iter().copied().map(Field::as_str).collect();
    if !unsigned.is_empty() {
        out.note("not signed", &unsigned.join(", "))?;
    }
    Ok(())
}

/// Returns `true` if it was refused.
fn show_forgery(out: &mut Output, provider: &Provider, forgery: &Forgery) -> std::io::Result<bool> {
    match verify(provider, &forgery.delivery) {
        Err(error) => {
            let answer = format!("{} (answer {})", error.code(), error.http_status());
            out.bad(forgery.what, &answer)?;
            Ok(true)
        }
        Ok(event) => {
            out.note(forgery.what, &format!("verifies, as it must: {}", describe(&event)))?;
            Ok(false)
        }
    }
}

fn verify<'d>(provider: &Provider, delivery: &'d Delivery) -> Result<Event<'d>, Error> {
    let webhook = Webhook::new(provider.name(), &delivery.secrets)?;
    let now = delivery.now.map(Duration::from_secs);
    let now = now.map_or_else(SystemTime::now, |now| SystemTime::UNIX_EPOCH + now);
    webhook.verify_at(&delivery.body, &delivery.headers, now)
}

/// The sample, spoiled in each way in turn.
fn forgeries(sample: &str) -> Result<Vec<Forgery>, serde_json::Error> {
    let spoil = |what, spoil: &dyn Fn(&mut Delivery)| {
        let mut delivery: Delivery = serde_json::from_str(sample)?;
        spoil(&mut delivery);
        Ok(Forgery { what, delivery })
    };
    let delivery: Delivery = serde_json::from_str(sample)?;
    let parsed: Value = serde_json::from_str(&delivery.body)?;
    let pretty = serde_json::to_string_pretty(&parsed)?;

    let mut forgeries = vec![
        spoil("a byte of the body changed", &|d| d.body = d.body.replacen('a', "b", 1))?,
        // Base64 behind its prefix, so that it can be a secret of every scheme.
        spoil("another secret", &|d| d.secrets = vec![format!("whsec_{}", "QUJD".repeat(8))])?,
        spoil("no signature", &|d| d.headers.retain(|(name, _)| !is_signature(name)))?,
        spoil("half a signature", &|d| {
            for (_, value) in d.headers.iter_mut().filter(|(name, _)| is_signature(name)) {
                value.truncate(value.len() / 2);
            }
        })?,
        spoil("parsed and serialised again", &|d| d.body.clone_from(&pretty))?,
    ];
    if delivery.headers.iter().any(|(name, _)| is_type(name)) {
        forgeries.push(spoil("another type", &|d| {
            for (_, value) in d.headers.iter_mut().filter(|(name, _)| is_type(name)) {
                "policy.cancelled".clone_into(value);
            }
        })?);
    }
    if delivery.now.is_some() {
        forgeries.push(spoil("replayed an hour later", &|d| d.now = d.now.map(|now| now + 3600))?);
    }
    Ok(forgeries)
}

fn is_signature(header: &str) -> bool {
    header.to_ascii_lowercase().contains("signature")
}

fn is_type(header: &str) -> bool {
    header.to_ascii_lowercase().ends_with("-event")
}

fn describe(event: &Event<'_>) -> String {
    let event_type = if event.event_type().is_empty() { "no type" } else { event.event_type() };
    format!("{event_type}, {}", event.id().unwrap_or("no id"))
}

fn shorten(text: &str) -> String {
    const WIDTH: usize = 90;
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    text.chars().take(WIDTH).chain(['…']).collect()
}

struct Output {
    to: Stdout,
    colour: bool,
}

impl Output {
    fn title(&mut self, title: &str) -> std::io::Result<()> {
        self.line(&self.paint("1", title))
    }

    fn good(&mut self, what: &str, result: &str) -> std::io::Result<()> {
        self.row("32", "✓", what, result)
    }

    fn bad(&mut self, what: &str, result: &str) -> std::io::Result<()> {
        self.row("31", "✗", what, result)
    }

    fn note(&mut self, what: &str, result: &str) -> std::io::Result<()> {
        self.row("33", "!", what, result)
    }

    fn detail(&mut self, what: &str, result: &str) -> std::io::Result<()> {
        self.row("2", " ", what, result)
    }

    fn row(&mut self, colour: &str, mark: &str, what: &str, result: &str) -> std::io::Result<()> {
        self.line(&format!(
            "  {} {what:<28} {}",
            self.paint(colour, mark),
            self.paint(colour, result)
        ))
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn line(&mut self, text: &str) -> std::io::Result<()> {
        writeln!(self.to, "{text}")
    }
}
