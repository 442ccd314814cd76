//! A receiver or a worker in Rust, for `tests/inbox/scale`: `scale receive|work DATABASE PREFIX`.
//!
//! A receiver reads deliveries, a line of JSON each, and says what became of each one. A worker
//! writes a row for each event.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how it fails")]

use std::collections::HashMap;
use std::io::{BufRead as _, Write as _};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use hookseal::Webhook;
use hookseal_sqlx::{
    Backoff, Engine, Handled, Handler, Inbox, InboxError, Options, Received, Worker,
};
use serde::Deserialize;
use sqlx::{Executor as _, Pool, Transaction};
use tokio::signal::unix::{SignalKind, signal};

/// A delivery to receive.
#[derive(Deserialize)]
struct Delivery {
    body: String,
    headers: HashMap<String, String>,
}

async fn receive<DB: Engine>(inbox: Inbox<DB>) {
    for line in std::io::stdin().lock().lines() {
        let delivery: Delivery = serde_json::from_str(&line.unwrap()).unwrap();
        let headers: Vec<(String, String)> = delivery.headers.into_iter().collect();
        let outcome = match inbox.receive(None, delivery.body.as_bytes(), &headers).await {
            Ok((_, Received::Stored)) => "stored",
            Ok(_) => "duplicate",
            Err(InboxError::Inbox { code, .. }) => code.as_str(),
            Err(error) => panic!("{error}"),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{outcome}").unwrap();
        out.flush().unwrap();
    }
}

/// Inserts an event's row in a transaction.
trait Writes: Engine {
    fn write<'a>(transaction: &'a mut Transaction<'static, Self>, sql: String) -> Handled<'a>;
}

macro_rules! writes {
    ($($database:ty),+) => {$(
        impl Writes for $database {
            fn write<'a>(
                transaction: &'a mut Transaction<'static, Self>,
                sql: String,
            ) -> Handled<'a> {
                Box::pin(async move {
                    transaction.execute(sqlx::raw_sql(&sql)).await?;
                    // As if it did something: most are killed here.
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok(())
                })
            }
        }
    )+};
}

writes!(sqlx::Sqlite, sqlx::Postgres, sqlx::MySql);

async fn work<DB: Writes>(inbox: Inbox<DB>, prefix: String, concurrency: usize) {
    let handler: Arc<Handler<DB>> = Arc::new(move |claimed, transaction| {
        let id = claimed.event().id().unwrap();
        let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
        let insert = format!(
            "INSERT INTO {prefix}effect (event, language, clock) VALUES ('{id}', 'rust', {clock})"
        );
        DB::write(transaction, insert)
    });
    let mut ended = signal(SignalKind::terminate()).unwrap();
    let stop = async {
        ended.recv().await;
    };
    let worker = Worker::new(inbox).concurrency(concurrency).idle(Duration::from_millis(50));
    worker.run(handler, stop).await.unwrap();
}

async fn run<DB: Writes>(role: &str, pool: Pool<DB>, prefix: String, concurrency: usize) {
    let webhook = Arc::new(Webhook::new("coverkit", ["whsec_1b6f2ae8d0444a349cc1f4c8"]).unwrap());
    let backoff = Backoff { attempts: 10_000, first: Duration::ZERO, longest: Duration::ZERO };
    let options = Options {
        sources: vec![("coverkit".to_owned(), webhook, None)],
        prefix: Some(prefix.clone()),
        backoff: Some(backoff),
        lease: Some(Duration::from_secs(1)),
    };
    let inbox = Inbox::with_options(pool, options).unwrap();
    if role == "receive" {
        receive(inbox).await;
    } else {
        work(inbox, prefix, concurrency).await;
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [role, database, prefix] = &arguments[..] else {
        panic!("scale receive|work DATABASE PREFIX");
    };
    if database.starts_with("postgresql:") {
        run(role, Pool::<sqlx::Postgres>::connect(database).await.unwrap(), prefix.clone(), 2)
            .await;
    } else if database.starts_with("mysql:") {
        run(role, Pool::<sqlx::MySql>::connect(database).await.unwrap(), prefix.clone(), 2).await;
    } else {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(database.trim_start_matches("sqlite:"))
            .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(60));
        let pool = Pool::<sqlx::Sqlite>::connect_with(options).await.unwrap();
        run(role, pool, prefix.clone(), 1).await;
    }
}
