//! A constant rate, and what is counted.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;

use crate::endpoint::{Action, Endpoint, answering_by_number, nobody};
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
fn as_many_as_wanted_arrive_and_never_faster_than_wanted() {
    let endpoint = Endpoint::honest("claimport");
    // All may wait at once, so that none is too late to be sent, however slow the machine is.
    let json = load(&endpoint, "200 --duration 1 --in-flight 200").ok().json();
    assert_eq!(counts(&json), [200, 200, 200, 0, 0]);
    let arrivals = endpoint.arrivals();
    let ids: HashSet<_> = arrivals.iter().map(|arrival| arrival.seen().id.clone()).collect();
    assert_eq!((arrivals.len(), ids.len()), (200, 200));
    let achieved = json["rate"]["achieved"].as_f64().unwrap();
    assert!(achieved > 0.0 && achieved <= 200.001, "{achieved}");
    let answers: u64 =
        json["histogram"].as_array().unwrap().iter().map(|it| it["count"].as_u64().unwrap()).sum();
    assert_eq!(answers, 200);
    let latency = |name: &str| json["latency_seconds"][name].as_f64().unwrap();
    let rising = ["p50", "p90", "p99", "p99.9", "max"].map(latency);
    assert!(rising.is_sorted() && rising[0] > 0.0, "{rising:?}");
}

/// When each is sent, and what the queue does to the latencies, is tested beside the code, on a clock
/// of the tests' own.
#[test]
fn no_more_are_under_way_than_allowed() {
    let endpoint = Endpoint::start("claimport", |_, _| Action::Never);
    let json = load(&endpoint, "200 --duration 0.5 --in-flight 7 --timeout 2");
    assert_eq!(json.exit, 1);
    let json = json.json();
    // What cannot be sent until the end and a second is not sent, and said so.
    assert_eq!(counts(&json), [100, 7, 0, 0, 7]);
    assert_eq!(json["deliveries"]["unsent"], 93);
    assert_eq!(json["deliveries"]["lost_by_cause"]["timeout"], 7);
    assert!(endpoint.arrivals().len() <= 7);
}

#[test]
fn refused_and_lost_are_counted_by_their_reasons() {
    let address = answering_by_number(|number| match number % 4 {
        0 => b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        1 => b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        2 => b"HTTP/1.1 302 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        _ => b"",
    });
    let ran = run(&format!(
        "send http://{address}/ --provider claimport --event claim.created --json --load 200 --count 40"
    ));
    assert_eq!(ran.exit, 1);
    let json = ran.json();
    assert_eq!(counts(&json), [40, 40, 10, 20, 10]);
    assert_eq!(json["deliveries"]["refused_by_status"]["500"], 10);
    assert_eq!(json["deliveries"]["refused_by_status"]["302"], 10);
    assert_eq!(json["deliveries"]["lost_by_cause"]["connection_closed"], 10);
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
