//! Saved deliveries.

use std::fmt::Write as _;

use hookseal::{SignOptions, Webhook};

use crate::endpoint::Endpoint;
use crate::run;
use crate::support::{Folder, SECRET, hookseal};

/// A captured request with a signature that was right a while ago, or of another secret.
fn saved(folder: &Folder, provider: &str, secret: &str) -> (String, String) {
    let webhook = Webhook::new(provider, [secret]).unwrap();
    let body = "{\"type\":\"contact.created\", \"é\":1}\n";
    let options = SignOptions::new()
        .event_type("contact.created")
        .id("msg_saved")
        .timestamp(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000));
    let mut request = String::from(
        "POST /elsewhere?x=1 HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\
         X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n\
         Content-Type: application/json; charset=utf-8\r\n",
    );
    for (name, value) in webhook.sign(body, &options).unwrap() {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    write!(request, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    (folder.file("saved.http", request), body.to_owned())
}

#[test]
fn a_saved_delivery_is_sent_as_it_is_and_needs_no_secret() {
    let folder = Folder::new();
    let (file, body) = saved(&folder, "kasko", SECRET);
    let endpoint = Endpoint::honest("kasko");
    let mut send = hookseal(["send", &endpoint.url(), "--request", &file]);
    let output = send.env_remove("HOOKSEAL_SECRET").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let arrival = endpoint.arrival();
    assert_eq!(arrival.body, body);
    assert_eq!(arrival.seen().id.as_deref(), Some("msg_saved"));
    assert_eq!(arrival.header("content-type"), "application/json; charset=utf-8");
    let forwarded: Vec<_> = arrival.headers.get_all("x-forwarded-for").iter().collect();
    assert_eq!(forwarded, ["192.0.2.1", "192.0.2.2"]);
    // How it came over its own connection says nothing of this one.
    assert_eq!(arrival.header("host"), endpoint.address.to_string());
    assert!(!arrival.headers.contains_key("connection"));
}

#[test]
fn what_has_grown_old_is_refused_and_signed_anew_when_asked_for() {
    let folder = Folder::new();
    let (file, body) = saved(&folder, "standard-webhooks", "whsec_b3RoZXI=");
    let endpoint = Endpoint::honest("standard-webhooks");
    let send = format!("send {} --request {file}", endpoint.url());
    let refused = run(&send);
    assert_eq!(refused.exit, 1, "{refused:?}");
    assert!(refused.stdout.contains("`--resign` signs it anew"), "{refused:?}");
    assert_eq!(endpoint.arrival().verified, Err("signature_mismatch"));

    let failed = run(&format!("{send} --resign")).failed(2);
    assert!(failed.stderr.contains("--provider"), "{failed:?}");
    run(&format!("{send} --resign --provider standard-webhooks")).ok();
    let arrivals = endpoint.arrivals();
    assert_eq!(arrivals[1].body, body);
    assert_eq!(arrivals[1].seen().id.as_deref(), Some("msg_saved"));
    assert_eq!(arrivals[1].seen().event_type, "contact.created");
    assert_eq!(arrivals[1].headers.get_all("webhook-signature").iter().count(), 1);
    assert_eq!(arrivals[1].headers.get_all("x-forwarded-for").iter().count(), 2);
}

#[test]
fn type_and_id_in_headers_survive_a_new_signature() {
    let folder = Folder::new();
    let (file, _) = saved(&folder, "kasko", "another");
    let endpoint = Endpoint::honest("kasko");
    run(&format!("send {} --request {file} --resign --provider kasko", endpoint.url())).ok();
    let arrival = endpoint.arrival();
    assert_eq!(arrival.seen().event_type, "contact.created");
    assert_eq!(arrival.seen().id.as_deref(), Some("msg_saved"));
}

#[test]
fn a_known_sender_of_a_saved_delivery_sets_the_terms() {
    let folder = Folder::new();
    let (file, _) = saved(&folder, "claimport", "another");
    let endpoint = Endpoint::honest("claimport");
    let send = format!("send {} --request {file} --speed 1000000", endpoint.url());
    assert_eq!(run(&format!("{send} --provider claimport")).exit, 1);
    assert_eq!(endpoint.arrivals().len(), 5);
    assert_eq!(run(&send).exit, 1);
    assert_eq!(endpoint.arrivals().len(), 6);
}
