//! The kinds of forgery.

use std::time::{Duration, SystemTime};

use hookseal::{Field, Scheme, WebhookBuilder};

use super::signature::Signature;
use crate::failure::Failure;
use crate::input::{self, RequestLine};
use crate::send::random;
use crate::send::scheme_source::SchemeSource;
use crate::send::source::{Message, Signed};

/// A delivery that the sender did not make.
#[derive(Debug)]
pub(super) struct Forgery {
    pub(super) kind: &'static str,
    pub(super) what: String,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(String, String)>,
}

/// The distance beyond what is tolerated at which a timestamp is put, so that no generous endpoint
/// takes it.
const A_DAY: Duration = Duration::from_secs(86_400);

/// Makes every forgery that can be made of a message. The core refuses each of them.
pub(super) fn all(signed: &Signed, source: &SchemeSource) -> Result<Vec<Forgery>, Failure> {
    let forger = Forger { signed, source, now: SystemTime::now() };
    let genuine = signed.message.sign(&signed.webhook, forger.now)?;
    let mut made = Vec::new();
    forger.signatures(&genuine, &mut made);
    forger.secrets(&mut made);
    forger.contents(&genuine, &mut made);
    forger.requests(&mut made);
    forger.times(&mut made);
    let is_believed = |forgery: &Forgery| {
        signed.message.verify(&signed.webhook, &forgery.body, &forgery.headers).is_ok()
    };
    made.retain(|forgery| !is_believed(forgery));
    Ok(made)
}

/// Lists what no endpoint can refuse, as the sender does not sign it.
pub(super) fn limits(signed: &Signed, source: &SchemeSource) -> Vec<String> {
    let scheme = signed.webhook.scheme();
    let title = scheme.title();
    let unsigned = scheme.unsigned().iter().map(|field| {
        format!(
            "{title} does not sign the {}: who has a delivery can send it again with another one",
            field.as_str()
        )
    });
    let mut limits: Vec<String> = unsigned.collect();
    if source.with_timestamp_first().is_none() {
        limits.push(format!(
            "{title} signs no timestamp: a delivery can be sent again at any time, so the endpoint \
             has to know which it has had"
        ));
    }
    limits
}

struct Forger<'f> {
    signed: &'f Signed,
    source: &'f SchemeSource,
    now: SystemTime,
}

type Genuine = [(String, String)];

