//! `hookseal explain`: finds out why a delivery does not verify.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use hookseal::{Finding, Hints, Report};

use crate::args::{ClockArgs, DeliveryArgs, WebhookArgs};
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::{BAD, FAINT, GOOD, Output, STRONG, WARN};
use crate::text::{Printable, wrap};

const WIDTH: usize = 88;

const EXAMPLES: &str = "\
Examples:
  hookseal explain -p kasko --request capture.http
  hookseal explain -p stripe --headers-file headers --other-secret-file test.secret body.json";

/// `hookseal explain`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,
    #[command(flatten)]
    pub(crate) delivery: DeliveryArgs,
    #[command(flatten)]
    pub(crate) clock: ClockArgs,

    /// A file with a further secret that you have, such as another webhook's or the test mode's, to
    /// find out whether it was used; again for each further one
    #[arg(long, value_name = "FILE")]
    pub(crate) other_secret_file: Vec<PathBuf>,
}

/// Explains the delivery that the arguments name.
pub(crate) fn run(args: &ExplainArgs, output: Output) -> Result<Exit, Failure> {
    let builder = input::builder(&args.webhook, args.clock.tolerance)?;
    let secrets = input::unchecked_secrets(&args.webhook.secrets)?;
    let mut hints = Hints::new().secrets(input::secrets_in(&args.other_secret_file)?);
    if let Some(now) = args.clock.now {
        hints = hints.at(now);
    }
    let (delivery, line) = input::delivery(&args.delivery, output)?;
    let head = line.head(&delivery.headers);
    let report = builder.explain(secrets, &delivery.body, &head, &hints);
    if output.is_json() {
        output.json_line(&report.to_json())?;
    } else {
        output.text(|out| write(out, &report, args))?;
    }
    Ok(if report.verifies() { Exit::Success } else { Exit::Refused })
}

fn write(out: &mut dyn Write, report: &Report, args: &ExplainArgs) -> io::Result<()> {
    let Some(error) = report.error() else {
        return writeln!(out, "{GOOD}verified{GOOD:#}: there is nothing to explain");
    };
    writeln!(out, "{BAD}{}{BAD:#}: {}", error.code(), Printable(error.summary()))?;
    for finding in report.findings() {
        writeln!(out)?;
        write_finding(out, finding, args)?;
    }
    if !report.ruled_out().is_empty() {
        writeln!(out, "\nTried in vain:")?;
    }
    for tried in report.ruled_out() {
        let mut mark = '-';
        for line in wrap(tried, WIDTH) {
            writeln!(out, "  {mark} {}", Printable(&line))?;
            mark = ' ';
        }
    }
    if let Some(conclusion) = report.conclusion() {
        writeln!(out)?;
        for line in wrap(&conclusion, WIDTH) {
            writeln!(out, "{WARN}{line}{WARN:#}")?;
        }
    }
    Ok(())
}

fn write_finding(out: &mut dyn Write, finding: &Finding, args: &ExplainArgs) -> io::Result<()> {
    let sure = if finding.is_proven() { "proven" } else { "not proven" };
    writeln!(out, "{STRONG}{}{STRONG:#} {FAINT}({sure}){FAINT:#}", finding.code())?;
    paragraph(out, "what", finding.what())?;
    paragraph(out, "seen", finding.evidence())?;
    if let Some(secret) = finding.secret().and_then(|index| secret_named(index, args)) {
        paragraph(out, "secret", &secret)?;
    }
    paragraph(out, "fix", finding.fix())?;
    paragraph(out, "more", &finding.code().page())
}

/// Says where the user has this secret, if there is more than one to choose from.
fn secret_named(index: usize, args: &ExplainArgs) -> Option<String> {
    let own = &args.webhook.secrets.secret_file;
    let further = &args.other_secret_file;
    // The variable, where no file is named.
    let own_count = own.len().max(1);
    if own_count + further.len() == 1 {
        return None;
    }
    let file = match index.checked_sub(own_count) {
        None => own.get(index),
        Some(index) => further.get(index),
    };
    Some(file.map_or_else(|| "HOOKSEAL_SECRET".to_owned(), |path| path.display().to_string()))
}

fn paragraph(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let mut name = name;
    for line in wrap(text, WIDTH) {
        writeln!(out, "  {FAINT}{name:<7}{FAINT:#}{}", Printable(&line))?;
        name = "";
    }
    Ok(())
}
