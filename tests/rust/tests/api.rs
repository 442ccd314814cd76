//! What a Rust program meets besides the conformance cases: kinds of headers, typed payloads,
//! clocks, and errors that teach.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};

use hookseal::{
    ErrorCode, Event, Field, Headers, Scheme, SignOptions, Webhook, claimport, kasko, mycover,
};
use hookseal_tests::samples;
use serde_json::Value;

const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";
const BODY: &str = r#"{"policy_id":"TEST-POLICY-12345","livemode":false}"#;

fn webhook() -> Webhook {
    Webhook::new("kasko", [SECRET]).unwrap()
}

fn signed() -> Vec<(String, String)> {
    let options = SignOptions::new().event_type("policy.created").id("baf59150f9a6");
    webhook().sign(BODY, &options).unwrap()
}

fn assert_verifies(headers: &(impl Headers + ?Sized)) {
    let event = webhook().verify(BODY, headers).unwrap();
    assert_eq!((event.event_type(), event.id()), ("policy.created", Some("baf59150f9a6")));
}

#[test]
fn headers_of_every_kind_are_looked_up() {
    let pairs = signed();
    assert_verifies(&pairs);
    assert_verifies(pairs.as_slice());
    assert_verifies(&pairs.iter().cloned().collect::<HashMap<String, String>>());
    assert_verifies(&pairs.iter().cloned().collect::<BTreeMap<String, String>>());
    let bytes: Vec<(Vec<u8>, Vec<u8>)> = pairs
        .iter()
        .map(|(name, value)| (name.to_lowercase().into(), value.clone().into()))
        .collect();
    assert_verifies(&bytes);
    let environ: Vec<(String, &str)> = pairs
        .iter()
        .map(|(name, value)| {
            (format!("HTTP_{}", name.to_uppercase().replace('-', "_")), value.as_str())
        })
        .collect();
    assert_verifies(&environ);
    let mut map = http::HeaderMap::new();
    for (name, value) in &pairs {
        let name: http::HeaderName = name.parse().unwrap();
        map.append(name, value.parse().unwrap());
    }
    assert_verifies(&map);
}

#[test]
fn a_header_map_with_two_signatures_is_refused() {
    let mut map = http::HeaderMap::new();
    for (name, value) in signed() {
        let name: http::HeaderName = name.parse().unwrap();
        map.append(name.clone(), value.parse().unwrap());
        map.append(name, value.parse().unwrap());
    }
    assert_verifies(&map);
    map.append(
        "x-kasko-signature",
        "sha1=0000000000000000000000000000000000000000".parse().unwrap(),
    );
    let error = webhook().verify(BODY, &map).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MalformedHeader);
}

#[test]
fn a_plain_string_is_the_signature() {
    let webhook = Webhook::new("claimport", ["secret"]).unwrap();
    let body = r#"{"type":"webhook.test"}"#;
    let signature = webhook.sign(body, &SignOptions::new()).unwrap().remove(0).1;
    let event = webhook.verify(body, signature.as_str()).unwrap();
    assert!(event.is_test() && event.is_check());
    // KASKO's type stands in a header of its own.
    let error = self::webhook().verify(BODY, "sha1=00").unwrap_err();
    assert_eq!(error.code(), ErrorCode::MissingHeader);
    assert!(error.message().contains("X-KASKO-Event"), "{error}");
}

/// A sample of the provider with this type.
fn sample(provider: &str, event_type: &str) -> (Webhook, Vec<u8>, Vec<(String, String)>) {
    let case = samples()
        .into_iter()
        .find(|case| case.name == format!("{provider}/{event_type}"))
        .unwrap_or_else(|| panic!("a sample of {provider}'s {event_type}"));
    let webhook = Webhook::new(provider, case.secrets()).unwrap();
    (webhook, case.body(), case.headers)
}

