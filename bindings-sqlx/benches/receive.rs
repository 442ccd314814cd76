//! What `receive` and `once` cost, against the bare INSERT of the same row on the same engine, durable.
//!
//! `make bench-inbox` runs it with servers that write to the disk at each commit.

#![expect(clippy::unwrap_used, reason = "how a benchmark fails")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use hookseal::{SignOptions, Webhook};
use hookseal_sqlx::Inbox;
use sqlx::{Executor, Pool};

const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";
const ROUNDS: usize = 9;
const AT_ONCE: usize = 60;

/// A body of 881 bytes with an id of its own.
fn body(id: usize) -> Vec<u8> {
    let start = format!(r#"{{"id":"evt_{id:012}","type":"policy.created","data":{{"note":""#);
    let end = r#""}}"#;
    format!("{start}{}{end}", "ä".repeat((881 - start.len() - end.len()) / 2)).into_bytes()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

macro_rules! measure {
    ($name:literal, $pool:expr, $table:literal, $insert:literal) => {{
        let pool = $pool;
        let webhook = Arc::new(Webhook::new("coverkit", [SECRET]).unwrap());
        let inbox = Inbox::new(pool.clone(), webhook.clone()).unwrap();
        inbox.migrate().await.unwrap();
        pool.execute(sqlx::raw_sql($table)).await.unwrap();
        let (mut bare, mut received) = (Vec::new(), Vec::new());
        let (mut bare_inside, mut once_inside) = (Vec::new(), Vec::new());
        let mut number = 0;
        for _ in 0..ROUNDS {
            let deliveries: Vec<_> = (0..AT_ONCE)
                .map(|_| {
                    number += 1;
                    let body = body(number);
                    let headers = webhook.sign(&body, &SignOptions::new()).unwrap();
                    (body, headers)
                })
                .collect();
            let start = Instant::now();
            for (index, (body, _)) in deliveries.iter().enumerate() {
                let key = format!("coverkit:{number}-{index}").into_bytes();
                sqlx::query($insert).bind(key).bind(body).execute(&pool).await.unwrap();
            }
            bare.push(start.elapsed() / u32::try_from(AT_ONCE).unwrap());
            let start = Instant::now();
            for (body, headers) in &deliveries {
                inbox.receive(None, body, headers).await.unwrap();
            }
            received.push(start.elapsed() / u32::try_from(AT_ONCE).unwrap());

            let mut transaction = pool.begin().await.unwrap();
            let start = Instant::now();
            for index in 0..AT_ONCE {
                let key = format!("once:{number}-{index}").into_bytes();
                sqlx::query($insert)
                    .bind(key)
                    .bind(Vec::<u8>::new())
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
            }
            bare_inside.push(start.elapsed() / u32::try_from(AT_ONCE).unwrap());
            let mut events = Vec::new();
            for index in 0..AT_ONCE {
                let body = body(1_000_000_000 + number * AT_ONCE + index);
                let headers = webhook.sign(&body, &SignOptions::new()).unwrap();
                events.push(webhook.verify(&body, &headers).unwrap().into_owned());
            }
            let start = Instant::now();
            for event in &events {
                assert!(inbox.once(&mut transaction, None, event).await.unwrap());
            }
            once_inside.push(start.elapsed() / u32::try_from(AT_ONCE).unwrap());
            transaction.commit().await.unwrap();
        }
        let (bare, received) = (median(bare), median(received));
        let (bare_inside, once_inside) = (median(bare_inside), median(once_inside));
        println!(
            "{}: bare INSERT {bare:.0?}, receive {received:.0?}: {:.2} of it; in a transaction \
             {bare_inside:.0?} and {once_inside:.0?}: {:.0?} more",
            $name,
            received.as_secs_f64() / bare.as_secs_f64(),
            once_inside.saturating_sub(bare_inside),
        );
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let path = std::env::temp_dir().join(format!("hookseal-bench-{}.sqlite", std::process::id()));
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
    measure!(
        "SQLite",
        Pool::<sqlx::Sqlite>::connect_with(options).await.unwrap(),
        "CREATE TABLE bare (id INTEGER PRIMARY KEY, k BLOB UNIQUE, body BLOB)",
        "INSERT INTO bare (k, body) VALUES (?, ?)"
    );
    let _ = std::fs::remove_file(&path);
    let server =
        |name: &str| std::env::var(name).expect("tests/inbox/with-servers starts the servers");
    measure!(
        "PostgreSQL",
        Pool::<sqlx::Postgres>::connect(&server("HOOKSEAL_TEST_POSTGRESQL")).await.unwrap(),
        "CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, k bytea UNIQUE, body bytea)",
        "INSERT INTO bare (k, body) VALUES ($1, $2)"
    );
    measure!(
        "MariaDB",
        Pool::<sqlx::MySql>::connect(&server("HOOKSEAL_TEST_MYSQL")).await.unwrap(),
        "CREATE TABLE bare (id BIGINT AUTO_INCREMENT PRIMARY KEY, k VARBINARY(512) UNIQUE, body LONGBLOB)",
        "INSERT INTO bare (k, body) VALUES (?, ?)"
    );
}
