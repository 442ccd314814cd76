//! `hookseal send` to `hookseal listen`, and what was saved sent again.

use std::fs;

use serde_json::Value;

use super::kit::Listener;
use super::support::{Folder, Ran, hookseal, run};

fn send(listener: &Listener, arguments: &str) -> Ran {
    run(&format!("send {} {arguments}", listener.url()))
}

#[test]
fn a_sample_arrives_and_verifies() {
    let listener = Listener::kasko("--count 1");
    let sent = send(&listener, "--json --provider kasko --event policy.cancelled");
    assert_eq!(sent.exit, 0, "{sent:?}");
    let told = listener.line();
    assert_eq!(told["event"]["type"], "policy.cancelled");
    assert_eq!(listener.ended().1, 0);
}

#[test]
fn what_was_saved_verifies_and_is_sent_again_as_it_was() {
    let folder = Folder::new();
    let saved = folder.path().display();
    let listener = Listener::kasko(&format!("--count 2 --save {saved}"));
    assert_eq!(send(&listener, "--provider kasko --event policy.created").exit, 0);
    let first = listener.line();
    let file = first["saved"].as_str().expect("it is saved").to_owned();
    run(&format!("verify --provider kasko --request {file}")).ok();

    assert_eq!(send(&listener, &format!("--request {file}")).exit, 0);
    let again = listener.line();
    assert_eq!(again["event"], first["event"]);
    assert_eq!(listener.ended().1, 0);

    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(files.len(), 2, "the second did not replace the first");
}

#[test]
fn what_is_signed_of_the_request_arrives() {
    const SIGNING: &str = r#"name = "sender"
signature = { header = "X-Signature", algorithm = "hmac-sha256", encoding = "hex", content = "{constant:account} {method} {path}\n{query}\n{header:X-Tenant}\n{body}" }
constants = { account = "the account's number" }
event = { type = { pointer = "/type" } }"#;
    let folder = Folder::new();
    let scheme = folder.file("scheme", SIGNING);
    let body = folder.file("body.json", r#"{"type":"a"}"#);
    let saved = folder.path().join("saved");
    let arguments = format!("--scheme {scheme} --constant account=4711");
    let listening = format!("listen --json --port 0 {arguments} --save {}", saved.display());
    let listener = Listener::start(&mut hookseal(listening.split(' ')));
    let url = format!("{}in?a=1", listener.url());
    let deliver = |more: &str| run(&format!("send {url} {arguments} --json {more}"));

    let sent = deliver(&format!("{body} -HX-Tenant:acme"));
    assert_eq!(sent.exit, 0, "{sent:?}");
    let first = listener.line();
    assert_eq!(first["event"]["type"], "a", "{first}");
    let file = first["saved"].as_str().unwrap();
    run(&format!("verify {arguments} --request {file}")).ok();
    let sent = deliver(&format!("--request {file} --resign"));
    assert_eq!(sent.exit, 0, "{sent:?}");
    assert_eq!(listener.line()["event"]["type"], "a");

    let sent = deliver(&format!("{body} -HX-Tenant:acme --forge"));
    assert_eq!(sent.exit, 0, "{sent:?}");
    let checks = sent.json()["checks"].as_array().unwrap().clone();
    let forged = |kind: &str| {
        let is_it = |check: &&Value| check["kind"] == kind;
        checks.iter().find(is_it).map(|check| check["verdict"].clone())
    };
    for kind in ["other_url", "other_method"] {
        assert_eq!(forged(kind), Some("refused".into()), "{kind}: {checks:?}");
    }
    listener.signal("INT");
    listener.ended();
}

#[test]
fn no_forgery_is_believed() {
    for provider in ["kasko", "stripe", "standard-webhooks", "mycover"] {
        let secret = Folder::new();
        let secret = secret.file("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let arguments = format!("--provider {provider} --secret-file {secret}");
        let listener = Listener::start(&mut hookseal(
            format!("listen --json --port 0 {arguments}").split(' '),
        ));
        let event = match provider {
            "kasko" => "policy.created",
            "mycover" => "purchase.successful",
            "stripe" => "payment_intent.succeeded",
            _ => "contact.created",
        };
        let sent = send(&listener, &format!("{arguments} --event {event} --forge --json"));
        assert_eq!(sent.exit, 0, "{provider}: {sent:?}");
        listener.signal("INT");
        let (last, _) = listener.ended();
        assert_eq!(last["ended"]["verified"], 2, "{provider}: the genuine one, twice");
        let refused = last["ended"]["refused"].as_object().unwrap();
        let refused: u64 = refused.values().filter_map(Value::as_u64).sum();
        assert!(refused >= 8, "{provider}: {last}");
    }
}

#[test]
fn nothing_is_lost_under_load() {
    let listener = Listener::kasko("--count 200");
    let sent =
        // All may wait at once, so that none is too late to be sent.
        send(&listener, "--json --provider kasko --event policy.created --load 200 --count 200 --in-flight 200");
    assert_eq!(sent.exit, 0, "{sent:?}");
    let (last, exit) = listener.ended();
    assert_eq!((last["ended"]["verified"].as_u64(), exit), (Some(200), 0));
}
