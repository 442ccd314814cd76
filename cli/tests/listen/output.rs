//! What is printed.

use std::process::Stdio;

use hookseal::{SignOptions, Webhook};

use super::kit::{Listener, deliver, post, signed, wait};
use super::support::{SECRET, hookseal};

/// What a listener prints for people, until it has had so many deliveries.
fn printed(arguments: &str, count: usize, deliveries: impl FnOnce(&str)) -> (String, String) {
    let all = format!("listen --port 0 --count {count} {arguments}");
    let mut command = hookseal(all.split_whitespace());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stderr = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains("Ctrl-C") {
        assert!(std::io::BufRead::read_line(&mut stderr, &mut said).unwrap() > 0, "{said}");
    }
    let url = said.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    deliveries(url);
    wait(&mut child);
    let mut stdout = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().unwrap(), &mut stdout).unwrap();
    std::io::Read::read_to_string(&mut stderr, &mut said).unwrap();
    (stdout, said)
}

#[test]
fn a_delivery_is_laid_out_for_people() {
    let (stdout, stderr) = printed("--provider kasko", 2, |url| {
        let url = format!("{url}hook");
        deliver(
            &url,
            "policy.created",
            r#"{"id":"p1","livemode":false,"n":[1.0,9007199254740993]}"#,
        );
        post(&url, &signed("policy.created", b"{}"), "{ }");
    });
    let lines: Vec<&str> = stdout.lines().collect();
    assert!(lines[0].starts_with("✓ policy.created  type not signed  test  #1  "), "{stdout}");
    assert!(lines[0].ends_with("Z  POST /hook  55 B  → 204"), "{stdout}");
    assert_eq!(
        lines[1..14],
        [
            "  id          d-1  not signed",
            "  test        it is about test data",
            lines[3],
            "  {",
            "    \"id\": \"p1\",",
            "    \"livemode\": false,",
            "    \"n\": [",
            "      1.0,",
            "      9007199254740993",
            "    ]",
            "  }",
            "",
            lines[13],
        ]
    );
    assert!(lines[3].starts_with("  dedupe key  kasko:policy.created:"), "{stdout}");
    assert!(lines[13].starts_with("✗ signature_mismatch  #2  "), "{stdout}");
    assert!(lines[13].ends_with("→ 401"), "{stdout}");
    assert!(lines[14].starts_with("  the signature does not match for the secret"), "{stdout}");
    assert!(stderr.contains("Listening for KASKO at http://127.0.0.1:"), "{stderr}");
    assert!(
        stderr.ends_with("2 deliveries: 1 verified, 1 refused (1 signature_mismatch)\n"),
        "{stderr}"
    );
}

