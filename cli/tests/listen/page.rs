//! The page, as HTTP sees it. What a browser makes of it is tested with one.

use std::io::BufReader;

use super::kit::{Answered, Listener, curl, deliver, events, send};

const HTML: &str = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

fn get(url: &str, headers: &[&str]) -> Answered {
    let arguments: Vec<&str> = headers.iter().flat_map(|header| ["-H", *header]).collect();
    curl(url, &arguments, "")
}

#[test]
fn only_browsers_are_shown_the_page() {
    let listener = Listener::kasko("");
    assert_eq!(listener.page(), Some(listener.url()));
    let page = get(listener.url(), &[HTML]);
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.body.starts_with("<!doctype html>"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(page.header(name), Some(value));
    }
    assert_eq!(page.header("access-control-allow-origin"), None);
    // Without a word of what can be found elsewhere.
    assert!(!page.body.replace("http://www.w3.org/2000/svg", "").contains("//www."));
    assert_eq!(get(listener.url(), &[]).status, 405);
    assert_eq!(get(&format!("{}other", listener.url()), &[HTML]).status, 405);
}

#[test]
fn other_names_and_sites_and_proxies_are_refused() {
    let listener = Listener::kasko("");
    deliver(listener.url(), "policy.created", r#"{"name":"Jane"}"#);
    listener.line();
    for path in ["", "~hookseal/events", "~hookseal/deliveries/1", "~hookseal/other"] {
        for header in [
            "Host: example.com",
            "Host: localhost.example.com",
            "X-Forwarded-For: 203.0.113.9",
            "Sec-Fetch-Site: cross-site",
        ] {
            let answer = get(&format!("{}{path}", listener.url()), &[HTML, header]);
            assert_eq!(answer.status, 403, "{path} {header}");
            assert!(!answer.body.contains("Jane"));
            assert!(answer.header("content-security-policy").is_some());
        }
    }
    for host in ["Host: localhost", "Host: 127.0.0.1:1", "Host: [::1]:80"] {
        assert_eq!(get(listener.url(), &[HTML, host]).status, 200);
    }
    // A tunnel's name is no reason to refuse a delivery.
    let host = ["--data-binary", "@-", "-H", "Host: hooks.example.com"];
    assert_eq!(curl(listener.url(), &host, "{}").status, 401);
}

#[test]
fn it_can_have_a_port_of_its_own_or_none() {
    let listener = Listener::kasko("--page-port 0");
    let page = listener.page().unwrap().to_owned();
    assert_ne!(page, listener.url());
    assert_eq!(get(&page, &[HTML]).status, 200);
    assert_eq!(get(listener.url(), &[HTML]).status, 405);
    assert_eq!(get(&format!("{}~hookseal/events", listener.url()), &[]).status, 405);
    assert_eq!(deliver(&page, "policy.created", "{}").status, 404);
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    listener.line();
    assert_eq!(get(&format!("{page}~hookseal/deliveries/1"), &[]).status, 200);
    assert_eq!(get(&format!("{page}~hookseal/deliveries/2"), &[]).status, 404);

    let listener = Listener::kasko("--no-page");
    assert_eq!(listener.page(), None);
    assert_eq!(get(listener.url(), &[HTML]).status, 405);
}

#[test]
fn a_page_is_told_what_it_missed() {
    let listener = Listener::kasko("");
    let open = |header: &str| {
        let request = format!("GET /~hookseal/events HTTP/1.1\r\nHost: localhost\r\n{header}\r\n");
        let stream = send(listener.address(), request.as_bytes());
        BufReader::new(stream)
    };
    let count = |lines: &[String]| lines.iter().filter(|line| *line == "event: delivery").count();
    for number in 1..=3 {
        deliver(listener.url(), &format!("n.{number}"), "{}");
        listener.line();
    }
    let mut stream = open("");
    let lines = events(&mut stream, "event: ready");
    assert_eq!(count(&lines), 3);
    let ids: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("id: ")).collect();
    deliver(listener.url(), "n.4", "{}");
    listener.line();
    assert_eq!(count(&events(&mut stream, "event: delivery")), 1);
    drop(stream);
    // As a browser asks that was away.
    let lines = events(&mut open(&format!("Last-Event-ID: {}\r\n", ids[1])), "event: ready");
    assert_eq!(count(&lines), 2);
    let lines = events(&mut open("Last-Event-ID: another-2\r\n"), "event: ready");
    assert_eq!(count(&lines), 4);
}

#[test]
fn no_more_pages_are_open_than_can_be_served() {
    let listener = Listener::kasko("");
    let request = b"GET /~hookseal/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let open: Vec<_> = (0..32)
        .map(|_| {
            let mut stream = BufReader::new(send(listener.address(), request));
            events(&mut stream, "event: ready");
            stream
        })
        .collect();
    let url = format!("{}~hookseal/events", listener.url());
    assert_eq!(get(&url, &[]).status, 503);
    assert_eq!(deliver(listener.url(), "policy.created", "{}").status, 204);
    drop(open);
}
