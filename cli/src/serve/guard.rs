//! The guard of everything that is served or passed on: web pages are kept out.
//!
//! A browser on this machine reaches a port of this machine, and so does every web page in it. A
//! page can send requests across sites; and where its site makes its own name mean 127.0.0.1 (DNS
//! rebinding), it can also read the answers: the `Host` header then has that name. A sender of
//! webhooks is no browser, so that what only browsers send tells them apart.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderMap, header};

/// The headers that proxies and tunnels add. Through them the page would be seen from outside,
/// whatever they make of `Host`.
const PROXIES: [&str; 6] =
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "cf-connecting-ip", "via"];

/// The guard of one connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard<'a> {
    /// The address of this machine that the connection was made to.
    local: IpAddr,
    /// Further names that deliveries may come for.
    allowed: &'a [String],
}

/// A reason to refuse a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is for a name that is not this machine's, or for none, or for two.
    Host(String),
    /// A web page sent it.
    CrossSite(String),
    /// The page is asked for through a proxy.
    Proxy,
}

impl<'a> Guard<'a> {
    pub(crate) fn new(local: IpAddr, allowed: &'a [String]) -> Self {
        Self { local: local.to_canonical(), allowed }
    }

    /// Lets a delivery through that no web page sent.
    pub(crate) fn delivery(headers: &HeaderMap) -> Result<(), Refused> {
        if let Some(origin) = headers.get(header::ORIGIN) {
            return Err(Refused::CrossSite(String::from_utf8_lossy(origin.as_bytes()).into()));
        }
        // `none` is what a person typed, and still no sender of webhooks.
        if headers.contains_key("sec-fetch-site") {
            return Err(Refused::CrossSite("a browser".to_owned()));
        }
        Ok(())
    }

    /// Lets a delivery be passed on, whose answer says more than a status: for this machine, an
    /// address, or an allowed name. An address has no name that could be made to mean another one.
    pub(crate) fn forwarded(self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        Self::delivery(headers)?;
        check_host(uri, headers, |name| {
            is_localhost(name) || address(name).is_some() || self.is_allowed(name)
        })
    }

    /// Lets this machine's browsers see the page, when they were told to go there.
    pub(crate) fn page(self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        if PROXIES.iter().any(|name| headers.contains_key(*name)) {
            return Err(Refused::Proxy);
        }
        let is = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
        let is_own_site = !headers.contains_key("sec-fetch-site")
            || is("sec-fetch-site", "none")
            || is("sec-fetch-site", "same-origin");
        // Who follows a link sees it, and the site with the link does not.
        let is_link = is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document");
        if !is_own_site && !is_link {
            return Err(Refused::CrossSite("another site".to_owned()));
        }
        check_host(uri, headers, |name| {
            let is_own = |address: IpAddr| address.is_loopback() || address == self.local;
            is_localhost(name) || address(name).is_some_and(is_own)
        })
    }

    /// Lets the page itself change something, and nobody else: no link, and no form of another site.
    pub(crate) fn change(self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        self.page(uri, headers)?;
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let own = format!("http://{}", host.unwrap_or_default());
        let mut origins = headers.get_all(header::ORIGIN).iter();
        let is_own = origins.next().is_some_and(|origin| origin.as_bytes() == own.as_bytes());
        let site = headers.get("sec-fetch-site");
        if !is_own || origins.next().is_some() || site.is_some_and(|site| site != "same-origin") {
            return Err(Refused::CrossSite("another site".to_owned()));
        }
        Ok(())
    }

    fn is_allowed(self, name: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}

/// Checks the name that a request is for, whatever its port is: a tunnel may begin at another one.
fn check_host(
    uri: &Uri,
    headers: &HeaderMap,
    is_known: impl Fn(&str) -> bool,
) -> Result<(), Refused> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (host, more) = (hosts.next(), hosts.next());
    let host = host.map_or("", |host| host.to_str().unwrap_or_default());
    // A whole URL as the target says again where it goes.
    let targets = [Some(host), uri.authority().map(Authority::as_str)];
    let is_known = |target: &str| {
        let authority = target.parse::<Authority>().ok();
        !target.contains('@') && authority.is_some_and(|authority| is_known(authority.host()))
    };
    match targets.into_iter().flatten().find(|target| !is_known(target)) {
        None if more.is_none() => Ok(()),
        unknown => Err(Refused::Host(unknown.unwrap_or(host).to_owned())),
    }
}

