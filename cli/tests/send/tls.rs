//! HTTPS, with certificates that OpenSSL makes.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use hookseal::Webhook;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::endpoint::{Endpoint, honest};
use crate::run;
use crate::support::{Folder, SECRET};

fn openssl(folder: &Path, arguments: &str) {
    let output =
        Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments}: {output:?}");
}

/// An authority, and a certificate of it for a name.
fn certificates(folder: &Folder, name: &str, days: u32) {
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(
        folder.path(),
        &format!("req -x509 {key} -keyout ca.key -out ca.pem -subj /CN=authority -days 2"),
    );
    openssl(folder.path(), &format!("req {key} -keyout own.key -out own.csr -subj /CN=endpoint"));
    folder.file("own.ext", format!("subjectAltName={name}\n"));
    openssl(
        folder.path(),
        &format!(
            "x509 -req -in own.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out own.pem \
             -extfile own.ext -days {days}"
        ),
    );
}

struct Listener {
    tcp: TcpListener,
    tls: TlsAcceptor,
}

impl axum::serve::Listener for Listener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = self.tcp.accept().await.unwrap();
            // A client that does not like the certificate ends the handshake.
            if let Ok(stream) = self.tls.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

fn endpoint(folder: &Folder) -> Endpoint {
    let chain = CertificateDer::from_pem_file(folder.path().join("own.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.path().join("own.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .unwrap();
    let tls = TlsAcceptor::from(Arc::new(config));
    let webhook = Webhook::new("kasko", [SECRET]).unwrap();
    Endpoint::with(
        webhook,
        |_, arrival| honest(arrival),
        |router, tcp| Box::pin(async { axum::serve(Listener { tcp, tls }, router).await.unwrap() }),
    )
}

fn send(endpoint: &Endpoint, host: &str, arguments: &str) -> crate::support::Ran {
    let port = endpoint.address.port();
    run(&format!(
        "send https://{host}:{port}/hooks --provider kasko --event policy.created --json {arguments}"
    ))
}

fn refusal(ran: &crate::support::Ran) -> String {
    assert_eq!(ran.exit, 4, "{ran:?}");
    let error = &ran.json()["attempts"][0]["error"];
    assert_eq!(error["code"], "tls", "{error}");
    error["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_certificate_is_trusted_when_its_authority_is_named() {
    let folder = Folder::new();
    certificates(&folder, "IP:127.0.0.1", 2);
    let endpoint = endpoint(&folder);
    let trusted = format!("--cacert {}", folder.path().join("ca.pem").display());

    let refused = refusal(&send(&endpoint, "127.0.0.1", "-v"));
    assert!(refused.contains("`--cacert`"), "{refused}");
    let refused = refusal(&send(&endpoint, "localhost", &trusted));
    assert!(refused.contains("is for another name"), "{refused}");
    assert!(endpoint.arrivals().is_empty());

    send(&endpoint, "127.0.0.1", &trusted).ok();
    assert_eq!(endpoint.arrival().seen().event_type, "policy.created");
}

#[test]
fn a_certificate_that_has_ended_is_refused() {
    let folder = Folder::new();
    certificates(&folder, "IP:127.0.0.1", 0);
    // It was good for the second in which it was made.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let endpoint = endpoint(&folder);
    let trusted = format!("--cacert {}", folder.path().join("ca.pem").display());
    let refused = refusal(&send(&endpoint, "127.0.0.1", &trusted));
    assert!(refused.contains("expired"), "{refused}");
}

/// As in a container without the package of certificates.
fn without_authorities(url: &str, arguments: &str) -> crate::support::Ran {
    let arguments =
        format!("send {url} --provider kasko --event policy.created --json {arguments}");
    let mut command = crate::support::hookseal(arguments.split_whitespace());
    command.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent");
    command.output().unwrap().into()
}

/// Other systems ask for their authorities in other ways.
#[cfg(target_os = "linux")]
#[test]
fn a_system_that_trusts_nobody_is_enough_for_http_and_for_ones_own_authority() {
    let plain = Endpoint::honest("kasko");
    without_authorities(&plain.url(), "").ok();
    let folder = Folder::new();
    certificates(&folder, "IP:127.0.0.1", 2);
    let endpoint = endpoint(&folder);
    let url = format!("https://{}/", endpoint.address);
    let failed = without_authorities(&url, "").failed(4);
    assert!(failed.json_error()["message"].as_str().unwrap().contains("ca-certificates"));
    let own = format!("--cacert {}", folder.path().join("ca.pem").display());
    without_authorities(&url, &own).ok();
    without_authorities(&url, "--insecure");
    assert_eq!(endpoint.arrivals().len(), 2);
}

#[test]
fn checking_no_certificate_has_to_be_asked_for_and_is_warned_of() {
    let folder = Folder::new();
    certificates(&folder, "DNS:elsewhere.example", 2);
    let endpoint = endpoint(&folder);
    let ran = send(&endpoint, "localhost", "--insecure");
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.stderr.contains("certificates are not checked"), "{ran:?}");
    endpoint.arrival().seen();
}

#[test]
fn http_to_an_endpoint_of_https_is_told() {
    let folder = Folder::new();
    certificates(&folder, "IP:127.0.0.1", 2);
    let endpoint = endpoint(&folder);
    let ran = run(&format!(
        "send http://{}/ --provider kasko --event policy.created --json",
        endpoint.address
    ));
    assert_eq!(ran.exit, 1, "{ran:?}");
    let error = ran.json()["attempts"][0]["error"].to_string();
    assert!(error.contains("check the port, and https") || error.contains("closed"), "{error}");
}
