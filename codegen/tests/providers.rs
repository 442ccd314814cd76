//! The provider folders, seen by an independent validator: what they promise, the samples and the
//! conformance cases keep.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jsonschema::Validator;
use serde_json::Value;

/// The fewest samples, and the fewest top-level fields of their definitions: a provider more has more.
const SAMPLES: usize = 41;
const FIELDS: usize = 210;
/// The fewest proven providers.
const PROVEN: usize = 2;
/// The genuine deliveries of the conformance cases, which a new provider does not change.
const GENUINE: usize = 106;
const GENUINE_OF_UNKNOWN_TYPE: usize = 4;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The event types that each provider documents, as a second hand wrote them down.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let documented = fs::read_to_string(root().join("codegen/tests/documented.toml")).unwrap();
    toml::from_str(&documented).unwrap()
}

struct Provider {
    schema: Option<Value>,
    /// The definition of each event type's payload, where it is described.
    payloads: BTreeMap<String, String>,
    /// The documented event types.
    types: BTreeSet<String>,
    samples: Vec<(String, Value)>,
}

impl Provider {
    fn load(folder: &Path) -> Self {
        let read = |file: &str| fs::read_to_string(folder.join(file)).ok();
        let events = read("events.toml").unwrap_or_default();
        let events: toml::Table = events.parse().unwrap();
        let text = |event: &toml::Value, key: &str| event[key].as_str().unwrap().to_owned();
        let events = events.get("event").map_or(&[][..], |events| events.as_array().unwrap());
        let mut samples: Vec<_> = fs::read_dir(folder.join("samples"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), json(&path)))
            .collect();
        samples.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            schema: read("payload.schema.json").map(|text| serde_json::from_str(&text).unwrap()),
            payloads: events
                .iter()
                .filter(|event| event.get("payload").is_some())
                .map(|event| (text(event, "type"), text(event, "payload")))
                .collect(),
            types: events.iter().map(|event| text(event, "type")).collect(),
            samples,
        }
    }

    /// What the data of this event type must be.
    fn validator(&self, event: &str) -> Option<Validator> {
        let definition = self.payloads.get(event)?;
        let mut schema = self.schema.clone().unwrap();
        schema["$ref"] = format!("#/$defs/{definition}").into();
        Some(jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
    }
}

fn providers() -> BTreeMap<String, Provider> {
    fs::read_dir(root().join("core/providers"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), Provider::load(&path)))
        .collect()
}

#[test]
fn every_documented_event_has_an_entry_a_schema_and_a_sample() {
    let (documented, providers) = (documented(), providers());
    for (name, types) in &documented {
        assert_eq!(&providers[name].types, types, "{name}");
    }
    for (name, provider) in &providers {
        for (event, definition) in &provider.payloads {
            let schema = provider.schema.as_ref().unwrap();
            assert!(schema["$defs"][definition].is_object(), "{name}: {event}: {definition}");
            let sampled = provider.samples.iter().any(|(file, sample)| {
                file == event && sample["expect"]["event"]["type"] == event.as_str()
            });
            assert!(sampled, "{name}: {event}: no sample");
        }
        assert!(!provider.samples.is_empty(), "{name}: no sample");
    }
}

/// `proven` is what others than us have shown: a delivery with its secret and its signature.
#[test]
fn a_proven_provider_has_a_vector_that_is_not_ours() {
    let mut proven = 0;
    for (name, provider) in providers() {
        let scheme = root().join(format!("core/providers/{name}/scheme.toml"));
        let scheme: toml::Table = fs::read_to_string(scheme).unwrap().parse().unwrap();
        let evidence = scheme["evidence"].as_str().unwrap();
        let sources: Vec<_> = provider
            .samples
            .iter()
            .filter_map(|(_, sample)| sample.get("source"))
            .map(|source| source.as_str().unwrap())
            .collect();
        assert!(sources.iter().all(|source| source.starts_with("https://")), "{name}: {sources:?}");
        assert_eq!(evidence == "proven", !sources.is_empty(), "{name}");
        assert!(evidence != "assumed" || scheme["note"].is_str(), "{name}: what is assumed?");
        proven += usize::from(evidence == "proven");
    }
    assert!(proven >= PROVEN, "only {proven} are proven");
}

