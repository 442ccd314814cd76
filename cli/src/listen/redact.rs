//! Hides what of a request is not shown: its signature, and whatever else opens a door.

use hookseal::Scheme;

use super::arrival::Request;
use crate::text::shown;

/// A header as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShownHeader {
    pub(super) name: String,
    /// `None` if it is hidden.
    pub(super) value: Option<String>,
    /// The length of the value, in bytes.
    pub(super) length: usize,
}

/// Gives the headers of a request without signatures and credentials.
pub(super) fn headers(scheme: &Scheme, request: &Request) -> Vec<ShownHeader> {
    let shown = request.headers.iter().map(|(name, value)| ShownHeader {
        name: shown::line(name),
        value: (!is_signature(scheme, name) && !shown::is_credential(name))
            .then(|| shown::line(&String::from_utf8_lossy(value))),
        length: value.len(),
    });
    shown.collect()
}

/// Writes a URL, or a path and a query, without what may be credentials.
pub(super) fn url(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return shown::line(url) };
    let parameters = query.split('&').map(|parameter| match parameter.split_once('=') {
        Some((name, value)) if shown::is_credential(name) && !value.is_empty() => {
            format!("{name}=…")
        }
        _ => parameter.to_owned(),
    });
    shown::line(&format!("{path}?{}", parameters.collect::<Vec<_>>().join("&")))
}

fn is_signature(scheme: &Scheme, name: &str) -> bool {
    scheme.signature_headers().any(|header| header.matches(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use axum::body::Bytes;

    use super::*;

    #[test]
    fn signatures_and_credentials_are_hidden() {
        let scheme = Scheme::parse(
            r#"
            name = "own"
            [[signature]]
            header = ["X-Seal", "X-Old-Seal"]
            algorithm = "hmac-sha256"
            encoding = "hex"
            content = "{body}"
            [event]
            type = { header = "X-Event" }
            "#,
        )
        .unwrap();
        let headers = [
            ("x-seal", true),
            ("X-OLD-SEAL", true),
            ("x-event", false),
            ("content-type", false),
            ("x-kasko-signature", true),
            ("authorization", true),
            ("x-api-key", true),
        ];
        let request = Request {
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: headers.map(|(name, _)| (name.to_owned(), b"abc".to_vec())).to_vec(),
            body: Bytes::new(),
            content: Bytes::new(),
        };
        let shown = super::headers(&scheme, &request);
        assert_eq!(shown.len(), headers.len());
        for (shown, (name, is_hidden)) in shown.iter().zip(headers) {
            assert_eq!((shown.name.as_str(), shown.length), (name, 3));
            assert_eq!(shown.value.is_none(), is_hidden, "{name}");
        }
    }

    #[test]
    fn credentials_in_the_query_are_hidden() {
        assert_eq!(url("/hooks?tenant=7&token=abc&v"), "/hooks?tenant=7&token=…&v");
        assert_eq!(url("/hooks/token=abc"), "/hooks/token=abc");
    }
}
