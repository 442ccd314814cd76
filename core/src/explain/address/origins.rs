//! The scheme, the host and the port that the sender may have called.

use super::super::received::ReceivedAddress;
use crate::address;

/// How many hosts are looked at, with their ports.
const MAX_AUTHORITIES: usize = 12;

/// The headers in which proxies pass on the host that was called.
const HOSTS: [&str; 3] = ["host", "x-forwarded-host", "x-original-host"];

/// An origin, and what of it is not as it came.
pub(super) struct Origin {
    pub(super) text: String,
    pub(super) changed: Vec<String>,
}

/// Returns the origins that may have been called, the one that came first; an empty one if only a
/// path came.
pub(super) fn origins(received: &ReceivedAddress<'_>) -> Vec<Origin> {
    if !address::is_whole(received.url) {
        return vec![Origin { text: String::new(), changed: Vec::new() }];
    }
    let (scheme, authority) = (address::scheme(received.url), address::authority(received.url));
    let other = if scheme.eq_ignore_ascii_case("http") { "https" } else { "http" };
    let authorities = authorities(authority, received);
    let mut origins: Vec<Origin> = Vec::new();
    // What changes less is likelier.
    for scheme_was in [scheme, other] {
        for authority_was in &authorities {
            let mut changed = Vec::new();
            if scheme_was != scheme {
                changed.push(format!("the scheme `{scheme_was}` in place of `{scheme}`"));
            }
            if authority_was != authority {
                changed.push(changed_authority(authority, authority_was));
            }
            origins.push(Origin { text: format!("{scheme_was}://{authority_was}"), changed });
        }
    }
    origins.sort_by_key(|origin| origin.changed.len());
    origins
}

fn changed_authority(came: &str, was: &str) -> String {
    let ((came_host, came_port), (was_host, was_port)) = (split(came), split(was));
    match (came_host == was_host, came_port, was_port) {
        (true, None, Some(port)) => format!("the port {port}"),
        (true, Some(port), None) => format!("no port in place of {port}"),
        (true, Some(came), Some(was)) => format!("the port {was} in place of {came}"),
        _ => format!("the host `{was}` in place of `{came}`"),
    }
}

/// Returns the hosts with their ports, the one that came first.
fn authorities(own: &str, received: &ReceivedAddress<'_>) -> Vec<String> {
    let header = |name: &str| received.given.value(name).map(first_of);
    let hosts = HOSTS.into_iter().filter_map(header);
    let forwarded = received.given.value("forwarded").and_then(forwarded_host);
    let port = header("x-forwarded-port").filter(|port| is_port(port));
    let mut found: Vec<String> = vec![own.to_owned()];
    let mut add = |authority: String| {
        if is_authority(&authority) && !found.contains(&authority) && found.len() < MAX_AUTHORITIES
        {
            found.push(authority);
        }
    };
    for authority in core::iter::once(own).chain(hosts).chain(forwarded) {
        let (host, _) = split(authority);
        add(authority.to_owned());
        add(host.to_owned());
        for port in port.into_iter().chain(["443", "80"]) {
            add(format!("{host}:{port}"));
        }
    }
    found
}

/// The value that the proxy next to the sender wrote.
fn first_of(value: &str) -> &str {
    value.split(',').next().unwrap_or_default().trim()
}

/// The host in a header `Forwarded` (RFC 7239).
fn forwarded_host(value: &str) -> Option<&str> {
    let mut pairs = first_of(value).split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, host) = pairs.find(|(name, _)| name.eq_ignore_ascii_case("host"))?;
    Some(host.trim_matches('"'))
}

fn split(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns `true` for what can stand in a URL, and in a report.
fn is_authority(text: &str) -> bool {
    (1..=255).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte))
}