#[test]
fn payloads_are_read_as_their_types() {
    let (webhook, body, headers) = sample("kasko", "policy.created");
    let event = webhook.verify(&body, &headers).unwrap();
    let policy: kasko::Policy = event.data().unwrap();
    assert_eq!(policy.policy_id.as_deref(), Some("TEST-POLICY-12345"));
    assert!(
        matches!(event.payload().unwrap(), kasko::Payload::PolicyCreated(same) if same == policy)
    );

    let (webhook, body, headers) = sample("claimport", "claim.approved");
    let event = webhook.verify(&body, &headers).unwrap();
    assert!(matches!(event.payload().unwrap(), claimport::Payload::ClaimApproved(_)));

    let (webhook, body, headers) = sample("mycover", "purchase.successful");
    let event = webhook.verify(&body, &headers).unwrap();
    assert!(matches!(event.payload().unwrap(), mycover::Payload::PurchaseSuccessful(_)));
}

#[derive(serde::Deserialize)]
struct Claim {
    id: String,
}
#[test]
fn data_is_read_where_serde_json_alone_would_not() {
    let webhook = Webhook::new("claimport", ["secret"]).unwrap();
    let read = |data: &str| -> Value {
        let body = format!(r#"{{"type":"t","data":{data}}}"#);
        let headers = webhook.sign(&body, &SignOptions::new()).unwrap();
        webhook.verify(&body, &headers).unwrap().data().unwrap()
    };
    assert_eq!(read(r#"{"a":1,"a":2}"#)["a"], 2);
    assert_eq!(read(r#""\ud800""#), "\u{fffd}");
    let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
    assert_eq!(read(&deep).to_string(), deep);

    let body = r#"{"type":"t","data":{"id":"first","id":"last"}}"#;
    let headers = webhook.sign(body, &SignOptions::new()).unwrap();
    let claim: Claim = webhook.verify(body, &headers).unwrap().data().unwrap();
    assert_eq!(claim.id, "last");
}

#[test]
fn data_of_another_shape_is_an_error_without_the_data_in_it() {
    let webhook = Webhook::new("claimport", ["secret"]).unwrap();
    let body = r#"{"type":"claim.created","data":{"claim":{"id":{"name":"Jane Doe"}}}}"#;
    let headers = webhook.sign(body, &SignOptions::new()).unwrap();
    let event = webhook.verify(body, &headers).unwrap();
    let error = event.payload::<claimport::Payload>().unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidPayload);
    assert!(error.message().contains("`claim.id`"), "{error}");
    assert!(!error.message().contains("Jane"), "{error}");
    assert!(!format!("{event:?}").contains("Jane"));
}

#[test]
fn the_clock_and_the_tolerance_can_be_given() {
    let body = r#"{"id":"evt_1","type":"ping"}"#;
    let signed_at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let scheme = || Scheme::provider("stripe").unwrap();
    let at = move |seconds| move || signed_at + Duration::from_secs(seconds);

    let webhook = Webhook::builder(scheme()).clock(at(0)).build([SECRET]).unwrap();
    let headers = webhook.sign(body, &SignOptions::new()).unwrap();
    assert!(webhook.verify(body, &headers).is_ok());

    let late = Webhook::builder(scheme()).clock(at(301)).build([SECRET]).unwrap();
    let error = late.verify(body, &headers).unwrap_err();
    assert_eq!(error.code(), ErrorCode::TimestampOutOfTolerance);
    assert!(error.message().contains("301 seconds old"), "{error}");
    assert!(late.verify_at(body, &headers, signed_at).is_ok());

    let patient = Webhook::builder(scheme()).clock(at(301)).tolerance(Duration::from_secs(400));
    assert!(patient.build([SECRET]).unwrap().verify(body, &headers).is_ok());
}

#[test]
fn an_event_outlives_what_it_was_made_from() {
    let event: Event<'static> = {
        let body = BODY.to_owned();
        webhook().verify(&body, &signed()).unwrap().into_owned()
    };
    assert_eq!(event.body(), BODY.as_bytes());
    assert_eq!(event.unsigned(), [Field::Type, Field::Id]);
    assert!(event.is_test() && !event.is_check());
    assert!(event.dedupe_key().starts_with("kasko:policy.created:"));
}

#[test]
fn webhooks_are_shared_between_threads() {
    let webhook = webhook();
    let headers = signed();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..100 {
                    webhook.verify(BODY, &headers).unwrap();
                }
            });
        }
    });
}

