//! The inbox on real servers: the same behaviour on each engine.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod kit;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use hookseal::{RequestHead, Scheme, SignOptions, Webhook};
use hookseal_sqlx::{Filter, Inbox, Order, OrderBy, Received, State};
use kit::{Tested, body, inbox, on_each_engine, options, webhook};

async fn receive<DB: Tested>(inbox: &Inbox<DB>, body: &[u8]) -> Received {
    let headers = webhook().sign(body, &SignOptions::new()).unwrap();
    inbox.receive(None, body, &headers).await.unwrap().1
}

/// Ends the leases and waits of all: the tests wait for no clock.
async fn make_due<DB: Tested>(inbox: &Inbox<DB>, name: &str) {
    DB::execute(inbox.pool(), &format!("UPDATE {name}_job SET due = 0 WHERE due IS NOT NULL"))
        .await;
}

async fn states<DB: Tested>(inbox: &Inbox<DB>) -> Vec<State> {
    let mut entries = inbox.list(Filter::default()).await.unwrap();
    entries.reverse();
    entries.into_iter().map(|entry| entry.state).collect()
}

async fn a_delivery_is_stored_once_and_done_once<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    assert!(matches!(receive(&inbox, &body("e1", "p", "")).await, Received::Stored));
    let again = receive(&inbox, &body("e1", "p", "")).await;
    assert!(matches!(again, Received::Duplicate { is_conflict: false }), "{again:?}");
    let other = receive(&inbox, &body("e1", "p", "other")).await;
    assert!(matches!(other, Received::Duplicate { is_conflict: true }), "{other:?}");

    let claimed = inbox.claim(10).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let claimed = &claimed[0];
    assert_eq!((claimed.attempt(), claimed.source()), (1, "coverkit"));
    assert_eq!(claimed.event().id(), Some("e1"));
    assert_eq!(claimed.event().body(), body("e1", "p", ""));
    let age = SystemTime::now().duration_since(claimed.received_at()).unwrap_or_default();
    assert!(age < Duration::from_secs(3600), "{age:?}");
    assert!(inbox.claim(10).await.unwrap().is_empty());

    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, claimed).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(states(&inbox).await, [State::Leased]);
    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, claimed).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(states(&inbox).await, [State::Done]);
    let entry = &inbox.list(Filter::default()).await.unwrap()[0];
    assert_eq!((entry.duplicates, entry.conflicts), (2, 1));
    assert_eq!(entry.dedupe_key, "coverkit:e1");
    assert!(inbox.replay(entry.seq).await.unwrap());
    assert_eq!(inbox.claim(10).await.unwrap().len(), 1);
}

async fn a_worker_whose_lease_ended_completes_nothing<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    receive(&inbox, &body("e1", "p", "")).await;
    let slow = inbox.claim(1).await.unwrap().remove(0);
    make_due(&inbox, name).await;
    let other = inbox.claim(1).await.unwrap().remove(0);
    assert_eq!((other.seq(), other.attempt()), (slow.seq(), 2));

    let mut transaction = inbox.pool().begin().await.unwrap();
    let lost = inbox.complete(&mut transaction, &slow).await.unwrap_err();
    assert_eq!(lost.code(), "lease_lost");
    transaction.rollback().await.unwrap();
    for error in [
        inbox.release(&slow, "too late").await.unwrap_err(),
        inbox.dead(&slow, "too late").await.unwrap_err(),
        inbox.extend(&slow).await.unwrap_err(),
    ] {
        assert_eq!(error.code(), "lease_lost");
    }
    inbox.extend(&other).await.unwrap();
    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, &other).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(states(&inbox).await, [State::Done]);
}

async fn what_fails_is_tried_again_until_it_is_dead<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    receive(&inbox, &body("e1", "p", "")).await;
    for attempt in 1..=3 {
        let claimed = inbox.claim(1).await.unwrap().remove(0);
        let wait = inbox.release(&claimed, "ValueError").await.unwrap();
        assert_eq!(wait.is_none(), attempt == 3);
    }
    assert!(inbox.claim(1).await.unwrap().is_empty());
    let entry = inbox.list(Filter { state: Some(State::Dead), ..Filter::default() }).await.unwrap();
    assert_eq!(entry[0].error.as_deref(), Some("ValueError"));
    let stats = inbox.stats().await.unwrap();
    assert_eq!((stats.sources[0].dead, stats.sources[0].is_known), (1, true));

    assert_eq!(inbox.retry(None).await.unwrap(), 1);
    // A worker that dies with it again and again is no worker to give it to for ever.
    for _ in 0..3 {
        assert_eq!(inbox.claim(1).await.unwrap().len(), 1);
        make_due(&inbox, name).await;
    }
    assert!(inbox.claim(1).await.unwrap().is_empty());
    assert_eq!(states(&inbox).await, [State::Dead]);
    assert_eq!(inbox.retry(Some(entry[0].seq)).await.unwrap(), 1);
    assert_eq!(inbox.claim(1).await.unwrap()[0].attempt(), 1);
}

