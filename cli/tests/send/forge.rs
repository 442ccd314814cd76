//! Which forgeries are sent, and what is made of an endpoint that believes them.

use std::collections::BTreeSet;

use hookseal::Webhook;
use serde_json::Value;

use crate::endpoint::{Action, Arrival, Endpoint, answering, honest, nobody, own_scheme};
use crate::support::{Folder, Ran, SECRET};
use crate::{SENDERS, run, senders};

/// What is forged with every scheme.
const ALWAYS: [&str; 8] = [
    "no_signature",
    "empty_signature",
    "truncated_signature",
    "wrong_prefix",
    "wrong_secret",
    "empty_secret",
    "other_algorithm",
    "altered_body",
];
const DIGEST: &str = "no_digest";
const TYPE: &str = "altered_type";
const ID: &str = "altered_id";
const TIMES: [&str; 3] = ["altered_timestamp", "stale_timestamp", "future_timestamp"];

fn forge(endpoint: &Endpoint, provider: &str, event: &str, arguments: &str) -> Ran {
    run(&format!(
        "send {} --provider {provider} --event {event} --forge {arguments}",
        endpoint.url()
    ))
}

fn with_verdict(json: &Value, verdict: &str) -> BTreeSet<String> {
    let checks = json["checks"].as_array().unwrap().iter();
    checks
        .filter(|check| check["genuine"] == false && check["verdict"] == verdict)
        .map(|check| check["kind"].as_str().unwrap().to_owned())
        .collect()
}

fn set(kinds: &[&[&str]]) -> BTreeSet<String> {
    kinds.concat().into_iter().map(str::to_owned).collect()
}

/// The kinds of forgery that a delivery of this provider's can have, by its scheme and sample.
fn kinds_of(provider: &hookseal::Provider, sample: &Value) -> BTreeSet<String> {
    let scheme: toml::Table = provider.scheme_toml().parse().unwrap();
    let forms = scheme["signature"].as_array().unwrap();
    let event = &sample["expect"]["event"];
    let is_signed = |field: &str| !event["unsigned"].as_array().unwrap().contains(&field.into());
    let mut kinds = set(&[&ALWAYS]);
    let has_words = ["prefix", "signature_key"].iter().any(|key| forms[0].get(key).is_some());
    let is_stamped = |form: &toml::Value| form["content"].as_str().unwrap().contains("{timestamp}");
    let has_time_in_body = scheme.get("timestamp").is_some_and(|it| it.get("pointer").is_some());
    for (has, more) in [
        (has_words, &[DIGEST][..]),
        (is_signed("type"), &[TYPE]),
        (event["id"].is_string() && is_signed("id"), &[ID]),
        (forms.iter().any(is_stamped) || has_time_in_body, &TIMES),
    ] {
        kinds.extend(more.iter().filter(|_| has).map(|kind| (*kind).to_owned()));
    }
    kinds
}

#[test]
fn a_receiver_with_the_core_refuses_every_forgery_of_every_form() {
    let mut run = 0;
    for provider in senders() {
        let Some(sample) = provider.samples().iter().find(|it| !it.event_type.is_empty()) else {
            continue;
        };
        run += 1;
        let kinds = kinds_of(provider, &serde_json::from_str(sample.json).unwrap());
        let (provider, event) = (provider.name(), sample.event_type);
        let endpoint = Endpoint::honest(provider);
        let json = forge(&endpoint, provider, event, "--json").ok().json();
        assert_eq!(with_verdict(&json, "refused"), kinds, "{provider}");
        assert_eq!(json["passed"], true);
        let arrivals = endpoint.arrivals();
        // Before and after, as a retry, what is genuine.
        assert_eq!(arrivals.len(), kinds.len() + 2, "{provider}");
        let genuine: Vec<bool> = arrivals.iter().map(|arrival| arrival.verified.is_ok()).collect();
        let place = |is_genuine: &bool| *is_genuine;
        assert_eq!(genuine.iter().position(place), Some(0));
        assert_eq!(genuine[1..].iter().position(place), Some(kinds.len()));
        let (first, last) = (&arrivals[0], arrivals.last().unwrap());
        let names =
            |arrival: &Arrival| (arrival.seen().event_type.clone(), arrival.seen().id.clone());
        assert_eq!(names(first), names(last), "{provider}");
        // A time in the body is that of each attempt.
        assert!(first.body != last.body || first.seen() == last.seen(), "{provider}");
    }
    assert_eq!(run, SENDERS);
}

