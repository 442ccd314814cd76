//! Handlers that catch an error with which the database has ended their transaction: a deadlock on
//! MariaDB, an aborted transaction on PostgreSQL, a rollback by SQLite itself. Nothing is done
//! without its effect. The same handler finds the fault of who completes by hand.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hookseal::SignOptions;
use hookseal_sqlx::{Dialect, Filter, Handled, Handler, Inbox, State, Worker};
use kit::{Tested, body, inbox, on_each_engine, webhook};
use sqlx::{Pool, Transaction};
use tokio::sync::Notify;

/// Makes the database end the transaction, and goes on as if nothing were.
async fn spoil<DB: Tested>(
    transaction: &mut Transaction<'static, DB>,
    pool: &Pool<DB>,
    name: &str,
) {
    let failed = match DB::DIALECT {
        Dialect::Sqlite => format!("INSERT OR ROLLBACK INTO {name}_row (id) VALUES (1)"),
        Dialect::Postgresql => "SELECT 1 / 0".to_owned(),
        _ => {
            // The other one has changed more, so that this one is ended, whoever waits first.
            let mut other: Transaction<'static, DB> = pool.begin().await.unwrap();
            let more = format!("INSERT INTO {name}_row (id) SELECT seq FROM seq_100_to_300");
            let update = |id| format!("UPDATE {name}_row SET times = times + 1 WHERE id = {id}");
            assert!(DB::try_execute_in(&mut other, &more).await);
            assert!(DB::try_execute_in(&mut other, &update(2)).await);
            assert!(DB::try_execute_in(transaction, &update(1)).await);
            let first = update(1);
            let waiting = tokio::spawn(async move {
                assert!(DB::try_execute_in(&mut other, &first).await);
                other.rollback().await.unwrap();
            });
            assert!(!DB::try_execute_in(transaction, &update(2)).await);
            waiting.await.unwrap();
            return;
        }
    };
    assert!(!DB::try_execute_in(transaction, &failed).await);
}

async fn prepared<DB: Tested>(name: &str) -> Inbox<DB> {
    let inbox = inbox::<DB>(name, None).await;
    DB::execute(inbox.pool(), &format!("CREATE TABLE {name}_effect (event VARCHAR(10))")).await;
    let row = format!("CREATE TABLE {name}_row (id INTEGER PRIMARY KEY, times INTEGER DEFAULT 0)");
    DB::execute(inbox.pool(), &row).await;
    DB::execute(inbox.pool(), &format!("INSERT INTO {name}_row (id) VALUES (1), (2)")).await;
    let body = body("e1", "p", "");
    let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
    inbox.receive(None, &body, &headers).await.unwrap();
    inbox
}

async fn state<DB: Tested>(inbox: &Inbox<DB>) -> (State, Option<String>) {
    let entry = inbox.list(Filter::default()).await.unwrap().remove(0);
    (entry.state, entry.error)
}

async fn effects<DB: Tested>(inbox: &Inbox<DB>, name: &str) -> usize {
    DB::rows(inbox.pool(), &format!("SELECT event FROM {name}_effect")).await.len()
}

/// The first attempt is rolled back and said to have been; the second one has its effect.
async fn a_worker_completes_nothing_that_was_rolled_back<DB: Tested>(name: &str) {
    let inbox = prepared::<DB>(name).await;
    let attempts = Arc::new(AtomicUsize::new(0));
    let is_done = Arc::new(Notify::new());
    let (count, last, table, pool) =
        (attempts.clone(), is_done.clone(), name.to_owned(), inbox.pool().clone());
    let handler: Arc<Handler<DB>> = Arc::new(move |_, transaction| {
        let effect = format!("INSERT INTO {table}_effect (event) VALUES ('e1')");
        let (count, last, table, pool) = (count.clone(), last.clone(), table.clone(), pool.clone());
        Box::pin(async move {
            assert!(DB::try_execute_in(transaction, &effect).await);
            if count.fetch_add(1, Ordering::Relaxed) == 0 {
                spoil(transaction, &pool, &table).await;
            } else {
                last.notify_one();
            }
            Ok(())
        }) as Handled<'_>
    });
    let worker = Worker::new(inbox.clone()).idle(Duration::from_millis(10));
    worker.run(handler, is_done.notified()).await.unwrap();
    assert_eq!(attempts.load(Ordering::Relaxed), 2);
    assert_eq!(state(&inbox).await, (State::Done, None));
    assert_eq!(effects(&inbox, name).await, 1);
}