#[test]
fn a_webhook_tells_its_secrets_from_others() {
    let webhook = Webhook::new("kasko", ["secret one", "secret two"]).unwrap();
    assert!(webhook.has_secrets(["secret one", "secret two"]));
    for others in [
        &["secret two", "secret one"][..],
        &["secret one"],
        &["secret one", "secret two", "secret two"],
        &["secret one", "secret tw"],
        &["secret one", "secret two "],
        &["", ""],
        &[],
    ] {
        assert!(!webhook.has_secrets(others), "{others:?}");
    }
}

#[test]
fn errors_of_set_up_say_what_to_do() {
    let error = Webhook::new("casko", [SECRET]).unwrap_err();
    assert_eq!((error.code(), error.http_status()), (ErrorCode::UnknownProvider, 500));
    assert!(error.message().contains("did you mean `kasko`?"), "{error}");

    let swapped = Webhook::new(SECRET, ["kasko"]).unwrap_err();
    assert!(!format!("{swapped} {swapped:?}").contains(SECRET), "{swapped}");

    let error = Webhook::new("kasko", [format!("{SECRET}\n")]).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidSecret);
    assert!(error.message().contains("line break") && !error.message().contains(SECRET), "{error}");

    let none: [&str; 0] = [];
    assert_eq!(Webhook::new("kasko", none).unwrap_err().code(), ErrorCode::InvalidSecret);
}

#[test]
fn a_scheme_is_called_what_its_webhook_is_called() {
    let own = Scheme::provider("claimport").unwrap();
    assert_eq!(Scheme::resolve("kasko", None).unwrap().title(), "KASKO");
    assert_eq!(Scheme::resolve("claimport", Some(own.clone())).unwrap().title(), own.title());
    let unknown = Scheme::resolve(SECRET, None).unwrap_err();
    assert_eq!(unknown.code(), ErrorCode::UnknownProvider);
    let another = Scheme::resolve(SECRET, Some(own)).unwrap_err();
    assert_eq!(another.code(), ErrorCode::InvalidScheme);
    assert!(another.message().contains("`claimport`"), "{another}");
    // Which is what stands where the name should when the arguments are the wrong way round.
    for error in [unknown, another] {
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    }
}

#[test]
fn errors_of_schemes_point_at_the_key() {
    const SCHEME: &str = r#"{"name":"x","signature":{"header":"X-Sig","algorithm":"hmac-sha256",
        "encoding":"hex","content":"{body}"},"event":{"type":{"pointer":"/type"}}}"#;
    assert!(Scheme::parse(SCHEME).is_ok());
    for (from, to, expected) in [
        (
            "hmac-sha256",
            "md5",
            ["signature.algorithm", "`hmac-sha1`, `hmac-sha256`, `hmac-sha384`"],
        ),
        ("\"header\":\"X-Sig\",", "", ["signature[0]", "either `header` or `pointer`"]),
        ("X-Sig", "", ["signature[0].header", "a header's name"]),
        ("\"encoding\"", "\"encodign\"", ["signature", "unknown field `encodign`"]),
        ("{body}", "{timestamp}", ["signature[0].weakness", "Have `content` hold {body}"]),
        ("{body}", "{timestamp}.{body}", ["timestamp", "`unit`"]),
        ("/type", "type", ["event.type.pointer", "begin with `/`"]),
    ] {
        let error = Scheme::parse(&SCHEME.replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidScheme);
        for part in expected {
            assert!(error.message().contains(part), "{part}: {error}");
        }
    }
    let error = Scheme::parse("title = \"x\"\nname = ").unwrap_err();
    assert!(error.message().starts_with("the scheme cannot be read: "), "{error}");
    assert!(error.message().ends_with("at line 2"), "{error}");
}

