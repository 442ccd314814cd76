//! The certificates that are trusted.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

use crate::failure::Failure;

/// Trusts what the system trusts, and the certificates given.
pub(super) fn config(cacert: Option<&Path>) -> Result<rustls::ClientConfig, Failure> {
    let failed = |error: rustls::Error| Failure::network(format!("cannot prepare HTTPS: {error}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let extra = cacert.map(certificates).transpose()?.unwrap_or_default();
    let verifier = Verifier::new_with_extra_roots(extra, provider.clone()).map_err(failed)?;
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
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
