//! Every conformance case, through the Rust API.

use std::time::{Duration, SystemTime};

use hookseal::{Error, Event, Field, RequestHead, Scheme, Webhook};
use hookseal_tests::outcome::{FoundEvent, Outcome, judge};
use hookseal_tests::{Case, samples, vectors};

/// How many cases there are. A runner that finds fewer has lost some.
const VECTORS: usize = 2457;
/// The fewest samples: a provider more has more.
const SAMPLES: usize = 41;

#[test]
fn vectors_give_what_they_expect() {
    let files = vectors();
    let mut failures = Vec::new();
    let mut count = 0;
    for case in files.iter().flat_map(|(_, cases)| cases) {
        count += 1;
        failures.extend(check(case).err().map(|failure| format!("{}: {failure}", case.name)));
    }
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(count, VECTORS);
}

#[test]
fn samples_give_what_they_expect() {
    let samples = samples();
    let failures: Vec<String> = samples
        .iter()
        .filter_map(|case| check(case).err().map(|failure| format!("{}: {failure}", case.name)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(samples.len() >= SAMPLES, "only {} samples", samples.len());
}

fn check(case: &Case) -> Result<(), String> {
    let body = case.body();
    if let (Some(_), Some(canonical)) = (&case.expect.event, &case.expect.canonical) {
        let written = hookseal_json::to_ecmascript(&String::from_utf8_lossy(&body));
        if written.as_deref() != Ok(canonical.as_str()) {
            return Err(format!("canonical: {written:?}, expected {canonical:?}"));
        }
    }
    let request = &case.request;
    let head = RequestHead::new(&case.headers)
        .method(request.method.as_deref())
        .url(request.url.as_deref());
    let result = webhook(case).and_then(|webhook| match case.now {
        Some(now) => {
            webhook.verify_at(&body, &head, SystemTime::UNIX_EPOCH + Duration::from_secs(now))
        }
        None => webhook.verify(&body, &head),
    });
    judge(case, &outcome(result))
}

fn webhook(case: &Case) -> Result<Webhook, Error> {
    let own = case.scheme.as_ref().map(|scheme| Scheme::parse(&scheme.to_string())).transpose()?;
    let scheme = match (&case.provider, own) {
        (Some(provider), own) => Scheme::resolve(provider, own)?,
        (None, Some(own)) => own,
        (None, None) => unreachable!("{}: neither provider nor scheme", case.name),
    };
    let builder = Webhook::builder(scheme);
    let mut builder = match case.tolerance {
        Some(seconds) => builder.tolerance(Duration::from_secs(seconds)),
        None => builder,
    };
    if case.options.accept_unsigned {
        builder = builder.accept_unsigned();
    }
    for (name, value) in &case.options.constants {
        builder = builder.constant(name, value);
    }
    if let Some(origin) = &case.options.origin {
        builder = builder.origin(origin);
    }
    builder.build(case.secrets())
}

fn outcome(result: Result<Event<'_>, Error>) -> Outcome {
    match result {
        Ok(event) => Outcome::Event(FoundEvent {
            provider: event.provider().to_owned(),
            event_type: event.event_type().to_owned(),
            id: event.id().map(str::to_owned),
            created_at: event.created_at(),
            test: event.is_test(),
            data: event.data_json().map(str::to_owned),
            envelope: Some(event.envelope_json().map(str::to_owned)),
            unsigned: event
                .unsigned()
                .iter()
                .map(|field| Field::as_str(*field).to_owned())
                .collect(),
            key_index: event.key_index(),
            dedupe_key: event.dedupe_key(),
            body: event.body().to_owned(),
        }),
        Err(error) => Outcome::Error {
            code: error.code().as_str().to_owned(),
            http_status: error.http_status(),
            message: format!("{error} {error:?}"),
        },
    }
}
