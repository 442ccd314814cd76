//! A URL that a proxy or a framework changed, or that is registered otherwise.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{Address, ReceivedAddress};
use super::origins::origins;
use super::targets::targets;

pub(super) const CANDIDATES: Candidates<Address> =
    Candidates { code: FindingCode::UrlRewritten, effort: Effort::Read, offer };

/// How many URLs are tried.
const MAX_URLS: usize = 128;

fn offer(received: &ReceivedAddress<'_>, offers: &mut Offers<'_, Address>) -> ControlFlow<()> {
    let (origins, targets) = (origins(received), targets(received));
    let mut pairs: Vec<(usize, usize)> = (0..origins.len())
        .flat_map(|origin| (0..targets.len()).map(move |target| (origin, target)))
        .collect();
    // One change is likelier than two.
    pairs.sort_by_key(|(origin, target)| usize::from(*origin > 0) + usize::from(*target > 0));
    for (origin, target) in pairs.into_iter().skip(1).take(MAX_URLS) {
        let (origin, target) = (&origins[origin], &targets[target]);
        let changed: Vec<&str> =
            origin.changed.iter().chain(&target.changed).map(String::as_str).collect();
        let of = match received.constant {
            Some(name) => format!(" of the constant `{name}`"),
            None => String::new(),
        };
        let evidence = format!("the URL{of} that was signed has {}", changed.join(", and "));
        offers.offer(format!("{}{}", origin.text, target.text), Change::Altered, evidence)?;
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::super::super::budget::Budget;
    use super::super::super::part::all;
    use super::super::super::received::Given;
    use super::super::GROUP;
    use super::*;

    fn tried(url: &str, headers: &[(&str, &str)]) -> Vec<(String, String)> {
        let given = &Given::collect(headers, &[]);
        let received = ReceivedAddress { url, given, constant: None };
        let evidence = |causes: super::super::super::cause::Causes| {
            causes.into_vec().pop().expect("one").evidence
        };
        let all = all(&[&GROUP], &received, &Budget::new());
        all.into_iter().map(|found| (found.value, evidence(found.causes))).collect()
    }

    #[test]
    fn undoes_what_proxies_do() {
        for (came, headers, was, evidence) in [
            (
                "http://a.example/x?b=1&a=2",
                &[][..],
                "https://a.example/x?b=1&a=2",
                "the scheme `https` in place of `http`",
            ),
            (
                "http://127.0.0.1:8000/x",
                &[("X-Forwarded-Host", "a.example, b.example")],
                "https://a.example/x",
                "the scheme `https` in place of `http`, and the host `a.example` in place of `127.0.0.1:8000`",
            ),
            (
                "https://a.example/x",
                &[("Forwarded", "for=1;host=\"b.example\"")],
                "https://b.example/x",
                "the host `b.example` in place of `a.example`",
            ),
            ("https://a.example:8443/x", &[], "https://a.example/x", "no port in place of 8443"),
            (
                "https://a.example/x",
                &[("X-Forwarded-Port", "8443")],
                "https://a.example:8443/x",
                "the port 8443",
            ),
            (
                "https://a.example/x",
                &[("X-Forwarded-Prefix", "/in/")],
                "https://a.example/in/x",
                "the path of the header `x-forwarded-prefix` before its own",
            ),
            (
                "https://a.example/x",
                &[("X-Original-URI", "/y?z=1")],
                "https://a.example/y?z=1",
                "the path and query of the header `x-original-uri`",
            ),
            (
                "https://a.example/app/x?y",
                &[],
                "https://a.example/x?y",
                "a path without the first 1 segment",
            ),
            (
                "https://a.example/x?y",
                &[],
                "https://a.example/x/?y",
                "a slash at the end of its path",
            ),
            ("https://a.example/x/", &[], "https://a.example/x", "no slash at the end of its path"),
            (
                "https://a.example/x?a=1&b=2&c=3",
                &[],
                "https://a.example/x?c=3&a=1&b=2",
                "its query in another order",
            ),
            (
                "https://a.example/x?a=b+c",
                &[],
                "https://a.example/x?a=b%20c",
                "`%20` in place of `+` in its query",
            ),
            (
                "https://a.example/caf\u{e9}?u=http://b",
                &[],
                "https://a.example/caf%C3%A9?u=http%3A%2F%2Fb",
                "other characters of it percent-encoded",
            ),
            (
                "https://a.example/%7Ea/%2F",
                &[],
                "https://a.example/~a/%2F",
                "other characters of it percent-encoded",
            ),
            (
                "https://a.example/%c3%a9",
                &[],
                "https://a.example/%C3%A9",
                "its percent-encodings in capital letters",
            ),
            ("/x?a=1&b=2", &[], "/x?b=2&a=1", "its query in another order"),
        ] {
            let tried = tried(came, headers);
            assert!(tried.len() <= MAX_URLS, "{came}: {}", tried.len());
            assert!(tried.iter().all(|(url, _)| url != came), "{came}");
            let found = tried.iter().find(|(url, _)| url == was);
            let expected = format!("the URL that was signed has {evidence}");
            assert_eq!(found.map(|(_, evidence)| evidence), Some(&expected), "{came}: {tried:?}");
        }
    }

    #[test]
    fn takes_no_host_that_is_none() {
        let headers = [("Host", "a b"), ("X-Forwarded-Host", "`x`"), ("X-Original-URI", "x")];
        let urls = tried("https://a.example/x", &headers);
        assert!(urls.iter().all(|(url, _)| !url.contains([' ', '`'])), "{urls:?}");
    }
}
