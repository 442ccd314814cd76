//! Every known provider, by its samples: what is signed verifies, and nothing else does.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::time::{Duration, SystemTime};

use hookseal::{
    ErrorCode, Evidence, Field, Headers, Provider, RequestHead, Scheme, SignOptions, Webhook,
    providers,
};
use hookseal_tests::{Case, FORMS, root, samples};

/// The time of the sample, or any where none is signed.
fn at(case: &Case) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(case.now.unwrap_or(1_760_000_000))
}

fn provider(case: &Case) -> &'static Provider {
    Provider::named(case.provider.as_deref().unwrap()).unwrap()
}

/// The first letters of the algorithm, if its provider signs with a private key alone.
fn private_key(case: &Case) -> Option<&'static str> {
    let scheme = provider(case).scheme_toml();
    let has = |name: &str| scheme.contains(&format!("algorithm = \"{name}"));
    let has_secret = ["hmac-", "sha256\"", "sha512\"", "token", "basic"].into_iter().any(has);
    ["ed25519", "ecdsa-", "rsa-"].into_iter().find(|name| !has_secret && has(name))
}

/// A public key of the same kind as the sample's.
fn other_key(case: &Case, all: &[Case], kind: &str) -> Vec<u8> {
    let is_other = |other: &&Case| {
        other.provider != case.provider
            && private_key(other) == Some(kind)
            && !other.secrets()[0].starts_with(b"{")
    };
    all.iter().find(is_other).unwrap().secrets().remove(0)
}

/// A webhook with the sample's options, and these secrets.
fn with_secrets(case: &Case, secrets: Vec<Vec<u8>>) -> Webhook {
    let mut builder = Webhook::builder(Scheme::provider(provider(case).name()).unwrap());
    if case.options.accept_unsigned {
        builder = builder.accept_unsigned();
    }
    for (name, value) in &case.options.constants {
        builder = builder.constant(name, value);
    }
    builder.build(secrets).unwrap_or_else(|error| unreachable!("{}: {error}", case.name))
}

fn webhook(case: &Case) -> Webhook {
    with_secrets(case, case.secrets())
}

/// The sample's request with these headers.
fn head<'r, H: Headers>(case: &'r Case, headers: &'r H) -> RequestHead<'r, H> {
    let request = &case.request;
    RequestHead::new(headers).method(request.method.as_deref()).url(request.url.as_deref())
}

#[test]
fn every_provider_has_a_sample_and_a_scheme_of_its_own() {
    for provider in providers() {
        let scheme = Scheme::provider(provider.name()).unwrap();
        assert_eq!((scheme.name(), scheme.title()), (provider.name(), provider.title()));
        assert!(!provider.samples().is_empty(), "{}", provider.name());
        assert!(provider.source().starts_with("https://"), "{}", provider.name());
        for alias in provider.aliases() {
            assert_eq!(Scheme::provider(alias).unwrap().name(), scheme.name(), "{alias}");
        }
    }
    assert!(FORMS.iter().all(|form| Provider::named(form).is_ok()));
    let assumed = providers().filter(|provider| provider.evidence() == Evidence::Assumed);
    assert_eq!(assumed.map(Provider::name).collect::<Vec<_>>(), ["coverkit"]);
}

#[test]
fn what_is_signed_for_a_provider_verifies_as_its_sample_does() {
    let samples = samples();
    let mut left_out = 0;
    for case in &samples {
        // Signing makes the first form, of whose address a hash of the body is a part.
        if provider(case).scheme_toml().contains("body_hash = { query") {
            continue;
        }
        // Nobody has the sender's private key; and a signature in the body is written there.
        let has_header = webhook(case).scheme().signature_headers().next().is_some();
        if private_key(case).is_some() || !has_header {
            left_out += 1;
            continue;
        }
        let (webhook, body) = (webhook(case), case.body());
        let expected = case.expect.event.as_ref().unwrap();
        let mut options = SignOptions::new().timestamp(at(case));
        if let (Some(method), Some(url)) = (&case.request.method, &case.request.url) {
            options = options.method(method).url(url);
        }
        if !expected.event_type.is_empty() {
            options = options.event_type(&expected.event_type);
        }
        if let Some(id) = &expected.id {
            options = options.id(id);
        }
        let headers = match webhook.sign(&body, &options) {
            // The provider's own test has no type, which its deliveries have in a header.
            Err(_) if case.source.is_some() && expected.event_type.is_empty() => continue,
            signed => signed.unwrap(),
        };
        let event = webhook.verify_at(&body, &head(case, &headers), at(case));
        let event = event.unwrap_or_else(|error| unreachable!("{}: {error}", case.name));
        assert_eq!(event.event_type(), expected.event_type, "{}", case.name);
        // An id that the sample leaves out is made up.
        if expected.id.is_none() && event.id().is_some() {
            continue;
        }
        assert_eq!(event.id(), expected.id.as_deref(), "{}", case.name);
        let key = event.dedupe_key();
        assert_eq!(Some(key.as_str()), expected.dedupe_key.as_deref(), "{}", case.name);
    }
    assert!(samples.len() - left_out >= 41 && left_out >= 10, "{left_out}");
}