/// A scheme that somebody uploads makes neither reading it nor verifying with it slow.
#[test]
fn schemes_are_of_bounded_size() {
    let form =
        r#"{"header":"X-Sig","algorithm":"hmac-sha256","encoding":"hex","content":"{body}"}"#;
    let scheme = |forms: &[String]| {
        let forms = forms.join(",");
        let event = r#""event":{"type_required":false}"#;
        Scheme::parse(&format!(r#"{{"name":"x","signature":[{forms}],{event}}}"#))
    };
    let refused = |forms: &[String], path: &str| {
        let error = scheme(forms).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidScheme);
        assert!(error.message().contains(path), "{path}: {error}");
    };
    assert!(scheme(&vec![form.to_owned(); 16]).is_ok());
    refused(&vec![form.to_owned(); 17], "`signature`");
    let content = |content: &str| vec![form.replace("{body}", content)];
    assert!(scheme(&content(&("{body}".to_owned() + &"{body:sha256:hex}".repeat(15)))).is_ok());
    refused(&content(&("{body}".to_owned() + &"{body:sha256:hex}".repeat(16))), "content");
    refused(&content(&("{body}".to_owned() + &"x".repeat(1019))), "content");
    let names = (0..65).map(|n| format!("\"X-{n}\"")).collect::<Vec<_>>().join(",");
    refused(&[form.replace("\"X-Sig\"", &format!("[{names}]"))], "signature[0].header");
    let long = format!(r#"{{"name":"x","note":"{}"}}"#, "x".repeat(64 << 10));
    assert!(Scheme::parse(&long).unwrap_err().message().contains("64 KiB"));
}

/// What is signed is one text: the border between two values must not be movable.
#[test]
fn borders_between_signed_values_cannot_be_moved() {
    let scheme = |content: &str, format: &str| {
        Scheme::parse(&format!(
            r#"{{"name":"x","signature":{{"header":"X-Sig","algorithm":"hmac-sha256",
                "encoding":"hex","content":"{content}"}},"id":{{"header":"X-Id"}},
                "timestamp":{{"header":"X-Time","unit":"seconds"}},
                "payload":{{"format":"{format}"}},"event":{{"type_required":false}}}}"#
        ))
    };
    let moved = |scheme: Scheme, body: &str, moved: [&str; 3]| {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000);
        let webhook = Webhook::builder(scheme).clock(move || now).build([SECRET]).unwrap();
        let mut headers = webhook.sign(body, &SignOptions::new().id("evt_0")).unwrap();
        webhook.verify(body, &headers).unwrap();
        let [id, time, body] = moved;
        for (name, value) in &mut headers {
            match name.as_str() {
                "X-Id" => *value = id.to_owned(),
                "X-Time" => *value = time.to_owned(),
                _ => {}
            }
        }
        webhook
            .verify(body, &headers)
            .map(|event| event.id().map(str::to_owned))
            .unwrap_err()
            .code()
    };

    let touching = scheme("{id}{timestamp}{body}", "json").unwrap();
    assert_eq!(
        moved(touching.clone(), "{}", ["evt_", "01760000000", "{}"]),
        ErrorCode::MalformedHeader
    );
    assert_eq!(
        moved(touching.clone(), "{}", ["evt_01", "760000000", "{}"]),
        ErrorCode::MalformedHeader
    );
    assert_eq!(moved(touching, "{}", ["evt", "_01760000000", "{}"]), ErrorCode::MalformedHeader);
    let spaced = scheme("{id}{body}{timestamp}", "json").unwrap();
    assert_eq!(moved(spaced, " {}", ["evt_0 ", "1760000000", "{}"]), ErrorCode::MalformedHeader);

    let spaced = Webhook::builder(scheme("{id}.{timestamp}.{body}", "json").unwrap());
    let options = SignOptions::new().id("evt_0 ");
    let error = spaced.build([SECRET]).unwrap().sign("{}", &options).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MalformedHeader);

    // In a body of any bytes, nothing shows where it begins, but a timestamp can be of ten digits.
    assert_eq!(
        scheme("{id}{body}{timestamp}", "bytes").unwrap_err().code(),
        ErrorCode::InvalidScheme
    );
    let touching = scheme("{id}.{timestamp}{body}", "bytes").unwrap();
    assert_eq!(
        moved(touching.clone(), "0.rest", ["evt_0", "17600000000", ".rest"]),
        ErrorCode::MalformedHeader
    );
    assert_eq!(
        moved(touching, ".1760000001rest", ["evt_0.1760000000", "1760000001", "rest"]),
        ErrorCode::MalformedHeader
    );
    let dotted = scheme("{id}.{timestamp}.{body}", "bytes").unwrap();
    let body = "1760000001.rest";
    assert_eq!(
        moved(dotted, body, ["evt_0.1760000000", "1760000001", "rest"]),
        ErrorCode::MalformedHeader
    );
}

