//! Packs what the command line names: a sample, a body, or a saved delivery.

use std::fs;
use std::path::Path;

use base64ct::{Base64, Encoding as _};
use hookseal::{Field, Headers as _, Provider, Scheme, Webhook};
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::args::SendArgs;
use super::forge::Draft;
use super::identity;
use super::parcel::{Content, Message, Parcel, Signed};
use crate::args::ProviderArgs;
use crate::failure::Failure;
use crate::input::{self, Delivery};

type Header = (String, Vec<u8>);

/// What the command line says is to be sent.
pub(super) fn pack(args: &SendArgs) -> Result<Parcel, Failure> {
    let content = match &args.request {
        Some(path) if !args.resign => saved(path, args)?,
        _ => Content::Signed(Box::new(signed(args)?)),
    };
    Ok(Parcel { content, headers: input::headers(&args.headers)? })
}

/// The known provider, if one is named.
pub(super) fn provider(args: &SendArgs) -> Result<Option<&'static Provider>, Failure> {
    input::provider(&provider_args(args))
}

/// The scheme, if one is named.
pub(super) fn scheme(args: &SendArgs) -> Result<Option<Scheme>, Failure> {
    match (&args.provider, &args.scheme) {
        (None, None) => Ok(None),
        _ => input::scheme(&provider_args(args)).map(Some),
    }
}

/// The scheme's source.
pub(super) fn draft(args: &SendArgs) -> Result<Draft, Failure> {
    match (provider(args)?, &args.scheme) {
        (_, Some(path)) => {
            Draft::read(&fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?)
        }
        (Some(known), None) => Draft::read(known.scheme_toml()),
        (None, None) => Err(Failure::usage("give `--provider NAME` or `--scheme FILE`")),
    }
}

fn provider_args(args: &SendArgs) -> ProviderArgs {
    ProviderArgs { provider: args.provider.clone(), scheme: args.scheme.clone() }
}

fn saved(path: &Path, args: &SendArgs) -> Result<Content, Failure> {
    if args.forge {
        return Err(Failure::usage("forgeries are made with your secret: add `--resign`"));
    }
    Ok(Content::Saved(read_saved(path)?))
}

fn read_saved(path: &Path) -> Result<Delivery, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    Ok(input::request::read(&bytes)?.delivery)
}

fn signed(args: &SendArgs) -> Result<Signed, Failure> {
    let scheme = input::scheme(&provider_args(args))?;
    let secrets = input::secrets(&args.secrets)?;
    let webhook = Webhook::builder(scheme).build(&secrets)?;
    let scheme = webhook.scheme();
    let (message, headers) = match (&args.request, &args.body) {
        (Some(path), _) => unsigned(scheme, read_saved(path)?),
        (None, Some(path)) => own(scheme, input::body(Some(path))?, args),
        (None, None) => sample(scheme, args)?,
    };
    let is_sample = args.request.is_none() && args.body.is_none();
    let mut signed = Signed { webhook, secrets, message, headers, is_sample };
    complete(&mut signed, args.event.as_deref())?;
    Ok(signed)
}

/// A saved delivery without what signing makes.
fn unsigned(scheme: &Scheme, saved: Delivery) -> (Message, Vec<Header>) {
    let text = |field| {
        let mut found = None;
        for name in scheme.field_headers(field) {
            saved.headers.each_value(name, &mut |value| {
                found = found.take().or_else(|| Some(String::from_utf8_lossy(value).into_owned()));
            });
        }
        found
    };
    let (event_type, id) = (text(Field::Type), text(Field::Id));
    let signing = |name: &str| scheme.headers().any(|header| header.matches(name.as_bytes()));
    let headers = saved.headers.into_iter().filter(|(name, _)| !signing(name)).collect();
    (Message { body: saved.body, event_type, id }, headers)
}

/// A body of the user's own: a delivery that has not been there before.
fn own(scheme: &Scheme, body: Vec<u8>, args: &SendArgs) -> (Message, Vec<Header>) {
    let id = args.id.clone().or_else(|| {
        let has_header = scheme.field_headers(Field::Id).next().is_some();
        has_header.then(|| identity::like(&usual_id(scheme).unwrap_or_default()))
    });
    let with_id = args.id.as_deref().and_then(|id| scheme.with_field(&body, Field::Id, id));
    let message = Message { body: with_id.unwrap_or(body), event_type: args.event.clone(), id };
    (message, vec![("Content-Type".to_owned(), b"application/json".to_vec())])
}

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

fn read_sample(sample: &hookseal::Sample) -> Result<Sample, Failure> {
    serde_json::from_str(sample.json)
        .map_err(|error| Failure::io("the provider's sample", &error.into()))
}

fn samples(scheme: &Scheme) -> &'static [hookseal::Sample] {
    let known = hookseal::providers().find(|provider| provider.name() == scheme.name());
    known.map(Provider::samples).unwrap_or_default()
}

/// What an id of this provider's looks like.
fn usual_id(scheme: &Scheme) -> Option<String> {
    samples(scheme).iter().find_map(|sample| read_sample(sample).ok()?.expect.event.id)
}

/// The sample of the event, as if it happened now.
fn sample(scheme: &Scheme, args: &SendArgs) -> Result<(Message, Vec<Header>), Failure> {
    let samples = if args.provider.is_some() { samples(scheme) } else { &[] };
    let Some(sample) = samples.iter().find(|it| Some(it.event_type) == args.event.as_deref())
    else {
        return Err(no_sample(scheme, samples, args.event.as_deref()));
    };
    let event_type = sample.event_type;
    let sample = read_sample(sample)?;
    let mut body = match (&sample.body, &sample.body_base64) {
        (Some(text), _) => text.clone().into_bytes(),
        (None, Some(encoded)) => Base64::decode_vec(encoded).unwrap_or_default(),
        (None, None) => Vec::new(),
    };
    let id = args.id.clone().or_else(|| sample.expect.event.id.as_deref().map(identity::like));
    let now = OffsetDateTime::now_utc().truncate_to_second().format(&Rfc3339).unwrap_or_default();
    for (field, value) in [(Field::Id, id.as_deref()), (Field::CreatedAt, Some(now.as_str()))] {
        if let Some(changed) = value.and_then(|value| scheme.with_field(&body, field, value)) {
            body = changed;
        }
    }
    let headers = sample.headers.into_iter().map(|(name, value)| (name, value.into_bytes()));
    let (_, headers) = unsigned(scheme, Delivery { body: Vec::new(), headers: headers.collect() });
    Ok((Message { body, event_type: Some(event_type.to_owned()), id }, headers))
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

/// Takes in what the message itself says, as a receiver reads it.
fn complete(signed: &mut Signed, wanted: Option<&str>) -> Result<(), Failure> {
    let headers = signed.message.sign(&signed.webhook, std::time::SystemTime::now())?;
    // A body that no receiver takes can be sent too.
    let Ok(event) = signed.webhook.verify(&signed.message.body, &headers) else { return Ok(()) };
    if let Some(wanted) = wanted
        && wanted != event.event_type()
    {
        return Err(Failure::usage(format!(
            "the body says that it is of the type `{}`, and not `{wanted}`: leave `--event` out",
            event.event_type()
        )));
    }
    let event_type = Some(event.event_type()).filter(|name| !name.is_empty()).map(str::to_owned);
    let id = event.id().map(str::to_owned);
    signed.message.event_type = event_type.or(signed.message.event_type.take());
    signed.message.id = id.or(signed.message.id.take());
    Ok(())
}
