//! Deliveries that would come back.

use std::net::{SocketAddr, TcpListener};
use std::process::Command;

use serde_json::json;

use super::kit::{Listener, deliver};
use super::relay::Relay;
use super::support::{Ran, run};

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The names of this machine that lead to its loopback address.
fn own_names() -> Vec<String> {
    let name = Ran::from(Command::new("hostname").output().unwrap()).ok().stdout;
    let name = name.trim().to_owned();
    let addresses = std::net::ToSocketAddrs::to_socket_addrs(&(name.as_str(), 80));
    let is_loopback = |address: SocketAddr| address.ip().is_loopback();
    let leads_here = addresses.is_ok_and(|mut addresses| addresses.all(is_loopback));
    if leads_here { vec![name] } else { Vec::new() }
}

#[test]
fn a_target_that_is_the_listener_is_refused_however_it_is_spelt() {
    let mut hosts = [
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ]
    .map(str::to_owned)
    .to_vec();
    hosts.extend(own_names());
    for bound in ["127.0.0.1", "0.0.0.0"] {
        let port = free_port();
        for host in &hosts {
            let ran = run(&format!(
                "listen --provider kasko --host {bound} --port {port} --forward http://{host}:{port}/hook"
            ));
            assert_eq!(ran.exit, 2, "{host} at {bound}: {ran:?}");
            assert!(ran.stderr.contains("round for ever"), "{host} at {bound}: {ran:?}");
        }
    }
}

/// Through another program, which passes everything on, a delivery comes back once.
#[test]
fn a_delivery_that_comes_back_through_another_program_is_refused() {
    let relay = Relay::start();
    let listener = Listener::kasko(&format!("--forward http://{}", relay.address));
    relay.lead_to(listener.address());
    let answer = deliver(listener.url(), "policy.created", "{}");
    assert_eq!(answer.status, 508);
    let (inner, outer) = (listener.line(), listener.line());
    assert_eq!(
        (&inner["error"]["code"], &inner["answer"]["status"]),
        (&json!("loop"), &json!(508))
    );
    assert_eq!((&outer["verified"], &outer["answer"]["status"]), (&json!(true), &json!(508)));
    assert_eq!(outer["delivery"], 2);
    assert_eq!(relay.connections(), 1);
}