impl Forger<'_> {
    fn forgery(&self, kind: &'static str, what: &str, headers: Vec<(String, String)>) -> Forgery {
        let body = self.signed.message.body.clone();
        Forgery { kind, what: what.to_owned(), body, headers }
    }

    fn builder(&self, scheme: Scheme) -> WebhookBuilder {
        input::builder_of(scheme, &self.signed.options)
    }

    /// The right digest, or none, in the wrong form.
    fn signatures(&self, genuine: &Genuine, made: &mut Vec<Forgery>) {
        let scheme = self.signed.webhook.scheme();
        let is_signature =
            |name: &str| scheme.signature_headers().any(|header| header.matches(name.as_bytes()));
        let with = |value: Option<&str>| {
            let mut headers = genuine.to_vec();
            headers.retain(|(name, _)| value.is_some() || !is_signature(name));
            for (name, own) in &mut headers {
                if let Some(value) = value.filter(|_| is_signature(name)) {
                    value.clone_into(own);
                }
            }
            headers
        };
        made.push(self.forgery("no_signature", "no signature", with(None)));
        made.push(self.forgery("empty_signature", "an empty signature", with(Some(""))));
        let Some((_, value)) = genuine.iter().find(|(name, _)| is_signature(name)) else { return };
        let Some(signature) = Signature::read(value, self.source) else { return };
        let mut push = |kind, what, value: String| {
            made.push(self.forgery(kind, what, with(Some(&value))));
        };
        push("truncated_signature", "half of the signature", signature.truncated());
        if let Some(value) = signature.without_digest() {
            push("no_digest", "a signature without its digest", value);
        }
        push("wrong_prefix", "another prefix of the signature", signature.with_other_prefix());
    }

    /// Well-formed signatures of those who do not know the secret, or not the algorithm.
    fn secrets(&self, made: &mut Vec<Forgery>) {
        let message = &self.signed.message;
        let sign = |source: &SchemeSource, secrets: &[&[u8]]| {
            let webhook = self.builder(source.scheme()?).build(secrets).ok()?;
            message.sign(&webhook, self.now).ok()
        };
        let mut push = |kind, what, headers: Option<_>| {
            made.extend(headers.map(|headers| self.forgery(kind, what, headers)));
        };
        push(
            "wrong_secret",
            "signed with another secret",
            sign(self.source, &[random::secret().as_bytes()]),
        );
        push(
            "empty_secret",
            "signed with an empty secret",
            sign(self.source, &[self.empty_secret()]),
        );
        let other = super::signature::with_other_algorithm(self.source);
        let own: Vec<&[u8]> = self.signed.secrets.iter().map(Vec::as_slice).collect();
        push("other_algorithm", "signed with another algorithm", sign(&other, &own));
    }

    /// A zero byte, as the scheme writes secrets: to HMAC it is the same as no key at all.
    fn empty_secret(&self) -> &'static [u8] {
        match self.source.text("/key/encoding") {
            Some("hex") => b"00",
            Some("base64") => b"AA==",
            _ => b"\0",
        }
    }

    /// The signature of another message.
    fn contents(&self, genuine: &Genuine, made: &mut Vec<Forgery>) {
        let scheme = self.signed.webhook.scheme();
        let body = &self.signed.message.body;
        let mut push = |kind, what, body: Option<Vec<u8>>| {
            let forgery = |body| Forgery { body, ..self.forgery(kind, what, genuine.to_vec()) };
            made.extend(body.map(forgery));
        };
        push("altered_body", "another body under the signature", Some(altered(body)));
        let other = "hookseal.forged";
        push(
            "altered_type",
            "another type under the signature",
            scheme.with_field(body, Field::Type, other),
        );
        let other = random::like(self.signed.message.id.as_deref().unwrap_or_default());
        push(
            "altered_id",
            "another id under the signature",
            scheme.with_field(body, Field::Id, &other),
        );
        if !scheme.unsigned().contains(&Field::Id) {
            let mut headers = genuine.to_vec();
            let mut is_there = false;
            for (name, value) in &mut headers {
                if scheme.field_headers(Field::Id).any(|id| id.matches(name.as_bytes())) {
                    value.clone_from(&other);
                    is_there = true;
                }
            }
            if is_there {
                made.push(self.forgery("altered_id", "another id under the signature", headers));
            }
        }
    }

    /// Signed rightly, for another request.
    fn requests(&self, made: &mut Vec<Forgery>) {
        let message = &self.signed.message;
        if !self.signed.webhook.scheme().signs_request() {
            return;
        }
        let mut push = |kind, what, line: RequestLine| {
            let other = Message { line, ..message.clone() };
            let headers = other.sign(&self.signed.webhook, self.now).ok();
            made.extend(headers.map(|headers| self.forgery(kind, what, headers)));
        };
        let url = message.line.url.clone().unwrap_or_default();
        let separator = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{separator}hookseal=forged");
        push("other_url", "signed for another URL", RequestLine::new("POST", &url));
        let line = RequestLine { method: Some("PUT".to_owned()), ..message.line.clone() };
        push("other_method", "signed for another method", line);
    }

    /// Signed rightly, at the wrong time; and a recorded signature under a new time.
    fn times(&self, made: &mut Vec<Forgery>) {
        let Some(source) = self.source.with_timestamp_first() else { return };
        let Some(webhook) = source
            .scheme()
            .and_then(|scheme| self.builder(scheme).build(&self.signed.secrets).ok())
        else {
            return;
        };
        let tolerance = source.number("/timestamp/tolerance").unwrap_or(300);
        let off = A_DAY.saturating_add(Duration::from_secs(tolerance));
        let sign = |at: Option<SystemTime>| {
            let message = self.signed.message.at(webhook.scheme(), at?);
            let headers = message.sign(&webhook, at?).ok()?;
            Some((message.body, headers))
        };
        let (Some(old), Some(new)) = (sign(self.now.checked_sub(off)), sign(Some(self.now))) else {
            return;
        };
        let mut push = |kind, what, (body, headers)| {
            made.push(Forgery { body, ..self.forgery(kind, what, headers) });
        };
        let under_new_time = if source.has_time_in_body() {
            Some((new.0, old.1.clone()))
        } else {
            let headers = super::signature::under_new_time(&old.1, &new.1, &source);
            headers.map(|headers| (new.0, headers))
        };
        if let Some(forged) = under_new_time {
            push("altered_timestamp", "an old signature under a new timestamp", forged);
        }
        push("stale_timestamp", "signed a day ago", old);
        if let Some(ahead) = sign(self.now.checked_add(off)) {
            push("future_timestamp", "signed for a day ahead", ahead);
        }
    }
}

/// A body that says something else and is still of the same kind.
fn altered(body: &[u8]) -> Vec<u8> {
    let Some(start) = body.iter().position(|byte| *byte == b'{') else {
        return [body, b"!"].concat();
    };
    let (before, after) = body.split_at(start + 1);
    let is_empty = after.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'}');
    let member: &[u8] = if is_empty { b"\"forged\":true" } else { b"\"forged\":true," };
    [before, member, after].concat()
}
