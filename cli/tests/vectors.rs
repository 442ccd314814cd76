//! Every conformance case, through the real binary.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use hookseal_tests::outcome::{FoundEvent, Outcome, judge};
use hookseal_tests::{Case, moment, vectors};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use support::{Folder, fed, hookseal};

/// How many cases there are. A runner that finds fewer has lost some.
const VECTORS: usize = 2457;
/// Of these, the ones with a provider's name that no command line can hold.
const UNSAYABLE: usize = 2;

#[test]
fn vectors_give_what_they_expect() {
    let sayable = |case: &Case| !case.provider.as_ref().is_some_and(|name| name.contains('\0'));
    let cases = vectors().into_iter().flat_map(|(_, cases)| cases);
    let cases: Vec<Case> = cases.filter(sayable).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        let folder = Folder::new();
        let mut failures = Vec::new();
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(failure) = judge(case, &verify(case, &folder)) {
                failures.push(format!("{}: {failure}", case.name));
            }
        }
        failures
    };
    let failures: Vec<String> = thread::scope(|scope| {
        let workers = [scope.spawn(worker), scope.spawn(worker)];
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
    assert_eq!(cases.len() + UNSAYABLE, VECTORS);
}

fn verify(case: &Case, folder: &Folder) -> Outcome {
    let mut arguments = vec!["verify".to_owned(), "--json".to_owned()];
    if let Some(scheme) = &case.scheme {
        arguments.push(format!("--scheme={}", folder.file("scheme", scheme.to_string())));
    }
    arguments.extend(case.provider.as_ref().map(|name| format!("--provider={name}")));
    for (index, mut secret) in case.secrets().into_iter().enumerate() {
        // The newline that is taken off, so that a secret that ends with one keeps its own.
        secret.push(b'\n');
        let file = folder.file(&format!("secret-{index}"), secret);
        arguments.push(format!("--secret-file={file}"));
    }
    // As JSON, where values stand as they are, white space and all.
    let headers = serde_json::to_string(&case.headers).unwrap();
    arguments.push(format!("--headers-file={}", folder.file("headers", headers)));
    arguments.extend(case.now.map(|now| format!("--now={now}")));
    arguments.extend(case.tolerance.map(|tolerance| format!("--tolerance={tolerance}")));
    let (options, request) = (&case.options, &case.request);
    arguments.extend(options.accept_unsigned.then(|| "--accept-unsigned".to_owned()));
    arguments
        .extend(options.constants.iter().map(|(name, value)| format!("--constant={name}={value}")));
    for (name, value) in
        [("origin", &options.origin), ("method", &request.method), ("url", &request.url)]
    {
        arguments.extend(value.as_ref().map(|value| format!("--{name}={value}")));
    }
    let mut command = hookseal(&arguments);
    command.env_remove("HOOKSEAL_SECRET");
    outcome(case, &fed(&mut command, case.body()))
}

#[derive(Deserialize)]
struct EventJson {
    provider: String,
    r#type: String,
    id: Option<String>,
    created_at: Option<String>,
    test: bool,
    #[serde(default, deserialize_with = "present")]
    data: Option<Box<RawValue>>,
    unsigned: Vec<String>,
    key_index: usize,
    dedupe_key: String,
}

/// Tells `"data": null` from no `data`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::deserialize(deserializer).map(Some)
}

#[derive(Deserialize)]
struct Report {
    error: ErrorJson,
}

#[derive(Deserialize)]
struct ErrorJson {
    code: String,
    message: String,
    http_status: Option<u16>,
}

fn outcome(case: &Case, ran: &support::Ran) -> Outcome {
    // Keys that can be guessed are noted.
    let errors: String =
        ran.stderr.lines().filter(|line| !line.starts_with("{\"note\":")).collect();
    if ran.exit == 0 {
        assert_eq!(errors, "", "{}", case.name);
        let event: EventJson = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{}: {error}: {ran:?}", case.name));
        return Outcome::Event(FoundEvent {
            provider: event.provider,
            event_type: event.r#type,
            id: event.id,
            created_at: event.created_at.as_deref().map(moment),
            test: event.test,
            data: event.data.map(|data| data.get().to_owned()),
            envelope: None,
            unsigned: event.unsigned,
            key_index: event.key_index,
            dedupe_key: event.dedupe_key,
            // It is not printed.
            body: case.body(),
        });
    }
    assert_eq!(ran.stdout, "", "{}", case.name);
    let Report { error } = serde_json::from_str(&errors)
        .unwrap_or_else(|error| panic!("{}: {error}: {ran:?}", case.name));
    // A set-up that is wrong has nothing to answer with: the process says so by its exit code.
    let http_status = error.http_status.unwrap_or(500);
    assert_eq!(ran.exit, if http_status == 500 { 3 } else { 1 }, "{}", case.name);
    Outcome::Error { code: error.code, http_status, message: error.message }
}
