//! What is made of the answers, and of none.

use std::time::{Duration, Instant};

use crate::endpoint::{Action, Endpoint, answering, hanging_up, nobody};
use crate::run;
use crate::support::SECRET;

const TO_KASKO: &str = "--provider kasko --event policy.created";

#[test]
fn redirects_are_failures_and_never_followed() {
    for provider in ["kasko --event policy.created", "claimport --event claim.created"] {
        let name = provider.split(' ').next().unwrap();
        for status in [301, 302, 303, 307, 308] {
            let target = Endpoint::honest(name);
            let to = target.url();
            let endpoint = Endpoint::start(name, {
                let to = to.clone();
                move |_, _| Action::Redirect(status, to.clone())
            });
            let ran = run(&format!("send {} --provider {provider} --no-retry", endpoint.url()));
            assert_eq!(ran.exit, 1, "{ran:?}");
            endpoint.arrival().seen();
            assert!(target.arrivals().is_empty());
            assert!(ran.stdout.contains(&format!("it redirects to {to}")), "{ran:?}");
            assert!(ran.stdout.contains(&status.to_string()) && ran.stdout.contains("failure"));
        }
    }
}

#[test]
fn not_modified_is_a_failure_as_kasko_says() {
    let endpoint = Endpoint::start("kasko", |_, _| Action::Answer(304));
    let json = run(&format!("send {} {TO_KASKO} --json", endpoint.url())).json();
    assert_eq!(json["attempts"][0]["status"], 304);
    assert_eq!(json["attempts"][0]["success"], false);
}

#[test]
fn an_assumed_rule_of_success_is_said_to_be_one() {
    let endpoint = Endpoint::start("coverkit", |_, _| Action::Answer(204));
    let said = run(&format!("send {} --provider coverkit --event claim.paid", endpoint.url())).ok();
    assert!(said.stdout.contains("that 2xx counts as success is assumed"), "{said:?}");
}

#[test]
fn an_endpoint_that_is_slow_fails_when_the_sender_stops_waiting() {
    let endpoint = Endpoint::start("github", |_, _| Action::Later(Duration::from_secs(20), 200));
    let start = Instant::now();
    let ran = run(&format!("send {} --provider github --event ping --json", endpoint.url()));
    // GitHub waits 10 seconds.
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(10) && took < Duration::from_secs(19), "{took:?}");
    assert_eq!(ran.exit, 1);
    let json = ran.json();
    assert_eq!(json["attempts"][0]["error"]["code"], "timeout");
    assert_eq!(
        (&json["terms"]["timeout_seconds"], &json["terms"]["timeout_assumed"]),
        (&10.0.into(), &false.into())
    );

    let endpoint = Endpoint::start("kasko", |_, _| Action::Later(Duration::from_secs(9), 200));
    let ran = run(&format!("send {} {TO_KASKO} --timeout 0.3", endpoint.url()));
    assert!(ran.stdout.contains("no answer came in 300 ms"), "{ran:?}");
    assert!(ran.stdout.contains("that an answer may take 300 ms is not KASKO's word"), "{ran:?}");
}

#[test]
fn an_answer_is_its_status_whatever_its_body_does() {
    // Says that more follows than ever comes.
    let address = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbeginning");
    run(&format!("send http://{address}/ {TO_KASKO} --timeout 2")).ok();
}

#[test]
fn every_way_to_get_no_answer_is_told_apart() {
    let cases = [
        (format!("http://{}/", hanging_up()), 1, "connection_closed", "before it answered"),
        (format!("http://{}/", answering(b"SSH-2.0-nothing\r\n")), 1, "not_http", "is no HTTP"),
        (format!("http://{}/", nobody()), 4, "connection_refused", "nothing listens at 127.0.0.1:"),
        ("http://nowhere.invalid/".to_owned(), 4, "dns", "nowhere.invalid cannot be found"),
        (format!("https://{}/", Endpoint::honest("kasko").address), 4, "tls", "does not speak TLS"),
    ];
    for (url, exit, code, message) in cases {
        let ran = run(&format!("send {url} {TO_KASKO} --json"));
        assert_eq!(ran.exit, exit, "{ran:?}");
        let json = ran.json();
        let error = &json["attempts"][0]["error"];
        assert_eq!(error["code"], code, "{error}");
        assert!(error["message"].as_str().unwrap().contains(message), "{error}");
        assert_eq!(json["attempts"][0]["success"], false);
    }
}

#[test]
fn what_an_endpoint_says_is_shown_without_secrets_and_without_driving_the_terminal() {
    let endpoint = Endpoint::start("kasko", |_, arrival| {
        let signature = arrival.header("x-kasko-signature");
        Action::Say(400, format!("\x1b[2J bad \u{7} signature {signature} for {SECRET}"))
    });
    let send = format!("send http://user:pass@{}/w?token=t0ken {TO_KASKO}", endpoint.address);
    for json in ["", " --json"] {
        let ran = run(&format!("{send}{json}"));
        assert_eq!(ran.exit, 1);
        assert!(ran.stdout.contains("bad signature [hidden] for [secret]"), "{ran:?}");
        let arrivals = endpoint.arrivals();
        let signature = arrivals.last().unwrap().header("x-kasko-signature");
        for hidden in [signature, &signature[5..], SECRET, "\u{1b}", "\u{7}", "pass", "t0ken"] {
            assert!(!format!("{ran:?}").contains(hidden), "{hidden}: {ran:?}");
        }
    }
}

#[test]
fn headers_are_shown_when_asked_for() {
    let endpoint = Endpoint::honest("kasko");
    let ran = run(&format!("send {} {TO_KASKO} --verbose", endpoint.url()));
    let arrival = endpoint.arrival();
    let signature = arrival.header("x-kasko-signature");
    assert!(ran.stderr.contains(&format!("> x-kasko-signature: {signature}\n")), "{ran:?}");
    assert!(!ran.stderr.contains(SECRET) && !ran.stdout.contains(signature));
}
