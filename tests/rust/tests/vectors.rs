//! Every conformance case, through the Rust API.

use std::time::{Duration, SystemTime};

use hookseal::{Error, Event, Field, Scheme, Webhook};
use hookseal_tests::{Case, ExpectedEvent, moment, samples, vectors};
use serde_json::Value;

/// How many cases there are. A runner that finds fewer has lost some.
const VECTORS: usize = 1775;
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
    assert_eq!(samples.len(), SAMPLES);
}

fn check(case: &Case) -> Result<(), String> {
    let body = case.body();
    let result = webhook(case).and_then(|webhook| match case.now {
        Some(now) => webhook.verify_at(
            &body,
            &case.headers,
            SystemTime::UNIX_EPOCH + Duration::from_secs(now),
        ),
        None => webhook.verify(&body, &case.headers),
    });
    match (result, &case.expect.event, &case.expect.error) {
        (Ok(event), Some(expected), None) => {
            if let Some(canonical) = &case.expect.canonical {
                let written = hookseal::json::to_ecmascript(&String::from_utf8_lossy(&body));
                same("canonical", &written.as_deref(), &Ok(canonical.as_str()))?;
            }
            compare(&event, expected)
        }
        (Err(error), None, Some(code)) if error.code().as_str() == code => {
            discloses_nothing(&error, case)
        }
        (Err(error), ..) => Err(format!("{:?}, expected {:?}", error, case.expect)),
        (Ok(event), ..) => Err(format!("{event:?}, expected {:?}", case.expect)),
    }
}

fn webhook(case: &Case) -> Result<Webhook, Error> {
    let scheme = match (&case.provider, &case.scheme) {
        (_, Some(scheme)) => Scheme::parse(&scheme.to_string())?,
        (Some(provider), None) => Scheme::provider(provider)?,
        (None, None) => unreachable!("{}: neither provider nor scheme", case.name),
    };
    let builder = Webhook::builder(scheme);
    let builder = match case.tolerance {
        Some(seconds) => builder.tolerance(Duration::from_secs(seconds)),
        None => builder,
    };
    builder.build(case.secrets())
}

fn compare(event: &Event<'_>, expected: &ExpectedEvent) -> Result<(), String> {
    same("provider", &event.provider(), &expected.provider.as_str())?;
    same("type", &event.event_type(), &expected.event_type.as_str())?;
    same("id", &event.id(), &expected.id.as_deref())?;
    same("created_at", &event.created_at(), &expected.created_at.as_deref().map(moment))?;
    same("test", &event.is_test(), &expected.test)?;
    if let Some(data) = &expected.data {
        let found = event.data_json().map_or(Ok(Value::Null), serde_json::from_str);
        let found: Value = found.map_err(|error| format!("data: {error}"))?;
        same("data", &found, data)?;
    }
    if let Some(has_data) = expected.has_data {
        same("has_data", &event.data_json().is_some(), &has_data)?;
    }
    if let Some(unsigned) = &expected.unsigned {
        let found: Vec<&str> = event.unsigned().iter().copied().map(Field::as_str).collect();
        same("unsigned", &found, &unsigned.iter().map(String::as_str).collect())?;
    }
    if let Some(key_index) = expected.key_index {
        same("key_index", &event.key_index(), &key_index)?;
    }
    if let Some(dedupe_key) = &expected.dedupe_key {
        same("dedupe_key", &event.dedupe_key(), dedupe_key)?;
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}: {found:?}, expected {expected:?}"))
    }
}

/// No secret and no signature in what is logged.
fn discloses_nothing(error: &Error, case: &Case) -> Result<(), String> {
    let text = format!("{error} {error:?}");
    let hidden = case.secrets.iter().chain(case.headers.iter().map(|(_, value)| value));
    match hidden.filter(|value| value.len() > 12).find(|value| text.contains(value.as_str())) {
        Some(value) => Err(format!("the error holds {value}: {text}")),
        None => Ok(()),
    }
}
