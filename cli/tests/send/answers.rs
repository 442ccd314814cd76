//! What is made of the answers, and of none.

use crate::endpoint::{Action, Endpoint, answering, hanging_up, nobody};
use crate::run;
use crate::support::SECRET;

/// What a terminal obeys, and what hides or turns round other text: one of each kind.
const HIDING: &str = "\u{7}\u{7f}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180e}\u{200b}\
    \u{200e}\u{202e}\u{2060}\u{2066}\u{2800}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{fffb}\u{1bca0}\u{1d173}\u{e0001}\u{e0100}";

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
    let endpoint = Endpoint::start("github", |_, _| Action::Answer(200));
    let send = format!("send {} --provider github --event ping --json", endpoint.url());
    let terms = run(&send).ok().json()["terms"].take();
    // GitHub waits 10 seconds.
    assert_eq!(
        (&terms["timeout_seconds"], &terms["timeout_assumed"]),
        (&10.0.into(), &false.into())
    );

    let endpoint = Endpoint::start("kasko", |_, _| Action::Never);
    let ran = run(&format!("send {} {TO_KASKO} --timeout 0.3", endpoint.url()));
    assert_eq!(ran.exit, 1);
    assert!(ran.stdout.contains("no answer came in 300 ms"), "{ran:?}");
    assert!(ran.stdout.contains("that an answer may take 300 ms is not KASKO's word"), "{ran:?}");
    let ran = run(&format!("send {} {TO_KASKO} --timeout 0.3 --json", endpoint.url()));
    assert_eq!(ran.json()["attempts"][0]["error"]["code"], "timeout");
}

#[test]
fn an_answer_is_its_status_whatever_its_body_does() {
    // Says that more follows than ever comes.
    let address = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbeginning");
    run(&format!("send http://{address}/ {TO_KASKO}")).ok();
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
        Action::Say(400, format!("\x1b[2J {HIDING} bad signature {signature} for {SECRET}"))
    });
    let send = format!("send http://user:pass@{}/w?token=t0ken {TO_KASKO}", endpoint.address);
    for json in ["", " --json"] {
        let ran = run(&format!("{send}{json}"));
        assert_eq!(ran.exit, 1);
        assert!(ran.stdout.contains("bad signature [hidden] for [secret]"), "{ran:?}");
        let arrivals = endpoint.arrivals();
        let signature = arrivals.last().unwrap().header("x-kasko-signature");
        let all = format!("{}{}", ran.stdout, ran.stderr);
        for hidden in [signature, &signature[5..], SECRET, "pass", "t0ken"] {
            assert!(!all.contains(hidden), "{hidden}: {ran:?}");
        }
        let is_bad = |character: char| HIDING.contains(character) || character == '\u{1b}';
        assert_eq!(all.find(is_bad), None, "{ran:?}");
        let first = if json.is_empty() {
            r"\u{1b}[2J \u{7}\u{7f}\u{9b}"
        } else {
            r"\u001b[2J \u0007\u007f\u009b"
        };
        assert!(all.contains(first), "{ran:?}");
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
