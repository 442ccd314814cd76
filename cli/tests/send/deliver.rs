//! What arrives.

use std::collections::HashSet;

use serde_json::Value;

use crate::endpoint::{Action, Endpoint, own_scheme};
use crate::support::{Folder, SECRET, fed, hookseal};
use crate::{run, senders};

#[test]
fn the_samples_arrive_as_genuine_deliveries_of_their_own() {
    let (mut sent, mut with_id) = (0, 0);
    for provider in senders() {
        let name = provider.name();
        let endpoint = Endpoint::honest(name);
        let url = endpoint.url();
        let mut keys = HashSet::new();
        for sample in provider.samples().iter().filter(|sample| !sample.event_type.is_empty()) {
            let event = sample.event_type;
            let said = run(&format!("send {url} --provider {name} --event {event} --json")).ok();
            let arrivals = endpoint.arrivals();
            let arrival = arrivals.last().unwrap();
            let seen = arrival.seen();
            assert_eq!(seen.event_type, event, "{name}");
            assert_eq!(arrival.header("content-type"), "application/json");
            assert!(arrival.header("user-agent").starts_with("hookseal/"));
            let known: Value = serde_json::from_str(sample.json).unwrap();
            let known_id = known["expect"]["event"]["id"].as_str();
            assert_eq!(known_id.is_some(), seen.id.is_some(), "{name} {event}");
            if let Some(id) = &seen.id {
                with_id += 1;
                assert_ne!(known_id, Some(id.as_str()), "{name} {event}");
                assert_eq!(said.json()["id"], id.as_str());
            }
            assert!(keys.insert(seen.dedupe_key.clone()), "{name} {event}: {}", seen.dedupe_key);
            sent += 1;
        }
        assert_eq!(endpoint.arrivals().len(), keys.len());
    }
    assert!(sent >= 40 && with_id >= 38, "{sent} sent, {with_id} of them with an id");
}

/// As it is typed, and as a server says where it listens.
#[test]
fn this_machine_needs_no_scheme() {
    let endpoint = Endpoint::honest("kasko");
    let port = endpoint.address.port();
    let typed = [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}/webhooks"),
        format!(":{port}/webhooks"),
        format!("0.0.0.0:{port}/webhooks"),
    ];
    for typed in &typed {
        let said = run(&format!("send {typed} --provider kasko --event policy.created")).ok();
        assert!(said.stdout.starts_with("POST http://"), "{said:?}");
    }
    assert_eq!(endpoint.arrivals().len(), typed.len());
}

/// A body with an old time, such as one that was copied, is sent with the present one.
#[test]
fn the_time_in_a_body_is_that_of_the_delivery() {
    let folder = Folder::new();
    let body =
        "{ \"type\":\"Issue\", \"webhookTimestamp\" : 1763370000000, \"data\":{\"n\":1.50} }";
    let file = folder.file("body.json", body);
    let endpoint = Endpoint::honest("linear");
    run(&format!("send {} {file} --provider linear", endpoint.url())).ok();
    let arrival = endpoint.arrival();
    arrival.seen();
    let arrived = std::str::from_utf8(&arrival.body).unwrap();
    let (before, rest) = body.split_once("1763370000000").unwrap();
    assert!(arrived.starts_with(before) && arrived.ends_with(rest), "{arrived}");

    // A delivery that was saved long ago, too, once it is signed anew.
    let saved = format!(
        "POST / HTTP/1.1\r\nlinear-signature: 00\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let saved = folder.file("saved.http", saved);
    let again = format!("send {} --provider linear --request {saved}", endpoint.url());
    run(&format!("{again} --no-retry")).code(1);
    run(&format!("{again} --resign")).ok();
    let arrivals = endpoint.arrivals();
    assert_eq!((arrivals.len(), arrivals[1].body.as_ref()), (3, body.as_bytes()));
}

#[test]
fn an_endpoint_that_refuses_what_is_genuine_is_told_what_that_means() {
    let endpoint = Endpoint::start("kasko", |_, _| Action::Answer(401));
    let send = format!("send {} --provider kasko --event policy.created", endpoint.url());
    let said = run(&send).code(1).stdout;
    let advice = "the endpoint answered 401: the signature is right here, so its secret differs";
    assert!(said.contains(advice), "{said}");
    let json = run(&format!("{send} --json")).code(1).json();
    let notes = json["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note.as_str().unwrap().starts_with(advice)), "{json}");
}

#[test]
fn a_delivered_sample_is_a_table_for_people_and_one_document_for_programs() {
    let endpoint = Endpoint::honest("kasko");
    let send = format!("send {} --provider kasko --event policy.created", endpoint.url());
    let said = run(&send).ok().stdout;
    let seen = endpoint.arrival().seen().clone();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], format!("POST {}", endpoint.url()));
    assert_eq!(lines[1], format!("KASKO: policy.created, id {}", seen.id.unwrap()));
    assert!(lines[3].contains("204 No Content") && lines[3].ends_with("success"), "{said}");
    assert_eq!(lines[4..], ["delivered"]);

    let json = run(&format!("{send} --json")).ok().json();
    assert_eq!(json["mode"], "deliver");
    assert_eq!(json["conclusion"]["code"], "delivered");
    assert_eq!(json["attempts"].as_array().unwrap().len(), 1);
    assert_eq!(json["attempts"][0]["status"], 204);
    // KASKO documents that 2xx is success, and no retries.
    assert_eq!(json["terms"]["success_assumed"], false);
    assert_eq!(json["terms"]["retries_assumed"], true);
    assert_eq!(json["notes"], serde_json::json!([]));
}