/// Each forgery is refused for the reason that it is made for, and not for another.
#[test]
fn forgeries_are_what_they_are_called() {
    let endpoint = Endpoint::honest("standard-webhooks");
    let json = forge(&endpoint, "standard-webhooks", "contact.created", "--json").ok().json();
    let reasons: Vec<(String, &str)> = json["checks"]
        .as_array()
        .unwrap()
        .iter()
        .zip(endpoint.arrivals())
        .filter_map(|(check, arrival)| {
            Some((check["kind"].as_str()?.to_owned(), arrival.verified.err()?))
        })
        .collect();
    let expected = [
        ("no_signature", "missing_header"),
        ("empty_signature", "malformed_header"),
        ("truncated_signature", "malformed_header"),
        ("no_digest", "malformed_header"),
        ("wrong_prefix", "malformed_header"),
        ("wrong_secret", "signature_mismatch"),
        ("empty_secret", "signature_mismatch"),
        ("other_algorithm", "malformed_header"),
        ("altered_body", "signature_mismatch"),
        ("altered_type", "signature_mismatch"),
        ("altered_id", "signature_mismatch"),
        ("altered_timestamp", "signature_mismatch"),
        ("stale_timestamp", "timestamp_out_of_tolerance"),
        ("future_timestamp", "timestamp_out_of_tolerance"),
    ];
    let expected: Vec<(String, &str)> =
        expected.iter().map(|(kind, code)| ((*kind).to_owned(), *code)).collect();
    assert_eq!(reasons, expected);
}

#[test]
fn an_endpoint_that_believes_everything_is_found_out() {
    let endpoint = Endpoint::start("kasko", |_, _| Action::Answer(200));
    let ran = forge(&endpoint, "kasko", "policy.created", "");
    assert_eq!(ran.exit, 1);
    assert!(ran.stdout.contains("it believes 9 of 9 forgeries"), "{ran:?}");
    assert!(ran.stdout.contains("KASKO does not sign the type"), "{ran:?}");
    assert!(ran.stdout.contains("KASKO signs no timestamp"), "{ran:?}");
}

/// Endpoints with one hole each, as they are written in practice.
#[test]
fn one_hole_is_told_from_another() {
    type Believes = fn(&Arrival) -> bool;
    let unknown_time: Believes = |arrival| arrival.verified == Err("timestamp_out_of_tolerance");
    let no_signature: Believes = |arrival| !arrival.headers.contains_key("stripe-signature");
    let empty_secret: Believes = |arrival| {
        let webhook = Webhook::new("stripe", ["\0"]).unwrap();
        webhook.verify(&arrival.body, &arrival.headers).is_ok()
    };
    let ids_alone: Believes = |arrival| arrival.body.windows(6).any(|part| part == b"forged");
    let holes = [
        (unknown_time, set(&[&["stale_timestamp", "future_timestamp"]])),
        (no_signature, set(&[&["no_signature"]])),
        (empty_secret, set(&[&["empty_secret"]])),
        (ids_alone, set(&[&["altered_body", "altered_type"]])),
    ];
    for (believes, kinds) in holes {
        let endpoint = Endpoint::start("stripe", move |_, arrival| {
            if believes(arrival) { Action::Answer(200) } else { honest(arrival) }
        });
        let ran = forge(&endpoint, "stripe", "payment_intent.succeeded", "--json");
        assert_eq!(ran.exit, 1, "{ran:?}");
        assert_eq!(with_verdict(&ran.json(), "believed"), kinds);
    }
}

