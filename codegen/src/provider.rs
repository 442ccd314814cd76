//! Reads a provider's folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::coverage::{self, Coverage};
use crate::error::Error;
use crate::ir::{Definition, Event, Evidence, Provider, Sample};
use crate::schema;

/// What a provider may do: the words of `category`.
const CATEGORIES: &[&str] = &[
    "commerce",
    "communication",
    "developers",
    "documents",
    "finance",
    "identity",
    "insurance",
    "media",
    "payments",
    "productivity",
    "standard",
    "support",
];

// Only what code is made from; the rest of these files is read and checked by the library.
#[derive(Deserialize)]
struct SchemeFile {
    name: String,
    title: String,
    source: String,
    category: String,
    evidence: Evidence,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    common: bool,
    #[serde(default)]
    payload: PayloadTable,
}

#[derive(Default, Deserialize)]
struct PayloadTable {
    signed_as: Option<String>,
}

#[derive(Default, Deserialize)]
struct EventsFile {
    source: Option<String>,
    #[serde(default)]
    delivery: DeliveryTable,
    #[serde(default, rename = "event")]
    events: Vec<EventEntry>,
}

#[derive(Default, Deserialize)]
struct DeliveryTable {
    retries: Option<Vec<u64>>,
    largest_body: Option<usize>,
}

#[derive(Deserialize)]
struct EventEntry {
    #[serde(rename = "type")]
    name: String,
    description: String,
    payload: Option<String>,
}

#[derive(Deserialize)]
struct SampleFile {
    provider: String,
    source: Option<String>,
    body_source: Option<String>,
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
    check_names(&providers)?;
    Ok(providers)
}

/// Checks that each name and alias is one provider's alone.
fn check_names(providers: &[Provider]) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for provider in providers {
        for name in provider.aliases.iter().chain([&provider.name]) {
            let is_well_formed = name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            if !is_well_formed || !seen.insert(name) {
                return Err(Error::at(
                    &provider.name,
                    format!("`{name}` is taken, or not of lower-case letters, digits and `-`"),
                ));
            }
        }
    }
    Ok(())
}

fn load(folder: &Path) -> Result<Provider, Error> {
    let file = folder.join("scheme.toml");
    let scheme: SchemeFile = read_toml(&file)?;
    let compact = hookseal::Scheme::parse(&read(&file)?)
        .map_err(|error| Error::file(&file, error))?
        .to_compact();
    let Coverage { headers, covers, unsigned, tolerance } = coverage::of(&read_toml(&file)?);
    let (catalogue, payloads) = (folder.join("events.toml"), folder.join("payload.schema.json"));
    let (has_catalogue, has_schema) = (catalogue.exists(), payloads.exists());
    let catalogue: EventsFile =
        if has_catalogue { read_toml(&catalogue)? } else { EventsFile::default() };
    let definitions = if has_schema {
        schema::parse(&read(&payloads)?).map_err(|error| Error::file(&payloads, error))?
    } else {
        Vec::new()
    };
    let mut seen = BTreeSet::new();
    if let Some(twice) = catalogue.events.iter().find(|event| !seen.insert(event.name.as_str())) {
        return Err(Error::at(
            folder.display(),
            format!("events.toml: {}: given twice", twice.name),
        ));
    }
    let typed = catalogue.events.into_iter().filter_map(|event| {
        let EventEntry { name, description, payload } = event;
        payload.map(|payload| Event { name, description, payload })
    });
    let provider = Provider {
        definitions,
        samples: samples(&folder.join("samples"), &scheme.name)?,
        source: catalogue.source.unwrap_or_else(|| scheme.source.clone()),
        events: typed.collect(),
        name: scheme.name,
        title: scheme.title,
        aliases: scheme.aliases,
        category: scheme.category,
        evidence: scheme.evidence,
        is_common: scheme.common,
        signature_headers: headers,
        covers,
        unsigned,
        tolerance,
        scheme_source: scheme.source,
        signs_ecmascript: scheme.payload.signed_as.as_deref() == Some("ecmascript"),
        retries: catalogue.delivery.retries,
        largest_body: catalogue.delivery.largest_body,
        compact,
        has_catalogue,
        has_schema,
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
        samples.push(Sample {
            file,
            event_type: sample.expect.event.name,
            is_vector: sample.source.is_some(),
            source: sample.source.or(sample.body_source),
        });
    }
    samples.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(samples)
}

/// Checks that the parts fit together.
fn check(provider: &Provider) -> Result<(), Error> {
    if !CATEGORIES.contains(&provider.category.as_str()) {
        let known = CATEGORIES.join(", ");
        return Err(Error::at("category", format!("`{}` is none of {known}", provider.category)));
    }
    if provider.samples.is_empty() {
        return Err(Error::at("samples", "there is none"));
    }
    let is_proven = provider.samples.iter().any(|sample| sample.is_vector);
    if is_proven != (provider.evidence == Evidence::Proven) {
        return Err(Error::at(
            "evidence",
            "a provider is `proven` if, and only if, a sample has the `source` of its signature",
        ));
    }
    for event in &provider.events {
        let place = format!("events.toml: {}", event.name);
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
            aliases: Vec::new(),
            category: "payments".into(),
            evidence: Evidence::Documented,
            is_common: false,
            signature_headers: Vec::new(),
            covers: String::new(),
            unsigned: Vec::new(),
            tolerance: None,
            scheme_source: String::new(),
            signs_ecmascript: false,
            retries: None,
            largest_body: None,
            compact: Vec::new(),
            has_catalogue: true,
            has_schema: true,
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
            samples: vec![Sample {
                file: "a.b.json".into(),
                event_type: "a.b".into(),
                source: None,
                is_vector: false,
            }],
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
        let adrift = refused(|provider| provider.category = "odd".into());
        assert!(adrift.starts_with("category: `odd` is none of commerce, "), "{adrift}");
        let unproven = refused(|provider| provider.evidence = Evidence::Proven);
        assert!(unproven.starts_with("evidence: a provider is `proven` if"), "{unproven}");
        let understated = refused(|provider| provider.samples[0].is_vector = true);
        assert_eq!(understated, unproven);
        let none = refused(|provider| provider.samples.clear());
        assert_eq!(none, "samples: there is none");
        let undefined = refused(|provider| provider.events[0].payload = "Missing".into());
        assert_eq!(undefined, "events.toml: a.b: payload.schema.json defines no `Missing`");
        let unsampled = refused(|provider| provider.samples[0].file = "c.d.json".into());
        assert_eq!(unsampled, "events.toml: a.b: there is no such sample in samples/a.b.json");
        let mistyped = refused(|provider| provider.samples[0].event_type = "c.d".into());
        assert_eq!(mistyped, "events.toml: a.b: there is no such sample in samples/a.b.json");
        let unused = refused(|provider| provider.definitions.push(definition("Unused", Kind::Any)));
        assert_eq!(unused, "payload.schema.json: no event leads to `Unused`");
    }

    #[test]
    fn a_name_is_one_providers_alone() {
        let named = |name: &str, alias: &str| Provider {
            name: name.into(),
            aliases: vec![alias.into()],
            ..provider()
        };
        check_names(&[named("a", "b"), named("c", "d")]).unwrap();
        for (first, second) in [("a", "a"), ("a", "c"), ("A", "b"), ("a_b", "d")] {
            assert!(check_names(&[named(first, second), named("c", "e")]).is_err(), "{first}");
        }
    }
}