async fn once_is_true_once_and_belongs_to_the_transaction<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    let body = body("e1", "p", "");
    let webhook = webhook();
    let headers = webhook.sign(&body, &SignOptions::new()).unwrap();
    let event = webhook.verify(&body, &headers).unwrap();
    for (is_first, commits) in [(true, false), (true, true), (false, true)] {
        let mut transaction = inbox.pool().begin().await.unwrap();
        assert_eq!(inbox.once(&mut transaction, None, &event).await.unwrap(), is_first);
        if commits {
            transaction.commit().await.unwrap();
        } else {
            transaction.rollback().await.unwrap();
        }
    }
    let again = inbox.receive(None, &body, &headers).await.unwrap().1;
    assert!(matches!(again, Received::Duplicate { .. }), "{again:?}");
    let entry = &inbox.list(Filter::default()).await.unwrap()[0];
    assert_eq!((entry.state, entry.body_length), (State::Done, None));
    assert!(!inbox.replay(entry.seq).await.unwrap());
}

async fn a_key_that_expired_does_not_swallow_an_event<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    receive(&inbox, &body("e1", "p", "")).await;
    let age = format!("UPDATE {name}_delivery SET received_at = received_at - 20000000000");
    DB::execute(inbox.pool(), &age).await;
    // It is not done, so that it is not another event yet.
    assert!(matches!(receive(&inbox, &body("e1", "p", "")).await, Received::Duplicate { .. }));
    let claimed = inbox.claim(1).await.unwrap().remove(0);
    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, &claimed).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(inbox.prune(None).await.unwrap(), 0);
    assert!(matches!(receive(&inbox, &body("e1", "p", "")).await, Received::Stored));
    assert_eq!(states(&inbox).await, [State::Waiting]);

    let claimed = inbox.claim(1).await.unwrap().remove(0);
    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, &claimed).await.unwrap();
    transaction.commit().await.unwrap();
    DB::execute(
        inbox.pool(),
        &format!("UPDATE {name}_job SET finished_at = finished_at - 20000000000"),
    )
    .await;
    assert_eq!(inbox.prune(None).await.unwrap(), 1);
    assert_eq!(states(&inbox).await, []);
}

async fn events_of_an_aggregate_are_handled_in_order<DB: Tested>(name: &str) {
    let order =
        Order { order_by: OrderBy::Sequence("/data/note".to_owned()), ..Order::by("/data/policy") };
    let inbox = inbox::<DB>(name, Some(order)).await;
    // The third arrives before the second.
    for (id, policy, sequence) in
        [("a1", "a", "1"), ("a3", "a", "3"), ("a2", "a", "2"), ("b1", "b", "1")]
    {
        assert!(matches!(receive(&inbox, &body(id, policy, sequence)).await, Received::Stored));
    }
    let mut handled = Vec::new();
    for _ in 0..10 {
        for claimed in inbox.claim(10).await.unwrap() {
            let mut transaction = inbox.pool().begin().await.unwrap();
            inbox.complete(&mut transaction, &claimed).await.unwrap();
            transaction.commit().await.unwrap();
            handled.push(claimed.event().id().unwrap().to_owned());
        }
        make_due(&inbox, name).await;
    }
    handled.retain(|id| id != "b1");
    assert_eq!(handled, ["a1", "a2", "a3"]);

    // One that is dead holds up those after it until it is discarded, and one that comes too late
    // is said to.
    for (id, sequence) in [("a4", "4"), ("a5", "5")] {
        receive(&inbox, &body(id, "a", sequence)).await;
    }
    let dead = inbox.claim(10).await.unwrap().remove(0);
    inbox.dead(&dead, "no").await.unwrap();
    make_due(&inbox, name).await;
    assert!(inbox.claim(10).await.unwrap().is_empty());
    assert!(inbox.discard(dead.seq()).await.unwrap());
    let last = inbox.claim(10).await.unwrap();
    assert_eq!(last[0].event().id(), Some("a5"));
    let mut transaction = inbox.pool().begin().await.unwrap();
    inbox.complete(&mut transaction, &last[0]).await.unwrap();
    transaction.commit().await.unwrap();
    receive(&inbox, &body("a0", "a", "0")).await;
    let entry = &inbox.list(Filter::default()).await.unwrap()[0];
    assert!(entry.is_late, "{entry:?}");
}

