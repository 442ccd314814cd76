//! Every order in which two workers, a sender and crashes can act, on the real engines: an event's
//! effect happens once whatever they do, and the later of two events of an aggregate after the
//! earlier one. The same search finds the fault of a worker that completes without looking at its
//! lease.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use hookseal::SignOptions;
use hookseal_sqlx::{Backoff, Claimed, Inbox, Order, OrderBy};
use kit::{Tested, body, options, webhook};
use sqlx::Transaction;

/// What can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// The sender delivers an event, for the first time or again.
    Receive(usize),
    /// A worker claims.
    Claim(usize),
    /// A worker writes its effect and completes, and has not committed.
    Complete(usize),
    Commit(usize),
    /// A worker dies, or its connection does.
    Crash(usize),
    /// A worker gives it back.
    Release(usize),
    /// Leases end, and waits.
    TimePasses,
}

const ACTIONS: [Action; 13] = [
    Action::Receive(0),
    Action::Receive(1),
    Action::Claim(0),
    Action::Claim(1),
    Action::Complete(0),
    Action::Complete(1),
    Action::Commit(0),
    Action::Commit(1),
    Action::Crash(0),
    Action::Crash(1),
    Action::Release(0),
    Action::Release(1),
    Action::TimePasses,
];

/// How a worker completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Completes {
    /// As the inbox does.
    Fenced,
    /// As who marks a row as done by its number alone.
    ByNumber,
}

/// A worker's memory.
struct Actor<DB: Tested> {
    claimed: Option<Claimed>,
    transaction: Option<Transaction<'static, DB>>,
}

struct World<DB: Tested> {
    inbox: Inbox<DB>,
    name: String,
    completes: Completes,
    /// How many events there are. Where there are two, they are ordered.
    events: usize,
    actors: [Actor<DB>; 2],
}

const EVENTS: [&str; 2] = ["e1", "e2"];

impl<DB: Tested> World<DB> {
    async fn reset(&mut self) {
        for who in 0..2 {
            self.act(Action::Crash(who)).await;
        }
        for table in ["job", "delivery", "effect"] {
            DB::execute(self.inbox.pool(), &format!("DELETE FROM {}_{table}", self.name)).await;
        }
    }

    /// Does it, if it can be done now; returns whether it did.
    async fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Receive(event) => {
                if event >= self.events {
                    return false;
                }
                let body = body(EVENTS[event], "p", &(event + 1).to_string());
                let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
                self.inbox.receive(None, &body, &headers).await.is_ok()
            }
            Action::Claim(who) => {
                if self.actors[who].claimed.is_some() {
                    return false;
                }
                let Ok(mut claimed) = self.inbox.claim(1).await else { return false };
                let Some(claimed) = claimed.pop() else { return false };
                let is_second = claimed.event().id() == Some(EVENTS[1]);
                let open = format!("SELECT '' FROM {}_job WHERE is_open = 1", self.name);
                let open = DB::rows(self.inbox.pool(), &open).await.len();
                assert!(!is_second || open == 1, "the later event was claimed before the earlier");
                self.actors[who].claimed = Some(claimed);
                true
            }
            Action::Complete(who) => self.complete(who).await,
            Action::Commit(who) => {
                let Some(transaction) = self.actors[who].transaction.take() else { return false };
                transaction.commit().await.unwrap();
                self.actors[who].claimed = None;
                true
            }
            Action::Crash(who) => {
                let actor = &mut self.actors[who];
                if let Some(transaction) = actor.transaction.take() {
                    transaction.rollback().await.unwrap();
                }
                actor.claimed.take().is_some()
            }
            Action::Release(who) => {
                let actor = &mut self.actors[who];
                if actor.transaction.is_some() {
                    return false;
                }
                let Some(claimed) = actor.claimed.take() else { return false };
                self.inbox.release(&claimed, "failed").await.is_ok()
            }
            Action::TimePasses => {
                let sql = format!("UPDATE {}_job SET due = 0 WHERE due > 0", self.name);
                DB::try_execute(self.inbox.pool(), &sql).await
            }
        }
    }

    async fn complete(&mut self, who: usize) -> bool {
        let actor = &mut self.actors[who];
        let Some(claimed) = actor.claimed.as_ref().filter(|_| actor.transaction.is_none()) else {
            return false;
        };
        let Ok(mut transaction) = self.inbox.pool().begin().await else { return false };
        let id = claimed.event().id().unwrap();
        let effect = format!("INSERT INTO {}_effect (event) VALUES ('{id}')", self.name);
        let done = DB::try_execute_in(&mut transaction, &effect).await
            && match self.completes {
                Completes::Fenced => self.inbox.complete(&mut transaction, claimed).await.is_ok(),
                Completes::ByNumber => {
                    let sql = format!(
                        "UPDATE {}_job SET state = 'done', due = NULL, is_open = 0 WHERE seq = {}",
                        self.name,
                        claimed.seq()
                    );
                    DB::try_execute_in(&mut transaction, &sql).await
                }
            };
        if done {
            actor.transaction = Some(transaction);
        } else {
            transaction.rollback().await.unwrap();
            actor.claimed = None;
        }
        done
    }

    /// What tells this state from others: rows, what each worker believes, and whether it has
    /// written. Numbers that only grow are compared with each other.
    async fn fingerprint(&self) -> String {
        let sql = format!(
            "SELECT CAST(seq AS CHAR(20)), CAST(fence AS CHAR(20)), CAST(state AS CHAR(8)), \
             CAST(position AS CHAR(1)), \
             CAST(CASE WHEN due IS NULL THEN 0 WHEN due = 0 THEN 1 ELSE 2 END AS CHAR(1)) \
             FROM {}_job ORDER BY position",
            self.name
        );
        let rows = DB::rows(self.inbox.pool(), &sql).await;
        let actors = self.actors.iter().map(|actor| {
            let claimed = actor.claimed.as_ref();
            let behind = claimed.map(|claimed| {
                let row = rows.iter().find(|row| row[0].trim() == claimed.seq().to_string());
                let fence: i64 = row.map_or(0, |row| row[1].trim().parse().unwrap());
                // Each claim is one attempt, and one more of the fence.
                (claimed.event().id(), (fence - i64::from(claimed.attempt())).min(2))
            });
            format!("{behind:?} {}", actor.transaction.is_some())
        });
        let actors: Vec<String> = actors.collect();
        let rows: Vec<String> = rows.iter().map(|row| row[2..].concat()).collect();
        format!("{rows:?} {actors:?} {:?}", self.effects().await)
    }

    /// How often each event had its effect.
    async fn effects(&self) -> Vec<usize> {
        let sql = format!("SELECT event FROM {}_effect", self.name);
        let rows = DB::rows(self.inbox.pool(), &sql).await;
        let count = |event: &&str| rows.iter().filter(|row| row[0] == **event).count();
        EVENTS[..self.events].iter().map(count).collect()
    }

    /// Lets whoever is there finish, and one worker handle what is left.
    async fn settle(&mut self) {
        for who in 0..2 {
            self.act(Action::Crash(who)).await;
        }
        for event in 0..self.events {
            assert!(self.act(Action::Receive(event)).await);
        }
        // One that waits for an earlier one is promoted when that is done, and nobody else does.
        for _ in 0..2 * self.events {
            self.act(Action::TimePasses).await;
            if self.act(Action::Claim(0)).await {
                assert!(self.act(Action::Complete(0)).await);
                assert!(self.act(Action::Commit(0)).await);
            }
        }
    }
}

