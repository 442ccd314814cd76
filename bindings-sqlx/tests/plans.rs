//! How each engine finds the rows of each statement: by the index that is meant for it, however many there
//! are. In one state of the tables most deliveries are done, in the other most are due.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use core::slice::from_ref;
use std::collections::{BTreeMap, BTreeSet};

use hookseal::inbox::{Reply, Statement, StatementKind, Value, ValueType};
use hookseal_sqlx::{Dialect, Engine};
use kit::{Tested, inbox};
use sqlx::Pool;

/// Enough that reading all of them costs more than an index.
const DELIVERIES: usize = 20_000;

/// How often a prepared statement is executed: PostgreSQL plans the first five for their parameters.
const EXECUTIONS: usize = 7;

/// What has no rows to find, or reads a table with one.
const WITHOUT: [&str; 16] = [
    "now",
    "isolation",
    "begin",
    "begin_read",
    "commit",
    "rollback",
    "probe",
    "probe_end",
    "savepoint",
    "release_savepoint",
    "version",
    "store_delivery",
    "store_job",
    "store_key",
    "largest_row",
    "lock_key",
];

/// What a statement may do: find rows of `delivery` and `job` by these indexes, and sort the few that
/// it found.
struct Expected {
    name: &'static str,
    parameters: Vec<Value>,
    finds: &'static [&'static str],
    sorts: bool,
    /// Whether it is about all that is open, which may be everything.
    is_about_all: bool,
}

fn expected() -> Vec<Expected> {
    const LIMIT: i64 = 10;
    let mut all = Vec::new();
    let text = |text: &str| Value::from(text);
    let number = |number: i64| Value::from(number);
    let bytes = |bytes: &[u8]| Value::from(bytes);
    let mut add = |name, parameters: &[Value], finds| {
        let parameters = parameters.to_vec();
        all.push(Expected { name, parameters, finds, sorts: false, is_about_all: false });
    };
    // One that is waiting, and the key of one that is done.
    let (seq, fence, wait, error) = (number(501), number(1), number(1000), text("ValueError"));
    let null = Value::Null(ValueType::Text);
    let (source, key, digest) = (text("coverkit"), bytes(b"k505"), bytes(&[7; 32]));
    let aggregate = bytes(format!("{:032}", 501).as_bytes());
    let seqs: Vec<Value> = (501..501 + LIMIT).map(Value::from).collect();
    let all_of = |first: &[Value]| [first, &seqs].concat();

    add(
        "expire",
        &[source.clone(), key.clone(), wait.clone()],
        &["delivery by key", "job by primary"],
    );
    add("count_duplicate", &[digest.clone(), source.clone(), key.clone()], &["delivery by key"]);
    add("is_conflict", &[digest, source.clone(), key], &["delivery by key"]);
    add("delete_jobs", &seqs, &["job by primary"]);
    add("delete_deliveries", &seqs, &["delivery by primary"]);
    add("head", from_ref(&aggregate), &["job by order"]);
    add("next", from_ref(&aggregate), &["job by order"]);
    add("lock_head", from_ref(&seq), &["job by primary"]);
    add("follow_head", from_ref(&seq), &["job by primary"]);
    add("is_late", &[aggregate, number(7)], &["job by order"]);
    add("due", from_ref(&source), &["job by due"]);
    add("lease", &all_of(from_ref(&wait)), &["job by primary"]);
    add("leased", &seqs, &["job by primary", "delivery by primary"]);
    add("postpone", &[wait.clone(), null, seq.clone()], &["job by primary"]);
    add("block", from_ref(&seq), &["job by primary"]);
    add("complete", &[seq.clone(), fence.clone()], &["job by primary"]);
    add("promote", from_ref(&seq), &["job by primary"]);
    let again = [wait.clone(), error.clone(), seq.clone(), fence.clone()];
    add("release", &again, &["job by primary"]);
    add("hand_back", &again, &["job by primary"]);
    let given_up = [error.clone(), number(0), seq.clone(), fence.clone()];
    add("dead", &given_up, &["job by primary"]);
    add("exhaust", &given_up[..3], &["job by primary"]);
    add("extend", &[wait.clone(), seq.clone(), fence], &["job by primary"]);
    add("revive", &[seq.clone(), text("dead")], &["job by primary"]);
    add("aggregate_of", from_ref(&seq), &["job by primary"]);
    add("discard", from_ref(&seq), &["job by primary"]);
    add("show", from_ref(&seq), &["delivery by primary"]);
    add("retry_all", &[], &["job by state"]);
    add("old", &[wait.clone(), source.clone()], &["job by state"]);
    add("old_keys", &[wait, source], &["delivery by age"]);
    add("sources", &[], &["delivery by key"]);
    add("conflicts", &[], &["delivery by conflict"]);
    add("stats", &[], &["job by state"]);
    let before = number(i64::MAX);
    let none = vec![text(""); 4];
    let search = vec![bytes(b""); 3];
    let list = [&[before.clone(), text(""), text("")], &none[..], &search].concat();
    add("list", &list, &["delivery by primary", "job by primary"]);
    let list_open = [&[before, text("dead")], &none[..], &search].concat();
    add("list_open", &list_open, &["job by state", "delivery by primary"]);
    for expected in &mut all {
        // A batch is put into its order, and what is counted into groups.
        expected.sorts = ["leased", "stats", "list_open"].contains(&expected.name);
        expected.is_about_all = expected.name == "stats";
    }
    all
}

