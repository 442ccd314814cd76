//! A delivery is sent three times, and the worker that handles it is killed in the middle.
//!
//! `cargo run -p hookseal-sqlx --example demo`

#![expect(clippy::print_stdout, reason = "it is what a demo is for")]

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, future};

use hookseal::inbox::Received;
use hookseal::{SignOptions, Webhook};
use hookseal_sqlx::{Handler, Inbox, Options, Worker};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool};
use sqlx::{Row as _, Sqlite};
use tokio::sync::oneshot;

type Result<T> = core::result::Result<T, Box<dyn Error>>;

const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";

#[tokio::main]
async fn main() -> Result<()> {
    match env::args().nth(1) {
        Some(path) => work(&path).await,
        None => demonstrate().await,
    }
}

async fn open(path: &str) -> Result<Inbox<Sqlite>> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let webhook = Arc::new(Webhook::new("coverkit", [SECRET])?);
    let sources = vec![("coverkit".to_owned(), webhook, None)];
    // After the end of its lease, another worker may take what the killed one had.
    let lease = Some(Duration::from_secs(1));
    let pool = SqlitePool::connect_with(options).await?;
    Ok(Inbox::with_options(pool, Options { sources, lease, ..Options::default() })?)
}

async fn demonstrate() -> Result<()> {
    println!("The inbox, on SQLite");
    let folder = env::temp_dir().join(format!("hookseal-demo-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    let shown = show(&folder.join("inbox.sqlite").display().to_string()).await;
    std::fs::remove_dir_all(&folder)?;
    shown
}

async fn show(path: &str) -> Result<()> {
    let inbox = open(path).await?;
    inbox.migrate().await?;
    sqlx::query("CREATE TABLE handled (event TEXT)").execute(inbox.pool()).await?;

    let body = br#"{"id":"evt_1","type":"policy.created","data":{"policy_id":"P-1"}}"#;
    let headers = Webhook::new("coverkit", [SECRET])?.sign(body, &SignOptions::new())?;
    for _ in 0..3 {
        let (event, received) = inbox.receive(None, body, &headers).await?;
        let outcome = if matches!(received, Received::Stored) { "stored" } else { "duplicate" };
        println!("  ✓ {} {} was sent: {outcome}", event.event_type(), event.dedupe_key());
    }

    let mut first = worker(path)?;
    println!("  ✓ a worker: {}", said(&mut first)?);
    first.kill()?;
    first.wait()?;
    println!("  ✗ the worker is killed");
    let mut second = worker(path)?;
    println!("  ✓ another worker: {}", said(&mut second)?);
    second.wait()?;

    let count: i64 =
        sqlx::query("SELECT COUNT(*) FROM handled").fetch_one(inbox.pool()).await?.get(0);
    let is_done = inbox.stats().await?.sources.is_empty();
    inbox.pool().close().await;
    if count != 1 || !is_done {
        return Err(format!("handled {count} times, done: {is_done}").into());
    }
    println!("a delivery sent three times, its worker killed in the middle: handled exactly once");
    Ok(())
}

/// Starts this program as a worker.
fn worker(path: &str) -> Result<Child> {
    Ok(Command::new(env::current_exe()?).arg(path).stdout(Stdio::piped()).spawn()?)
}

fn said(worker: &mut Child) -> Result<String> {
    let mut line = String::new();
    BufReader::new(worker.stdout.as_mut().ok_or("it has no output")?).read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// Handles one delivery. The first attempt never ends.
async fn work(path: &str) -> Result<()> {
    let (end, ended) = oneshot::channel::<()>();
    let end = Mutex::new(Some(end));
    let handler: Arc<Handler<Sqlite>> = Arc::new(move |claimed, transaction| {
        let end = end.lock().ok().and_then(|mut end| end.take());
        Box::pin(async move {
            sqlx::query("INSERT INTO handled (event) VALUES (?)")
                .bind(claimed.event().id())
                .execute(&mut **transaction)
                .await?;
            println!("attempt {}, in the middle of the handler", claimed.attempt());
            if claimed.attempt() == 1 {
                future::pending::<()>().await;
            }
            drop(end);
            Ok(())
        })
    });
    let stop = async {
        let _ = ended.await;
    };
    let worker = Worker::new(open(path).await?).idle(Duration::from_millis(50));
    worker.run(handler, stop).await?;
    Ok(())
}
