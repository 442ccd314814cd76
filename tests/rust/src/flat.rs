//! The flat form of the cases and of what became of them, for languages that have no JSON at hand.
//!
//! A file is a list of fields, each a line `name length` and so many bytes and a line feed. The
//! first field of a file of cases is `count`; in either kind of file a case ends with the empty
//! field `end`.

use std::str::{self, FromStr};

use crate::asked::{self, Asked};
use crate::broken::Broken;
use crate::outcome::{FoundEvent, Outcome, since_1970};
use crate::{Case, GivenRequest, WebhookOptions, samples, vectors};

/// All cases, the samples too.
#[must_use]
pub fn cases() -> Vec<Case> {
    let vectors = vectors().into_iter().flat_map(|(_, cases)| cases);
    vectors.chain(samples()).collect()
}

/// The cases in the flat form.
#[must_use]
pub fn write(cases: &[Case]) -> Vec<u8> {
    let mut out = Vec::new();
    field(&mut out, "count", cases.len().to_string());
    for case in cases {
        field(&mut out, "name", &case.name);
        if let Some(provider) = &case.provider {
            field(&mut out, "provider", provider);
        }
        if let Some(scheme) = &case.scheme {
            field(&mut out, "scheme", scheme.to_string());
        }
        if let Some(tolerance) = case.tolerance {
            field(&mut out, "tolerance", tolerance.to_string());
        }
        besides(&mut out, &case.options, &case.request);
        delivery(&mut out, case.secrets(), &case.headers, case.body(), case.now);
        field(&mut out, "end", "");
    }
    out
}

/// Broken deliveries in the flat form, with what is to be found.
#[must_use]
pub fn write_broken(cases: &[Broken]) -> Vec<u8> {
    let mut out = Vec::new();
    field(&mut out, "count", cases.len().to_string());
    for case in cases {
        field(&mut out, "name", &case.name);
        field(&mut out, "provider", &case.provider);
        besides(&mut out, &case.options, &case.request);
        delivery(&mut out, case.secrets(), &case.headers, case.body(), case.now);
        for hint in &case.hints {
            field(&mut out, "hint", hint);
        }
        for cause in case.expect.finding.iter().chain(&case.expect.also) {
            field(&mut out, "cause", cause);
        }
        for (name, holds) in [("proven", case.expect.proven), ("verifies", case.expect.verifies)] {
            if holds {
                field(&mut out, name, "");
            }
        }
        if let Some(error) = &case.expect.error {
            field(&mut out, "error", error);
        }
        field(&mut out, "end", "");
    }
    out
}

/// Handshakes in the flat form, with what is to be answered.
#[must_use]
pub fn write_asked(cases: &[Asked]) -> Vec<u8> {
    let mut out = Vec::new();
    field(&mut out, "count", cases.len().to_string());
    for case in cases {
        field(&mut out, "name", &case.name);
        field(&mut out, "provider", &case.provider);
        if let Some(tolerance) = case.tolerance {
            field(&mut out, "tolerance", tolerance.to_string());
        }
        besides(&mut out, &case.options, &case.request);
        delivery(&mut out, &case.secrets, &case.headers, case.body.clone().into_bytes(), None);
        match &case.expect {
            asked::Expected::Error(code) => field(&mut out, "error", code),
            asked::Expected::Answer(None) => {}
            asked::Expected::Answer(Some(answer)) => {
                field(&mut out, "content-type", &answer.content_type);
                field(&mut out, "answer", &answer.body);
            }
        }
        field(&mut out, "end", "");
    }
    out
}

/// The webhook's options, and what is given of the request beside its headers.
fn besides(out: &mut Vec<u8>, options: &WebhookOptions, request: &GivenRequest) {
    if options.accept_unsigned {
        field(out, "accept-unsigned", "");
    }
    for (name, value) in &options.constants {
        field(out, "constant-name", name);
        field(out, "constant-value", value);
    }
    for (name, value) in
        [("origin", &options.origin), ("method", &request.method), ("url", &request.url)]
    {
        if let Some(value) = value {
            field(out, name, value);
        }
    }
}