/// The statements of an engine by name, as the core has them.
fn statements(dialect: Dialect, prefix: &str) -> BTreeMap<&'static str, String> {
    let source = match dialect {
        Dialect::Sqlite => include_str!("../../core/src/inbox/sql/sqlite.sql"),
        Dialect::Postgresql => include_str!("../../core/src/inbox/sql/postgresql.sql"),
        _ => include_str!("../../core/src/inbox/sql/mysql.sql"),
    };
    let mut statements = BTreeMap::new();
    for part in source.split("-- name: ").skip(1) {
        let (name, text) = part.split_once('\n').unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
        statements.insert(name, lines.join("\n").trim().to_owned());
    }
    let now = statements["now"].clone();
    for text in statements.values_mut() {
        *text = text
            .replace("{now}", &now)
            .replace("{prefix}", prefix)
            .replace("{list}", &["?"; 10].join(", "))
            .replace("{limit}", "10");
    }
    // The only source of those of a worker.
    let due = statements.get_mut("due").unwrap();
    *due = due.replace(&["?"; 10].join(", "), "?");
    statements
}

/// An engine that says how it would run a statement.
trait Explained: Tested {
    /// What counts to [`DELIVERIES`], and values of a row for the number `i`.
    const NUMBERS: &str;
    const KEY: &str;
    const DIGEST: &str;
    const AGGREGATE: &str;
    /// What gathers statistics.
    const ANALYZE: &[&str];

    /// How rows are found, and whether they are sorted, in the words of [`expected`].
    async fn plans(pool: &Pool<Self>, sql: &str, parameters: &[Value], prefix: &str)
    -> Vec<String>;
}

async fn rows<DB: Engine>(
    pool: &Pool<DB>,
    sql: String,
    parameters: Vec<Value>,
) -> Vec<Vec<String>> {
    let mut connection = pool.acquire().await.unwrap();
    let kind = StatementKind::Query;
    let text = |value: Value| match value {
        Value::Text(text) => text,
        Value::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
        other => format!("{other:?}"),
    };
    match DB::run(&mut connection, Statement { sql: sql.clone(), parameters, kind }).await {
        Reply::Rows(rows) => {
            rows.into_iter().map(|row| row.into_iter().map(text).collect()).collect()
        }
        other => panic!("{other:?}: {sql}"),
    }
}

/// The index's name in the words of [`expected`].
fn index<'i>(name: &'i str, prefix: &str) -> &'i str {
    let name = name.strip_prefix(prefix).unwrap_or(name);
    match name {
        "PRIMARY" | "delivery_pkey" | "job_pkey" => "primary",
        "source" | "delivery_source_dedupe_key_key" => "key",
        _ if name.starts_with("sqlite_autoindex_") => "key",
        _ => name.split_once('_').map_or(name, |(_, name)| name),
    }
}

