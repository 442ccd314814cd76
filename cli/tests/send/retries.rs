//! When it arrives again.

use crate::endpoint::{Action, Endpoint};
use crate::run;
use crate::support::Ran;

#[test]
fn an_endpoint_that_recovers_gets_the_same_delivery_again() {
    let endpoint =
        Endpoint::start("claimport", |before, _| Action::Answer([500, 503, 200][before.min(2)]));
    let ran = run(&format!(
        "send {} --provider claimport --event claim.created --speed 3000 --json",
        endpoint.url()
    ));
    assert_eq!(ran.exit, 0, "{ran:?}");
    let arrivals = endpoint.arrivals();
    assert_eq!(arrivals.len(), 3);
    let first = arrivals[0].seen();
    assert!(arrivals.iter().all(|arrival| arrival.seen() == first));
    assert!(arrivals.iter().all(|arrival| arrival.body == arrivals[0].body));

    let json = ran.json();
    assert_eq!(json["conclusion"]["message"], "delivered at attempt 3");
    let column = |key: &str| -> Vec<f64> {
        json["attempts"].as_array().unwrap().iter().map(|it| it[key].as_f64().unwrap()).collect()
    };
    assert_eq!(column("status"), [500.0, 503.0, 200.0]);
    assert_eq!(column("after_seconds"), [0.0, 300.0, 2100.0]);
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["progress"].as_str().unwrap().to_owned()
    };
    let lines: Vec<String> = ran.stderr.lines().map(line).collect();
    assert!(lines[0].starts_with("attempt 1 of 5: 500 Internal Server Error in "), "{ran:?}");
    assert!(lines[0].ends_with("the next one after 5 min, here 100 ms"), "{ran:?}");
    assert!(lines[1].ends_with("the next one after 30 min, here 600 ms"), "{ran:?}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_schedule_is_followed_to_its_end() {
    // How many deliveries each documentation makes of one that fails, and what then happens.
    let documented = [
        ("claimport", "claim.created", 5, "it is then disabled"),
        ("coverkit", "policy.created", 6, "it is then failed"),
        ("mycover", "claim.approved", 11, "no retry is left"),
        ("standard-webhooks", "contact.created", 10, "no retry is left"),
        ("github", "ping", 1, "no retry is left"),
        ("kasko", "policy.created", 1, "whether KASKO tries again is not documented"),
        ("stripe", "payment_intent.succeeded", 1, "whether Stripe tries again is not documented"),
    ];
    for (provider, event, times, conclusion) in documented {
        let endpoint = Endpoint::start(provider, |_, _| Action::Answer(500));
        let ran = run(&format!(
            "send {} --provider {provider} --event {event} --speed 1000000",
            endpoint.url()
        ));
        assert_eq!(ran.exit, 1, "{ran:?}");
        let arrivals = endpoint.arrivals();
        assert_eq!(arrivals.len(), times, "{provider}");
        assert!(arrivals.iter().all(|arrival| arrival.seen() == arrivals[0].seen()), "{provider}");
        assert!(ran.stdout.contains(conclusion), "{ran:?}");
        assert_eq!(ran.stderr.lines().count(), times - 1, "{ran:?}");
    }
}

#[test]
fn a_signed_timestamp_is_new_at_each_attempt_and_the_id_is_not() {
    for (provider, event, signature) in [
        ("stripe", "payment_intent.succeeded", "stripe-signature"),
        ("standard-webhooks", "contact.created", "webhook-signature"),
    ] {
        let endpoint = Endpoint::start(provider, |before, _| Action::Answer([500, 200][before]));
        let ran = run(&format!(
            "send {} --provider {provider} --event {event} --retry-after 1.1",
            endpoint.url()
        ));
        assert_eq!(ran.exit, 0, "{ran:?}");
        let arrivals = endpoint.arrivals();
        assert_eq!(arrivals[0].seen(), arrivals[1].seen());
        assert_ne!(arrivals[0].header(signature), arrivals[1].header(signature));
        assert!(ran.stdout.contains("when it is tried again is not"), "{ran:?}");
    }
}

