//! The Content-Security-Policy: even a mistake in the page lets a delivery do nothing.

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

/// Writes the policy of a page with one script and one style, which it names by hash.
pub(crate) fn policy(page: &str) -> String {
    let script = hash(page, "<script>", "</script>");
    let style = hash(page, "<style>", "</style>");
    format!(
        "default-src 'none'; script-src {script}; style-src {style}; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn hash(page: &str, begin: &str, end: &str) -> String {
    let text = page.split_once(begin).and_then(|(_, rest)| rest.split_once(end));
    let digest = Sha256::digest(text.map_or("", |(text, _)| text));
    format!("'sha256-{}'", Base64::encode_string(&digest))
}