async fn what_was_altered_is_not_believed<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    for (id, column) in [("e1", "body"), ("e2", "dedupe_key"), ("e3", "headers")] {
        receive(&inbox, &body(id, "p", "")).await;
        let value = if column == "headers" { "'[]'" } else { "digest" };
        let key = format!("(SELECT MAX(seq) FROM {name}_job)");
        DB::execute(
            inbox.pool(),
            &format!("UPDATE {name}_delivery SET {column} = {value} WHERE seq = {key}"),
        )
        .await;
    }
    assert!(inbox.claim(10).await.unwrap().is_empty());
    assert_eq!(states(&inbox).await, [State::Dead; 3]);
}

async fn what_is_signed_besides_the_body_is_kept<DB: Tested>(name: &str) {
    let scheme = Scheme::parse(
        r#"{ "name": "coverkit", "event": { "type": { "pointer": "/type" } },
             "signature": { "header": "X-Signature", "algorithm": "hmac-sha256",
                            "encoding": "hex",
                            "content": "{method} {url}\n{header:X-Tenant}\n{body}" } }"#,
    )
    .unwrap();
    let webhook = Webhook::builder(scheme).origin("https://hooks.example.com");
    let webhook = Arc::new(webhook.build([kit::SECRET]).unwrap());
    let mut options = options(name, None);
    options.sources[0].1 = webhook.clone();
    let inbox = Inbox::with_options(DB::pool(name, true).await, options).unwrap();
    inbox.migrate().await.unwrap();

    let (body, tenant) = (body("e1", "p", ""), [("X-Tenant", "acme")]);
    let signed = SignOptions::new().method("POST").url("/webhooks?a=1").headers(&tenant);
    let mut headers = webhook.sign(&body, &signed).unwrap();
    headers.push(("X-Tenant".to_owned(), "acme".to_owned()));
    let head = RequestHead::new(&headers).method("POST").url("/webhooks?a=1");
    assert!(matches!(inbox.receive(None, &body, &head).await.unwrap().1, Received::Stored));
    let claimed = inbox.claim(10).await.unwrap();
    assert_eq!(claimed[0].event().event_type(), "policy.created");
    let kept = inbox.show(claimed[0].seq()).await.unwrap().unwrap();
    let request = [(":method", "POST"), (":url", "/webhooks?a=1")];
    let last: Vec<_> = kept.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert!(last.ends_with(&request), "{last:?}");
}

async fn a_secret_that_is_sent_is_not_kept<DB: Tested>(name: &str) {
    let scheme = Scheme::parse(
        r#"{ "name": "coverkit", "event": { "type": { "pointer": "/type" } },
             "signature": { "header": "Authorization", "prefix": "Bearer ",
                            "algorithm": "token", "weakness": "token" } }"#,
    )
    .unwrap();
    let webhook = Webhook::builder(scheme).accept_unsigned().build([kit::SECRET]).unwrap();
    let mut options = options(name, None);
    options.sources[0].1 = Arc::new(webhook);
    let inbox = Inbox::with_options(DB::pool(name, true).await, options).unwrap();
    inbox.migrate().await.unwrap();

    let body = body("e1", "p", "");
    let headers = [("Authorization", format!("Bearer {}", kit::SECRET))];
    assert!(inbox.receive(None, &body, &[("Authorization", "Bearer other")]).await.is_err());
    assert!(matches!(inbox.receive(None, &body, &headers).await.unwrap().1, Received::Stored));
    let claimed = inbox.claim(10).await.unwrap();
    let event = claimed[0].event();
    assert_eq!((event.event_type(), event.unsigned().len()), ("policy.created", 2));
    let kept = inbox.show(claimed[0].seq()).await.unwrap().unwrap();
    assert!(kept.headers.is_empty(), "{:?}", kept.headers);
}

