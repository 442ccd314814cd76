//! A constant rate, and what is counted.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;

use crate::endpoint::{Action, Endpoint, nobody};
use crate::run;
use crate::support::Ran;

fn load(endpoint: &Endpoint, arguments: &str) -> Ran {
    run(&format!(
        "send {} --provider claimport --event claim.created --json --load {arguments}",
        endpoint.url()
    ))
}

fn counts(json: &Value) -> [u64; 5] {
    ["wanted", "sent", "accepted", "refused", "lost"]
        .map(|count| json["deliveries"][count].as_u64().unwrap())
}

#[test]
fn as_many_as_wanted_arrive_at_the_rate_that_is_wanted() {
    let endpoint = Endpoint::honest("claimport");
    let json = load(&endpoint, "100 --duration 2").ok().json();
    assert_eq!(counts(&json), [200, 200, 200, 0, 0]);
    let arrivals = endpoint.arrivals();
    let ids: HashSet<_> = arrivals.iter().map(|arrival| arrival.seen().id.clone()).collect();
    assert_eq!((arrivals.len(), ids.len()), (200, 200));
    let spread = arrivals[199].at - arrivals[0].at;
    assert!(spread >= Duration::from_millis(1900), "{spread:?}");
    let achieved = json["rate"]["achieved"].as_f64().unwrap();
    assert!(achieved <= 101.0, "{achieved}");
    let answers: u64 =
        json["histogram"].as_array().unwrap().iter().map(|it| it["count"].as_u64().unwrap()).sum();
    assert_eq!(answers, 200);
    let latency = |name: &str| json["latency_seconds"][name].as_f64().unwrap();
    let rising = ["p50", "p90", "p99", "p99.9", "max"].map(latency);
    assert!(rising.is_sorted() && rising[0] > 0.0, "{rising:?}");
}

/// One at a time, and each takes 100 ms: at 50 in a second the queue grows by 80 ms with each
/// delivery. Who measured from when each was really sent would see 100 ms throughout.
#[test]
fn waiting_to_be_sent_is_part_of_the_latency() {
    let wait = Duration::from_millis(100);
    let endpoint = Endpoint::start("claimport", move |_, _| Action::Later(wait, 200));
    let json = load(&endpoint, "50 --count 10 --in-flight 1").ok().json();
    assert_eq!(counts(&json), [10, 10, 10, 0, 0]);
    let slowest = json["latency_seconds"]["max"].as_f64().unwrap();
    assert!(slowest >= 0.8, "{slowest}");
    assert!(json["sent_late_seconds"].as_f64().unwrap() >= 0.7);
    assert!(json["rate"]["achieved"].as_f64().unwrap() < 12.0);
}

#[test]
fn no_more_are_under_way_than_allowed() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let arrived = Arc::new(AtomicUsize::new(0));
    let endpoint = Endpoint::start("claimport", {
        let arrived = Arc::clone(&arrived);
        move |_, _| {
            arrived.fetch_add(1, Ordering::Relaxed);
            Action::Later(Duration::from_secs(30), 200)
        }
    });
    let json = load(&endpoint, "200 --duration 0.5 --in-flight 7 --timeout 2");
    assert_eq!(json.exit, 1);
    let json = json.json();
    // What cannot be sent until the end and a second is not sent, and said so.
    assert_eq!(counts(&json), [100, 7, 0, 0, 7]);
    assert_eq!(json["deliveries"]["unsent"], 93);
    assert_eq!(json["deliveries"]["lost_by_cause"]["timeout"], 7);
    assert_eq!(arrived.load(Ordering::Relaxed), 7);
}

#[test]
fn refused_and_lost_are_counted_by_their_reasons() {
    let endpoint = Endpoint::start("claimport", |before, _| match before % 4 {
        0 => Action::Answer(200),
        1 => Action::Answer(500),
        2 => Action::Answer(302),
        _ => Action::Later(Duration::from_secs(30), 200),
    });
    let ran = load(&endpoint, "200 --count 40 --timeout 1");
    assert_eq!(ran.exit, 1);
    let json = ran.json();
    assert_eq!(counts(&json), [40, 40, 10, 20, 10]);
    assert_eq!(json["deliveries"]["refused_by_status"]["500"], 10);
    assert_eq!(json["deliveries"]["refused_by_status"]["302"], 10);
    assert_eq!(json["deliveries"]["lost_by_cause"]["timeout"], 10);
}

#[test]
fn people_get_tables() {
    let endpoint = Endpoint::honest("claimport");
    let said = run(&format!(
        "send {} --provider claimport --event claim.created --load 100 --count 20",
        endpoint.url()
    ))
    .ok()
    .stdout;
    for part in ["20 deliveries at 100.0 a second wanted", "accepted", "p99.9 ", "up to ", "####"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains("every delivery was accepted"), "{said}");
}

#[test]
fn an_endpoint_that_is_not_there_is_a_network_that_failed() {
    let ran = run(&format!(
        "send http://{}/ --provider kasko --event policy.created --load 100 --count 10 --json",
        nobody()
    ));
    assert_eq!(ran.exit, 4, "{ran:?}");
    assert_eq!(ran.json()["deliveries"]["lost_by_cause"]["connection_refused"], 10);
}

/// Unix alone has signals to send.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_load_and_says_what_was_counted() {
    use std::process::{Command, Stdio};

    let endpoint = Endpoint::honest("claimport");
    let url = endpoint.url();
    let mut command = crate::support::hookseal(["send", &url, "--provider", "claimport", "--json"]);
    let child = command
        .args(["--event", "claim.created", "--load", "50", "--duration", "600"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while endpoint.arrivals().len() < 10 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.exit, 1, "{ran:?}");
    let [planned, sent, accepted, ..] = counts(&ran.json());
    assert_eq!(planned, 30_000);
    assert!(sent >= 10 && sent == accepted && sent == endpoint.arrivals().len() as u64, "{sent}");
}