fn is_localhost(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost")
}

fn address(name: &str) -> Option<IpAddr> {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    bare.unwrap_or(name).parse().ok().map(|address: IpAddr| address.to_canonical())
}

impl Refused {
    /// Gives the code that a sender is answered with.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Host(_) => "host_not_allowed",
            Self::CrossSite(_) | Self::Proxy => "cross_site",
        }
    }

    /// Says to a browser why it is not shown the page.
    pub(crate) fn to_reader(&self) -> &'static str {
        match self {
            Self::Host(_) => "The page is shown at localhost or 127.0.0.1 alone.\n",
            Self::CrossSite(_) => "The page is not shown to other sites.\n",
            Self::Proxy => "The page is not shown through a proxy.\n",
        }
    }

    /// Says to the developer what was refused, and what to do if it was a genuine delivery.
    fn to_developer(&self) -> String {
        match self {
            Self::Host(host) => {
                let authority = host.parse::<Authority>().ok();
                let name = authority.as_ref().map_or("NAME", Authority::host);
                format!(
                    "a request for `{host}` was refused: a web page could have sent it. If your \
                     tunnel or proxy has that name, let it in with `--allow-host {name}`"
                )
            }
            Self::CrossSite(site) => {
                format!("a request that a web page sent was refused: it came from {site}")
            }
            Self::Proxy => "the page was asked for through a proxy".to_owned(),
        }
    }
}

/// The notices about refused deliveries: each is given once, and only so many.
#[derive(Debug, Default)]
pub(crate) struct Notices(Mutex<HashSet<String>>);

