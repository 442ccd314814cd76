//! A worker that is run as a service: several deliveries at once, handlers that fail, and a stop.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookseal::SignOptions;
use hookseal_sqlx::{Filter, Handler, Inbox, Worker};
use kit::{Tested, body, inbox, webhook};
use tokio::sync::Notify;

const EVENTS: usize = 30;

async fn every_event_is_handled_once<DB: Tested>() {
    let name = kit::prefix();
    let inbox = inbox::<DB>(&name, None).await;
    DB::execute(inbox.pool(), &format!("CREATE TABLE {name}_effect (event VARCHAR(10))")).await;
    for number in 0..EVENTS {
        let body = body(&format!("e{number}"), "p", "");
        let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
        inbox.receive(None, &body, &headers).await.unwrap();
    }

    let failed = Mutex::new(HashSet::new());
    let all_done = Arc::new(Notify::new());
    let (table, progress) = (name.clone(), all_done.clone());
    let pool = inbox.pool().clone();
    let handler: Arc<Handler<DB>> = Arc::new(move |claimed, transaction| {
        let id = claimed.event().id().unwrap().to_owned();
        // Each third one fails after it has written, the first time.
        let is_third = id[1..].parse::<usize>().unwrap().is_multiple_of(3);
        let fails = is_third && failed.lock().unwrap().insert(id.clone());
        let (sql, progress) =
            (format!("INSERT INTO {table}_effect (event) VALUES ('{id}')"), progress.clone());
        Box::pin(async move {
            assert!(DB::try_execute_in(transaction, &sql).await);
            progress.notify_one();
            if fails { Err("it failed".into()) } else { Ok(()) }
        })
    });

    let count = format!("SELECT event FROM {name}_effect");
    let stop = async {
        while DB::rows(&pool, &count).await.len() < EVENTS {
            tokio::select! {
                () = all_done.notified() => {}
                // The last commit comes after its handler.
                () = tokio::time::sleep(Duration::from_millis(50)) => {}
            }
        }
    };
    let worker = Worker::new(inbox.clone()).concurrency(3).idle(Duration::from_millis(10));
    worker.run(handler, stop).await.unwrap();

    let effects: Vec<Vec<String>> = DB::rows(inbox.pool(), &count).await;
    let different: HashSet<&String> = effects.iter().map(|row| &row[0]).collect();
    assert_eq!((effects.len(), different.len()), (EVENTS, EVENTS));
    assert_eq!(inbox.stats().await.unwrap().sources, []);
}

#[derive(Debug)]
struct NotWritten(sqlx::Error);

impl std::fmt::Display for NotWritten {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the policy was not written")
    }
}

impl std::error::Error for NotWritten {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// MariaDB's message of a duplicate names the values.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_database_error_the_code_alone_is_kept() {
    let name = kit::prefix();
    let inbox = inbox::<sqlx::MySql>(&name, None).await;
    let table = format!("CREATE TABLE {name}_unique (value VARCHAR(10) PRIMARY KEY)");
    sqlx::MySql::execute(inbox.pool(), &table).await;
    for id in ["itself", "cause"] {
        let body = body(id, "p", "");
        let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
        inbox.receive(None, &body, &headers).await.unwrap();
    }
    let handler: Arc<Handler<sqlx::MySql>> = Arc::new(move |claimed, transaction| {
        let is_cause = claimed.event().id() == Some("cause");
        let sql = format!("INSERT INTO {name}_unique (value) VALUES ('private'), ('private')");
        Box::pin(async move {
            let error = sqlx::query(&sql).execute(&mut **transaction).await.unwrap_err();
            assert!(error.to_string().contains("private"), "{error}");
            if is_cause { Err(NotWritten(error).into()) } else { Err(error.into()) }
        })
    });
    let errors = async || -> Vec<String> {
        let entries = inbox.list(Filter::default()).await.unwrap();
        entries.into_iter().filter_map(|entry| entry.error).collect()
    };
    let stop = async {
        while errors().await.len() < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let worker = Worker::new(inbox.clone()).idle(Duration::from_millis(10));
    worker.run(handler, stop).await.unwrap();
    assert_eq!(errors().await, ["database: error 23000", "database: error 23000"]);
}

/// It would wait for ever for tables that nobody makes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn missing_tables_end_it() {
    let name = kit::prefix();
    let pool = <sqlx::Sqlite as Tested>::pool(&name, true).await;
    let inbox = Inbox::with_options(pool, kit::options(&name, None)).unwrap();
    let handler: Arc<Handler<sqlx::Sqlite>> = Arc::new(|_, _| Box::pin(async { Ok(()) }));
    let ended = Worker::new(inbox).run(handler, core::future::pending()).await;
    assert_eq!(ended.unwrap_err().code(), "schema_missing");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// In one thread, which alone has the log.
#[tokio::test(flavor = "current_thread")]
async fn each_outcome_is_logged_without_a_payload() {
    let name = kit::prefix();
    let inbox = inbox::<sqlx::Sqlite>(&name, None).await;
    for id in ["good", "bad"] {
        let body = body(id, "p", "private");
        let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
        inbox.receive(None, &body, &headers).await.unwrap();
    }
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let handler: Arc<Handler<sqlx::Sqlite>> = Arc::new(|claimed, _| {
        let is_good = claimed.event().id() == Some("good");
        Box::pin(
            async move { if is_good { Ok(()) } else { Err("it holds a private text".into()) } },
        )
    });
    let stop = async {
        while inbox.stats().await.unwrap().sources.iter().all(|source| source.dead == 0) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let worker = Worker::new(inbox.clone()).idle(Duration::from_millis(1));
    worker.run(handler, stop).await.unwrap();

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> =
        log.lines().filter(|line| line.contains("hookseal_sqlx::worker")).collect();
    for (level, text, count) in [
        ("INFO", "the delivery is done", 1),
        ("WARN", "the delivery failed and is tried again", 2),
        ("ERROR", "the delivery is dead: that was its last attempt", 1),
    ] {
        let has = |line: &&&str| line.contains(level) && line.contains(text);
        assert_eq!(lines.iter().filter(has).count(), count, "{log}");
    }
    assert_eq!(lines.len(), 4, "{log}");
    assert!(lines.iter().all(|line| line.contains("policy.created")), "{log}");
    assert!(!log.contains("private"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    every_event_is_handled_once::<sqlx::Sqlite>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql() {
    every_event_is_handled_once::<sqlx::Postgres>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mariadb() {
    every_event_is_handled_once::<sqlx::MySql>().await;
}
