//! The message about a signature that does not match.

use crate::headers::{HeaderName, Headers};
use crate::pages::EXPLAIN_PAGES;
use crate::surface::Surface;
use crate::{Error, ErrorCode};

/// The error of a delivery whose signature is wrong for every secret.
pub(crate) fn signature_mismatch(
    title: &str,
    secrets: usize,
    surface: Surface,
    body: &[u8],
    headers: &(impl Headers + ?Sized),
) -> Error {
    let secrets = match secrets {
        1 => "the secret".to_owned(),
        count => format!("any of the {count} secrets"),
    };
    let cause = if body.is_empty() {
        let length = value_of(headers, "Content-Length")
            .filter(|value| value.iter().any(|digit| *digit != b'0'));
        let though = if length.is_some() {
            ", though the header Content-Length says that it is not"
        } else {
            ""
        };
        format!(
            "the body is empty{though}: either something has read it before (pass the raw bytes, \
             before anything else takes them), or {title} sent none and"
        )
    } else if value_of(headers, "Content-Encoding").is_some_and(is_encoding) {
        format!(
            "either the body is still encoded, as the header Content-Encoding says ({title} signs it \
             before that: decode it first), or it is not what {title} sent, or"
        )
    } else {
        format!(
            "either the body is not what {title} sent (pass the raw bytes, before anything parses or \
             re-encodes them), or"
        )
    };
    let explain = surface.explain();
    let what = format!(
        "the signature does not match for {secrets}: {cause} the secret is not this webhook's, or the \
         delivery is forged"
    );
    let advice = format!("; {explain} finds out which, while you develop: {EXPLAIN_PAGES}");
    Error::with_advice(ErrorCode::SignatureMismatch, what, &advice)
}

fn is_encoding(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    !value.is_empty() && !value.eq_ignore_ascii_case(b"identity")
}

/// The last value of a header that no scheme reads.
fn value_of<'h>(headers: &'h (impl Headers + ?Sized), name: &str) -> Option<&'h [u8]> {
    let mut found = None;
    headers.each_value(&HeaderName::new(name)?, &mut |value| found = Some(value));
    found
}
