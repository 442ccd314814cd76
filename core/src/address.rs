//! The parts of a request's address, and of a form, that senders sign.

use crate::percent::{self, Plus};

/// The path of a whole address, or of one that begins with its path.
pub(crate) fn path(url: &str) -> &str {
    let target = target(url);
    target.split_once('?').map_or(target, |(path, _)| path)
}

/// The query, without the `?`; empty if there is none.
pub(crate) fn query(url: &str) -> &str {
    target(url).split_once('?').map_or("", |(_, query)| query)
}

/// The value of the query's parameter, decoded; `None` if it is not there, or not once.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let mut values = query(url).split('&').filter_map(|pair| {
        let (own, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(own)? == name).then(|| decoded(value))
    });
    let value = values.next()?;
    if values.next().is_some() { None } else { value }
}

/// The path, `/` if it is empty.
pub(crate) fn path_or_root(url: &str) -> &str {
    match path(url) {
        "" => "/",
        path => path,
    }
}

/// The path and the query.
pub(crate) fn request_target(url: &str) -> String {
    let query = target(url).split_once('?').map(|(_, query)| format!("?{query}"));
    format!("{}{}", path_or_root(url), query.unwrap_or_default())
}

/// The scheme of a whole address.
pub(crate) fn scheme(url: &str) -> &str {
    url.split_once("://").map_or("", |(scheme, _)| scheme)
}

/// The host and the port of a whole address.
pub(crate) fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.find(['/', '?', '#']).map_or(rest, |at| &rest[..at]);
    authority.rsplit_once('@').map_or(authority, |(_, authority)| authority)
}

/// The address in the one way of writing it (RFC 3986, section 6.2.2.1; RFC 9110, section 4.2.3):
/// scheme and host in small letters, no port that the scheme has anyway, and percent-encodings in
/// capitals. What is no whole address begins with its path.
pub(crate) fn normalized(url: &str) -> String {
    let target = capitalized(target(url));
    if !is_whole(url) {
        return target;
    }
    let scheme = scheme(url).to_ascii_lowercase();
    let authority = authority(url).to_ascii_lowercase();
    let port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(port).unwrap_or(&authority);
    let slash = if target.starts_with('/') { "" } else { "/" };
    format!("{scheme}://{authority}{slash}{target}")
}

fn capitalized(target: &str) -> String {
    let mut digits = 0;
    let capital = |char: char| {
        if char == '%' {
            digits = 2;
            return char;
        }
        let is_digit = digits > 0;
        digits -= i32::from(is_digit);
        if is_digit { char.to_ascii_uppercase() } else { char }
    };
    target.chars().map(capital).collect()
}

/// The address with another origin: scheme, host and port.
pub(crate) fn with_origin(url: &str, origin: &str) -> String {
    format!("{origin}{}", target(url))
}

/// Returns `true` if it has a scheme and a host.
pub(crate) fn is_whole(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()) && !rest.is_empty()
    })
}

/// The names and values of a form, sorted by their bytes, each pair once, one after another.
///
/// `None` if the body is not such a form.
pub(crate) fn sorted_form(body: &[u8]) -> Option<Vec<u8>> {
    let text = core::str::from_utf8(body).ok()?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut pairs = pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        })
        .collect::<Option<Vec<_>>>()?;
    pairs.sort();
    pairs.dedup();
    Some(pairs.into_iter().flat_map(|(name, value)| [name, value]).collect::<String>().into_bytes())
}

fn decoded(text: &str) -> Option<String> {
    String::from_utf8(percent::decode(text, Plus::Space)?).ok()
}

/// The path and query, without a fragment.
pub(crate) fn target(url: &str) -> &str {
    let target = match url.split_once("://") {
        Some((_, rest)) => rest.find(['/', '?']).map_or("/", |at| &rest[at..]),
        None => url,
    };
    target.split_once('#').map_or(target, |(target, _)| target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let url = "https://example.com:8443/a/b?x=1&y=%C3%A9#top";
        assert_eq!((path(url), query(url)), ("/a/b", "x=1&y=%C3%A9"));
        assert_eq!((path("/a?b"), query("/a?b"), query("/a")), ("/a", "b", ""));
        assert_eq!(parameter(url, "y").as_deref(), Some("é"));
        assert_eq!(parameter("/?a=1&a=2", "a"), None);
        assert_eq!(parameter("/?b=%zz", "b"), None);
        assert_eq!(
            with_origin("http://10.0.0.1/a?b=1", "https://x.example"),
            "https://x.example/a?b=1"
        );
        assert_eq!(with_origin("/a", "https://x.example"), "https://x.example/a");
        assert!(is_whole(url) && !is_whole("/a") && !is_whole("://x"));
    }

    #[test]
    fn addresses_have_one_way_of_writing_them() {
        let url = "HTTPS://User@Example.COM:443/caf%c3%a9/a?x=%2f&y=b#top";
        let normal = normalized(url);
        assert_eq!(normal, "https://example.com/caf%C3%A9/a?x=%2F&y=b");
        assert_eq!((scheme(&normal), authority(&normal)), ("https", "example.com"));
        assert_eq!(request_target(&normal), "/caf%C3%A9/a?x=%2F&y=b");
        assert_eq!(normalized("http://example.com:443"), "http://example.com:443/");
        assert_eq!(normalized("http://example.com:80?a"), "http://example.com/?a");
        assert_eq!((normalized("/a%2f?b").as_str(), path_or_root("?b")), ("/a%2F?b", "/"));
    }

    #[test]
    fn forms_are_sorted_and_joined() {
        let form =
            |body: &str| sorted_form(body.as_bytes()).and_then(|f| String::from_utf8(f).ok());
        assert_eq!(form("b=2&a=1+x&B=%2B").as_deref(), Some("B+a1 xb2"));
        assert_eq!(form("a=2&a=1&a=1").as_deref(), Some("a1a2"));
        assert_eq!((form("a=%"), form("a=%FF"), form("").as_deref()), (None, None, Some("")));
    }
}
