//! `hookseal secret`: what it makes is what the provider's deliveries are signed with.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::collections::HashSet;
use std::fs;
use std::process::Command;

use support::{Folder, Ran, fed, hookseal, run};

const BODY: &str = r#"{"type":"a.b","event":"a.b","id":"1","data":{}}"#;

fn signs_and_verifies(provider: &str, secret: &str, more: &[&str]) {
    let folder = Folder::new();
    let file = folder.file("secret", secret);
    let sign = ["sign", "-p", provider, "--type", "a.b", "--id", "1", "--secret-file", &file];
    let headers = fed(&mut hookseal(sign.iter().chain(more)), BODY).ok().stdout;
    let headers = folder.file("headers", headers);
    let verify =
        ["verify", "-p", provider, "--secret-file", &file, "--headers-file", &headers, "--json"];
    assert_eq!(fed(&mut hookseal(verify), BODY).ok().json()["type"], "a.b", "{provider}");
}

#[test]
fn a_new_secret_alone_is_printed_and_fits() {
    let mut all = HashSet::new();
    for (provider, begins_with, length) in [
        ("stripe", "whsec_", 6 + 64),
        ("standard-webhooks", "whsec_", 6 + 44),
        ("kasko", "whsec_", 6 + 64),
        ("github", "", 64),
    ] {
        let secret = run(&format!("secret --provider {provider}")).ok().stdout;
        let secret = secret.strip_suffix('\n').unwrap();
        assert!(secret.starts_with(begins_with) && secret.len() == length, "{provider}: {secret}");
        assert!(!secret.contains(char::is_whitespace), "{provider}");
        signs_and_verifies(provider, secret, &[]);
        assert!(all.insert(secret.to_owned()), "each one is new");
    }
    let json = run("secret --json").ok().json();
    assert_eq!(json["provider"], "standard-webhooks");
    assert!(json["secret"].as_str().unwrap().starts_with("whsec_"), "{json}");
    assert!(json["private_key_file"].is_null());
}

/// OpenSSL reads both keys, and finds that they are a pair.
#[test]
fn a_pair_is_a_private_file_and_a_public_key() {
    let folder = Folder::new();
    for (algorithm, number) in
        [("ed25519", 0), ("ecdsa-p256-sha256", 1), ("ecdsa-p256-sha256-der", 2)]
    {
        let scheme = folder.file(
            "scheme.toml",
            format!(
                "name = 'own'\nsignature = {{ header = 'X-Sig', algorithm = '{algorithm}', encoding = \
                 'base64', content = '{{body}}' }}\nevent = {{ type_required = false }}"
            ),
        );
        let private = folder.path().join(format!("private-{number}.pem"));
        let private = private.to_str().unwrap();
        let missing = run(&format!("secret --scheme {scheme}")).failed(2);
        assert!(missing.stderr.contains("`--private-key-file FILE`"), "{missing:?}");
        let make = format!("secret --scheme {scheme} --private-key-file {private}");
        let public = run(&make).ok().stdout;
        #[cfg(unix)]
        assert_eq!(mode(private), 0o600);
        let of_private = openssl(&["pkey", "-in", private, "-pubout"]);
        assert_eq!(of_private, public, "{algorithm}");

        let public = folder.file("public.pem", public);
        let sign =
            format!("sign --scheme {scheme} --secret-file {public} --private-key-file {private}");
        let headers = folder.file("headers", fed(&mut hookseal(sign.split(' ')), BODY).ok().stdout);
        let verify =
            format!("verify --scheme {scheme} --secret-file {public} --headers-file {headers}");
        fed(&mut hookseal(verify.split(' ')), BODY).ok();

        let again = run(&make).failed(4);
        assert!(again.stderr.contains("is there already"), "{again:?}");
    }
}

#[test]
fn standard_webhooks_has_pairs_of_its_own_form() {
    let folder = Folder::new();
    let private = folder.path().join("private.key");
    let private = private.to_str().unwrap();
    let public = run(&format!("secret --private-key-file {private}")).ok().stdout;
    assert!(public.starts_with("whpk_"), "{public}");
    assert!(fs::read_to_string(private).unwrap().starts_with("whsk_"));
    signs_and_verifies("standard-webhooks", public.trim_end(), &["--private-key-file", private]);
}

#[test]
fn what_cannot_be_made_is_said() {
    for (arguments, exit, said) in [
        ("secret -p nobody", 3, "no provider has the name given"),
        ("secret -p stripe --private-key-file /tmp/never", 3, "signs with a shared secret"),
        ("secret --private-key-file /proc/nowhere/key", 4, "/proc/nowhere/key"),
    ] {
        let ran = run(arguments).failed(exit);
        assert!(ran.stderr.contains(said), "{ran:?}");
    }
    assert!(!fs::exists("/tmp/never").unwrap());
}

fn openssl(arguments: &[&str]) -> String {
    Ran::from(Command::new("openssl").args(arguments).output().unwrap()).ok().stdout
}

#[cfg(unix)]
fn mode(path: &str) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
}
