//! What the tests of the inbox share: engines, servers, deliveries.

#![allow(dead_code, unused_imports, unused_macros, reason = "each test uses a part of it")]

pub(crate) mod servers;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hookseal::Webhook;
use hookseal_sqlx::{Backoff, Engine, Inbox, Options, Order};
use sqlx::{Executor as _, Pool, Transaction};

pub(crate) const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";

/// A name of its own for each test's tables.
pub(crate) fn prefix() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("test{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// An engine that the tests run on, with tables of their own for each test.
pub(crate) trait Tested: Engine {
    /// A pool of connections to a new and empty database, or prefix.
    /// A statement waits for another's lock until that is free, or, if `waits` is false, fails.
    fn pool(name: &str, waits: bool) -> impl Future<Output = Pool<Self>> + Send;
    /// A pool of connections to the same database that only read.
    fn read_only(name: &str) -> impl Future<Output = Pool<Self>> + Send;
    /// Runs statements as they are.
    fn execute(pool: &Pool<Self>, sql: &str) -> impl Future<Output = ()> + Send;
    /// Runs a statement, and returns whether the database did.
    fn try_execute(pool: &Pool<Self>, sql: &str) -> impl Future<Output = bool> + Send;
    /// Runs a statement in a transaction, and returns whether the database did.
    fn try_execute_in(
        transaction: &mut Transaction<'static, Self>,
        sql: &str,
    ) -> impl Future<Output = bool> + Send;
    /// Returns the rows of a query for texts.
    fn rows(pool: &Pool<Self>, sql: &str) -> impl Future<Output = Vec<Vec<String>>> + Send;
}

macro_rules! tested {
    ($database:ty, $pool:expr, $read_only:expr) => {
        impl Tested for $database {
            async fn read_only(name: &str) -> Pool<Self> {
                let pool: Pool<Self> = $read_only(name).await;
                pool
            }

            async fn pool(name: &str, waits: bool) -> Pool<Self> {
                let pool: Pool<Self> = $pool(name, waits).await;
                pool
            }

            async fn execute(pool: &Pool<Self>, sql: &str) {
                pool.execute(sqlx::raw_sql(sql)).await.unwrap();
            }

            async fn try_execute(pool: &Pool<Self>, sql: &str) -> bool {
                pool.execute(sqlx::raw_sql(sql)).await.is_ok()
            }

            async fn try_execute_in(
                transaction: &mut Transaction<'static, Self>,
                sql: &str,
            ) -> bool {
                transaction.execute(sqlx::raw_sql(sql)).await.is_ok()
            }

            async fn rows(pool: &Pool<Self>, sql: &str) -> Vec<Vec<String>> {
                use sqlx::Row as _;

                let rows = pool.fetch_all(sqlx::raw_sql(sql)).await.unwrap();
                let text = |row: &<$database as sqlx::Database>::Row, index: usize| {
                    row.try_get_unchecked::<String, _>(index).unwrap()
                };
                (rows.iter())
                    .map(|row| (0..row.len()).map(|index| text(row, index)).collect())
                    .collect()
            }
        }
    };
}

tested!(
    sqlx::Sqlite,
    async |name: &str, waits: bool| {
        let options = sqlite(name)
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Off)
            .busy_timeout(Duration::from_secs(if waits { 60 } else { 0 }));
        Pool::connect_with(options).await.unwrap()
    },
    async |name: &str| Pool::connect_with(sqlite(name).read_only(true)).await.unwrap()
);
tested!(
    sqlx::Postgres,
    async |_: &str, waits: bool| {
        let limit = if waits { "0" } else { "50ms" };
        Pool::connect(&postgresql("lock_timeout", limit)).await.unwrap()
    },
    async |_: &str| {
        Pool::connect(&postgresql("default_transaction_read_only", "on")).await.unwrap()
    }
);
tested!(
    sqlx::MySql,
    async |_: &str, waits: bool| {
        let seconds = if waits { 50 } else { 0 };
        mysql(format!("SET SESSION innodb_lock_wait_timeout = {seconds}")).await
    },
    async |_: &str| mysql("SET SESSION TRANSACTION READ ONLY".to_owned()).await
);

fn sqlite(name: &str) -> sqlx::sqlite::SqliteConnectOptions {
    let path = servers::folder().join(format!("{name}.sqlite"));
    sqlx::sqlite::SqliteConnectOptions::new().filename(path)
}

fn postgresql(setting: &str, value: &str) -> String {
    format!("{}?options=-c%20{setting}%3D{value}", servers::postgresql())
}

async fn mysql(setting: String) -> Pool<sqlx::MySql> {
    let setting: Arc<str> = setting.into();
    let options = sqlx::mysql::MySqlPoolOptions::new().after_connect(move |connection, _| {
        let setting = setting.clone();
        Box::pin(async move { connection.execute(sqlx::raw_sql(&setting)).await.map(|_| ()) })
    });
    options.connect(servers::mysql()).await.unwrap()
}

pub(crate) fn webhook() -> Arc<Webhook> {
    Arc::new(Webhook::new("coverkit", [SECRET]).unwrap())
}

pub(crate) fn body(id: &str, policy: &str, rest: &str) -> Vec<u8> {
    format!(
        r#"{{"id":"{id}","type":"policy.created","data":{{"policy":"{policy}","note":"{rest}"}}}}"#
    )
    .into_bytes()
}

pub(crate) fn options(name: &str, order: Option<Order>) -> Options {
    let backoff = Backoff { attempts: 3, first: Duration::ZERO, longest: Duration::ZERO };
    Options {
        sources: vec![("coverkit".to_owned(), webhook(), order)],
        prefix: Some(format!("{name}_")),
        backoff: Some(backoff),
        lease: Some(Duration::from_secs(60)),
    }
}

pub(crate) async fn inbox<DB: Tested>(name: &str, order: Option<Order>) -> Inbox<DB> {
    let pool = DB::pool(name, true).await;
    let inbox = Inbox::with_options(pool, options(name, order)).unwrap();
    assert!(inbox.migrate().await.unwrap());
    assert!(!inbox.migrate().await.unwrap());
    inbox
}

/// Makes of each test one for each engine.
macro_rules! on_each_engine {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test::<sqlx::Sqlite>(&crate::kit::prefix()).await;
            })+
        }
        mod postgresql {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test::<sqlx::Postgres>(&crate::kit::prefix()).await;
            })+
        }
        mod mariadb {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test::<sqlx::MySql>(&crate::kit::prefix()).await;
            })+
        }
    };
}

pub(crate) use on_each_engine;
