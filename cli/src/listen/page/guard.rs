//! Who may see the page: this machine's browsers, when they were told to go there.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::uri::Authority;

/// Lets through what was sent to this machine by name or address, and by nobody on the way.
///
/// Another site can make its own name mean 127.0.0.1, and so have a browser ask here for it: the
/// `Host` header then has that name.
#[derive(Clone, Copy, Debug)]
pub(in crate::listen) struct Guard {
    bound: IpAddr,
}

/// What proxies and tunnels add. Through them the page would be seen from outside, whatever they
/// make of `Host`.
const PROXIES: [&str; 6] =
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "cf-connecting-ip", "via"];

impl Guard {
    pub(in crate::listen) fn new(bound: IpAddr) -> Self {
        Self { bound }
    }

    /// Why a request is not let through.
    pub(super) fn refuses(self, headers: &HeaderMap) -> Option<&'static str> {
        if PROXIES.iter().any(|name| headers.contains_key(*name)) {
            return Some("The page is not shown through a proxy.");
        }
        let is = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
        let is_own_site = !headers.contains_key("sec-fetch-site")
            || is("sec-fetch-site", "none")
            || is("sec-fetch-site", "same-origin");
        // Who follows a link sees it, and the site with the link does not.
        let is_link = is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document");
        if !is_own_site && !is_link {
            return Some("The page is not shown to other sites.");
        }
        let mut hosts = headers.get_all("host").iter();
        let is_own = match (hosts.next().map(|host| host.to_str()), hosts.next()) {
            (Some(Ok(host)), None) => self.is_own(host),
            _ => false,
        };
        (!is_own).then_some("The page is shown at localhost or 127.0.0.1 alone.")
    }

    /// Whatever the port is: a tunnel may begin at another one.
    fn is_own(self, host: &str) -> bool {
        if host.contains('@') {
            return false;
        }
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let name = authority.host();
        let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        match address.unwrap_or(name).parse::<IpAddr>() {
            Ok(address) => address.is_loopback() || address == self.bound,
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use axum::http::HeaderValue;

    use super::*;

    fn lets(bound: &str, headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        });
        Guard::new(bound.parse().unwrap()).refuses(&headers.collect()).is_none()
    }

    #[test]
    fn only_this_machines_own_names_are_let_through() {
        for host in
            ["localhost", "LocalHost:4665", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:4665"]
        {
            assert!(lets("127.0.0.1", &[("host", host)]), "{host}");
        }
        for host in [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.nip.io:4665",
            "192.168.1.2",
            "[::2]",
            "example.com@localhost",
            "localhost@example.com",
            "localhost:4665:1",
            "0.0.0.0",
            "localhost/",
            "localhost, example.com",
            "2130706433",
        ] {
            assert!(!lets("127.0.0.1", &[("host", host)]), "{host}");
        }
        assert!(!lets("127.0.0.1", &[]));
        assert!(lets("192.168.1.2", &[("host", "192.168.1.2:4665")]));
    }

    #[test]
    fn neither_proxies_nor_other_sites_are_let_through() {
        let host = ("host", "localhost:4665");
        assert!(lets("127.0.0.1", &[host, ("sec-fetch-site", "none")]));
        assert!(lets("127.0.0.1", &[host, ("sec-fetch-site", "same-origin")]));
        assert!(!lets("127.0.0.1", &[host, ("sec-fetch-site", "cross-site")]));
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        let link = |dest| [host, link[0], link[1], ("sec-fetch-dest", dest)];
        assert!(lets("127.0.0.1", &link("document")));
        assert!(!lets("127.0.0.1", &link("iframe")));
        assert!(!lets("127.0.0.1", &[host, ("sec-fetch-site", "same-site")]));
        assert!(!lets("127.0.0.1", &[host, ("x-forwarded-for", "203.0.113.9")]));
        assert!(!lets("127.0.0.1", &[host, ("forwarded", "for=203.0.113.9")]));
    }

    #[test]
    fn two_hosts_are_none() {
        let mut headers = HeaderMap::new();
        headers.append("host", HeaderValue::from_static("localhost"));
        headers.append("host", HeaderValue::from_static("localhost"));
        assert!(Guard::new("127.0.0.1".parse().unwrap()).refuses(&headers).is_some());
    }
}
