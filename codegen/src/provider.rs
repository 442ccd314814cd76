//! Reads a provider's folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::ir::{Definition, Event, Provider, Sample};
use crate::schema;

// Only what code is made from; the rest of these files is read and checked by the library.
#[derive(Deserialize)]
struct SchemeFile {
    name: String,
    title: String,
    #[serde(default)]
    payload: PayloadTable,
}

#[derive(Default, Deserialize)]
struct PayloadTable {
    signed_as: Option<String>,
}

#[derive(Deserialize)]
struct EventsFile {
    source: String,
    #[serde(default)]
    delivery: DeliveryTable,
    #[serde(default, rename = "event")]
    events: Vec<EventEntry>,
}

#[derive(Default, Deserialize)]
struct DeliveryTable {
    largest_body: Option<usize>,
}

#[derive(Deserialize)]
struct EventEntry {
    #[serde(rename = "type")]
    name: String,
    description: String,
    payload: String,
}

#[derive(Deserialize)]
struct SampleFile {
    provider: String,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    event: ExpectedEvent,
}

#[derive(Deserialize)]
struct ExpectedEvent {
    #[serde(rename = "type")]
    name: String,
}

/// Every provider, sorted by name.
pub(crate) fn load_all(folder: &Path) -> Result<Vec<Provider>, Error> {
    let mut providers = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| Error::file(folder, error))? {
        let path = entry.map_err(|error| Error::file(folder, error))?.path();
        if path.is_dir() {
            providers.push(load(&path)?);
        }
    }
    providers.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(providers)
}

fn load(folder: &Path) -> Result<Provider, Error> {
    let scheme: SchemeFile = read_toml(&folder.join("scheme.toml"))?;
    let catalogue: EventsFile = read_toml(&folder.join("events.toml"))?;
    let payloads = folder.join("payload.schema.json");
    let provider = Provider {
        definitions: schema::parse(&read(&payloads)?)
            .map_err(|error| Error::file(&payloads, error))?,
        samples: samples(&folder.join("samples"), &scheme.name)?,
        name: scheme.name,
        title: scheme.title,
        signs_ecmascript: scheme.payload.signed_as.as_deref() == Some("ecmascript"),
        largest_body: catalogue.delivery.largest_body,
        source: catalogue.source,
        events: catalogue
            .events
            .into_iter()
            .map(|EventEntry { name, description, payload }| Event { name, description, payload })
            .collect(),
    };
    if folder.file_name().is_none_or(|name| name != provider.name.as_str()) {
        return Err(Error::file(folder, format!("the scheme calls itself `{}`", provider.name)));
    }
    check(&provider).map_err(|error| Error::file(folder, error))?;
    Ok(provider)
}

fn samples(folder: &Path, provider: &str) -> Result<Vec<Sample>, Error> {
    let mut samples = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| Error::file(folder, error))? {
        let path = entry.map_err(|error| Error::file(folder, error))?.path();
        let sample: SampleFile =
            serde_json::from_str(&read(&path)?).map_err(|error| Error::file(&path, error))?;
        if sample.provider != provider {
            return Err(Error::file(&path, format!("a sample of `{}`", sample.provider)));
        }
        let file =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        samples.push(Sample { file, event_type: sample.expect.event.name });
    }
    samples.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(samples)
}

/// Returns `true` if the parts fit together.
fn check(provider: &Provider) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for event in &provider.events {
        let place = format!("events.toml: {}", event.name);
        if !seen.insert(&event.name) {
            return Err(Error::at(place, "given twice"));
        }
        if !provider.definitions.iter().any(|one| one.name == event.payload) {
            return Err(Error::at(
                place,
                format!("payload.schema.json defines no `{}`", event.payload),
            ));
        }
        let file = format!("{}.json", event.name);
        if !provider.samples.iter().any(|one| one.file == file && one.event_type == event.name) {
            return Err(Error::at(place, format!("there is no such sample in samples/{file}")));
        }
    }
    match provider.definitions.iter().find(|one| !reachable(provider).contains(one.name.as_str())) {
        Some(unused) => {
            Err(Error::at("payload.schema.json", format!("no event leads to `{}`", unused.name)))
        }
        None => Ok(()),
    }
}

/// The definitions that the events' payloads are made of.
fn reachable(provider: &Provider) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut queue: Vec<&str> = provider.events.iter().map(|event| event.payload.as_str()).collect();
    while let Some(name) = queue.pop() {
        if found.insert(name) {
            let definition = provider.definitions.iter().find(|one| one.name == name);
            queue.extend(definition.map(Definition::mentions).unwrap_or_default());
        }
    }
    found
}

fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    toml::from_str(&read(path)?).map_err(|error| Error::file(path, error))
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::file(path, error))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::ir::{Field, Kind};

    fn definition(name: &str, kind: Kind) -> Definition {
        let field = Field {
            name: "field".into(),
            description: String::new(),
            required: true,
            nullable: false,
            kind,
        };
        Definition { name: name.into(), description: String::new(), fields: vec![field] }
    }

    fn provider() -> Provider {
        Provider {
            name: "acme".into(),
            title: "Acme".into(),
            signs_ecmascript: false,
            largest_body: None,
            source: String::new(),
            events: vec![Event {
                name: "a.b".into(),
                description: String::new(),
                payload: "Outer".into(),
            }],
            definitions: vec![
                definition("Outer", Kind::List(Box::new(Kind::Named("Inner".into())))),
                definition("Inner", Kind::String),
            ],
            samples: vec![Sample { file: "a.b.json".into(), event_type: "a.b".into() }],
        }
    }

    fn refused(change: impl FnOnce(&mut Provider)) -> String {
        let mut provider = provider();
        change(&mut provider);
        check(&provider).unwrap_err().to_string()
    }

    #[test]
    fn parts_that_fit_pass() {
        check(&provider()).unwrap();
    }

    #[test]
    fn parts_that_do_not_fit_are_named() {
        let twice = refused(|provider| {
            let Event { name, description, payload } = &provider.events[0];
            let again = Event {
                name: name.clone(),
                description: description.clone(),
                payload: payload.clone(),
            };
            provider.events.push(again);
        });
        assert_eq!(twice, "events.toml: a.b: given twice");
        let undefined = refused(|provider| provider.events[0].payload = "Missing".into());
        assert_eq!(undefined, "events.toml: a.b: payload.schema.json defines no `Missing`");
        let unsampled = refused(|provider| provider.samples.clear());
        assert_eq!(unsampled, "events.toml: a.b: there is no such sample in samples/a.b.json");
        let mistyped = refused(|provider| provider.samples[0].event_type = "c.d".into());
        assert_eq!(mistyped, "events.toml: a.b: there is no such sample in samples/a.b.json");
        let unused = refused(|provider| provider.definitions.push(definition("Unused", Kind::Any)));
        assert_eq!(unused, "payload.schema.json: no event leads to `Unused`");
    }
}