fn table<'t>(name: &'t str, prefix: &str) -> &'t str {
    match name.strip_prefix(prefix).unwrap_or(name) {
        "d" => "delivery",
        "j" => "job",
        name => name,
    }
}

impl Explained for sqlx::Sqlite {
    const NUMBERS: &str = "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)";
    const KEY: &str = "CAST('k' || i AS BLOB)";
    const DIGEST: &str = "zeroblob(32)";
    const AGGREGATE: &str = "CAST(printf('%032d', i % 2000) AS BLOB)";
    const ANALYZE: &[&str] = &["ANALYZE"];

    async fn plans(
        pool: &Pool<Self>,
        sql: &str,
        parameters: &[Value],
        prefix: &str,
    ) -> Vec<String> {
        let plan = rows(pool, format!("EXPLAIN QUERY PLAN {sql}"), parameters.to_vec()).await;
        let mut found = Vec::new();
        for line in plan.iter().map(|row| row[3].as_str()) {
            let words: Vec<&str> = line.split(' ').collect();
            let name = words.iter().position(|word| *word == "INDEX").map(|at| words[at + 1]);
            found.push(match words[0] {
                "SEARCH" if line.contains("USING INTEGER PRIMARY KEY") => {
                    format!("{} by primary", table(words[1], prefix))
                }
                "SEARCH" => {
                    format!("{} by {}", table(words[1], prefix), index(name.unwrap(), prefix))
                }
                "SCAN" if words[1] != "named" => format!("{} scanned", table(words[1], prefix)),
                "USE" => "sorted".to_owned(),
                _ => continue,
            });
        }
        found
    }
}

/// A value as PostgreSQL reads it.
fn literal(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => format!("'{text}'"),
        Value::Bytes(bytes) => {
            let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!(r"'\x{}'", digits.concat())
        }
        _ => "NULL".to_owned(),
    }
}

impl Explained for sqlx::Postgres {
    const NUMBERS: &str = "generate_series(1, {count}) AS n (i)";
    const KEY: &str = "convert_to('k' || i, 'UTF8')";
    const DIGEST: &str = "decode(repeat('00', 32), 'hex')";
    const AGGREGATE: &str = "convert_to(lpad((i % 2000)::text, 32, '0'), 'UTF8')";
    const ANALYZE: &[&str] = &["ANALYZE {prefix}delivery", "ANALYZE {prefix}job"];

    /// As a driver's prepared statement is planned: for its parameters, and after some executions for any.
    async fn plans(
        pool: &Pool<Self>,
        sql: &str,
        parameters: &[Value],
        prefix: &str,
    ) -> Vec<String> {
        let mut marked = String::new();
        for (number, part) in sql.split('?').enumerate() {
            let mark = if number == 0 { String::new() } else { format!("${number}") };
            marked.push_str(&(mark + part));
        }
        let literals: Vec<String> = parameters.iter().map(literal).collect();
        let execute = match literals.join(", ") {
            none if none.is_empty() => "plan".to_owned(),
            values => format!("plan ({values})"),
        };
        let mut transaction = pool.begin().await.unwrap();
        let prepare = format!("PREPARE plan AS {marked}");
        assert!(Self::try_execute_in(&mut transaction, &prepare).await, "{marked}");
        let mut found = Vec::new();
        for _ in 0..EXECUTIONS {
            let explain = Statement {
                sql: format!("EXPLAIN (COSTS OFF) EXECUTE {execute}"),
                parameters: Vec::new(),
                kind: StatementKind::Query,
            };
            let Reply::Rows(plan) = Self::run(&mut transaction, explain).await else {
                panic!("{marked}");
            };
            for row in plan {
                let Some(Value::Text(line)) = row.into_iter().next() else { panic!("{marked}") };
                let words: Vec<&str> =
                    line.trim_start_matches([' ', '-', '>']).split(' ').collect();
                let after = |word: &str| {
                    words.iter().position(|found| *found == word).map(|at| words[at + 1])
                };
                found.push(match words[..] {
                    ["Index", ..] if after("using").is_some() => {
                        let name = after("using").unwrap();
                        let table = table(after("on").unwrap(), prefix);
                        format!("{table} by {}", index(name, prefix))
                    }
                    ["Bitmap", "Index", "Scan", ..] => {
                        let name = after("on").unwrap();
                        let table = name.strip_prefix(prefix).unwrap().split('_').next().unwrap();
                        format!("{table} by {}", index(name, prefix))
                    }
                    _ if line.contains("Seq Scan") => {
                        format!("{} scanned", table(after("on").unwrap(), prefix))
                    }
                    ["Sort" | "Incremental", ..] => "sorted".to_owned(),
                    _ => continue,
                });
            }
        }
        assert!(Self::try_execute_in(&mut transaction, "DEALLOCATE plan").await);
        found
    }
}

