//! Time is the database's alone: no statement takes the time of the program that runs it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "how a test fails")]

mod kit;

use std::time::{Duration, SystemTime};

use hookseal::SignOptions;
use hookseal::inbox::{Inbox, Operation, Statement, Step, TransactionState, Value, Verified};
use hookseal_sqlx::{Filter, Order, OrderBy};
use kit::{Tested, body, webhook};

/// Runs operations, and keeps what they asked for.
struct Recorder<DB: Tested> {
    connection: DB::Connection,
    seen: Vec<Statement>,
}

impl<DB: Tested> Recorder<DB> {
    async fn run<T>(&mut self, mut operation: Operation<T>) -> T {
        let mut step = operation.start();
        loop {
            match step {
                Step::Run(statement) => {
                    self.seen.push(statement.clone());
                    step = operation.resume(DB::run(&mut self.connection, statement).await);
                }
                Step::Done(done) => return done.unwrap(),
                _ => panic!("another step"),
            }
        }
    }
}

fn verified(inbox: &Inbox, id: &str, sequence: &str) -> Verified {
    let body = body(id, "p", sequence);
    let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
    inbox.verify(None, &body, &headers).unwrap().1
}

/// Whether it may be a time of about now: in seconds, or in thousands or millions of them.
fn is_now(number: i64) -> bool {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let near = Duration::from_secs(48 * 3600);
    let is_near = |time: Duration| time.abs_diff(now) < near;
    let Ok(number) = u64::try_from(number) else { return false };
    is_near(Duration::from_secs(number))
        || is_near(Duration::from_millis(number))
        || is_near(Duration::from_micros(number))
}

async fn no_statement_takes_the_programs_time<DB: Tested>(name: &str) {
    let state = TransactionState::Closed;
    let order =
        Order { order_by: OrderBy::Sequence("/data/note".to_owned()), ..Order::by("/data/policy") };
    let inbox = Inbox::builder(DB::DIALECT)
        .placeholder(DB::PLACEHOLDER)
        .prefix(format!("{name}_"))
        .source("coverkit", webhook(), Some(order))
        .build()
        .unwrap();
    let connection = DB::pool(name, true).await.acquire().await.unwrap().detach();
    let mut on = Recorder::<DB> { connection, seen: Vec::new() };
    on.run(inbox.migrate(state)).await;
    for (id, sequence) in [("e1", "1"), ("e1", "1"), ("e1", "9"), ("e2", "2"), ("e3", "3")] {
        on.run(inbox.store(&verified(&inbox, id, sequence), state)).await;
    }
    let claimed = on.run(inbox.claim(10, state)).await.remove(0);
    on.run(inbox.extend(&claimed, state)).await;
    on.run(inbox.begin(state)).await;
    on.run(inbox.savepoint(&claimed, TransactionState::Open)).await;
    on.run(inbox.complete(&claimed, TransactionState::Open)).await;
    let once = body("e4", "p", "4");
    let headers = webhook().sign(&once, &SignOptions::new()).unwrap();
    let webhook = webhook();
    let event = webhook.verify(&once, &headers).unwrap();
    on.run(inbox.once(None, &event, TransactionState::Open).unwrap()).await;
    on.run(inbox.commit()).await;
    on.run(inbox.replay(claimed.seq(), state)).await;
    for ends in [false, true] {
        for claimed in on.run(inbox.claim(10, state)).await {
            if ends {
                on.run(inbox.dead(&claimed, "ValueError", state)).await;
                on.run(inbox.retry(Some(claimed.seq()), state)).await;
                on.run(inbox.retry(None, state)).await;
                on.run(inbox.discard(claimed.seq(), state)).await;
            } else {
                on.run(inbox.release(&claimed, "ValueError", state)).await;
            }
        }
    }
    on.run(inbox.stats(state)).await;
    on.run(inbox.list(Filter::default(), state)).await;
    on.run(inbox.show(claimed.seq(), state)).await;
    on.run(inbox.prune(None, state)).await;

    assert!(on.seen.len() > 80, "{}", on.seen.len());
    let mut numbers = 0;
    for statement in &on.seen {
        let in_text = statement.sql.split(|digit: char| !digit.is_ascii_digit());
        let in_parameters = statement.parameters.iter().filter_map(|value| match value {
            Value::Integer(number) => Some(*number),
            _ => None,
        });
        for number in in_text.filter_map(|digits| digits.parse().ok()).chain(in_parameters) {
            numbers += 1;
            assert!(!is_now(number), "{number} in {}", statement.sql);
        }
    }
    assert!(numbers > 100, "{numbers}");
}

kit::on_each_engine! {
    no_statement_takes_the_programs_time,
}
