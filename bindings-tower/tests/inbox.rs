//! An inbox in place of a handler, over HTTP and in a real database.

#![expect(clippy::unwrap_used, reason = "how a test fails")]
#![expect(clippy::panic, reason = "how a test fails")]

mod kit;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use hookseal::{Scheme, SignOptions, Webhook};
use hookseal_sqlx::{Filter, Inbox, Options, State};
use hookseal_tower::InboxService;
use kit::{Answer, post, send, serve};
use sqlx::Sqlite;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";
const BODY: &str = r#"{"id":"e1","type":"policy.created","data":{}}"#;

/// A database of its own, which is removed after the test.
struct Database(PathBuf);

impl Database {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("hookseal-tower-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    async fn inbox(&self, sources: Vec<Arc<Webhook>>) -> Inbox<Sqlite> {
        let options = SqliteConnectOptions::new()
            .filename(self.0.join("inbox.sqlite"))
            .create_if_missing(true)
            .busy_timeout(Duration::ZERO);
        let pool = SqlitePoolOptions::new().connect_with(options).await.unwrap();
        let named = |webhook: Arc<Webhook>| (webhook.scheme().name().to_owned(), webhook, None);
        let sources = sources.into_iter().map(named).collect();
        Inbox::with_options(pool, Options { sources, ..Options::default() }).unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn coverkit() -> Arc<Webhook> {
    Arc::new(Webhook::new("coverkit", [SECRET]).unwrap())
}

async fn deliver(address: &str, headers: &[(String, String)], body: &str) -> Answer {
    post(address, "/webhooks/own?a=1", headers, body.as_bytes()).await
}

async fn served(service: InboxService<Sqlite>) -> String {
    let inner = Router::new().route_service("/own", service);
    serve(Router::new().nest("/webhooks", inner)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_durable_is_answered_with_204_and_nothing_else_with_success() {
    let database = Database::new();
    let inbox = database.inbox(vec![coverkit()]).await;
    let address = served(InboxService::new(inbox.clone()).unwrap().max_body(1000)).await;
    let headers = coverkit().sign(BODY, &SignOptions::new()).unwrap();

    let missing = deliver(&address, &headers, BODY).await;
    assert_eq!(missing.short(), (500, r#"{"error":"schema_missing"}"#));
    assert_eq!(missing.header("retry-after"), None);
    inbox.migrate().await.unwrap();
    for _ in 0..2 {
        let answer = deliver(&address, &headers, BODY).await;
        assert_eq!((answer.short(), answer.header("content-type")), ((204, ""), None));
    }
    let entries = inbox.list(Filter::default()).await.unwrap();
    assert_eq!((entries.len(), entries[0].duplicates), (1, 1));

    let answer = deliver(&address, &headers, "{}").await;
    assert_eq!(answer.short(), (401, r#"{"error":"signature_mismatch"}"#));
    let answer = deliver(&address, &[], BODY).await;
    assert_eq!(answer.short(), (401, r#"{"error":"missing_header"}"#));
    let answer = deliver(&address, &headers, &" ".repeat(1001)).await;
    assert_eq!(answer.short(), (413, r#"{"error":"body_too_large"}"#));
    let answer = send(&address, "GET", "/webhooks/own", &headers, b"").await;
    assert_eq!(answer.short(), (405, r#"{"error":"method_not_allowed"}"#));

    // Another writer has the database, and SQLite is told not to wait.
    let mut writer = inbox.pool().begin_with("BEGIN IMMEDIATE").await.unwrap();
    sqlx::query("UPDATE hookseal_delivery SET duplicates = duplicates")
        .execute(&mut *writer)
        .await
        .unwrap();
    let other = BODY.replace("e1", "e2");
    let signed = coverkit().sign(&other, &SignOptions::new()).unwrap();
    let answer = deliver(&address, &signed, &other).await;
    assert_eq!(answer.short(), (503, r#"{"error":"in_progress"}"#));
    assert_eq!(answer.header("retry-after"), Some("5"));
    writer.rollback().await.unwrap();
    assert_eq!(deliver(&address, &signed, &other).await.short(), (204, ""));
    assert_eq!(inbox.claim(10).await.unwrap().len(), 2);
    inbox.pool().close().await;
    assert_eq!(
        deliver(&address, &signed, &other).await.short(),
        (503, r#"{"error":"unavailable"}"#)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_else_is_signed_is_passed_and_a_source_is_named() {
    let scheme = Scheme::parse(
        r#"{ "name": "sender", "event": { "type": { "pointer": "/type" }, "id": { "pointer": "/id" } },
             "signature": { "header": "X-Signature", "algorithm": "hmac-sha256", "encoding": "hex",
                            "content": "{method} {url}\n{body}" } }"#,
    );
    let builder = Webhook::builder(scheme.unwrap()).origin("https://hooks.example.com");
    let sender = Arc::new(builder.build([SECRET]).unwrap());
    let database = Database::new();
    let inbox = database.inbox(vec![coverkit(), sender.clone()]).await;
    inbox.migrate().await.unwrap();
    for wrong in
        [InboxService::new(inbox.clone()), InboxService::of_source(inbox.clone(), "another")]
    {
        let Err(error) = wrong else { panic!("there is no such source") };
        assert_eq!(error.code(), "unknown_source");
    }
    let address = served(InboxService::of_source(inbox.clone(), "sender").unwrap()).await;
    let options = SignOptions::new().method("POST").url("/webhooks/own?a=1");
    let headers = sender.sign(BODY, &options).unwrap();
    assert_eq!(deliver(&address, &headers, BODY).await.short(), (204, ""));
    let answer = post(&address, "/webhooks/own?a=2", &headers, BODY.as_bytes()).await;
    assert_eq!(answer.short(), (401, r#"{"error":"signature_mismatch"}"#));
    let claimed = inbox.claim(10).await.unwrap();
    assert_eq!((claimed.len(), claimed[0].source()), (1, "sender"));
    assert_eq!(inbox.list(Filter::default()).await.unwrap()[0].state, State::Leased);
}
