//! Fills the inbox at a URL with deliveries in every state; or receives one more:
//! `filled_inbox URL PREFIX`, `filled_inbox URL PREFIX TYPE ID BODY`.

#![expect(clippy::panic, clippy::print_stdout, clippy::unwrap_used, reason = "a part of a test")]

use std::env::args;
use std::sync::Arc;
use std::time::Duration;

use hookseal::inbox::{Claimed, Order};
use hookseal::{SignOptions, Webhook};
use hookseal_sqlx::{Engine, Inbox, Options};
use sqlx::{MySqlPool, PgPool, Pool, SqlitePool};

const KASKO: &str = include_str!("../../../core/providers/kasko/samples/policy.created.json");
/// The events of one provider: their ids, types and policies.
const EVENTS: [(&str, &str, &str); 6] = [
    ("evt_01", "policy.created", "P-1001"),
    ("evt_02", "policy.updated", "P-1001"),
    ("evt_03", "claim.opened", "P-1002"),
    ("evt_04", "policy.cancelled", "P-1001"),
    ("evt_05", "policy.created", "P-1003"),
    ("evt_06", "policy.created", "P-1004"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let words: Vec<String> = args().skip(1).collect();
    let more: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    match words[0].split(':').next().unwrap() {
        "sqlite" => run(SqlitePool::connect(&words[0]).await.unwrap(), &more).await,
        "postgresql" => run(PgPool::connect(&words[0]).await.unwrap(), &more).await,
        _ => run(MySqlPool::connect(&words[0]).await.unwrap(), &more).await,
    }
}

async fn run<DB: Engine>(pool: Pool<DB>, words: &[&str]) {
    let coverkit = Arc::new(Webhook::new("coverkit", ["whsec_test"]).unwrap());
    let kasko = Arc::new(Webhook::new("kasko", ["whsec_test"]).unwrap());
    let order = Order::by("/data/policy_id");
    let sources = vec![
        ("coverkit".to_owned(), coverkit.clone(), Some(order)),
        ("kasko.berlin".to_owned(), kasko.clone(), None),
    ];
    let hour = Some(Duration::from_secs(3600));
    let prefix = Some(words[0].to_owned());
    let options = Options { sources, lease: hour, prefix, ..Options::default() };
    let inbox = Inbox::with_options(pool, options).unwrap();
    match words[1..] {
        [event_type, id, body] => {
            receive(&inbox, "kasko.berlin", &kasko, body, event_type, id).await;
        }
        _ => fill(&inbox, &coverkit, &kasko).await,
    }
    println!("done");
}

async fn fill<DB: Engine>(inbox: &Inbox<DB>, coverkit: &Webhook, kasko: &Webhook) {
    inbox.migrate().await.unwrap();
    let sample: serde_json::Value = serde_json::from_str(KASKO).unwrap();
    let sample = sample["body"].as_str().unwrap();
    receive(inbox, "kasko.berlin", kasko, sample, "policy.created", "k-1").await;
    receive(inbox, "kasko.berlin", kasko, sample, "policy.created", "k-1").await;
    let body = |id: &str, kind: &str, policy: &str, premium: u32| {
        format!(
            r#"{{"id":"{id}","type":"{kind}","data":{{"policy_id":"{policy}","premium":{premium},"holder":{{"name":"Zoë Ötker","email":"zoe@example.com"}}}}}}"#
        )
    };
    for (id, kind, policy) in EVENTS {
        receive(inbox, "coverkit", coverkit, &body(id, kind, policy, 1999), kind, id).await;
    }
    let (id, kind, policy) = EVENTS[4];
    receive(inbox, "coverkit", coverkit, &body(id, kind, policy, 2999), kind, id).await;
    let mut claimed = inbox.claim(10).await.unwrap();
    claimed.sort_by_key(Claimed::seq);
    // P-1001's first one is dead, and holds up its others.
    let [first, dead, failed, _leased, done] = &claimed[..] else { panic!("{}", claimed.len()) };
    complete(inbox, first).await;
    inbox.dead(dead, "psycopg.errors.ForeignKeyViolation").await.unwrap();
    inbox.release(failed, "TimeoutError").await.unwrap();
    complete(inbox, done).await;
    receive(inbox, "kasko.berlin", kasko, r#"{"policy_id":"P-2001"}"#, "offer.created", "k-2")
        .await;
    let handled = r#"{"id":"evt_07","type":"claim.opened","data":{}}"#;
    let headers = coverkit.sign(handled.as_bytes(), &SignOptions::new()).unwrap();
    let event = coverkit.verify(handled.as_bytes(), &headers).unwrap();
    let mut transaction = inbox.pool().begin().await.unwrap();
    assert!(inbox.once(&mut transaction, Some("coverkit"), &event).await.unwrap());
    transaction.commit().await.unwrap();
}

async fn receive<DB: Engine>(
    inbox: &Inbox<DB>,
    source: &str,
    webhook: &Webhook,
    body: &str,
    event_type: &str,
    id: &str,
) {
    let options = SignOptions::new().event_type(event_type).id(id);
    let headers = webhook.sign(body.as_bytes(), &options).unwrap();
    inbox.receive(Some(source), body.as_bytes(), &headers).await.unwrap();
}

async fn complete<DB: Engine>(inbox: &Inbox<DB>, claimed: &Claimed) {
    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, claimed).await.unwrap();
    transaction.commit().await.unwrap();
}