impl Explained for sqlx::MySql {
    const NUMBERS: &str = "(SELECT seq AS i FROM seq_1_to_{count}) n";
    const KEY: &str = "CONCAT('k', i)";
    const DIGEST: &str = "REPEAT('0', 32)";
    const AGGREGATE: &str = "LPAD(i % 2000, 32, '0')";
    const ANALYZE: &[&str] = &["ANALYZE TABLE {prefix}delivery", "ANALYZE TABLE {prefix}job"];

    async fn plans(
        pool: &Pool<Self>,
        sql: &str,
        parameters: &[Value],
        prefix: &str,
    ) -> Vec<String> {
        fn read(node: &serde_json::Value, prefix: &str, found: &mut Vec<String>) {
            match node {
                serde_json::Value::Array(nodes) => {
                    for node in nodes {
                        read(node, prefix, found);
                    }
                }
                serde_json::Value::Object(fields) => {
                    for (name, field) in fields {
                        if name == "filesort" || name == "temporary_table" {
                            found.push("sorted".to_owned());
                        }
                        if name == "table" && field["access_type"].is_string() {
                            let access = field["access_type"].as_str().unwrap();
                            let name = table(field["table_name"].as_str().unwrap(), prefix);
                            // Each different value of an index's first column is looked for.
                            let skips = field.get("using_index_for_group_by").is_some();
                            let key = field.get("key").and_then(serde_json::Value::as_str);
                            found.push(match (access, key) {
                                ("ALL" | "index", _) | (_, None) if !skips => {
                                    format!("{name} scanned")
                                }
                                (_, key) => format!("{name} by {}", index(key.unwrap(), prefix)),
                            });
                        }
                        read(field, prefix, found);
                    }
                }
                _ => {}
            }
        }
        let plan = rows(pool, format!("EXPLAIN FORMAT=JSON {sql}"), parameters.to_vec()).await;
        let mut found = Vec::new();
        read(&serde_json::from_str(&plan[0][0]).unwrap(), prefix, &mut found);
        if found.is_empty() {
            found.push(plan[0][0].clone());
        }
        found
    }
}