impl Notices {
    /// Gives the notice, if it was not given before.
    pub(crate) fn of(&self, refused: &Refused) -> Option<String> {
        const MOST: usize = 20;
        const LONGEST: usize = 300;
        let notice: String = refused.to_developer().chars().take(LONGEST).collect();
        // Nothing in here can be left half done.
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (given.len() < MOST && given.insert(notice.clone())).then_some(notice)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(headers: &[(&'static str, &str)]) -> HeaderMap {
        let headers = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        });
        headers.collect()
    }

    fn shows(local: &str, given: &[(&'static str, &str)]) -> bool {
        let guard = Guard::new(local.parse().unwrap(), &[]);
        guard.page(&Uri::from_static("/"), &headers(given)).is_ok()
    }

    fn passes_on(target: &str, given: &[(&'static str, &str)]) -> bool {
        let allowed = ["hooks.example.com".to_owned()];
        let guard = Guard::new("192.168.1.2".parse().unwrap(), &allowed);
        guard.forwarded(&target.parse().unwrap(), &headers(given)).is_ok()
    }

    const FOREIGN: [&str; 9] = [
        "",
        "example.com",
        "localhost.example.com",
        "127.0.0.1.nip.io:4665",
        "example.com@localhost",
        "localhost@example.com",
        "localhost:4665:1",
        "localhost/",
        "localhost, example.com",
    ];

    #[test]
    fn the_page_is_shown_at_this_machines_own_names_alone() {
        for host in
            ["localhost", "LocalHost:4665", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:4665"]
        {
            assert!(shows("127.0.0.1", &[("host", host)]), "{host}");
        }
        let addresses = ["192.168.1.2", "[::2]", "0.0.0.0", "2130706433"];
        for host in FOREIGN.into_iter().chain(addresses) {
            assert!(!shows("127.0.0.1", &[("host", host)]), "{host}");
        }
        assert!(!shows("127.0.0.1", &[]));
        assert!(shows("192.168.1.2", &[("host", "192.168.1.2:4665")]));
        assert!(shows("::ffff:192.168.1.2", &[("host", "192.168.1.2:4665")]));
    }

    #[test]
    fn the_page_is_shown_neither_through_proxies_nor_to_other_sites() {
        let host = ("host", "localhost:4665");
        assert!(shows("127.0.0.1", &[host, ("sec-fetch-site", "none")]));
        assert!(shows("127.0.0.1", &[host, ("sec-fetch-site", "same-origin")]));
        assert!(!shows("127.0.0.1", &[host, ("sec-fetch-site", "cross-site")]));
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        let link = |dest| [host, link[0], link[1], ("sec-fetch-dest", dest)];
        assert!(shows("127.0.0.1", &link("document")));
        assert!(!shows("127.0.0.1", &link("iframe")));
        assert!(!shows("127.0.0.1", &[host, ("sec-fetch-site", "same-site")]));
        assert!(!shows("127.0.0.1", &[host, ("x-forwarded-for", "203.0.113.9")]));
        assert!(!shows("127.0.0.1", &[host, ("forwarded", "for=203.0.113.9")]));
    }

    #[test]
    fn the_page_alone_changes_something() {
        let changes = |given: &[(&'static str, &str)]| {
            let guard = Guard::new("127.0.0.1".parse().unwrap(), &[]);
            guard.change(&Uri::from_static("/"), &headers(given)).is_ok()
        };
        let host = ("host", "localhost:4667");
        let own = ("origin", "http://localhost:4667");
        assert!(changes(&[host, own]));
        assert!(changes(&[host, own, ("sec-fetch-site", "same-origin")]));
        assert!(!changes(&[host]));
        assert!(!changes(&[own]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!changes(&[host, own, ("sec-fetch-site", site)]), "{site}");
        }
        for origin in
            ["null", "http://localhost", "http://localhost:4665", "https://localhost:4667"]
        {
            assert!(!changes(&[host, ("origin", origin)]), "{origin}");
        }
        // A form of another site, sent by a link or a script, is a navigation.
        let form = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert!(!changes(&[
            host,
            ("origin", "http://evil.example"),
            ("sec-fetch-site", "cross-site"),
            form[0],
            form[1],
        ]));
        assert!(!changes(&[("host", "evil.example"), ("origin", "http://evil.example")]));
    }

    #[test]
    fn deliveries_are_passed_on_for_this_machine_addresses_and_allowed_names() {
        for host in [
            "localhost:4665",
            "127.0.0.1",
            "192.168.1.2:4665",
            "203.0.113.9",
            "[::1]:80",
            "Hooks.Example.com",
            "hooks.example.com:443",
        ] {
            assert!(passes_on("/", &[("host", host)]), "{host}");
            assert!(
                passes_on("/", &[("host", host), ("x-forwarded-for", "203.0.113.9")]),
                "{host}"
            );
        }
        for host in FOREIGN.into_iter().chain(["hooks.example.com.evil.example", "2130706433"]) {
            assert!(!passes_on("/", &[("host", host)]), "{host}");
        }
        assert!(!passes_on("/", &[]));
        assert!(!passes_on("http://evil.example/", &[("host", "localhost")]));
        assert!(passes_on("http://localhost/", &[("host", "localhost")]));
    }

    #[test]
    fn deliveries_of_web_pages_are_not_taken() {
        let taken = |given: &[(&'static str, &str)]| Guard::delivery(&headers(given)).is_ok();
        assert!(taken(&[("host", "anything.example")]));
        assert!(!taken(&[("host", "localhost"), ("origin", "http://evil.example")]));
        assert!(!taken(&[("host", "localhost"), ("sec-fetch-site", "same-origin")]));
        let host = ("host", "localhost:4665");
        assert!(!passes_on("/", &[host, ("origin", "http://evil.example")]));
        assert!(!passes_on("/", &[host, ("origin", "null")]));
        assert!(!passes_on("/", &[host, ("origin", "http://localhost:4665")]));
        for site in ["cross-site", "same-site", "same-origin", "none"] {
            assert!(!passes_on("/", &[host, ("sec-fetch-site", site)]), "{site}");
        }
        // As Node's `fetch` sends it.
        assert!(passes_on("/", &[host, ("sec-fetch-mode", "cors")]));
    }

    #[test]
    fn two_hosts_are_none() {
        let mut headers = HeaderMap::new();
        headers.append("host", HeaderValue::from_static("localhost"));
        headers.append("host", HeaderValue::from_static("localhost"));
        let guard = Guard::new("127.0.0.1".parse().unwrap(), &[]);
        assert!(guard.page(&Uri::from_static("/"), &headers).is_err());
        assert!(guard.forwarded(&Uri::from_static("/"), &headers).is_err());
    }

    #[test]
    fn a_notice_is_given_once_and_not_for_ever() {
        let notices = Notices::default();
        let refused = |number| Refused::Host(format!("{number}.example.com:4665"));
        let notice = notices.of(&refused(0)).unwrap();
        assert!(notice.ends_with("`--allow-host 0.example.com`"), "{notice}");
        assert_eq!(notices.of(&refused(0)), None);
        assert_eq!((1..100).filter_map(|number| notices.of(&refused(number))).count(), 19);
    }
}
