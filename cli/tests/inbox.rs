//! `hookseal inbox`, on a database that the library filled.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::sync::Arc;

use hookseal::inbox::{Dialect, Inbox as Schema};
use hookseal::{SignOptions, Webhook};
use hookseal_sqlx::Inbox;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use support::{Folder, SECRET, hookseal, run};

/// A database with a delivery that is dead, one that is done, and one that waits.
async fn filled(folder: &Folder) -> String {
    let path = folder.path().join("inbox.sqlite");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let webhook = Arc::new(Webhook::new("coverkit", [SECRET]).unwrap());
    let inbox = Inbox::new(pool.clone(), webhook.clone()).unwrap();
    inbox.migrate().await.unwrap();
    for id in ["e1", "e2", "e3"] {
        let body = format!(r#"{{"id":"{id}","type":"policy.created","data":{{}}}}"#);
        let headers = webhook.sign(body.as_bytes(), &SignOptions::new()).unwrap();
        inbox.receive(None, body.as_bytes(), &headers).await.unwrap();
    }
    let claimed = inbox.claim(2).await.unwrap();
    inbox.dead(&claimed[0], "ValueError").await.unwrap();
    let mut transaction = pool.begin().await.unwrap();
    inbox.complete(&mut transaction, &claimed[1]).await.unwrap();
    transaction.commit().await.unwrap();
    pool.close().await;
    format!("sqlite:{}", path.display())
}

fn inbox(url: &str, arguments: &str) -> support::Ran {
    let mut words: Vec<&str> = vec!["inbox"];
    words.extend(arguments.split(' '));
    words.extend(["--database", url]);
    support::Ran::from(hookseal(words).output().unwrap())
}

#[tokio::test]
async fn what_is_stored_is_counted_listed_and_shown() {
    let folder = Folder::new();
    let url = filled(&folder).await;
    let status = inbox(&url, "status").ok().stdout;
    assert!(status.contains("coverkit: 1 waiting, 0 leased, 0 blocked, 1 dead"), "{status}");
    let counted = inbox(&url, "status --json").ok().json();
    assert_eq!((&counted["sources"][0]["dead"], &counted["conflicts"]), (&1.into(), &0.into()));

    let list = inbox(&url, "list").ok().stdout;
    assert!(list.contains("waiting  coverkit  policy.created  coverkit:e3"), "{list}");
    assert!(list.contains("after 1 attempts: ValueError"), "{list}");
    let dead = inbox(&url, "list --state dead --json").ok().json();
    assert_eq!(dead["deliveries"].as_array().unwrap().len(), 1);
    assert_eq!(dead["deliveries"][0]["seq"], 1);

    let shown = inbox(&url, "show 1").ok().stdout;
    assert!(shown.contains("coverkit-signature: sha256="), "{shown}");
    assert!(shown.contains(r#"{"id":"e1","type":"policy.created","data":{}}"#), "{shown}");
    assert!(inbox(&url, "show 9").failed(4).stderr.contains("there is no delivery 9"));
}

#[tokio::test]
async fn people_retry_replay_discard_and_prune() {
    let folder = Folder::new();
    let url = filled(&folder).await;
    inbox(&url, "replay 1").failed(4);
    inbox(&url, "replay 2").ok();
    inbox(&url, "retry 2").failed(4);
    assert_eq!(inbox(&url, "retry --all --json").ok().json()["count"], 1);
    inbox(&url, "discard 1").failed(4);
    assert_eq!(inbox(&url, "prune --keep 30 --json").ok().json()["count"], 0);
    let counted = inbox(&url, "status --json").ok().json();
    assert_eq!(counted["sources"][0]["waiting"], 3);
}

#[test]
fn the_schema_is_the_librarys() {
    for dialect in Dialect::ALL {
        let printed = run(&format!("inbox schema {dialect} --prefix a_")).ok().stdout;
        assert_eq!(printed, Schema::schema(dialect, Some("a_")));
    }
}

#[test]
fn what_is_wrong_is_said_without_the_url() {
    let folder = Folder::new();
    let empty = folder.path().join("empty.sqlite");
    std::fs::write(&empty, "").unwrap();
    let missing = inbox(&format!("sqlite:{}", empty.display()), "status").failed(3);
    assert!(missing.stderr.contains("hookseal inbox schema sqlite"), "{missing:?}");
    let nowhere = inbox("postgresql://me:swordfish@127.0.0.1:1/db", "status").failed(4);
    assert!(!nowhere.stderr.contains("swordfish"), "{nowhere:?}");
    let other = inbox("oracle://host", "status").failed(2);
    assert!(other.stderr.contains("begins with sqlite:"), "{other:?}");
}