#[test]
fn a_header_that_would_have_to_be_two_things_is_refused() {
    for event in [r#"{"header":"x-sig"}"#, r#"[{"pointer":"/type"},{"header":"X-SIG"}]"#] {
        let error = Scheme::parse(&format!(
            r#"{{"name":"x","signature":{{"header":"X-Sig","algorithm":"hmac-sha256",
                "encoding":"hex","content":"{{body}}"}},"event":{{"type":{event}}}}}"#
        ))
        .unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidScheme);
        assert!(error.message().contains("cannot hold the signature"), "{error}");
    }
}

#[test]
fn what_came_before_decides_nothing_of_a_body_that_may_be_rewritten() {
    let secret = "MCASECK|abc";
    let raw = r#"{"name":"raw","signature":{"header":"x-mycoverai-signature","encoding":"hex",
        "algorithm":"hmac-sha512","content":"{body}"},
        "event":{"type_required":false},"payload":{"format":"bytes"}}"#;
    let raw = Webhook::builder(Scheme::parse(raw).unwrap()).build([secret]).unwrap();
    let plain = r#"{"event":"purchase.successful","data":{"n":1}}"#;
    let spaced = r#"{ "event": "purchase.successful", "data": { "n": 1.0 } }"#;
    let build = || Webhook::new("mycover", [secret]).unwrap();
    let sign = |webhook: &Webhook, body| webhook.sign(body, &SignOptions::new()).unwrap();
    let deliveries = [
        (plain, sign(&build(), plain)),
        (spaced, sign(&build(), spaced)),
        (spaced, sign(&raw, spaced)),
        (plain, sign(&build(), r#"{"event":"another"}"#)),
        ("{", sign(&raw, "{")),
    ];
    let outcome = |webhook: &Webhook, (body, headers): &(&str, _)| {
        let event = webhook.verify(*body, headers);
        event.map_err(|error| error.code()).map(|event| {
            let borrowed = core::ptr::eq(event.body(), body.as_bytes());
            (event.body().to_vec(), event.data_json().map(str::to_owned), borrowed)
        })
    };
    let fresh: Vec<_> = deliveries.iter().map(|delivery| outcome(&build(), delivery)).collect();
    let rewritten: Vec<_> =
        fresh.iter().map(|found| found.as_ref().map(|(.., borrowed)| !borrowed).ok()).collect();
    assert_eq!(rewritten, [Some(false), Some(true), Some(false), None, None]);
    for before in &deliveries {
        for (delivery, expected) in deliveries.iter().zip(&fresh) {
            let webhook = build();
            let _ = outcome(&webhook, before);
            assert_eq!(outcome(&webhook, delivery), *expected, "{delivery:?} after {before:?}");
        }
    }
}

/// What is wrong with a signature header is said, and nothing of what it holds.
#[test]
fn errors_of_signature_headers_are_told_apart() {
    let digest = "ab".repeat(32);
    let base64 = format!("{}=", "A".repeat(43));
    for (provider, value, expected) in [
        ("stripe", format!("t=1760000000,v0={digest}"), "it has no `v1=`"),
        ("stripe", format!("v1={digest}"), "it has no `t=`"),
        ("stripe", digest.clone(), "it has neither `t=` nor `v1=`"),
        ("stripe", format!("t=1760000000,t=1760000001,v1={digest}"), "it has two `t=` that differ"),
        ("stripe", format!("t=1760000000,v1={}", &digest[..62]), "its digest is of 62 hex"),
        ("stripe", format!("t=1760000000,v1={}zz", &digest[..62]), "characters that are not hex"),
        ("standard-webhooks", format!("v1a,{base64}"), "none of its entries begins with `v1,`"),
        ("standard-webhooks", "v1,AAAA".to_owned(), "its digest is of 4 characters of base64"),
        ("standard-webhooks", format!("v1,{}==", "A".repeat(42)), "does not end as"),
        ("kasko", digest.clone(), "it does not begin with `sha1=`"),
        ("kasko", format!("sha1={digest}"), "its digest is of 64 hexadecimal digits, not of 40"),
        ("kasko", "undefined".to_owned(), "a word for a value that is not there"),
        ("mycover", digest.clone(), "its digest is of 64 hexadecimal digits, not of 128"),
        ("coverkit", format!("t=1760000000,v0={digest}"), "it has no `v1=`"),
        ("coverkit", format!("sha256={}", &digest[..40]), "its digest is of 40 hex"),
    ] {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let webhook = Webhook::new(provider, [secret]).unwrap();
        let name = webhook.scheme().signature_headers().next().unwrap().as_str().to_owned();
        let others = [("X-KASKO-Event", "t"), ("webhook-id", "m"), ("webhook-timestamp", "1")];
        let mut headers = vec![(name.as_str(), value.as_str())];
        headers.extend(others);
        let error = webhook.verify("{}", &headers).unwrap_err();
        assert_eq!(error.code(), ErrorCode::MalformedHeader, "{provider} {value}");
        assert!(error.message().contains(expected), "{provider} {value}: {error}");
        assert!(!error.message().contains(&digest[..8]), "{error}");
    }
}

#[test]
fn a_header_that_is_missing_is_looked_for_under_other_names() {
    let underscored: Vec<(String, String)> = signed()
        .into_iter()
        .map(|(name, value)| (name.to_lowercase().replace('-', "_"), value))
        .collect();
    let error = webhook().verify(BODY, &underscored).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MissingHeader);
    assert!(error.message().contains("with `_` for each `-`"), "{error}");
    let none: [(&str, &str); 0] = [];
    let error = webhook().verify(BODY, &none).unwrap_err();
    assert!(error.message().contains("no proxy removes it"), "{error}");
}

