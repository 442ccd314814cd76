//! Every order in which two workers, a sender and crashes can act on one delivery, on the real
//! engines: its effect happens once, whatever they do. The same search finds the fault of a worker
//! that completes without looking at its lease.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod kit;

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use hookseal::SignOptions;
use hookseal_sqlx::{Backoff, Claimed, Inbox};
use kit::{Tested, body, options, webhook};
use sqlx::Transaction;

/// What can happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// The sender delivers it, for the first time or again.
    Receive,
    /// A worker claims.
    Claim(usize),
    /// A worker writes its effect and completes, and has not committed.
    Complete(usize),
    Commit(usize),
    /// A worker dies, or its connection does.
    Crash(usize),
    /// A worker gives it back.
    Release(usize),
    /// Whoever has a lease has it no longer.
    LeaseEnds,
}

const ACTIONS: [Action; 12] = [
    Action::Receive,
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
    Action::LeaseEnds,
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
    actors: [Actor<DB>; 2],
}

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
            Action::Receive => {
                let body = body("e1", "p", "");
                let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
                self.inbox.receive(None, &body, &headers).await.is_ok()
            }
            Action::Claim(who) => {
                if self.actors[who].claimed.is_some() {
                    return false;
                }
                let Ok(mut claimed) = self.inbox.claim(1).await else { return false };
                self.actors[who].claimed = claimed.pop();
                self.actors[who].claimed.is_some()
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
            Action::LeaseEnds => {
                let sql = format!(
                    "UPDATE {}_job SET due = 0 WHERE due > 0 AND state = 'leased'",
                    self.name
                );
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
        let effect = format!("INSERT INTO {}_effect (event) VALUES ('e1')", self.name);
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
        let rows = DB::rows(
            self.inbox.pool(),
            &format!(
                "SELECT CAST(seq AS CHAR(20)), CAST(fence AS CHAR(20)), CAST(state AS CHAR(8)), \
                 CAST(CASE WHEN due IS NULL THEN 0 WHEN due = 0 THEN 1 ELSE 2 END AS CHAR(1)) \
                 FROM {}_job",
                self.name
            ),
        )
        .await;
        let fence: i64 = rows.first().map_or(0, |row| row[1].trim().parse().unwrap());
        let actors: Vec<String> = (self.actors.iter())
            .map(|actor| {
                let behind = actor.claimed.as_ref().map(|claimed| {
                    // Each claim is one attempt, and one more of the fence.
                    (fence - i64::from(claimed.attempt())).min(2)
                });
                format!("{behind:?} {}", actor.transaction.is_some())
            })
            .collect();
        let row = rows.first().map(|row| format!("{} {}", row[2].trim(), row[3].trim()));
        format!("{row:?} {actors:?} {}", self.effects().await)
    }

    async fn effects(&self) -> usize {
        DB::rows(self.inbox.pool(), &format!("SELECT event FROM {}_effect", self.name)).await.len()
    }

    /// Lets whoever is there finish, and one worker handle what is left.
    async fn settle(&mut self) {
        for who in 0..2 {
            self.act(Action::Crash(who)).await;
        }
        assert!(self.act(Action::Receive).await);
        DB::execute(
            self.inbox.pool(),
            &format!("UPDATE {}_job SET due = 0 WHERE due IS NOT NULL", self.name),
        )
        .await;
        if self.act(Action::Claim(0)).await {
            assert!(self.act(Action::Complete(0)).await);
            assert!(self.act(Action::Commit(0)).await);
        }
    }
}

/// More actions than the longest way to a state that no shorter one leads to.
const DEPTH: usize = 10;

/// Visits every state that can be reached; returns how many there are, or the first way to a second
/// effect.
async fn explore<DB: Tested>(name: &str, completes: Completes) -> Result<usize, Vec<Action>> {
    let mut options = options(name, None);
    options.backoff =
        Some(Backoff { attempts: u32::MAX, first: Duration::ZERO, longest: Duration::ZERO });
    let inbox = Inbox::with_options(DB::pool(name, false).await, options).unwrap();
    assert!(inbox.migrate().await.unwrap());
    DB::execute(inbox.pool(), &format!("CREATE TABLE {name}_effect (event VARCHAR(10))")).await;
    let actor = || Actor { claimed: None, transaction: None };
    let mut world = World { inbox, name: name.to_owned(), completes, actors: [actor(), actor()] };
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
            if world.effects().await > 1 {
                return Err(longer);
            }
            if !seen.insert(world.fingerprint().await) {
                continue;
            }
            world.settle().await;
            match world.effects().await {
                1 => {}
                0 => panic!("lost after {longer:?}"),
                _ => return Err(longer),
            }
            assert!(longer.len() < DEPTH, "there are states beyond {longer:?}");
            waiting.push_back(longer);
        }
    }
    Ok(seen.len())
}

async fn each_order_has_one_effect<DB: Tested>() {
    let name = kit::prefix();
    let found = explore::<DB>(&name, Completes::Fenced).await;
    assert_eq!(found, Ok(45));
    let name = kit::prefix();
    let fault = explore::<DB>(&name, Completes::ByNumber).await;
    assert!(fault.is_err(), "a worker without a lease completed, and nothing was found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    each_order_has_one_effect::<sqlx::Sqlite>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql() {
    each_order_has_one_effect::<sqlx::Postgres>().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mariadb() {
    each_order_has_one_effect::<sqlx::MySql>().await;
}
