//! The HTTP stack, for the commands that need one.

use std::future::Future;
use std::path::Path;
use std::{fs, io};

use crate::failure::{Exit, Failure};

/// Runs the command's work on a runtime of its own.
pub(crate) fn run(work: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::io("starting the network", &error))?;
    let result = runtime.block_on(work);
    // What it began and does not need any more, such as writing to a pipe that nobody reads.
    runtime.shutdown_background();
    result
}

/// A client that does what it is told and nothing by itself: it follows no redirects, heeds no
/// proxy variables and unpacks nothing.
pub(crate) fn client(cacert: Option<&Path>) -> Result<reqwest::ClientBuilder, Failure> {
    // An error means that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("hookseal/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    if let Some(path) = cacert {
        let pem = fs::read(path).map_err(|error| Failure::file(path, &error))?;
        let certificates = reqwest::Certificate::from_pem_bundle(&pem)
            .ok()
            .filter(|certificates| !certificates.is_empty())
            .ok_or_else(|| {
                Failure::file(path, &io::Error::other("no certificates in PEM form are in it"))
            })?;
        builder = builder.tls_certs_merge(certificates);
    }
    Ok(builder)
}
