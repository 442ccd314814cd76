//! What hookseal costs, against what it replaces.

pub mod c;
pub mod paired;

use hookseal::{Event, SignOptions, Webhook};

/// The payloads that are timed: their names, and what they are.
pub const PAYLOADS: [(&str, &str); 3] = [
    ("s350", include_str!("../payloads/s350.json")),
    ("p1k", include_str!("../payloads/p1k.json")),
    ("b16k", include_str!("../payloads/b16k.json")),
];

/// The secret of all deliveries here.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef01234567";

/// A webhook and a delivery that it verifies.
#[derive(Debug)]
pub struct Delivery<'d> {
    /// The webhook.
    pub webhook: Webhook,
    /// The raw body.
    pub body: &'d str,
    /// A web server's usual headers, and the signature's.
    pub headers: Vec<(String, String)>,
}

impl<'d> Delivery<'d> {
    /// Signs the body as the provider would.
    ///
    /// # Panics
    /// If the provider or the body is not one that can be verified.
    #[must_use]
    pub fn new(provider: &str, body: &'d str) -> Self {
        Self::try_new(provider, body).expect("the delivery verifies")
    }

    /// The headers as servers of the `http` crate hold them.
    ///
    /// # Panics
    /// If a header is none that HTTP allows.
    #[must_use]
    pub fn header_map(&self) -> http::HeaderMap {
        let header = |(name, value): &(String, String)| {
            let name = http::HeaderName::from_bytes(name.as_bytes()).expect("a name");
            (name, http::HeaderValue::from_str(value).expect("a value"))
        };
        self.headers.iter().map(header).collect()
    }

    /// The same, `None` if what is signed does not verify: the body has no type for the provider.
    #[must_use]
    pub fn try_new(provider: &str, body: &'d str) -> Option<Self> {
        let webhook = Webhook::new(provider, [SECRET]).ok()?;
        let headers = with_ordinary_headers(&webhook.sign(body, &SignOptions::new()).ok()?);
        webhook.verify(body, &headers).ok()?;
        Some(Self { webhook, body, headers })
    }

    /// Verifies it.
    ///
    /// # Panics
    /// If it does not verify, which was tried when it was made.
    #[must_use]
    pub fn verify(&self) -> Event<'d> {
        self.webhook.verify(self.body, &self.headers).expect("the delivery verifies")
    }
}

/// The headers of an ordinary request, with `signature` where its own stand.
fn with_ordinary_headers(signature: &[(String, String)]) -> Vec<(String, String)> {
    let list: serde_json::Value =
        serde_json::from_str(include_str!("../headers.json")).expect("headers.json is JSON");
    let entries = list["headers"].as_array().expect("headers.json has a list");
    let mut headers = Vec::new();
    for entry in entries {
        match entry.as_array().map(Vec::as_slice) {
            Some([name, value]) => headers.push((
                name.as_str().expect("a name").to_owned(),
                value.as_str().expect("a value").to_owned(),
            )),
            _ => headers.extend_from_slice(signature),
        }
    }
    headers
}

/// A batch event of about this many bytes, made of the items of `b16k`.
///
/// # Panics
/// If `b16k` is not a batch of items.
#[must_use]
pub fn grown(bytes: usize) -> String {
    let batch: serde_json::Value = serde_json::from_str(PAYLOADS[2].1).expect("b16k is JSON");
    let item = batch["data"]["items"][0].to_string();
    let mut body = r#"{"id":"evt_big","type":"policy.batch","data":{"items":["#.to_owned();
    // Below the size of an item, a part of its text stands for it.
    if bytes < body.len() + item.len() {
        let room = bytes.saturating_sub(body.len() + 4);
        let text: String = item.chars().filter(|c| !matches!(c, '"' | '\\')).take(room).collect();
        return format!("{body}\"{text}\"]}}}}");
    }
    body.push_str(&item);
    while body.len() + item.len() < bytes {
        body.push(',');
        body.push_str(&item);
    }
    body.push_str("]}}");
    body
}