#[test]
fn no_sample_verifies_when_a_bit_of_its_body_or_its_secret_is_another() {
    let mut refused = 0;
    let all = samples();
    for case in &all {
        let (genuine, body) = (webhook(case), case.body());
        for place in 0..body.len() {
            let mut forged = body.clone();
            forged[place] ^= 1 << (place % 8);
            match genuine.verify_at(&forged, &head(case, &case.headers), at(case)) {
                Err(_) => refused += 1,
                // What is not signed is said.
                Ok(event) => assert!(event.unsigned().contains(&Field::Body), "{}", case.name),
            }
        }
        // The last characters of base64 may say nothing; the fifth from the end does.
        let mut secrets = case.secrets();
        for secret in &mut secrets {
            if let Some(kind) = private_key(case) {
                *secret = other_key(case, &all, kind);
                continue;
            }
            let place = secret.len().saturating_sub(5);
            // In hexadecimal digits, either case is the same.
            let is_a = secret[place].eq_ignore_ascii_case(&b'a');
            secret[place] = if is_a { b'b' } else { b'a' };
        }
        let other = with_secrets(case, secrets);
        let error = other.verify_at(&body, &head(case, &case.headers), at(case)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::SignatureMismatch, "{}", case.name);
        if genuine.scheme().signature_headers().next().is_none() {
            continue;
        }
        let nothing: Vec<(String, String)> = Vec::new();
        let error = genuine.verify_at(&body, &head(case, &nothing), at(case)).unwrap_err();
        assert_eq!(error.http_status(), 401, "{}", case.name);
    }
    assert!(refused > 10_000, "{refused}");
}

#[test]
fn a_wrong_name_is_answered_with_the_near_one_and_never_echoed() {
    for (given, said) in [
        ("strpe", "did you mean `stripe`?"),
        ("Standard Webhooks", "did you mean `standard-webhooks`?"),
        ("svixx", "did you mean `svix`?"),
        ("whsec_1b6f2ae8d0444a349cc1f4c8", "`hookseal providers` lists"),
        ("", "`hookseal providers` lists"),
    ] {
        let error = Webhook::new(given, ["a secret"]).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnknownProvider);
        assert!(error.message().contains(said), "{error}");
        assert!(given.is_empty() || !error.to_string().contains(given), "{error}");
    }
    let error = Scheme::resolve("gihtub", None).unwrap_err();
    assert!(error.message().contains("did you mean `github`?"), "{error}");
}

#[test]
fn an_alias_is_the_provider() {
    let webhook = Webhook::new("svix", ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]).unwrap();
    assert_eq!(webhook.scheme().name(), "standard-webhooks");
    let own = Scheme::parse(Provider::named("svix").unwrap().scheme_toml()).unwrap();
    assert!(Scheme::resolve("svix", Some(own.clone())).is_ok());
    assert!(Scheme::resolve("stripe", Some(own)).is_err());
}

#[test]
fn the_list_of_providers_says_what_is_not_signed() {
    let list = std::fs::read_to_string(root().join("docs/providers.md")).unwrap();
    for provider in providers() {
        let name = provider.name();
        let row = list.lines().find(|line| line.starts_with(&format!("| [`{name}`]"))).unwrap();
        let cells: Vec<&str> = row.split(" | ").collect();
        let scheme = Scheme::provider(name).unwrap();
        let unsigned: Vec<&str> = scheme.unsigned().iter().map(|field| field.as_str()).collect();
        let expected = match unsigned.as_slice() {
            [] => "–".to_owned(),
            fields => format!("**{}**", fields.join(", ")),
        };
        assert_eq!(cells[3], expected, "{name}");
        assert!(row.contains(&format!("[{}](", provider.evidence().as_str())), "{name}");
    }
}
