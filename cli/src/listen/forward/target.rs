//! The target that requests are passed on to.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::request::Parts;
use axum::http::uri::{Authority, PathAndQuery, Scheme, Uri};
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::{Connector, Loop, leads_to};
use super::{hops, tls};
use crate::failure::Failure;
use crate::input::with_scheme;
use crate::listen::arrival::{Answer, Target};
use crate::listen::memory::Memory;

/// The largest answer that is passed back, in bytes.
const LONGEST_ANSWER: usize = 8 << 20;

/// A target, and the client that passes requests on to it.
#[derive(Debug)]
pub(in crate::listen) struct Forward {
    client: Client<HttpsConnector<Connector>, Body>,
    scheme: Scheme,
    authority: Authority,
    /// `None` if a request keeps its own path.
    path: Option<PathAndQuery>,
    timeout: Duration,
    memory: Memory,
}

/// The time that a name is looked up for at the start.
const LOOKUP: Duration = Duration::from_secs(2);

/// The reason why there is no answer of the target's, and the status to answer with.
type Unanswered = (StatusCode, String);

impl Forward {
    /// Makes a client of the target. It must not be the listener itself.
    pub(in crate::listen) async fn new(
        url: &str,
        cacert: Option<&Path>,
        timeout: Duration,
        listener: SocketAddr,
        memory: Memory,
    ) -> Result<Self, Failure> {
        let (scheme, authority, path) = parse(&with_scheme(url, "the URL of `--forward`")?)?;
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls::config(cacert)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Connector::new(listener));
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            // Shorter than what servers wait before they close a connection.
            .pool_idle_timeout(Duration::from_secs(2))
            .http1_preserve_header_case(true)
            .build(connector);
        let forward = Self { client, scheme, authority, path, timeout, memory };
        forward.refuse_loop(listener).await?;
        Ok(forward)
    }

    /// Refuses a target that is the listener at once, if its name can be looked up by now.
    async fn refuse_loop(&self, listener: SocketAddr) -> Result<(), Failure> {
        let default = if self.scheme == Scheme::HTTPS { 443 } else { 80 };
        let port = self.authority.port_u16().unwrap_or(default);
        let host = self.authority.host().trim_start_matches('[').trim_end_matches(']');
        let found = tokio::time::timeout(LOOKUP, tokio::net::lookup_host((host, port)));
        match found.await {
            Ok(Ok(addresses)) => {
                let mut leads = addresses.map(|address| leads_to(address, listener));
                if leads.any(|leads| leads) {
                    Err(Failure::usage(Loop.to_string()))
                } else {
                    Ok(())
                }
            }
            // Whoever is asked to pass something on looks again.
            _ => Ok(()),
        }
    }

    /// Gives the URL as it was given, for people.
    pub(in crate::listen) fn url(&self) -> String {
        let path = self.path.as_ref().map_or("/", PathAndQuery::as_str);
        format!("{}://{}{path}", self.scheme, self.authority)
    }

    /// Passes a request on and gives what was answered.
    pub(in crate::listen) async fn pass(
        &self,
        parts: Parts,
        body: Bytes,
    ) -> (Answer, Response<Body>) {
        let begun = Instant::now();
        let (url, result) = match self.uri(&parts.uri) {
            Ok(uri) => {
                let url = uri.to_string();
                (url, tokio::time::timeout(self.timeout, self.ask(uri, parts, body)).await)
            }
            Err(error) => (self.url(), Ok(Err((StatusCode::BAD_GATEWAY, error.to_string())))),
        };
        let result = result.unwrap_or_else(|_| {
            let waited = format!("no answer within {} seconds", self.timeout.as_secs_f64());
            Err((StatusCode::GATEWAY_TIMEOUT, waited))
        });
        let elapsed = begun.elapsed();
        let (response, failure) = match result {
            Ok(response) => (response, None),
            Err((status, why)) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = status;
                (response, Some(why))
            }
        };
        let from = Some(Target { url, elapsed, failure });
        (Answer { status: response.status().as_u16(), from }, response)
    }

    async fn ask(
        &self,
        uri: Uri,
        mut parts: Parts,
        body: Bytes,
    ) -> Result<Response<Body>, Unanswered> {
        let failed = |why: String| (StatusCode::BAD_GATEWAY, why);
        parts.uri = uri;
        hops::remove_hop_by_hop(&mut parts.headers);
        // The body is sent at once.
        parts.headers.remove(header::EXPECT);
        let host = HeaderValue::from_str(self.authority.as_str());
        parts.headers.insert(header::HOST, host.map_err(|error| failed(error.to_string()))?);
        hops::mark(&mut parts.headers);
        let request = Request::from_parts(parts, Body::from(body));
        let response = self.client.request(request).await.map_err(|error| {
            let status = match find_loop(&error) {
                Some(Loop) => StatusCode::LOOP_DETECTED,
                None => StatusCode::BAD_GATEWAY,
            };
            (status, cause(&error))
        })?;
        let (mut parts, body) = response.into_parts();
        hops::remove_hop_by_hop(&mut parts.headers);
        let body = self.read(body).await?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }

    /// Reads an answer, by its declared length first.
    async fn read(&self, mut body: Incoming) -> Result<Bytes, Unanswered> {
        let failed = |why| (StatusCode::BAD_GATEWAY, format!("the answer cannot be read: {why}"));
        let too_large = || failed(format!("it has more than {LONGEST_ANSWER} bytes"));
        let least = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
        if least > LONGEST_ANSWER {
            return Err(too_large());
        }
        let mut bytes = self.memory.collect(least);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| failed(cause(&error)))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > LONGEST_ANSWER {
                return Err(too_large());
            }
            bytes.add(&data).map_err(|_| {
                let why = "too many large answers are on their way at once";
                (StatusCode::SERVICE_UNAVAILABLE, why.to_owned())
            })?;
        }
        Ok(bytes.finish())
    }

    /// To the path of the target if it has one, with the queries of both.
    fn uri(&self, own: &Uri) -> Result<Uri, axum::http::Error> {
        let path = match (&self.path, own.path_and_query()) {
            (None, own) => own.map_or_else(|| "/".to_owned(), ToString::to_string),
            (Some(path), own) => {
                let query = own.and_then(PathAndQuery::query);
                let joint = if path.query().is_some() { '&' } else { '?' };
                query.map_or_else(|| path.to_string(), |query| format!("{path}{joint}{query}"))
            }
        };
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()
    }
}