#[test]
fn a_body_of_ones_own_arrives_byte_for_byte() {
    let folder = Folder::new();
    let body = "{ \"event\": \"purchase.successful\",\r\n \"é\": 1.0e3, \"event_id\": \"own\" }\n";
    let file = folder.file("body.json", body);
    let endpoint = Endpoint::honest("mycover");
    run(&format!("send {} {file} --provider mycover", endpoint.url())).ok();
    let arrival = endpoint.arrival();
    assert_eq!(arrival.body, body);
    assert_eq!(arrival.seen().id.as_deref(), Some("own"));

    let send = ["send", &endpoint.url(), "-", "--provider", "mycover", "--id", "other"];
    fed(&mut hookseal(send), body).ok();
    let arrivals = endpoint.arrivals();
    assert_eq!(arrivals[1].body, body.replace("\"own\"", "\"other\""));
    assert_eq!(arrivals[1].seen().id.as_deref(), Some("other"));
}

#[test]
fn a_type_that_stands_in_a_header_is_asked_for_and_one_in_the_body_is_not_overruled() {
    let folder = Folder::new();
    let body = folder.file("body.json", r#"{"type": "claim.closed", "id": "evt_1"}"#);
    let kasko = Endpoint::honest("kasko");
    let failed = run(&format!("send {} {body} --provider kasko", kasko.url())).failed(1);
    assert!(failed.stderr.contains("say which type to sign"), "{failed:?}");
    run(&format!("send {} {body} --provider kasko --event a.b --id 7", kasko.url())).ok();
    let seen = kasko.arrival().seen().clone();
    assert_eq!((seen.event_type.as_str(), seen.id.as_deref()), ("a.b", Some("7")));

    let claimport = Endpoint::honest("claimport");
    let send = format!("send {} {body} --provider claimport", claimport.url());
    let failed = run(&format!("{send} --event claim.created")).failed(2);
    assert!(failed.stderr.contains("`claim.closed`, and not `claim.created`"), "{failed:?}");
    run(&format!("{send} --event claim.closed")).ok();
    assert_eq!(claimport.arrival().seen().event_type, "claim.closed");
}

#[test]
fn each_delivery_of_ones_own_has_an_id_of_its_own() {
    let folder = Folder::new();
    let body = folder.file("body.json", "{}");
    let endpoint = Endpoint::honest("github");
    for _ in 0..2 {
        run(&format!("send {} {body} --provider github --event push", endpoint.url())).ok();
    }
    let ids: Vec<String> =
        endpoint.arrivals().iter().map(|arrival| arrival.seen().id.clone().unwrap()).collect();
    assert_ne!(ids[0], ids[1]);
    // As GitHub's are.
    assert!(ids.iter().all(|id| id.len() == 36 && id.matches('-').count() == 4), "{ids:?}");
}

#[test]
fn a_scheme_of_ones_own_is_sent_too() {
    let folder = Folder::new();
    let (text, scheme) = own_scheme();
    let scheme_file = folder.file("scheme.json", text);
    let body = folder.file("body.json", r#"{"event_type": "transaction.paid", "event_id": "e"}"#);
    let webhook = hookseal::Webhook::builder(scheme).build([SECRET]).unwrap();
    let endpoint = Endpoint::with(
        webhook,
        |_, arrival| crate::endpoint::honest(arrival),
        |router, listener| Box::pin(async { axum::serve(listener, router).await.unwrap() }),
    );
    let send = format!("send {} {body} --scheme {scheme_file} --json", endpoint.url());
    let json = run(&send).ok().json();
    assert_eq!(endpoint.arrival().seen().dedupe_key, "paddle:e");
    assert_eq!((&json["provider"], &json["event"]), (&"paddle".into(), &"transaction.paid".into()));
    assert_eq!(json["terms"]["success_assumed"], true);
}

#[test]
fn further_headers_come_along_and_replace_others() {
    let endpoint = Endpoint::honest("kasko");
    let url = endpoint.url();
    let mut send = hookseal(["send", &url, "--provider", "kasko", "--event", "offer.created"]);
    send.args(["-H", "X-Trace: 1", "-H", "content-type: application/vnd.kasko+json"]);
    send.args(["-H", "User-Agent: KASKO"]);
    fed(&mut send, "").ok();
    let arrival = endpoint.arrival();
    assert_eq!(arrival.header("x-trace"), "1");
    assert_eq!(arrival.header("user-agent"), "KASKO");
    let types: Vec<_> = arrival.headers.get_all("content-type").iter().collect();
    assert_eq!(types, ["application/vnd.kasko+json"]);
}

/// A provider does not come through this machine's proxy either.
#[test]
fn no_proxy_comes_between() {
    let endpoint = Endpoint::honest("kasko");
    let url = endpoint.url();
    let mut send = hookseal(["send", &url, "--provider", "kasko", "--event", "offer.created"]);
    for variable in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        send.env(variable, format!("http://{}", crate::endpoint::nobody()));
    }
    fed(&mut send, "").ok();
    endpoint.arrival().seen();
}

#[test]
fn what_cannot_be_sent_is_said_before_anything_is() {
    let folder = Folder::new();
    let list = folder.file("list.json", "[]");
    let cases = [
        ("send ftp://h/ --provider kasko --event policy.created", 2, "must begin with `http://`"),
        ("send http://:0/ --provider kasko --event policy.created", 2, "the URL cannot be read"),
        ("send nowhere --provider kasko --event policy.created", 2, "the URL has no scheme"),
        (
            "send example.com/in --provider kasko --event policy.created",
            2,
            "write https://example.com/in or http://example.com/in",
        ),
        ("send http://h/ --provider nobody --event a", 3, "no provider has the name given"),
        ("send http://h/ --provider kasko", 2, "one of offer.created, policy.cancelled"),
        ("send http://h/ --provider kasko --event no.such", 2, "no sample of `no.such`"),
        ("send http://h/ --event a", 2, "--provider NAME"),
        ("send http://h/ /no/such/file --provider kasko --event a", 4, "/no/such/file"),
        (
            "send http://h/ --provider claimport --event claim.closed --attempts 9",
            2,
            "5 times, not 9",
        ),
        ("send http://h/ --provider kasko --event policy.created --attempts 2", 2, "--retry-after"),
        (
            "send http://h/ --provider kasko --event policy.created --load 1 --forge",
            2,
            "cannot be used",
        ),
        ("send http://h/ --provider kasko --event policy.created --cacert /no/such", 4, "/no/such"),
        ("send http://h/ --provider kasko --event policy.created -H nocolon", 2, "no colon"),
        ("send http://h/ --provider kasko --event policy.created --timeout 1e12", 2, "a year"),
        ("send http://h/ --provider kasko --event policy.created --load 1e-9", 2, "a rate between"),
        (
            "send http://h/ --provider kasko --event policy.created --load 9 --duration 1e9",
            2,
            "counted",
        ),
    ];
    for (arguments, exit, message) in cases {
        let ran = run(arguments).failed(exit);
        assert!(ran.stderr.contains(message), "{arguments}: {ran:?}");
    }
    let ran =
        run(&format!("send http://h/ --provider kasko --event policy.created --cacert {list}"));
    assert!(ran.failed(4).stderr.contains("no certificates in PEM form"));
}
