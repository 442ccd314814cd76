//! What the page lets one do: replay, search and clear.

use std::io::BufReader;
use std::time::{Duration, SystemTime};

use hookseal::{SignOptions, Webhook};
use serde_json::{Value, json};

use super::kit::{Answered, Listener, curl, deliver, events, post, send, signed};
use super::support::{SECRET, hookseal};
use super::target::Target;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const UNAUTHORIZED: &str =
    "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Asks for a change as the page does.
fn change(listener: &Listener, path: &str) -> Answered {
    let origin = format!("Origin: {}", listener.url().trim_end_matches('/'));
    let url = format!("{}~hookseal/{path}", listener.url());
    curl(&url, &["-X", "POST", "-H", &origin, "-H", "Sec-Fetch-Site: same-origin"], "")
}

fn get(listener: &Listener, path: &str) -> Answered {
    curl(&format!("{}~hookseal/{path}", listener.url()), &[], "")
}

fn found(listener: &Listener, query: &str) -> Value {
    let answer = get(listener, &format!("search?text={query}"));
    serde_json::from_str::<Value>(&answer.body).unwrap()["numbers"].take()
}

#[test]
fn a_replay_reaches_the_application_as_the_delivery_did() {
    let target = Target::answering(OK);
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    let body = "{ \"a\":1.0,\r\n\"é\":2}";
    deliver(&format!("{}in?a=b", listener.url()), "policy.created", body);
    assert!(listener.line()["replay_of"].is_null());
    let (mut head, first) = target.request();
    assert_eq!(change(&listener, "deliveries/1/replay").status, 200);
    let line = listener.line();
    assert_eq!((&line["delivery"], &line["replay_of"]), (&json!(2), &json!(1)));
    assert_eq!((&line["verified"], &line["answer"]["status"]), (&json!(true), &json!(200)));
    let (mut again, second) = target.request();
    assert_eq!(first, second);
    // What HTTP does not tell apart.
    for line in head.iter_mut().chain(&mut again).skip(1) {
        *line =
            line.split_once(':').map_or(line.clone(), |(n, v)| format!("{}:{v}", n.to_lowercase()));
    }
    assert_eq!(head.remove(0), "POST /in?a=b HTTP/1.1");
    again.remove(0);
    head.sort();
    again.sort();
    assert_eq!(head, again);
    // A replay is no delivery from outside.
    listener.signal("INT");
    assert_eq!(listener.ended().0["ended"]["verified"], 1);
}

