//! Prepares what the command line names: a sample, a body, or a saved delivery.

use std::fs;
use std::path::Path;

use hookseal::{Field, Provider, Scheme};
use reqwest::Url;

use super::args::SendArgs;
use super::scheme_source::SchemeSource;
use super::source::{Content, Header, Message, PrivateKey, RequestSource, Signed};
use super::{client, random, sample};
use crate::args::ProviderArgs;
use crate::failure::Failure;
use crate::input::{self, RequestLine};

/// Prepares the source of the requests.
pub(super) fn source(args: &SendArgs, url: &Url) -> Result<RequestSource, Failure> {
    let content = match &args.request {
        Some(path) if !args.resign => saved(path, args)?,
        _ => Content::Signed(Box::new(signed(args, url)?)),
    };
    Ok(RequestSource { content, headers: input::headers(&args.headers)? })
}

/// Gives the known provider, if one is named.
pub(super) fn provider(args: &SendArgs) -> Result<Option<&'static Provider>, Failure> {
    input::provider(&provider_args(args))
}

/// Gives the scheme, if one is named.
pub(super) fn scheme(args: &SendArgs) -> Result<Option<Scheme>, Failure> {
    match (&args.provider, &args.scheme) {
        (None, None) => Ok(None),
        _ => input::scheme(&provider_args(args)).map(Some),
    }
}

/// Reads the scheme as it is written.
pub(super) fn scheme_source(args: &SendArgs) -> Result<SchemeSource, Failure> {
    match (provider(args)?, &args.scheme) {
        (_, Some(path)) => SchemeSource::read(
            &fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?,
        ),
        (Some(known), None) => SchemeSource::read(known.scheme_toml()),
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
    Ok(Content::Saved(input::saved(path)?))
}

fn signed(args: &SendArgs, url: &Url) -> Result<Signed, Failure> {
    let scheme = input::scheme(&provider_args(args))?;
    let secrets = input::secrets(&args.secrets)?;
    let options = args.options.clone();
    let webhook = input::builder_of(scheme, &options).build(&secrets)?;
    let scheme = webhook.scheme();
    let (mut message, headers) = match (&args.request, &args.body) {
        (Some(path), _) => Message::of(scheme, input::saved(path)?.decoded()?),
        (None, Some(path)) => own(scheme, input::body(Some(path))?, args),
        (None, None) => sample::message(scheme, args)?,
    };
    let is_sample = args.request.is_none() && args.body.is_none();
    let private_key = args.private_key_file.as_deref().map(input::private_key).transpose()?;
    message.private_key = private_key.map(PrivateKey);
    message.line = RequestLine::new("POST", &client::called(url));
    message.headers = input::text_headers(&args.headers)?;
    let own = message.headers.clone();
    let is_own = |name: &str| own.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    let others = headers.iter().filter(|(name, _)| !is_own(name));
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    message.headers.extend(others.map(|(name, value)| (name.clone(), text(value))));
    let mut signed = Signed { webhook, options, secrets, message, headers, is_sample };
    complete(&mut signed, args.event.as_deref())?;
    Ok(signed)
}

/// Makes a message of the user's own body, with an id that has not been there before.
fn own(scheme: &Scheme, body: Vec<u8>, args: &SendArgs) -> (Message, Vec<Header>) {
    let id = args.id.clone().or_else(|| {
        let has_header = scheme.field_headers(Field::Id).next().is_some();
        has_header.then(|| random::like(&sample::usual_id(scheme).unwrap_or_default()))
    });
    let with_id = args.id.as_deref().and_then(|id| scheme.with_field(&body, Field::Id, id));
    let message = Message::new(with_id.unwrap_or(body), args.event.clone(), id);
    (message, vec![("Content-Type".to_owned(), b"application/json".to_vec())])
}

/// Completes type and id with what the message itself says, as a receiver reads it.
fn complete(signed: &mut Signed, wanted: Option<&str>) -> Result<(), Failure> {
    let now = std::time::SystemTime::now();
    signed.message = signed.message.at(signed.webhook.scheme(), now);
    let headers = signed.message.sign(&signed.webhook, now)?;
    // What signing makes is not among the others: a forgery may leave it out.
    let made = |name: &str| headers.iter().any(|(made, _)| made.eq_ignore_ascii_case(name));
    signed.headers.retain(|(name, _)| !made(name));
    signed.message.headers.retain(|(name, _)| !made(name));
    // A body that no receiver takes can be sent too.
    let message = &signed.message;
    let Ok(event) = message.verify(&signed.webhook, &message.body, &headers) else { return Ok(()) };
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
