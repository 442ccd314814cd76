//! `hookseal inbox`: looks after the inbox in a database.

mod actions;
mod database;
mod page;
mod report;

use std::time::Duration;

use clap::{Args, Subcommand};
use hookseal::inbox::{Action, Dialect, Filter, Inbox, InboxError, State};
use serde_json::json;

use crate::failure::{Exit, Failure};
use crate::network;
use crate::output::{Output, bytes};
use database::{Database, DatabaseArgs};

/// `hookseal inbox`
#[derive(Debug, Args)]
pub(crate) struct InboxArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the SQL that makes the tables, for a migration
    Schema {
        /// The dialect: sqlite, postgresql or mysql
        #[arg(value_name = "DIALECT", value_parser = dialect)]
        dialect: Dialect,

        /// What stands before the names of the tables
        #[arg(long, value_name = "PREFIX", default_value = "hookseal_")]
        prefix: String,
    },
    /// Count what is not done
    Status {
        #[command(flatten)]
        database: DatabaseArgs,

        /// Write OpenMetrics, for Prometheus and others
        #[arg(long, conflicts_with = "json")]
        openmetrics: bool,
    },
    /// List deliveries, the latest first
    List {
        #[command(flatten)]
        database: DatabaseArgs,

        /// Only those in this state: waiting, leased, blocked, done or dead
        #[arg(long, value_name = "STATE", value_parser = state)]
        state: Option<State>,

        /// Only those of this source
        #[arg(long, value_name = "NAME")]
        source: Option<String>,

        /// Only those of this type of event
        #[arg(long = "type", value_name = "TYPE")]
        event_type: Option<String>,

        /// Only those with this text in their key or body
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,

        /// Only those with a smaller number
        #[arg(long, value_name = "NUMBER")]
        before: Option<i64>,

        /// At most so many, up to 1000
        #[arg(long, value_name = "COUNT", default_value_t = 20)]
        limit: usize,
    },
    /// Print what is kept of a delivery: its headers and body
    Show {
        #[command(flatten)]
        database: DatabaseArgs,

        /// The number of the delivery
        #[arg(value_name = "NUMBER")]
        seq: i64,
    },
    /// Let a dead delivery be tried again
    Retry {
        #[command(flatten)]
        database: DatabaseArgs,

        /// The number of the delivery
        #[arg(value_name = "NUMBER", required_unless_present = "all")]
        seq: Option<i64>,

        /// Every one that is dead
        #[arg(long, conflicts_with = "seq")]
        all: bool,
    },
    /// Let a delivery that is done be handled once more
    Replay {
        #[command(flatten)]
        database: DatabaseArgs,

        /// The number of the delivery
        #[arg(value_name = "NUMBER")]
        seq: i64,
    },
    /// Take a dead delivery for done, so that those after it are handled
    Discard {
        #[command(flatten)]
        database: DatabaseArgs,

        /// The number of the delivery
        #[arg(value_name = "NUMBER")]
        seq: i64,
    },
    /// Remove what was done long ago
    Prune {
        #[command(flatten)]
        database: DatabaseArgs,

        /// How long to keep what is done, in days: longer than your providers retry
        #[arg(long, value_name = "DAYS")]
        keep: u32,
    },
    /// Show the inbox in a browser on this machine
    Page {
        #[command(flatten)]
        database: DatabaseArgs,

        /// The port of the page, on 127.0.0.1; 0 takes a free one
        #[arg(long, value_name = "PORT", default_value_t = 4667)]
        port: u16,
    },
}

fn dialect(name: &str) -> Result<Dialect, String> {
    name.parse().map_err(|error: InboxError| error.message().to_owned())
}

fn state(name: &str) -> Result<State, String> {
    State::from_name(name).ok_or_else(|| "it is waiting, leased, blocked, done or dead".to_owned())
}

/// Does what is asked for.
pub(crate) fn run(args: InboxArgs, output: Output) -> Result<Exit, Failure> {
    network::run(work(args.command, output))
}

async fn work(command: Command, output: Output) -> Result<Exit, Failure> {
    match command {
        Command::Schema { dialect, prefix } => {
            let schema = Inbox::schema(dialect, Some(&prefix));
            if output.is_json() {
                output.json(&json!({"dialect": dialect.as_str(), "schema": schema}))?;
            } else {
                output.text(|out| write!(out, "{schema}"))?;
            }
        }
        Command::Status { database, openmetrics } => {
            let stats = open(&database).await?.stats().await?;
            if openmetrics {
                bytes(stats.to_openmetrics().as_bytes())?;
            } else if output.is_json() {
                output.json(&stats)?;
            } else {
                output.text(|out| report::stats(out, &stats))?;
            }
        }
        Command::List { database, state, source, event_type, search, before, limit } => {
            let filter = Filter { state, source, event_type, search, before, limit };
            let entries = open(&database).await?.list(filter).await?;
            if output.is_json() {
                output.json(&json!({"deliveries": entries}))?;
            } else {
                output.text(|out| report::entries(out, &entries))?;
            }
        }
        Command::Show { database, seq } => {
            let Some(kept) = open(&database).await?.show(seq).await? else {
                return Err(Failure::input(format!(
                    "there is no delivery {seq} of which more than the key is kept"
                )));
            };
            let body = String::from_utf8_lossy(&kept.body);
            if output.is_json() {
                output.json(&json!({"seq": seq, "headers": kept.headers, "body": body}))?;
            } else {
                output.text(|out| report::kept(out, &kept.headers, &body))?;
            }
        }
        Command::Retry { database, seq: Some(seq), .. } => {
            act(&database, Action::Retry, seq, output).await?;
        }
        Command::Retry { database, seq: None, .. } => {
            let count = open(&database).await?.retry(None).await?;
            said(output, count, "every dead delivery will be tried again")?;
        }
        Command::Replay { database, seq } => act(&database, Action::Replay, seq, output).await?,
        Command::Discard { database, seq } => act(&database, Action::Discard, seq, output).await?,
        Command::Prune { database, keep } => {
            let keep = Duration::from_secs(u64::from(keep) * 24 * 60 * 60);
            let count = open(&database).await?.prune(keep).await?;
            said(output, count, "what was done long ago is removed")?;
        }
        Command::Page { database, port } => return page::show(&database, port, output).await,
    }
    Ok(Exit::Success)
}

async fn act(
    database: &DatabaseArgs,
    action: Action,
    seq: i64,
    output: Output,
) -> Result<(), Failure> {
    if !open(database).await?.act(action, seq).await? {
        return Err(Failure::input(actions::none(action, seq)));
    }
    said(output, 1, action.effect())
}

async fn open(database: &DatabaseArgs) -> Result<Database, Failure> {
    Database::open(&database.database, &database.prefix, 1).await
}

fn said(output: Output, count: u64, what: &str) -> Result<(), Failure> {
    if output.is_json() {
        return output.json(&json!({"count": count}));
    }
    output.text(|out| writeln!(out, "{what}: {count}"))
}
