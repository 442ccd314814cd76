//! Requests of web pages, which are kept out.

use super::kit::{Answered, Listener, curl, deliver, rest, send, signed};
use super::target::Target;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret";

/// Delivers something genuine with further headers.
fn post_with(url: &str, headers: &[&str]) -> Answered {
    let signed = signed("policy.created", b"{}");
    let signed: Vec<_> = signed.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let all = signed.iter().map(String::as_str).chain(headers.iter().copied());
    let arguments = ["--data-binary", "@-"].into_iter().chain(all.flat_map(|it| ["-H", it]));
    curl(url, &arguments.collect::<Vec<_>>(), "{}")
}

/// What a page of another site can have a browser send: under its own name, which it has made mean
/// this machine, or across sites.
const OF_WEB_PAGES: [(&[&str], &str); 7] = [
    (&["Host: evil.example"], "host_not_allowed"),
    (&["Host: evil.example:4665", "Origin: http://evil.example:4665"], "cross_site"),
    (&["Host: 127.0.0.1.evil.example"], "host_not_allowed"),
    (&["Host: localhost.evil.example"], "host_not_allowed"),
    (&["Origin: http://evil.example", "Sec-Fetch-Site: cross-site"], "cross_site"),
    (&["Origin: null"], "cross_site"),
    (&["Sec-Fetch-Site: same-origin"], "cross_site"),
];

/// What is told of first is what was taken in first.
fn takes_first(listener: &Listener) {
    deliver(listener.url(), "policy.created", "{\"first\":1}");
    assert_eq!(listener.line()["event"]["data"]["first"], 1);
}

#[test]
fn what_a_web_page_sends_is_not_passed_on() {
    let target = Target::answering(OK);
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    for (headers, code) in OF_WEB_PAGES {
        let answer = post_with(listener.url(), headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert_eq!(answer.body, format!(r#"{{"error":"{code}"}}"#), "{headers:?}");
        for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
            let headers: Vec<_> = headers.iter().flat_map(|header| ["-H", *header]).collect();
            let arguments = [&["--request", method], &headers[..]].concat();
            let answer = curl(&format!("{}admin/.env", listener.url()), &arguments, "");
            assert_eq!(answer.status, 403, "{method} {headers:?}");
            assert!(!answer.body.contains("secret"));
        }
    }
    // Two hosts, one in the target beside another in `Host`, and none.
    for head in [
        "POST / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
        "POST http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n",
        "POST / HTTP/1.0\r\n",
    ] {
        let request = format!("{head}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        let answer = rest(send(listener.address(), request.as_bytes()));
        assert!(answer.contains(" 403 Forbidden\r\n"), "{answer}");
    }
    takes_first(&listener);
    assert_eq!(target.request().1, b"{\"first\":1}");
}

/// Without a target there is nothing to be read in the answers, whatever the name.
#[test]
fn what_a_web_page_sends_is_not_taken() {
    let listener = Listener::kasko("");
    for (headers, code) in OF_WEB_PAGES.into_iter().filter(|(_, code)| *code == "cross_site") {
        let answer = post_with(listener.url(), headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert_eq!(answer.body, format!(r#"{{"error":"{code}"}}"#), "{headers:?}");
    }
    takes_first(&listener);
    assert_eq!(post_with(listener.url(), &["Host: hooks.example.com"]).status, 204);
}

#[test]
fn a_tunnels_name_has_to_be_allowed_and_the_terminal_says_so() {
    let target = Target::answering(OK);
    let forward = format!("--forward {}", target.url(""));
    let listener = Listener::kasko(&forward);
    assert_eq!(post_with(listener.url(), &["Host: hooks.example.com"]).status, 403);
    assert_eq!(post_with(listener.url(), &["Host: hooks.example.com"]).status, 403);
    let note = listener.note();
    assert!(note.contains("`--allow-host hooks.example.com`"), "{note}");

    let allowed = "--allow-host hooks.example.com --allow-host other.example";
    let listener = Listener::kasko(&format!("{forward} {allowed}"));
    for host in ["Host: hooks.example.com", "Host: HOOKS.example.com:443", "Host: other.example"] {
        // As tunnels and proxies pass it on.
        let proxied = [host, "X-Forwarded-For: 203.0.113.9", "Via: 1.1 x"];
        assert_eq!(post_with(listener.url(), &proxied).status, 200, "{host}");
    }
    // An address cannot be made to mean another one.
    assert_eq!(post_with(listener.url(), &["Host: 203.0.113.9"]).status, 200);
    assert_eq!(post_with(listener.url(), &["Host: elsewhere.example"]).status, 403);
    // The page is shown under no such name.
    let html = ["-H", "Accept: text/html", "-H", "Host: hooks.example.com"];
    assert_eq!(curl(listener.url(), &html, "").status, 403);
}

/// A notice holds what a sender wrote.
#[test]
fn a_notice_drives_no_terminal() {
    let target = Target::answering(OK);
    let listener = Listener::kasko(&format!("--forward {}", target.url("")));
    let host = "Host: \u{202e}\u{3164}evil";
    assert_eq!(post_with(listener.url(), &[host]).status, 403);
    let origin = "Origin: http://\u{202e}\u{200b}evil.example";
    assert_eq!(post_with(listener.url(), &[origin]).status, 403);
    for _ in 0..2 {
        let note = listener.note();
        assert!(note.is_ascii(), "{note}");
    }
}