async fn a_secret_rotated_away_is_waited_for<DB: Tested>(name: &str) {
    let inbox = inbox::<DB>(name, None).await;
    receive(&inbox, &body("e1", "p", "")).await;
    let mut rotated = options(name, None);
    rotated.sources[0].1 =
        Arc::new(Webhook::new("coverkit", ["whsec_another_0123456789"]).unwrap());
    let other = Inbox::with_options(inbox.pool().clone(), rotated).unwrap();
    assert!(other.claim(10).await.unwrap().is_empty());
    let entry = &inbox.list(Filter::default()).await.unwrap()[0];
    assert_eq!((entry.state, entry.attempts), (State::Waiting, 0));
    assert!(entry.error.as_deref().unwrap().starts_with("unknown key"), "{entry:?}");
    make_due(&inbox, name).await;
    assert_eq!(inbox.claim(10).await.unwrap().len(), 1);
}

async fn mistakes_are_told<DB: Tested>(name: &str) {
    let pool = DB::pool(name, true).await;
    let inbox = Inbox::with_options(pool, options(name, None)).unwrap();
    let missing = inbox.claim(1).await.unwrap_err();
    assert_eq!(missing.code(), "schema_missing");
    assert!(missing.message().contains(&format!("hookseal inbox schema {}", DB::DIALECT)));
    inbox.migrate().await.unwrap();
    DB::execute(inbox.pool(), &format!("UPDATE {name}_inbox SET version = 99")).await;
    let newer = Inbox::with_options(inbox.pool().clone(), options(name, None)).unwrap();
    assert_eq!(newer.claim(1).await.unwrap_err().code(), "schema_version");
    let body = body("e1", "p", "");
    let headers = webhook().sign(&body, &SignOptions::new()).unwrap();
    let unknown = newer.receive(Some("other"), &body, &headers).await.unwrap_err();
    assert_eq!((unknown.code(), unknown.http_status()), ("unknown_source", 500));
    let forged = newer.receive(None, b"{}", &headers).await.unwrap_err();
    assert_eq!((forged.code(), forged.http_status()), ("signature_mismatch", 401));
}

async fn a_duplicate_does_not_overtake_an_open_transaction<DB: Tested>(name: &str) {
    // SQLite waits for the writer before, for as long as its connection says.
    if DB::DIALECT == hookseal_sqlx::Dialect::Sqlite {
        return;
    }
    let inbox = inbox::<DB>(name, None).await;
    let body = body("e1", "p", "");
    let webhook = webhook();
    let headers = webhook.sign(&body, &SignOptions::new()).unwrap();
    let event = webhook.verify(&body, &headers).unwrap();
    let mut transaction = inbox.pool().begin().await.unwrap();
    assert!(inbox.once(&mut transaction, None, &event).await.unwrap());
    let second = inbox.receive(None, &body, &headers).await.unwrap_err();
    assert_eq!((second.code(), second.http_status()), ("in_progress", 503));
    assert_eq!(second.retry_after(), Some(5));
    let mut another = inbox.pool().begin().await.unwrap();
    let third = inbox.once(&mut another, None, &event).await.unwrap_err();
    assert_eq!((third.code(), third.http_status()), ("in_progress", 503));
    another.rollback().await.unwrap();
    transaction.rollback().await.unwrap();
    let mut transaction = inbox.pool().begin().await.unwrap();
    assert!(inbox.once(&mut transaction, None, &event).await.unwrap());
    assert!(!inbox.once(&mut transaction, None, &event).await.unwrap());
    transaction.commit().await.unwrap();
    let mut transaction = inbox.pool().begin().await.unwrap();
    assert!(!inbox.once(&mut transaction, None, &event).await.unwrap());
    transaction.rollback().await.unwrap();
    let again = inbox.receive(None, &body, &headers).await.unwrap().1;
    assert!(matches!(again, Received::Duplicate { .. }), "{again:?}");
}

on_each_engine! {
    a_delivery_is_stored_once_and_done_once,
    a_worker_whose_lease_ended_completes_nothing,
    what_fails_is_tried_again_until_it_is_dead,
    once_is_true_once_and_belongs_to_the_transaction,
    a_key_that_expired_does_not_swallow_an_event,
    events_of_an_aggregate_are_handled_in_order,
    what_was_altered_is_not_believed,
    what_is_signed_besides_the_body_is_kept,
    a_secret_that_is_sent_is_not_kept,
    a_secret_rotated_away_is_waited_for,
    mistakes_are_told,
    a_duplicate_does_not_overtake_an_open_transaction,
}
