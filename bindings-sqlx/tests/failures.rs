//! What the database cannot do, by each error's name: nothing is stored then, and the same succeeds
//! later.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use hookseal::SignOptions;
use hookseal_sqlx::{Dialect, Filter, Inbox, InboxError, Received};
use kit::{Tested, body, inbox, options, webhook};
use sqlx::{Pool, Transaction};

async fn receive<DB: Tested>(inbox: &Inbox<DB>, body: &[u8]) -> Result<Received, InboxError> {
    let headers = webhook().sign(body, &SignOptions::new()).unwrap();
    inbox.receive(None, body, &headers).await.map(|(_, received)| received)
}

async fn count<DB: Tested>(inbox: &Inbox<DB>) -> usize {
    inbox.list(Filter::default()).await.unwrap().len()
}

/// What is to be told, and that the sender comes again.
fn told(error: &InboxError, code: &str, says: &str) {
    assert_eq!((error.code(), error.http_status()), (code, 503), "{error}");
    assert_eq!(error.retry_after(), Some(5), "{error}");
    assert!(error.message().contains(says), "{error}");
}

async fn one<DB: Tested>(pool: &Pool<DB>, sql: &str) -> String {
    DB::rows(pool, sql).await.remove(0).remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk() {
    let name = kit::prefix();
    let path = kit::servers::folder().join(format!("{name}.sqlite"));
    let connect = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    // The limit is the connection's.
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = pool.connect_with(connect).await.unwrap();
    let inbox = Inbox::with_options(pool, options(&name, None)).unwrap();
    inbox.migrate().await.unwrap();
    let pages = "SELECT CAST(page_count AS TEXT) FROM pragma_page_count";
    let pages = one(inbox.pool(), pages).await;
    let limit = format!("PRAGMA max_page_count = {pages}");
    <sqlx::Sqlite as Tested>::execute(inbox.pool(), &limit).await;
    let large = body("e1", "p", &"x".repeat(100_000));
    let error = receive(&inbox, &large).await.unwrap_err();
    told(&error, "unavailable", "takes no writes");
    assert_eq!(count(&inbox).await, 0);
    <sqlx::Sqlite as Tested>::execute(inbox.pool(), "PRAGMA max_page_count = 1000000").await;
    assert!(matches!(receive(&inbox, &large).await.unwrap(), Received::Stored));
    assert_eq!(count(&inbox).await, 1);
}

/// Connections of a database that may only be read.
async fn read_only<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    let reading = DB::read_only(name).await;
    let reading = Inbox::with_options(reading, options(name, None)).unwrap();
    let body = body("e1", "p", "");
    told(&receive(&reading, &body).await.unwrap_err(), "unavailable", "read-only");
    assert_eq!(count(&inbox).await, 0);
    assert!(matches!(receive(&inbox, &body).await.unwrap(), Received::Stored));
}

/// Another transaction that is open holds the delivery's row.
async fn a_lock_that_is_not_free_in_time<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    let impatient = DB::pool(name, false).await;
    let impatient = Inbox::with_options(impatient, options(name, None)).unwrap();
    let body = body("e1", "p", "");
    assert!(matches!(receive(&inbox, &body).await.unwrap(), Received::Stored));
    let mut other: Transaction<'static, DB> = inbox.pool().begin().await.unwrap();
    let hold = format!("UPDATE {name}_delivery SET duplicates = duplicates + 1");
    assert!(DB::try_execute_in(&mut other, &hold).await);
    let error = receive(&impatient, &body).await.unwrap_err();
    told(&error, "in_progress", "another transaction holds what is needed");
    other.rollback().await.unwrap();
    let again = receive(&impatient, &body).await.unwrap();
    assert!(matches!(again, Received::Duplicate { .. }), "{again:?}");
}

/// Completing waits for a transaction that waits for this one.
async fn a_deadlock<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    let row = format!("CREATE TABLE {name}_row (id INTEGER PRIMARY KEY, times INTEGER DEFAULT 0)");
    DB::execute(inbox.pool(), &row).await;
    DB::execute(inbox.pool(), &format!("INSERT INTO {name}_row (id) VALUES (1), (2)")).await;
    receive(&inbox, &body("e1", "p", "")).await.unwrap();
    let claimed = inbox.claim(1).await.unwrap().remove(0);
    let mut own = inbox.pool().begin().await.unwrap();
    let mut other: Transaction<'static, DB> = inbox.pool().begin().await.unwrap();
    // The one to be ended is the one that looks first, or that has changed less.
    let spared = if DB::DIALECT == Dialect::Postgresql {
        assert!(DB::try_execute_in(&mut own, "SET LOCAL deadlock_timeout = '10ms'").await);
        "SET LOCAL deadlock_timeout = '1h'".to_owned()
    } else {
        format!("INSERT INTO {name}_row (id) SELECT seq FROM seq_100_to_300")
    };
    assert!(DB::try_execute_in(&mut other, &spared).await);
    let holds = format!("UPDATE {name}_job SET extensions = 1");
    assert!(DB::try_execute_in(&mut other, &holds).await);
    let wants = format!("UPDATE {name}_row SET times = 1 WHERE id = 1");
    assert!(DB::try_execute_in(&mut own, &wants).await);
    let waiting = tokio::spawn(async move {
        assert!(DB::try_execute_in(&mut other, &wants).await);
        other.rollback().await.unwrap();
    });
    let error = inbox.complete(&mut own, &claimed).await.unwrap_err();
    told(&error, "unavailable", "another transaction was in the way");
    own.rollback().await.unwrap();
    waiting.await.unwrap();
    let mut again = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut again, &claimed).await.unwrap();
    again.commit().await.unwrap();
}

/// The row that completing changes was changed after the transaction's snapshot.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_serialization_failure() {
    let name = kit::prefix();
    let inbox = inbox::<sqlx::Postgres>(&name, None).await;
    receive(&inbox, &body("e1", "p", "")).await.unwrap();
    let claimed = inbox.claim(1).await.unwrap().remove(0);
    let mut own = inbox.pool().begin().await.unwrap();
    for sql in ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT 1"] {
        assert!(<sqlx::Postgres as Tested>::try_execute_in(&mut own, sql).await);
    }
    inbox.extend(&claimed).await.unwrap();
    let error = inbox.complete(&mut own, &claimed).await.unwrap_err();
    told(&error, "unavailable", "another transaction was in the way");
    assert!(error.message().contains("40001"), "{error}");
    own.rollback().await.unwrap();
    let mut again = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut again, &claimed).await.unwrap();
    again.commit().await.unwrap();
}

/// No server listens there any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_connection() {
    let pool = sqlx::postgres::PgPoolOptions::new()
        .connect_lazy("postgresql://hookseal@127.0.0.1:1/hookseal")
        .unwrap();
    let inbox = Inbox::with_options(pool, options("none", None)).unwrap();
    let error = receive(&inbox, &body("e1", "p", "")).await.unwrap_err();
    told(&error, "unavailable", "gives no connection");
}

macro_rules! on {
    ($engine:ident, $database:ty: $($test:ident),+) => {
        mod $engine {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test::<$database>(&crate::kit::prefix()).await;
            })+
        }
    };
}

on! { sqlite, sqlx::Sqlite: read_only, a_lock_that_is_not_free_in_time }
on! { postgresql, sqlx::Postgres: read_only, a_lock_that_is_not_free_in_time, a_deadlock }
on! { mariadb, sqlx::MySql: read_only, a_lock_that_is_not_free_in_time, a_deadlock }