/// Reads the URL of a target.
fn parse(url: &str) -> Result<(Scheme, Authority, Option<PathAndQuery>), Failure> {
    let uri: Option<Uri> = url.parse().ok().filter(|_| !url.contains('#'));
    let parts = uri.map(Uri::into_parts).unwrap_or_default();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(refused(url));
    };
    if ![Scheme::HTTP, Scheme::HTTPS].contains(&scheme) {
        return Err(refused(url));
    }
    if authority.as_str().contains('@') {
        return Err(Failure::usage(
            "the URL of `--forward` must be without a user name: requests are passed on with \
             the headers that they came with",
        ));
    }
    Ok((scheme, authority, parts.path_and_query.filter(|path| path.as_str() != "/")))
}

fn refused(url: &str) -> Failure {
    Failure::usage(format!(
        "`--forward` needs a URL such as http://127.0.0.1:3000/webhooks, not `{url}`"
    ))
}

/// Gives the innermost reason, which says most.
fn cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// Finds out whether a target was not asked as it is the listener itself.
fn find_loop(error: &dyn std::error::Error) -> Option<Loop> {
    let mut next = error.source();
    while let Some(error) = next {
        let carried = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(found) = carried.and_then(|carried| carried.downcast_ref()) {
            return Some(*found);
        }
        next = error.source();
    }
    None
}