/// What the worker does, step by step.
async fn completing_says_what_happened<DB: Tested>(name: &str) {
    let inbox = prepared::<DB>(name).await;
    let claimed = inbox.claim(1).await.unwrap().remove(0);
    let effect = format!("INSERT INTO {name}_effect (event) VALUES ('e1')");

    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.savepoint(&mut transaction, &claimed).await.unwrap();
    assert!(DB::try_execute_in(&mut transaction, &effect).await);
    spoil(&mut transaction, inbox.pool(), name).await;
    let error = inbox.complete(&mut transaction, &claimed).await.unwrap_err();
    assert_eq!((error.code(), error.http_status()), ("unavailable", 503), "{error}");
    assert!(error.message().contains("caught on the way"), "{error}");
    let _ = transaction.rollback().await;
    assert_eq!(state(&inbox).await, (State::Leased, None));

    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.savepoint(&mut transaction, &claimed).await.unwrap();
    assert!(DB::try_execute_in(&mut transaction, &effect).await);
    inbox.complete(&mut transaction, &claimed).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(state(&inbox).await, (State::Done, None));
    assert_eq!(effects(&inbox, name).await, 1);
}

/// A lease and a fence alone do not help: the event is done, and its effect is lost. PostgreSQL
/// refuses every statement.
async fn who_completes_by_hand_loses_the_effect<DB: Tested>(name: &str) {
    let inbox = prepared::<DB>(name).await;
    let claimed = inbox.claim(1).await.unwrap().remove(0);
    let mut transaction = inbox.pool().begin().await.unwrap();
    let effect = format!("INSERT INTO {name}_effect (event) VALUES ('e1')");
    assert!(DB::try_execute_in(&mut transaction, &effect).await);
    spoil(&mut transaction, inbox.pool(), name).await;
    let by_hand = format!(
        "UPDATE {name}_job SET state = 'done', due = NULL WHERE seq = {} AND fence = 1 AND \
         state = 'leased'",
        claimed.seq()
    );
    let is_done = DB::try_execute_in(&mut transaction, &by_hand).await;
    let _ = transaction.commit().await;
    let is_lost = DB::DIALECT != Dialect::Postgresql;
    assert_eq!(is_done, is_lost);
    let expected = if is_lost { State::Done } else { State::Leased };
    assert_eq!((state(&inbox).await.0, effects(&inbox, name).await), (expected, 0));
}

/// `once` in a transaction that is no more is refused: its key would be kept, and the effect not.
async fn once_refuses_a_transaction_that_was_rolled_back<DB: Tested>(name: &str) {
    let inbox = prepared::<DB>(name).await;
    let body = body("e2", "p", "");
    let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
    let event = webhook().verify(&body, &headers).unwrap();
    let mut transaction = inbox.pool().begin().await.unwrap();
    spoil(&mut transaction, inbox.pool(), name).await;
    let error = inbox.once(&mut transaction, None, &event).await.unwrap_err();
    let expected =
        if DB::DIALECT == Dialect::Postgresql { "unavailable" } else { "no_transaction" };
    assert_eq!(error.code(), expected, "{error}");
    let _ = transaction.rollback().await;
    assert_eq!(inbox.list(Filter::default()).await.unwrap().len(), 1);
}

on_each_engine! {
    a_worker_completes_nothing_that_was_rolled_back,
    completing_says_what_happened,
    who_completes_by_hand_loses_the_effect,
    once_refuses_a_transaction_that_was_rolled_back,
}
