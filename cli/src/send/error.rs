//! The errors of requests that get no answer.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::Url;

use crate::text;

/// The reason why a request got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestError {
    pub(super) kind: ErrorKind,
    /// The message: what happened and what to do, as one sentence without its full stop.
    pub(super) message: String,
}

/// The kinds of errors. Their codes do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ErrorKind {
    /// The host has no address.
    Dns,
    /// Nothing listens there.
    Refused,
    /// No connection could be made for another reason.
    Connect,
    /// The two did not agree on TLS.
    Tls,
    /// There was a connection, and it ended before the answer.
    Closed,
    /// The answer took too long.
    Timeout,
    /// The answer is no HTTP.
    NotHttp,
}

impl ErrorKind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Refused => "connection_refused",
            Self::Connect => "connection_failed",
            Self::Tls => "tls",
            Self::Closed => "connection_closed",
            Self::Timeout => "timeout",
            Self::NotHttp => "not_http",
        }
    }

    /// Gives the kind in a few words.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Dns => "host not found",
            Self::Refused => "connection refused",
            Self::Connect => "no connection",
            Self::Tls => "TLS failed",
            Self::Closed => "connection closed",
            Self::Timeout => "no answer in time",
            Self::NotHttp => "no HTTP",
        }
    }

    /// Tells whether the endpoint was reached at all.
    pub(super) const fn is_reached(self) -> bool {
        matches!(self, Self::Closed | Self::Timeout | Self::NotHttp)
    }
}

impl RequestError {
    /// Makes the error of an endpoint that took longer than the sender waits.
    pub(super) fn timeout(limit: Duration) -> Self {
        let limit = text::duration(limit);
        let message =
            format!("no answer came in {limit}: answer first, and do what takes long after that");
        Self { kind: ErrorKind::Timeout, message }
    }

    /// Makes an error of what the HTTP client reports.
    pub(super) fn from_error(error: &reqwest::Error, url: &Url) -> Self {
        let place = place(url);
        let (kind, message) = if error.is_dns() {
            let host = url.host_str().unwrap_or_default();
            (ErrorKind::Dns, format!("the host {host} cannot be found: check its name"))
        } else if let Some(tls) = find::<rustls::Error>(error) {
            (ErrorKind::Tls, tls_message(tls, &place))
        } else if error.is_connect() {
            connect(error, &place)
        } else if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
            (
                ErrorKind::NotHttp,
                format!("what {place} answers is no HTTP: check the port, and https"),
            )
        } else {
            let message = format!("{place} closed the connection before it answered");
            (ErrorKind::Closed, message)
        };
        Self { kind, message }
    }
}

fn connect(error: &reqwest::Error, place: &str) -> (ErrorKind, String) {
    let io = find::<io::Error>(error);
    match io.map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => {
            (ErrorKind::Refused, format!("nothing listens at {place}: is the endpoint running?"))
        }
        Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset) => (
            ErrorKind::Connect,
            format!("{place} ended the connection while it was being made: check http or https"),
        ),
        _ => {
            let reason = io.map_or_else(|| innermost(error), ToString::to_string);
            (ErrorKind::Connect, format!("no connection to {place} could be made: {reason}"))
        }
    }
}

fn tls_message(error: &rustls::Error, place: &str) -> String {
    use rustls::CertificateError::{NotValidForName, NotValidForNameContext, UnknownIssuer};
    use rustls::Error::{InvalidCertificate, InvalidMessage};

    match error {
        InvalidCertificate(UnknownIssuer) => format!(
            "nobody that is trusted here vouches for the certificate of {place}: name your own \
             authority's certificate with `--cacert`"
        ),
        InvalidCertificate(NotValidForName | NotValidForNameContext { .. }) => {
            format!("the certificate of {place} is for another name")
        }
        InvalidCertificate(reason) => {
            format!("the certificate of {place} is not accepted: {reason}")
        }
        InvalidMessage(_) => format!("{place} does not speak TLS: is it http?"),
        other => format!("no agreement on TLS with {place}: {other}"),
    }
}

/// Gives the host and the port, without what else a URL may hold.
fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Finds the first error of a type in the chain, also where an I/O error carries it.
fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let carried = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = carried.and_then(|carried| find(carried)) {
            return Some(found);
        }
        next = error.source();
    }
    None
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
