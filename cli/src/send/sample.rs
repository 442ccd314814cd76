//! The samples of the providers' events, made into messages.

use base64ct::{Base64, Encoding as _};
use hookseal::{Field, Provider, Scheme};
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::args::SendArgs;
use super::random;
use super::source::{Header, Message};
use crate::failure::Failure;
use crate::input::Delivery;

#[derive(Deserialize)]
struct Sample {
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<String>,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    event: ExpectedEvent,
}

#[derive(Deserialize)]
struct ExpectedEvent {
    id: Option<String>,
}

fn read(sample: &hookseal::Sample) -> Result<Sample, Failure> {
    serde_json::from_str(sample.json)
        .map_err(|error| Failure::io("the provider's sample", &error.into()))
}

fn samples(scheme: &Scheme) -> &'static [hookseal::Sample] {
    let known = hookseal::providers().find(|provider| provider.name() == scheme.name());
    known.map(Provider::samples).unwrap_or_default()
}

/// Gives an id as the provider makes them, if a sample has one.
pub(super) fn usual_id(scheme: &Scheme) -> Option<String> {
    samples(scheme).iter().find_map(|sample| read(sample).ok()?.expect.event.id)
}

/// Makes a message of the event's sample, as if it happened now.
pub(super) fn message(scheme: &Scheme, args: &SendArgs) -> Result<(Message, Vec<Header>), Failure> {
    let samples = if args.provider.is_some() { samples(scheme) } else { &[] };
    let Some(sample) = samples.iter().find(|it| Some(it.event_type) == args.event.as_deref())
    else {
        return Err(no_sample(scheme, samples, args.event.as_deref()));
    };
    let event_type = sample.event_type;
    let sample = read(sample)?;
    let mut body = match (&sample.body, &sample.body_base64) {
        (Some(text), _) => text.clone().into_bytes(),
        (None, Some(encoded)) => Base64::decode_vec(encoded).unwrap_or_default(),
        (None, None) => Vec::new(),
    };
    let id = args.id.clone().or_else(|| sample.expect.event.id.as_deref().map(random::like));
    let now = OffsetDateTime::now_utc().truncate_to_second().format(&Rfc3339).unwrap_or_default();
    for (field, value) in [(Field::Id, id.as_deref()), (Field::CreatedAt, Some(now.as_str()))] {
        if let Some(changed) = value.and_then(|value| scheme.with_field(&body, field, value)) {
            body = changed;
        }
    }
    let headers = sample.headers.into_iter().map(|(name, value)| (name, value.into_bytes()));
    let headers = headers.collect();
    let (_, headers) = Message::of(scheme, Delivery { body: Vec::new(), headers });
    Ok((Message::new(body, Some(event_type.to_owned()), id), headers))
}

fn no_sample(scheme: &Scheme, samples: &[hookseal::Sample], wanted: Option<&str>) -> Failure {
    let title = scheme.title();
    let known: Vec<&str> =
        samples.iter().map(|sample| sample.event_type).filter(|name| !name.is_empty()).collect();
    if known.is_empty() {
        return Failure::usage(format!(
            "there are no samples of {title}: name a file with the body, or `-` for standard input"
        ));
    }
    let known = known.join(", ");
    Failure::usage(match wanted {
        Some(wanted) => format!(
            "there is no sample of `{wanted}`: name a file with its body, or take one of {known}"
        ),
        None => format!(
            "say which event's sample to send, with `--event` and one of {known}; or name a file \
             with a body"
        ),
    })
}