#[test]
fn names_of_headers_are_equal_in_any_case() {
    let scheme = Scheme::provider("kasko").unwrap();
    let own = r#"{"name":"x","signature":{"header":"x-kasko-signature","algorithm":"hmac-sha1",
        "encoding":"hex","content":"{body}"},"event":{"type_required":false,
        "id":[{"header":"X-Id"},{"header":"x-id"}]}}"#;
    let own = Scheme::parse(own).unwrap();
    assert_eq!(scheme.signature_headers().next(), own.signature_headers().next());
    let headers: std::collections::HashSet<_> = own.headers().chain(scheme.headers()).collect();
    assert_eq!((own.headers().count(), scheme.headers().count(), headers.len()), (2, 3, 4));
}

#[test]
fn secrets_that_cannot_be_read_are_explained() {
    for (secret, expected) in [
        ("whpk_AAAA", "not of 32 bytes, as Ed25519's keys are"),
        ("whsk_AAAA", "a private key, which only the sender should have"),
        ("v1,whsec_MTIz|v1,whsec_NDU2", "several secrets in one text"),
        ("whsec_MTIz,whsec_NDU2", "several secrets in one text"),
        ("MTIz NDU2", "several secrets in one text"),
        ("whsec_*", "must be base64"),
    ] {
        let error = Webhook::new("standard-webhooks", [secret]).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidSecret);
        assert!(error.message().contains(expected), "{secret}: {error}");
        assert!(!error.message().contains("MTIz"), "{error}");
    }
    let warnings = |secret| {
        let webhook = Webhook::new("standard-webhooks", [secret]).unwrap();
        webhook.warnings().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(warnings("whsec_MTIz")[0].contains("a key of 3 bytes"));
    assert!(warnings("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_empty());
    assert_eq!(Webhook::new("kasko", ["abc"]).unwrap().warnings().count(), 0);
}

#[test]
fn a_tolerance_that_would_do_nothing_is_told() {
    let builder = |provider| {
        let scheme = Scheme::provider(provider).unwrap();
        Webhook::builder(scheme).tolerance(Duration::from_secs(60)).build([SECRET])
    };
    let error = builder("kasko").unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidScheme);
    assert!(error.message().contains("signs no timestamp"), "{error}");
    // One of CoverKit's forms has a timestamp.
    assert!(builder("coverkit").is_ok() && builder("stripe").is_ok());
}