#[test]
fn an_endpoint_that_compares_beginnings_believes_half_a_signature() {
    let webhook = Webhook::new("kasko", [SECRET]).unwrap();
    let endpoint = Endpoint::start("kasko", move |_, arrival| {
        let options = hookseal::SignOptions::new().event_type("any");
        let headers = webhook.sign(&arrival.body, &options).unwrap();
        let right = &headers.iter().find(|(name, _)| name == "X-KASKO-Signature").unwrap().1;
        let given = arrival.headers.get("x-kasko-signature");
        let given = given.and_then(|value| value.to_str().ok()).unwrap_or("-");
        if right.starts_with(given) { Action::Answer(200) } else { Action::Answer(403) }
    });
    let ran = forge(&endpoint, "kasko", "policy.created", "--json");
    let believed = with_verdict(&ran.json(), "believed");
    assert_eq!(believed, set(&[&["empty_signature", "no_digest", "truncated_signature"]]));
}

#[test]
fn an_endpoint_that_refuses_whatever_comes_does_not_pass() {
    for status in [401, 404, 429] {
        let endpoint = Endpoint::start("kasko", move |_, _| Action::Answer(status));
        let ran = forge(&endpoint, "kasko", "policy.created", "");
        assert_eq!(ran.exit, 1);
        assert!(ran.stdout.contains("it did not accept what is genuine"), "{ran:?}");
    }
    // One that has had enough does not either: what it refuses then is not refused as forged.
    let endpoint =
        Endpoint::start(
            "kasko",
            |before, arrival| {
                if before < 3 { honest(arrival) } else { Action::Answer(429) }
            },
        );
    assert_eq!(forge(&endpoint, "kasko", "policy.created", "").exit, 1);
}

#[test]
fn crashing_and_redirecting_are_no_refusals() {
    type Answers = fn() -> Action;
    let crash: Answers = || Action::Answer(500);
    let answers =
        [(crash, "crashed"), (|| Action::Redirect(302, "/login".to_owned()), "redirected")];
    for (answer, verdict) in answers {
        let endpoint = Endpoint::start("kasko", move |_, arrival| {
            if arrival.headers.contains_key("x-kasko-signature") {
                honest(arrival)
            } else {
                answer()
            }
        });
        let ran = forge(&endpoint, "kasko", "policy.created", "--json");
        assert_eq!(ran.exit, 1, "{ran:?}");
        assert_eq!(with_verdict(&ran.json(), verdict), set(&[&["no_signature"]]));
    }
}

#[test]
fn an_endpoint_that_is_not_there_is_asked_once() {
    let address = nobody();
    let ran = run(&format!(
        "send http://{address}/ --provider kasko --event policy.created --forge --json"
    ));
    assert_eq!(ran.exit, 4);
    assert_eq!(ran.json()["checks"].as_array().unwrap().len(), 1);
    let address = answering(b"");
    let ran = run(&format!(
        "send http://{address}/ --provider kasko --event policy.created --forge --json"
    ));
    assert_eq!(ran.exit, 1);
    assert_eq!(with_verdict(&ran.json(), "lost").len(), 9);
}

#[test]
fn forgeries_can_be_made_of_ones_own_scheme_and_body() {
    let folder = Folder::new();
    let (text, scheme) = own_scheme();
    let scheme_file = folder.file("scheme.json", text);
    let body = folder.file("body.json", r#"{"event_type": "transaction.paid", "event_id": "e"}"#);
    let webhook = Webhook::builder(scheme).build([SECRET]).unwrap();
    let endpoint = Endpoint::with(
        webhook,
        |_, arrival| honest(arrival),
        |router, listener| Box::pin(async { axum::serve(listener, router).await.unwrap() }),
    );
    let ran = run(&format!("send {} {body} --scheme {scheme_file} --forge --json", endpoint.url()));
    let refused = with_verdict(&ran.ok().json(), "refused");
    assert_eq!(refused, set(&[&ALWAYS, &[DIGEST, TYPE, ID], &TIMES]));
}
