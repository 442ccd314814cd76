//! URLs as they are typed: without a scheme for this machine.

use std::net::IpAddr;

use crate::failure::Failure;
use crate::text::Printable;

/// Completes a URL that is typed as `localhost:3000`, `:3000/path` or `127.0.0.1:3000` to one of
/// http. For any other host the scheme has to be said: a delivery over http can be read on its way.
/// `what` is the URL, for messages.
pub(crate) fn with_scheme(typed: &str, what: &str) -> Result<String, Failure> {
    if typed.contains("://") {
        return Ok(typed.to_owned());
    }
    let end = typed.find(['/', '?', '#']).unwrap_or(typed.len());
    let (authority, rest) = typed.split_at(end);
    if let Some(port) = authority.strip_prefix(':')
        && is_port(port)
    {
        return Ok(format!("http://localhost:{port}{rest}"));
    }
    let (host, port) = match authority.rsplit_once(':') {
        // The colon is one of the address's own.
        Some((_, port)) if port.ends_with(']') => (authority, None),
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    if is_this_machine(host) && port.is_none_or(is_port) {
        return Ok(format!("http://{typed}"));
    }
    Err(Failure::usage(match shown(authority, rest) {
        Some(shown) => format!(
            "{what} has no scheme: write https://{shown} or http://{shown}. http is assumed for this \
             machine alone, as in localhost:3000"
        ),
        None => format!(
            "{what} has no scheme: it must begin with `https://` or `http://`. http is assumed for this \
             machine alone, as in localhost:3000"
        ),
    }))
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.parse::<u16>().is_ok()
}

/// Tells whether a host is this machine. Servers say that they listen at 0.0.0.0 where they do so
/// at every address.
fn is_this_machine(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_own = |address: IpAddr| address.is_loopback() || address.is_unspecified();
    host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(is_own)
}

/// The URL for a message, `None` if it may hold what is not to be shown.
fn shown(authority: &str, rest: &str) -> Option<String> {
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let is_host = authority.contains('.') && !authority.contains(['@', ' ']);
    is_host.then(|| Printable(&format!("{authority}{path}")).to_string())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use super::with_scheme;

    #[test]
    fn http_is_assumed_for_this_machine_alone() {
        for (typed, expected) in [
            ("localhost:3000", "http://localhost:3000"),
            ("localhost:3000/path?a=b:c", "http://localhost:3000/path?a=b:c"),
            ("LOCALHOST", "http://LOCALHOST"),
            (":3000", "http://localhost:3000"),
            (":3000/a", "http://localhost:3000/a"),
            ("127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("127.8.8.8/a", "http://127.8.8.8/a"),
            ("0.0.0.0:80", "http://0.0.0.0:80"),
            ("[::1]:3000/a", "http://[::1]:3000/a"),
            ("[::1]", "http://[::1]"),
            ("https://example.com/", "https://example.com/"),
            ("ftp://example.com/", "ftp://example.com/"),
        ] {
            assert_eq!(with_scheme(typed, "the URL").unwrap(), expected);
        }
    }

    #[test]
    fn for_all_else_the_scheme_is_to_be_said() {
        for (typed, said) in [
            ("example.com/hooks?token=x", "write https://example.com/hooks or http://"),
            ("192.0.2.1:3000", "write https://192.0.2.1:3000 or"),
            ("localhost.example.com", "write https://localhost.example.com or"),
            ("user:hunter2@example.com", "it must begin with `https://`"),
            ("localhost:hunter2", "it must begin with"),
            (":99999", "it must begin with"),
            ("3000", "it must begin with"),
            ("", "it must begin with"),
        ] {
            let message = with_scheme(typed, "the URL").unwrap_err().message;
            assert!(message.contains(said), "{typed}: {message}");
            assert!(!message.contains("hunter2") && !message.contains("token"), "{message}");
        }
    }
}