/// The deliveries' states: of each hundred some are open, few are dead, and the rest is `rest`.
async fn fill<DB: Explained>(pool: &Pool<DB>, prefix: &str, rest: &str) {
    let states = "CASE WHEN i % 5000 = 4 THEN 'dead' WHEN i % 100 = 1 THEN 'waiting' WHEN i % 100 = 2 THEN 'leased'
        WHEN i % 100 = 3 THEN 'blocked' WHEN i % 100 = 5 THEN 'done' ELSE '{rest}' END";
    let statements = [
        "INSERT INTO {prefix}delivery (source, dedupe_key, received_at, event_type, headers, body, digest, conflicts)
         SELECT CASE i % 3 WHEN 0 THEN 'claimport' ELSE 'coverkit' END, {key}, 1000 + i, 'policy.created',
           CASE i % 10 WHEN 0 THEN NULL ELSE '[]' END, CASE i % 10 WHEN 0 THEN NULL ELSE {digest} END, {digest},
           CASE i % 1000 WHEN 0 THEN 1 ELSE 0 END
         FROM {numbers}",
        "INSERT INTO {prefix}job (seq, source, state, due, finished_at, aggregate, position, is_open)
         SELECT seq, source, state, CASE WHEN state IN ('waiting', 'leased') THEN seq END,
           CASE WHEN state IN ('done', 'dead') THEN seq END, aggregate, seq, CASE WHEN state = 'done' THEN 0 ELSE 1 END
         FROM (SELECT d.seq, d.source, {states} AS state, {aggregate} AS aggregate
               FROM {prefix}delivery d JOIN {numbers} ON i = d.seq WHERE d.body IS NOT NULL) filled",
    ];
    for text in statements.iter().chain(DB::ANALYZE) {
        let sql = text
            .replace("{states}", states)
            .replace("{rest}", rest)
            .replace("{numbers}", DB::NUMBERS)
            .replace("{count}", &DELIVERIES.to_string())
            .replace("{key}", DB::KEY)
            .replace("{digest}", DB::DIGEST)
            .replace("{aggregate}", DB::AGGREGATE)
            .replace("{prefix}", prefix);
        DB::execute(pool, &sql).await;
    }
}

/// What statements do that they should not.
async fn surprises<DB: Explained>(pool: &Pool<DB>, prefix: &str, rest: &str) -> Vec<String> {
    let statements = statements(DB::DIALECT, prefix);
    let expected = expected();
    let explained: BTreeSet<&str> = expected.iter().map(|expected| expected.name).collect();
    let named: BTreeSet<&str> =
        statements.keys().copied().filter(|name| !WITHOUT.contains(name)).collect();
    assert_eq!(explained, named);
    let mut surprises = Vec::new();
    for expected in expected.iter().filter(|one| rest == "done" || !one.is_about_all) {
        let sql = &statements[expected.name];
        let found = DB::plans(pool, sql, &expected.parameters, prefix).await;
        let is_expected = |step: &String| {
            expected.finds.contains(&step.as_str()) || (expected.sorts && step == "sorted")
        };
        let finds_all = expected.finds.iter().all(|step| found.iter().any(|found| found == step));
        if !finds_all || !found.iter().all(is_expected) {
            surprises.push(format!("{} {}: {found:?}", DB::DIALECT, expected.name));
        }
    }
    surprises
}

async fn each_statement_uses_its_index<DB: Explained>(name: &str) {
    for rest in ["done", "waiting"] {
        let name = format!("{name}{rest}");
        let (inbox, prefix) = (inbox::<DB>(&name, None).await, format!("{name}_"));
        fill(inbox.pool(), &prefix, rest).await;
        let surprises = surprises(inbox.pool(), &prefix, rest).await;
        assert!(surprises.is_empty(), "{rest}: {surprises:#?}");
    }
}

/// A plan that lost its index is found.
async fn a_missing_index_is_found<DB: Explained>(name: &str) {
    let (inbox, prefix) = (inbox::<DB>(name, None).await, format!("{name}_"));
    fill(inbox.pool(), &prefix, "done").await;
    for (table, index, statement) in [
        ("job", "job_due", "due"),
        ("job", "job_order", "head"),
        ("job", "job_state", "old"),
        ("delivery", "delivery_conflict", "conflicts"),
        ("delivery", "delivery_age", "old_keys"),
    ] {
        let on = if DB::DIALECT == Dialect::Mysql {
            format!(" ON {prefix}{table}")
        } else {
            String::new()
        };
        DB::execute(inbox.pool(), &format!("DROP INDEX {prefix}{index}{on}")).await;
        // A connection that was open before may know plans with it.
        let pool = DB::pool(name, true).await;
        let surprises = surprises(&pool, &prefix, "done").await;
        let wanted = format!("{} {statement}: ", DB::DIALECT);
        let is_found = surprises.iter().any(|surprise| surprise.starts_with(&wanted));
        assert!(is_found, "without {index}: {surprises:#?}");
    }
}

kit::on_each_engine! {
    each_statement_uses_its_index,
    a_missing_index_is_found,
}