#[test]
fn a_delivery_whose_time_is_too_old_by_now_is_signed_anew() {
    let target = Target::answering(OK);
    let listen =
        format!("listen --json --port 0 -p stripe --tolerance 2 --forward {}", target.url(""));
    let listener = Listener::start(&mut hookseal(listen.split(' ')));
    let webhook = Webhook::new("stripe", [SECRET]).unwrap();
    let body = r#"{"id":"evt_1","type":"a.b","data":{"object":{}}}"#;
    // One that is taken: on a slow machine the first may be too old when it arrives.
    let number = (1_u64..100)
        .find(|number| {
            // A little ahead, so that there is time for it to arrive.
            let ahead = SystemTime::now() + Duration::from_secs(1);
            let headers = webhook.sign(body, &SignOptions::new().timestamp(ahead)).unwrap();
            post(listener.url(), &headers, body);
            target.request();
            let line = listener.line();
            assert_eq!(line["delivery"], *number);
            line["verified"] == true
        })
        .unwrap();
    let said = loop {
        change(&listener, &format!("deliveries/{number}/replay"));
        let (head, sent) = target.request();
        assert_eq!(sent, body.as_bytes());
        let line = listener.line();
        let detail = get(&listener, &format!("deliveries/{}", line["delivery"])).body;
        if detail.contains("signed anew") {
            break head;
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    assert!(
        said.iter().any(|line| line.to_lowercase().starts_with("stripe-signature: t=")),
        "{said:?}"
    );
}

#[test]
fn without_an_application_it_is_verified_again() {
    let listener = Listener::kasko("");
    deliver(listener.url(), "policy.created", "{}");
    listener.line();
    curl(listener.url(), &["--data-binary", "@-"], "forged");
    listener.line();
    for (number, is_genuine) in [(1, true), (2, false)] {
        assert_eq!(change(&listener, &format!("deliveries/{number}/replay")).status, 200);
        let line = listener.line();
        assert_eq!((&line["replay_of"], &line["verified"]), (&json!(number), &json!(is_genuine)));
    }
    assert_eq!(change(&listener, "deliveries/99/replay").status, 404);
    assert_eq!(change(&listener, "deliveries/x/replay").status, 404);
    // Of one that was too large nothing is there.
    let listener = Listener::kasko("--max-body 10");
    curl(listener.url(), &["--data-binary", "@-"], "x".repeat(100));
    listener.line();
    assert_eq!(change(&listener, "deliveries/1/replay").status, 404);
    let detail: Value = serde_json::from_str(&get(&listener, "deliveries/1").body).unwrap();
    assert_eq!(detail["replayable"], false);
}

#[test]
fn nobody_but_the_page_changes_anything() {
    let target = Target::answering(OK);
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    deliver(listener.url(), "policy.created", "{}");
    listener.line();
    target.request();
    for path in ["deliveries/1/replay", "clear"] {
        let url = format!("{}~hookseal/{path}", listener.url());
        let own = format!("Origin: {}", listener.url().trim_end_matches('/'));
        for headers in [
            &[][..],
            &["Origin: https://example.com"],
            &["Origin: null"],
            &[own.as_str(), "Sec-Fetch-Site: cross-site"],
            &[own.as_str(), "Host: example.com"],
            &[own.as_str(), "X-Forwarded-For: 203.0.113.9"],
        ] {
            let mut arguments = vec!["-X", "POST"];
            arguments.extend(headers.iter().flat_map(|header| ["-H", header]));
            assert_eq!(curl(&url, &arguments, "").status, 403, "{path} {headers:?}");
        }
        // By a link neither.
        assert_eq!(curl(&url, &[], "").status, 404, "{path}");
    }
    assert_eq!(get(&listener, "deliveries/1").status, 200);
    // The port of deliveries takes it for one.
    let listener = Listener::kasko("--page-port 0");
    assert_eq!(change(&listener, "clear").status, 403);
    assert_eq!(
        post(&format!("{}~hookseal/clear", listener.url()), &signed("a.b", b"{}"), "{}").status,
        204
    );
}

#[test]
fn what_is_searched_for_is_found_wherever_the_page_shows_it() {
    let listener = Listener::kasko("");
    deliver(
        &format!("{}in?tenant=7&token=hunter2", listener.url()),
        "policy.created",
        r#"{"name":"Zoë ☂"}"#,
    );
    deliver(listener.url(), "offer.created", r#"{"name":"Jane"}"#);
    curl(listener.url(), &["--data-binary", "@-", "-H", "X-Api-Key: hunter2"], "not json: JANE");
    for _ in 0..3 {
        listener.line();
    }
    for (text, expected) in [
        ("jane", json!([2, 3])),
        ("ZO%C3%8B+%E2%98%82", json!([1])),
        ("offer", json!([2])),
        ("tenant%3D7", json!([1])),
        ("missing_header", json!([3])),
        ("x-kasko-event", json!([1, 2])),
        ("nothing+like+it", json!([])),
        ("hunter2", json!([])),
        ("sha1%3D", json!([])),
        ("", json!([1, 2, 3])),
    ] {
        assert_eq!(found(&listener, text), expected, "{text}");
    }
}

#[test]
fn what_is_cleared_is_gone_from_every_page() {
    let listener = Listener::kasko("");
    for name in ["a.one", "b.two"] {
        deliver(listener.url(), name, "{}");
        listener.line();
    }
    let open = || {
        let request = b"GET /~hookseal/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        BufReader::new(send(listener.address(), request))
    };
    let mut page = open();
    events(&mut page, "event: ready");
    assert_eq!(change(&listener, "clear").status, 200);
    events(&mut page, "event: cleared");
    assert_eq!(events(&mut page, "data: "), ["data: {\"up_to\":2}"]);
    assert_eq!(get(&listener, "deliveries/1").status, 404);
    assert_eq!(found(&listener, "one"), json!([]));
    deliver(listener.url(), "c.three", "{}");
    // Numbers go on, so that none means two deliveries.
    assert_eq!(listener.line()["delivery"], 3);
    let lines = events(&mut open(), "event: ready");
    assert_eq!(lines.iter().filter(|line| *line == "event: delivery").count(), 1);
}

#[test]
fn a_genuine_delivery_that_the_application_refuses_is_told_as_such() {
    let target = Target::answering(UNAUTHORIZED);
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 401);
    let line = listener.line();
    assert_eq!(line["verified"], true);
    let advice = line["answer"]["advice"].as_str().unwrap();
    assert!(
        advice.starts_with("your application answered 401: the signature is right here"),
        "{advice}"
    );
    let detail: Value = serde_json::from_str(&get(&listener, "deliveries/1").body).unwrap();
    assert_eq!(detail["advice"], advice);
    // Of a forgery it is no wonder.
    curl(listener.url(), &["--data-binary", "@-"], "forged");
    assert!(listener.line()["answer"]["advice"].is_null());
    // What is not the application's own answer is said already.
    let listener = Listener::kasko("--forward http://127.0.0.1:9");
    deliver(listener.url(), "policy.created", "{}");
    assert!(listener.line()["answer"]["advice"].is_null());
}
