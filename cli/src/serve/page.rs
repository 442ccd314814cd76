//! A page: one document, whose data comes separately, and the headers that keep it to itself.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::response::IntoResponse as _;

use super::policy::policy;

/// What every page has: the frame, the styles, and the script's helpers.
const FRAME: &str = include_str!("frame.html");

/// A page, ready to be served.
#[derive(Debug)]
pub(crate) struct Page {
    document: String,
    policy: HeaderValue,
}

impl Page {
    /// Puts the parts of one page into the frame.
    pub(crate) fn new(parts: &str) -> Self {
        let mut document = FRAME.to_owned();
        for name in ["title", "style", "header", "main", "script"] {
            let begin = parts.split_once(&format!("<{name}>"));
            let part = begin.and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
            let part = part.map_or("", |(part, _)| part);
            document = document.replace(&format!("{{{name}}}"), part.trim_start_matches('\n'));
        }
        let policy = HeaderValue::from_str(&policy(&document));
        Self { document, policy: policy.unwrap_or(HeaderValue::from_static("default-src 'none'")) }
    }

    /// Answers with the document.
    pub(crate) fn document(&self) -> Response<Body> {
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], self.document.clone())
            .into_response()
    }

    /// Adds the headers that every answer of the page has.
    pub(crate) fn protect(&self, response: &mut Response<Body>) {
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_put_into_the_frame() {
        let parts = "<title>t</title>\n<style>\ns {}\n</style>\n<header>\n<b>h</b>\n</header>\n\
                     <main>\n<i>m</i>\n</main>\n<script>\nx()\n</script>\n";
        let Page { document, .. } = Page::new(parts);
        for part in ["<title>t</title>", "s {}\n</style>", "<b>h</b>", "<i>m</i>", "x()\n</script>"]
        {
            assert_eq!(document.matches(part).count(), 1, "{part}");
        }
        for name in ["title", "style", "header", "main", "script"] {
            assert!(!document.contains(&format!("{{{name}}}")), "{name}");
        }
    }
}