fn failing(arguments: &str) -> (Endpoint, Ran) {
    let endpoint = Endpoint::start("claimport", |_, _| Action::Answer(500));
    let ran = run(&format!(
        "send {} --provider claimport --event claim.created --speed 100000 {arguments}",
        endpoint.url()
    ));
    assert_eq!(ran.exit, 1, "{ran:?}");
    (endpoint, ran)
}

#[test]
fn fewer_attempts_and_other_waits_can_be_asked_for() {
    let (endpoint, ran) = failing("--no-retry");
    assert_eq!(endpoint.arrivals().len(), 1);
    assert!(ran.stdout.contains("ClaimPort would try again after 5 min"), "{ran:?}");
    let (endpoint, ran) = failing("--attempts 2");
    assert_eq!(endpoint.arrivals().len(), 2);
    assert!(ran.stdout.contains("ClaimPort would try again after 30 min"), "{ran:?}");
    let (endpoint, ran) = failing("--retry-after 10,20 --json");
    assert_eq!(endpoint.arrivals().len(), 3);
    assert_eq!(ran.json()["terms"]["retries_assumed"], true);
}

#[test]
fn an_answer_that_asks_to_stop_ends_it() {
    let endpoint = Endpoint::start("standard-webhooks", |_, _| Action::Answer(410));
    let ran = run(&format!(
        "send {} --provider standard-webhooks --event contact.created --json",
        endpoint.url()
    ));
    assert_eq!((ran.exit, endpoint.arrivals().len()), (1, 1), "{ran:?}");
    assert_eq!(ran.json()["conclusion"]["code"], "stopped");
}

/// On a terminal, as `script` makes one, it counts down; elsewhere each line stays.
#[cfg(target_os = "linux")]
#[test]
fn the_next_attempt_is_counted_down_on_a_terminal() {
    use std::io::{Read as _, Write as _};
    use std::process::{Command, Stdio};

    let endpoint = Endpoint::start("claimport", |_, _| Action::Answer(500));
    // A shell that waits for the command would be ended by the same Ctrl-C, and answer for it.
    let command = format!(
        "exec {} send {} --provider claimport --event claim.created",
        env!("CARGO_BIN_EXE_hookseal"),
        endpoint.url()
    );
    let mut script = Command::new("script");
    script.args(["-qec", &command, "/dev/null"]);
    script.stdin(Stdio::piped()).stdout(Stdio::piped());
    script.env("HOOKSEAL_SECRET", crate::support::SECRET);
    let mut child = script.env("TERM", "xterm").env("NO_COLOR", "1").spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let (mut shown, mut part) = (String::new(), [0; 1024]);
    let mut read = || {
        let length = stdout.read(&mut part).unwrap();
        shown.push_str(std::str::from_utf8(&part[..length]).unwrap());
        (length, shown.clone())
    };
    while read().1.matches("\r\u{1b}[Kattempt 2 of 5 in ").count() < 2 {}
    // Ctrl-C, as it is typed.
    child.stdin.as_mut().unwrap().write_all(b"\x03").unwrap();
    while read().0 > 0 {}
    assert_eq!(child.wait().unwrap().code(), Some(1), "{shown}");
    assert!(shown.contains("the next one after 5 min\r\n"), "{shown:?}");
    assert!(shown.ends_with("ClaimPort does not say so\r\n"), "{shown:?}");
}

/// Unix alone has signals to send.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_waiting_and_says_what_was_seen() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};

    let endpoint = Endpoint::start("claimport", |_, _| Action::Answer(500));
    let url = endpoint.url();
    let mut child = crate::support::hookseal(["send", &url, "--provider", "claimport", "--event"])
        .arg("claim.created")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It is said that it waits, once the answer is read.
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.ends_with("the next one after 5 min\n"), "{said}");
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.exit, 1, "{ran:?}");
    assert!(ran.stdout.contains("ClaimPort would try again after 5 min"), "{ran:?}");
}
