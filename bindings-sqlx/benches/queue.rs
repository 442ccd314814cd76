//! What a large inbox costs beside a small one, and beside a queue written by hand with
//! `SELECT … FOR UPDATE SKIP LOCKED`, in batches of ten, by two workers, durable.
//!
//! `make bench-inbox` runs it. `HOOKSEAL_BENCH_ROWS` is how many deliveries the large inbox holds, a million
//! if it is not set, and `HOOKSEAL_BENCH_ENGINES` the engines, one after the other.

#![expect(clippy::unwrap_used, reason = "how a benchmark fails")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use hookseal::{SignOptions, Webhook};
use hookseal_sqlx::{Inbox, Options};
use sqlx::{Executor, Pool, Row};

const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";
const SMALL: usize = 10_000;
const WORKERS: usize = 2;
/// How many are claimed at once.
const BATCH: usize = 10;
/// How many batches each worker claims.
const BATCHES: usize = 150;
const WAITING: usize = WORKERS * BATCHES * BATCH;

/// The rows that are done, and a queue by hand of as many, in each engine's words.
struct Words {
    numbers: &'static str,
    key: &'static str,
    bytes: &'static str,
    identity: &'static str,
    blob: &'static str,
    index: &'static str,
    vacuum: &'static [&'static str],
}

const FILL: &str = "
    INSERT INTO {prefix}delivery (source, dedupe_key, received_at, event_type, headers, body, digest)
    SELECT 'coverkit', {key}, 1000 + i, 'policy.created', '[]', {bytes}, {bytes} FROM {numbers};
    INSERT INTO {prefix}job (seq, source, state, finished_at, is_open)
    SELECT seq, source, 'done', received_at, 0 FROM {prefix}delivery;
    CREATE TABLE {prefix}hand (id {identity}, state VARCHAR(8) NOT NULL, due BIGINT, body {blob} NOT NULL);
    CREATE INDEX {prefix}hand_due ON {prefix}hand (due, id){index};
    INSERT INTO {prefix}hand (state, body) SELECT 'done', {bytes} FROM {numbers};
    INSERT INTO {prefix}hand (state, due, body) SELECT 'waiting', 1, body FROM {prefix}hand LIMIT {waiting}";

impl Words {
    fn fill(&self, prefix: &str, rows: usize) -> Vec<String> {
        let vacuum = self.vacuum.iter().copied();
        let all = FILL.split(';').chain(vacuum).map(|text| {
            text.replace("{numbers}", self.numbers)
                .replace("{count}", &rows.to_string())
                .replace("{waiting}", &WAITING.to_string())
                .replace("{key}", self.key)
                .replace("{bytes}", self.bytes)
                .replace("{identity}", self.identity)
                .replace("{blob}", self.blob)
                .replace("{index}", self.index)
                .replace("{prefix}", prefix)
        });
        all.collect()
    }
}

/// How many a second.
fn rate(number: usize, since: Instant) -> f64 {
    f64::from(u32::try_from(number).unwrap()) / since.elapsed().as_secs_f64()
}

/// Runs the same in each worker, and waits for all.
macro_rules! by_workers {
    (|$index:ident| $work:expr) => {{
        let workers: Vec<_> = (0..WORKERS).map(|$index| tokio::spawn($work)).collect();
        let mut given = Vec::new();
        for worker in workers {
            given.push(worker.await.unwrap());
        }
        given
    }};
}