#[test]
fn schemas_are_schemas() {
    for (name, provider) in providers() {
        let Some(schema) = &provider.schema else { continue };
        if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
            panic!("{name}: {error}");
        }
    }
}

#[test]
fn samples_have_the_form_that_the_schemas_promise() {
    let (mut all, mut typed) = (0, 0);
    for (name, provider) in providers() {
        for (file, sample) in &provider.samples {
            all += 1;
            assert_eq!(sample["name"], format!("{name}/{file}"));
            assert_eq!(sample["provider"], name.as_str());
            let event = &sample["expect"]["event"];
            if let Some(validator) = provider.validator(event["type"].as_str().unwrap()) {
                typed += 1;
                let errors: Vec<_> =
                    validator.iter_errors(&event["data"]).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{name}/{file}: {errors:?}");
            }
        }
    }
    assert!(all >= SAMPLES, "only {all} samples");
    assert_eq!(typed, providers().values().map(|one| one.payloads.len()).sum::<usize>());
}

#[test]
fn genuine_deliveries_have_the_form_that_the_schemas_promise() {
    let providers = providers();
    let vectors = json(&root().join("tests/vectors/accepted.json"));
    let mut seen = BTreeSet::new();
    let mut documented = documented();
    documented.retain(|name, _| {
        let cases = vectors["cases"].as_array().unwrap();
        cases.iter().any(|case| case["provider"] == name.as_str())
    });
    let (mut typed, mut unknown) = (0, 0);
    for case in vectors["cases"].as_array().unwrap() {
        let (name, event) = (case["provider"].as_str().unwrap(), &case["expect"]["event"]);
        let event_type = event["type"].as_str().unwrap();
        let Some(validator) = providers[name].validator(event_type) else {
            unknown += 1;
            continue;
        };
        typed += 1;
        seen.insert((name, event_type));
        let errors: Vec<_> =
            validator.iter_errors(&event["data"]).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", case["name"]);
    }
    assert_eq!((typed, unknown), (GENUINE, GENUINE_OF_UNKNOWN_TYPE));
    assert_eq!(seen.len(), documented.values().map(BTreeSet::len).sum::<usize>());
}

/// Without this, a schema that says nothing would pass every other test.
#[test]
fn schemas_refuse_a_field_of_another_type_and_take_it_absent_or_null() {
    let (mut refused, mut taken) = (0, 0);
    for (name, provider) in providers() {
        for (file, sample) in &provider.samples {
            let event = &sample["expect"]["event"];
            let Some(validator) = provider.validator(event["type"].as_str().unwrap()) else {
                continue;
            };
            let definition = &provider.schema.as_ref().unwrap()["$defs"][&provider.payloads[file]];
            for field in definition["properties"].as_object().unwrap().keys() {
                let with = |value: Option<Value>| {
                    let mut data = event["data"].clone();
                    match value {
                        Some(value) => data[field] = value,
                        None => drop(data.as_object_mut().unwrap().remove(field)),
                    }
                    validator.is_valid(&data)
                };
                assert!(with(None) && with(Some(Value::Null)), "{name}/{file}: {field}");
                taken += 2;
                // Of no type that a field has.
                assert!(!with(Some(serde_json::json!([[]]))), "{name}/{file}: {field}");
                refused += 1;
            }
        }
    }
    assert!(refused >= FIELDS, "only {refused} fields");
    assert_eq!(taken, 2 * refused);
}

#[test]
fn unknown_fields_pass() {
    for (name, provider) in providers() {
        for (file, sample) in &provider.samples {
            let event = &sample["expect"]["event"];
            let Some(validator) = provider.validator(event["type"].as_str().unwrap()) else {
                continue;
            };
            let mut grown = event["data"].clone();
            grown["a field of tomorrow"] = serde_json::json!([1, null]);
            assert!(validator.is_valid(&grown), "{name}/{file}");
        }
    }
}

#[test]
fn the_signatures_of_the_samples_are_nodes_own() {
    let output = Command::new("node")
        .args(["core/providers/sign-samples.mjs", "--check"])
        .current_dir(root())
        .output()
        .expect("Node.js is on the path");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let samples: usize = providers().values().map(|provider| provider.samples.len()).sum();
    assert!(said.contains(&format!("{samples} samples, 0 stale")), "{said}");
}
