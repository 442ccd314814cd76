//! Passes requests on as they came.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::request::Parts;
use axum::http::uri::{Authority, PathAndQuery, Scheme, Uri};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

use super::arrival::{Answer, Target};
use crate::failure::Failure;

/// The largest answer that is passed back.
const LONGEST_ANSWER: usize = 8 << 20;

/// Where requests are passed on to.
#[derive(Debug)]
pub(super) struct Forward {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    scheme: Scheme,
    authority: Authority,
    /// `None` if a request keeps its own path.
    path: Option<PathAndQuery>,
    timeout: Duration,
}

impl Forward {
    pub(super) fn new(
        url: &str,
        cacert: Option<&Path>,
        timeout: Duration,
    ) -> Result<Self, Failure> {
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
        let path = parts.path_and_query.filter(|path| path.as_str() != "/");
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls(cacert)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            // Shorter than what servers wait before they close a connection.
            .pool_idle_timeout(Duration::from_secs(2))
            .http1_preserve_header_case(true)
            .build(connector);
        Ok(Self { client, scheme, authority, path, timeout })
    }

    /// The URL as it was given, for people.
    pub(super) fn url(&self) -> String {
        let path = self.path.as_ref().map_or("/", PathAndQuery::as_str);
        format!("{}://{}{path}", self.scheme, self.authority)
    }

    /// The port that requests are passed on to.
    pub(super) fn port(&self) -> u16 {
        let default = if self.scheme == Scheme::HTTPS { 443 } else { 80 };
        self.authority.port_u16().unwrap_or(default)
    }

    /// The host that requests are passed on to.
    pub(super) fn host(&self) -> &str {
        self.authority.host()
    }

    /// Passes a request on and gives what was answered.
    pub(super) async fn pass(&self, parts: Parts, body: Bytes) -> (Answer, Response<Body>) {
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
    ) -> Result<Response<Body>, (StatusCode, String)> {
        let failed = |why: String| (StatusCode::BAD_GATEWAY, why);
        parts.uri = uri;
        remove_hop_by_hop(&mut parts.headers);
        // The body is sent at once.
        parts.headers.remove(header::EXPECT);
        let host = HeaderValue::from_str(self.authority.as_str());
        parts.headers.insert(header::HOST, host.map_err(|error| failed(error.to_string()))?);
        let request = Request::from_parts(parts, Body::from(body));
        let response = self.client.request(request).await.map_err(|error| failed(cause(&error)))?;
        let (mut parts, body) = response.into_parts();
        remove_hop_by_hop(&mut parts.headers);
        let body = to_bytes(Body::new(body), LONGEST_ANSWER)
            .await
            .map_err(|error| failed(format!("the answer cannot be read: {}", cause(&error))))?;
        Ok(Response::from_parts(parts, Body::from(body)))
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

fn refused(url: &str) -> Failure {
    Failure::usage(format!(
        "`--forward` needs a URL such as http://127.0.0.1:3000/webhooks, not `{url}`"
    ))
}

/// What concerns one connection alone (RFC 9110, section 7.6.1).
fn remove_hop_by_hop(headers: &mut HeaderMap) {
    const NAMES: [&str; 8] = [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "transfer-encoding",
        "upgrade",
    ];
    let named: Vec<String> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    for name in NAMES.into_iter().chain(named.iter().map(String::as_str)) {
        headers.remove(name);
    }
}

/// The innermost reason, which says most.
fn cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

/// Trusts what the system trusts, and the certificates given.
fn tls(cacert: Option<&Path>) -> Result<rustls::ClientConfig, Failure> {
    let failed = |error: rustls::Error| Failure::network(format!("cannot prepare HTTPS: {error}"));
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let extra = cacert.map(certificates).transpose()?.unwrap_or_default();
    let verifier = Verifier::new_with_extra_roots(extra, provider.clone()).map_err(failed)?;
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .dangerous()
        .with_custom_certificate_verifier(std::sync::Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let pem = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match certificates {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => {
            let none = io::Error::other("no certificates in PEM form are in it");
            Err(Failure::file(path, &none))
        }
    }
}