fn delivery(
    out: &mut Vec<u8>,
    secrets: impl IntoIterator<Item = impl AsRef<[u8]>>,
    headers: &[(String, String)],
    body: Vec<u8>,
    now: Option<u64>,
) {
    for secret in secrets {
        field(out, "secret", secret);
    }
    for (name, value) in headers {
        field(out, "header-name", name);
        field(out, "header-value", value);
    }
    field(out, "body", body);
    if let Some(now) = now {
        field(out, "now", now.to_string());
    }
}

fn field(out: &mut Vec<u8>, name: &str, value: impl AsRef<[u8]>) {
    let value = value.as_ref();
    out.extend_from_slice(format!("{name} {}\n", value.len()).as_bytes());
    out.extend_from_slice(value);
    out.push(b'\n');
}

/// What became of cases, by their names.
///
/// # Errors
/// If this is not the flat form of that.
pub fn read(mut flat: &[u8]) -> Result<Vec<(String, Outcome)>, String> {
    let mut outcomes = Vec::new();
    while !flat.is_empty() {
        outcomes.push(outcome(&mut flat)?);
    }
    Ok(outcomes)
}

fn outcome(flat: &mut &[u8]) -> Result<(String, Outcome), String> {
    let mut fields = Fields(Vec::new());
    loop {
        match next(flat) {
            Some(("end", _)) => break,
            Some(field) => fields.0.push(field),
            None => return Err(format!("not the flat form in or after {:?}", fields.one("case"))),
        }
    }
    let outcome = if let Some(code) = fields.optional("error")? {
        Outcome::Error {
            code,
            http_status: fields.number("http_status")?,
            message: fields.text("message")?,
        }
    } else {
        Outcome::Event(FoundEvent {
            provider: fields.text("provider")?,
            event_type: fields.text("type")?,
            id: fields.optional("id")?,
            created_at: fields.optional("created_at")?.as_deref().and_then(moment),
            test: fields.text("test")? == "true",
            data: fields.optional("data")?,
            envelope: Some(fields.optional("envelope")?),
            unsigned: fields.all("unsigned").map(text).collect::<Result<_, _>>()?,
            key_index: fields.number("key_index")?,
            dedupe_key: fields.text("dedupe_key")?,
            body: fields.one("body").ok_or("no `body`")?.to_owned(),
        })
    };
    Ok((fields.text("case")?, outcome))
}

/// The fields of one case.
struct Fields<'f>(Vec<(&'f str, &'f [u8])>);

impl<'f> Fields<'f> {
    fn all(&self, name: &str) -> impl Iterator<Item = &'f [u8]> {
        self.0.iter().filter(move |field| field.0 == name).map(|field| field.1)
    }

    fn one(&self, name: &str) -> Option<&'f [u8]> {
        self.all(name).next()
    }

    fn optional(&self, name: &str) -> Result<Option<String>, String> {
        self.one(name).map(text).transpose()
    }

    fn text(&self, name: &str) -> Result<String, String> {
        self.optional(name)?.ok_or_else(|| format!("no `{name}`"))
    }

    fn number<N: FromStr>(&self, name: &str) -> Result<N, String> {
        let text = self.text(name)?;
        text.parse().map_err(|_| format!("`{name}` is {text}, which is not its number"))
    }
}

fn next<'f>(flat: &mut &'f [u8]) -> Option<(&'f str, &'f [u8])> {
    let line = flat.iter().position(|byte| *byte == b'\n')?;
    let (name, length) = str::from_utf8(&flat[..line]).ok()?.split_once(' ')?;
    let rest = &flat[line + 1..];
    let (value, rest) = rest.split_at_checked(length.parse().ok()?)?;
    *flat = rest.strip_prefix(b"\n")?;
    Some((name, value))
}

fn text(bytes: &[u8]) -> Result<String, String> {
    String::from_utf8(bytes.to_owned()).map_err(|error| error.to_string())
}

/// `seconds nanoseconds` since 1970.
fn moment(text: &str) -> Option<std::time::SystemTime> {
    let (seconds, nanoseconds) = text.split_once(' ')?;
    since_1970(seconds.parse().ok()?, nanoseconds.parse().ok()?)
}