macro_rules! measure {
    ($name:literal, $pool:expr, $words:expr, $mark:literal, $now:literal, $skip:literal, $begin:literal) => {{
        let webhook = Arc::new(Webhook::new("coverkit", [SECRET]).unwrap());
        let large = std::env::var("HOOKSEAL_BENCH_ROWS").map_or(1_000_000, |rows| rows.parse().unwrap());
        for rows in [SMALL, large] {
            let pool = $pool;
            let prefix = format!("queue{rows}_");
            let options = Options {
                sources: vec![("coverkit".to_owned(), webhook.clone(), None)],
                prefix: Some(prefix.clone()),
                lease: Some(Duration::from_secs(3600)),
                ..Options::default()
            };
            let inbox = Inbox::with_options(pool.clone(), options).unwrap();
            inbox.migrate().await.unwrap();
            for sql in $words.fill(&prefix, rows) {
                pool.execute(sqlx::raw_sql(&sql)).await.unwrap();
            }
            let deliveries: Vec<_> = (0..WAITING)
                .map(|number| {
                    let body = format!(r#"{{"id":"{number}","type":"policy.created","data":{{}}}}"#);
                    let headers = webhook.sign(body.as_bytes(), &SignOptions::new()).unwrap();
                    (body, headers)
                })
                .collect();
            let since = Instant::now();
            for (body, headers) in &deliveries {
                inbox.receive(None, body.as_bytes(), headers).await.unwrap();
            }
            let received = rate(WAITING, since);

            let since = Instant::now();
            let claimed = by_workers!(|_worker| {
                let inbox = inbox.clone();
                async move {
                    let mut claimed = Vec::new();
                    for _ in 0..BATCHES {
                        claimed.extend(inbox.claim(BATCH).await.unwrap());
                    }
                    claimed
                }
            });
            let claims = rate(WAITING, since);
            let since = Instant::now();
            let counted = inbox.stats().await.unwrap();
            let stats = since.elapsed();
            assert_eq!(usize::try_from(counted.sources[0].leased).unwrap(), WAITING);
            let since = Instant::now();
            let claimed = Arc::new(claimed);
            by_workers!(|worker| {
                let (inbox, claimed) = (inbox.clone(), claimed.clone());
                async move {
                    for one in &claimed[worker] {
                        let mut transaction = inbox.pool().begin().await.unwrap();
                        inbox.savepoint(&mut transaction, one).await.unwrap();
                        inbox.complete(&mut transaction, one).await.unwrap();
                        transaction.commit().await.unwrap();
                    }
                }
            });
            let completions = rate(WAITING, since);

            let since = Instant::now();
            let taken = by_workers!(|_worker| {
                let (pool, prefix) = (pool.clone(), prefix.clone());
                async move {
                    let take = format!(
                        "SELECT id, body FROM {prefix}hand WHERE due <= {} ORDER BY due, id LIMIT {BATCH}{}",
                        $now, $skip
                    );
                    let mut taken: Vec<i64> = Vec::new();
                    for _ in 0..BATCHES {
                        let mut connection = pool.acquire().await.unwrap();
                        connection.execute(sqlx::raw_sql($begin)).await.unwrap();
                        let rows = connection.fetch_all(sqlx::query(&take)).await.unwrap();
                        let ids: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
                        let marks: Vec<String> =
                            (1..=ids.len()).map(|number| $mark.replace('#', &number.to_string())).collect();
                        let lease = format!(
                            "UPDATE {prefix}hand SET state = 'leased', due = {} + 3600000 WHERE id IN ({})",
                            $now,
                            marks.join(", ")
                        );
                        let query = ids.iter().fold(sqlx::query(&lease), |query, id| query.bind(*id));
                        connection.execute(query).await.unwrap();
                        connection.execute(sqlx::raw_sql("COMMIT")).await.unwrap();
                        taken.extend(ids);
                    }
                    taken
                }
            });
            let claims_by_hand = rate(WAITING, since);
            assert_eq!(taken.iter().map(Vec::len).sum::<usize>(), WAITING);
            let since = Instant::now();
            let taken = Arc::new(taken);
            by_workers!(|worker| {
                let (pool, prefix, taken) = (pool.clone(), prefix.clone(), taken.clone());
                async move {
                    let mark = $mark.replace('#', "1");
                    let end = format!("UPDATE {prefix}hand SET state = 'done', due = NULL WHERE id = {mark}");
                    for id in &taken[worker] {
                        let mut transaction = pool.begin().await.unwrap();
                        transaction.execute(sqlx::query(&end).bind(*id)).await.unwrap();
                        transaction.commit().await.unwrap();
                    }
                }
            });
            let completions_by_hand = rate(WAITING, since);
            println!(
                "{}, {rows} rows: {received:.0} received a second by one; {claims:.0} claims a second and \
                 {completions:.0} completions; by hand {claims_by_hand:.0} and {completions_by_hand:.0}: \
                 {:.2} and {:.2} of it; stats {stats:.1?}",
                $name,
                claims / claims_by_hand,
                completions / completions_by_hand,
            );
            for table in ["delivery", "job", "inbox", "hand"] {
                let drop = format!("DROP TABLE {prefix}{table}");
                pool.execute(sqlx::raw_sql(&drop)).await.unwrap();
            }
        }
    }};
}

fn server(name: &str) -> String {
    std::env::var(name).expect("tests/inbox/with-servers starts the servers")
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let engines = std::env::var("HOOKSEAL_BENCH_ENGINES");
    let engines = engines.unwrap_or_else(|_| "sqlite postgresql mariadb".to_owned());
    let engines: Vec<&str> = engines.split(' ').collect();
    let path = std::env::temp_dir().join(format!("hookseal-bench-{}.sqlite", std::process::id()));
    if engines.contains(&"sqlite") {
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .busy_timeout(Duration::from_secs(60))
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
        let words = Words {
            numbers: "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)",
            key: "CAST('k' || i AS BLOB)",
            bytes: "zeroblob(32)",
            identity: "INTEGER PRIMARY KEY",
            blob: "BLOB",
            index: " WHERE due IS NOT NULL",
            vacuum: &[],
        };
        measure!(
            "SQLite",
            Pool::<sqlx::Sqlite>::connect_with(options.clone()).await.unwrap(),
            words,
            "?",
            "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)",
            "",
            "BEGIN IMMEDIATE"
        );
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }
    if engines.contains(&"postgresql") {
        let words = Words {
            numbers: "generate_series(1, {count}) AS n (i)",
            key: "convert_to('k' || i, 'UTF8')",
            bytes: "decode(repeat('00', 32), 'hex')",
            identity: "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            blob: "bytea",
            index: " WHERE due IS NOT NULL",
            vacuum: &[
                "VACUUM ANALYZE {prefix}delivery",
                "VACUUM ANALYZE {prefix}job",
                "VACUUM ANALYZE {prefix}hand",
            ],
        };
        measure!(
            "PostgreSQL",
            Pool::<sqlx::Postgres>::connect(&server("HOOKSEAL_TEST_POSTGRESQL")).await.unwrap(),
            words,
            "$#",
            "(extract(epoch from statement_timestamp()) * 1000)::bigint",
            " FOR UPDATE SKIP LOCKED",
            "BEGIN"
        );
    }
    if engines.contains(&"mariadb") {
        let words = Words {
            numbers: "(SELECT seq AS i FROM seq_1_to_{count}) n",
            key: "CONCAT('k', i)",
            bytes: "REPEAT('0', 32)",
            identity: "BIGINT AUTO_INCREMENT PRIMARY KEY",
            blob: "LONGBLOB",
            index: "",
            vacuum: &["ANALYZE TABLE {prefix}delivery, {prefix}job, {prefix}hand"],
        };
        measure!(
            "MariaDB",
            Pool::<sqlx::MySql>::connect(&server("HOOKSEAL_TEST_MYSQL")).await.unwrap(),
            words,
            "?",
            "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000",
            " FOR UPDATE SKIP LOCKED",
            "START TRANSACTION"
        );
    }
}