/// Visits every state that can be reached in so many actions; returns how many there are, or the
/// first way to a second effect.
async fn explore<DB: Tested>(
    name: &str,
    completes: Completes,
    events: usize,
    depth: usize,
) -> Result<usize, Vec<Action>> {
    let order =
        Order { order_by: OrderBy::Sequence("/data/note".to_owned()), ..Order::by("/data/policy") };
    let mut options = options(name, (events > 1).then_some(order));
    options.backoff =
        Some(Backoff { attempts: u32::MAX, first: Duration::ZERO, longest: Duration::ZERO });
    // Making tables waits for those who make others at the same time; what follows never waits.
    let tables = Inbox::with_options(DB::pool(name, true).await, options.clone()).unwrap();
    assert!(tables.migrate().await.unwrap());
    DB::execute(tables.pool(), &format!("CREATE TABLE {name}_effect (event VARCHAR(10))")).await;
    let inbox = Inbox::with_options(DB::pool(name, false).await, options).unwrap();
    let actor = || Actor { claimed: None, transaction: None };
    let mut world =
        World { inbox, name: name.to_owned(), completes, events, actors: [actor(), actor()] };
    let mut seen = HashSet::new();
    let mut waiting = VecDeque::from([Vec::new()]);
    while let Some(path) = waiting.pop_front() {
        for action in ACTIONS {
            world.reset().await;
            for done in &path {
                assert!(world.act(*done).await, "{path:?} cannot be done again");
            }
            if !world.act(action).await {
                continue;
            }
            let mut longer: Vec<Action> = path.clone();
            longer.push(action);
            if world.effects().await.iter().any(|count| *count > 1) {
                return Err(longer);
            }
            if !seen.insert(world.fingerprint().await) {
                continue;
            }
            world.settle().await;
            let effects = world.effects().await;
            if effects.iter().any(|count| *count > 1) {
                return Err(longer);
            }
            assert!(effects.iter().all(|count| *count == 1), "lost after {longer:?}");
            if longer.len() < depth {
                waiting.push_back(longer);
            }
        }
    }
    Ok(seen.len())
}

/// All there are: no way to a new state is longer.
const OF_ONE: usize = 10;

async fn each_order_has_one_effect<DB: Tested>() {
    assert_eq!(explore::<DB>(&kit::prefix(), Completes::Fenced, 1, OF_ONE).await, Ok(50));
    let fault = explore::<DB>(&kit::prefix(), Completes::ByNumber, 1, OF_ONE).await;
    assert!(fault.is_err(), "a worker without a lease completed, and nothing was found");
}

/// Of two events there are some hundred states more than once is enough to look at: with
/// `HOOKSEAL_TEST_FULL` in the environment they are visited too.
async fn an_aggregate_is_in_order<DB: Tested>() {
    let (depth, states) = match std::env::var_os("HOOKSEAL_TEST_FULL") {
        Some(_) => (20, 500),
        None => (5, 90),
    };
    let found = explore::<DB>(&kit::prefix(), Completes::Fenced, 2, depth).await;
    let Ok(found) = found else { panic!("{found:?}") };
    // Which of two is claimed first may depend on whether they came in the same millisecond.
    assert!(found > states, "{found} states");
}

macro_rules! on_each_engine {
    ($($engine:ident: $database:ty),+) => {$(
        mod $engine {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn each_order_has_one_effect() {
                super::each_order_has_one_effect::<$database>().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn an_aggregate_is_in_order() {
                super::an_aggregate_is_in_order::<$database>().await;
            }
        }
    )+};
}

on_each_engine! { sqlite: sqlx::Sqlite, postgresql: sqlx::Postgres, mariadb: sqlx::MySql }