#[test]
fn a_terminal_obeys_nothing_that_a_sender_wrote() {
    let (stdout, _) = printed("--provider claimport --color always", 3, |url| {
        let webhook = Webhook::new("claimport", [SECRET]).unwrap();
        let body = "{\"type\":\"\\u001b]0;x\\u0007\u{9b}2J\",\"id\":\"\\r\\n\u{202e}\",\
                    \"data\":{\"\u{9b}31mkey\":\"\u{202e}\u{7f}\u{85}\u{200b}x\"}}";
        let headers = webhook.sign(body, &SignOptions::new()).unwrap();
        assert_eq!(post(url, &headers, body).status, 204);
        post(url, &headers, "\u{1b}[2J");
        post(&format!("{url}%1b?\u{202e}"), &headers, body);
    });
    // All that is left are our own colours.
    let rest = stdout.split('\u{1b}').skip(1).map(|part| part.split_once('m').unwrap());
    assert!(rest.clone().count() > 6);
    for (code, _) in rest {
        assert!(
            code.starts_with('[') && code[1..].bytes().all(|b| b.is_ascii_digit() || b == b';')
        );
    }
    let is_bad =
        |c: char| (c.is_control() && !"\n\u{1b}".contains(c)) || "\u{202e}\u{200b}".contains(c);
    assert_eq!(stdout.chars().find(|c| is_bad(*c)), None, "{stdout:?}");
    assert!(stdout.contains(r"\u{1b}]0;x\u{7}\u{9b}2J"), "{stdout}");
    assert!(stdout.contains(r"\u{d}\u{a}\u{202e}"), "{stdout}");
    assert!(stdout.contains(r#""\u009b31mkey": "\u202e\u007f\u0085\u200bx""#), "{stdout}");
}

#[test]
fn a_moment_that_cannot_be_written_is_none() {
    let listener =
        Listener::start(&mut hookseal("listen --json --port 0 --provider claimport".split(' ')));
    let webhook = Webhook::new("claimport", [SECRET]).unwrap();
    for _ in 0..2 {
        let body = r#"{"type":"a","timestamp":"9999-12-31T23:59:59-23:59"}"#;
        let headers = webhook.sign(body, &SignOptions::new()).unwrap();
        assert_eq!(post(listener.url(), &headers, body).status, 204);
        let line = listener.line();
        assert_eq!((&line["verified"], &line["event"]["created_at"]), (&true.into(), &().into()));
    }
}

#[test]
fn each_delivery_is_one_line_of_json() {
    let listener = Listener::kasko("");
    let body = "{\n  \"big\": 123456789012345678901234567890,\r\n  \"exact\": 1.10,\n\t\"t\": \"a\\nb\"\n}";
    deliver(listener.url(), "policy.created", body);
    let line = listener.line();
    assert_eq!(line["delivery"], 1);
    assert_eq!(line["event"]["type"], "policy.created");
    assert_eq!(line["event"]["unsigned"], serde_json::json!(["type", "id"]));
    assert_eq!(line["event"]["data"]["t"], "a\nb");
    assert_eq!(
        line["answer"],
        serde_json::json!({"status": 204, "from": null, "milliseconds": null, "failure": null, "advice": null})
    );
    let at = line["received_at"].as_str().unwrap();
    assert!(at.len() <= 24 && at.ends_with('Z'), "{at}");
    // Digits that no floating-point number holds.
    let listener = Listener::kasko("--count 1");
    deliver(listener.url(), "policy.created", body);
    assert!(listener.raw_line().contains("\"big\": 123456789012345678901234567890"));
}

#[test]
fn what_does_not_verify_is_explained() {
    let sent = r#"{"id":"p1","n":[1,2]}"#;
    let came = r#"{"id": "p1", "n": [1, 2]}"#;
    let (stdout, _) = printed("--provider kasko", 1, |url| {
        post(url, &signed("policy.created", sent.as_bytes()), came);
    });
    for part in
        ["body_reserialised  proven", "  what  The body was parsed", "  fix   Verify the raw"]
    {
        assert!(stdout.contains(part), "{part} in {stdout}");
    }
    let listener = Listener::kasko("");
    post(listener.url(), &signed("policy.created", sent.as_bytes()), came);
    let explanation = listener.line()["error"]["explanation"].take();
    assert_eq!(explanation["findings"][0]["code"], "body_reserialised");
    assert_eq!(explanation["findings"][0]["proven"], true);
    // A forgery has no cause to be found.
    post(listener.url(), &signed("policy.created", b"{}"), sent);
    let explanation = listener.line()["error"]["explanation"].take();
    assert_eq!(explanation["findings"], serde_json::json!([]));
    assert!(!explanation["ruled_out"].as_array().unwrap().is_empty());
}

#[test]
fn neither_secrets_nor_signatures_are_printed() {
    let body = "{\"a\":1}";
    let headers = signed("policy.created", body.as_bytes());
    let signature = headers.iter().find(|(name, _)| name == "X-KASKO-Signature").unwrap().1.clone();
    let mut more = headers.clone();
    more.push(("Authorization".to_owned(), "Basic c2VjcmV0".to_owned()));
    let send = |url: &str| {
        let url = format!("{url}?token=abcdef");
        post(&url, &more, body);
        post(&url, &more, "{}");
    };
    let (stdout, stderr) = printed("--provider kasko", 2, send);
    let listener = Listener::kasko("");
    send(listener.url());
    let all = [stdout, stderr, listener.raw_line(), listener.raw_line()].join("\n");
    for hidden in [SECRET, &signature, &signature[5..], "c2VjcmV0", "abcdef"] {
        assert!(!all.contains(hidden), "{hidden}");
    }
    assert!(all.contains(r#"["x-kasko-signature",null]"#), "{all}");
}
