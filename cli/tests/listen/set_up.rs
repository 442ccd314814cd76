//! A listener that was given little or nothing.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use hookseal::{SignOptions, Webhook};

use super::kit::{Listener, post, wait};
use super::support::{Folder, Ran, fed, hookseal, run};

const OWN: &str = r#"{"type":"invoice.paid","timestamp":"2026-01-01T00:00:00Z","data":{"n":1}}"#;

fn without_secret(arguments: &str) -> Command {
    let mut command = hookseal(arguments.split(' '));
    command.env_remove("HOOKSEAL_SECRET");
    command
}

#[test]
fn without_any_set_up_it_makes_a_secret() {
    let listener = Listener::start(&mut without_secret("listen --json --port 0"));
    let secret = listener.said["listening"]["secret"].as_str().unwrap().to_owned();
    let webhook = Webhook::new("standard-webhooks", [&secret]).unwrap();
    let headers = webhook.sign(OWN, &SignOptions::new().id("msg_1")).unwrap();
    assert_eq!(post(listener.url(), &headers, OWN).status, 204);
    assert_eq!(listener.line()["event"]["type"], "invoice.paid");
    let other = Listener::start(&mut without_secret("listen --json --port 0"));
    assert_ne!(other.said["listening"]["secret"], secret.as_str());
    // A secret that is given is not shown.
    assert!(Listener::kasko("").said["listening"].get("secret").is_none());
}

/// What it says to try is typed into a shell as it stands, and arrives.
#[test]
fn the_command_that_it_shows_works_as_it_stands() {
    for provider in ["kasko", "claimport", "stripe", "linear", "standard-webhooks"] {
        let listen = format!("listen --port 0 --count 1 --provider {provider}");
        let mut listener =
            without_secret(&listen).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(listener.stderr.take().unwrap());
        let mut lines = Vec::new();
        while !lines.iter().any(|line: &String| line.contains("Ctrl-C")) {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "{lines:?}");
            lines.push(line);
        }
        let value = |name: &str| {
            let named = lines.iter().find_map(|line| line.trim().strip_prefix(name));
            named.unwrap_or_else(|| panic!("{name}: {lines:?}")).trim().to_owned()
        };
        assert!(value("secret").ends_with("made for this run, as none was given"), "{lines:?}");
        let binaries = env!("CARGO_BIN_EXE_hookseal").rsplit_once('/').unwrap().0;
        let mut bash = Command::new("bash");
        bash.args(["-c", &value("try")]).env_remove("HOOKSEAL_SECRET").stdin(Stdio::null());
        bash.env("PATH", format!("{binaries}:{}", env::var("PATH").unwrap()));
        let sent = Ran::from(bash.output().unwrap());
        assert_eq!(sent.exit, 0, "{provider}: {sent:?}");
        let mut shown = String::new();
        listener.stdout.take().unwrap().read_to_string(&mut shown).unwrap();
        assert!(shown.starts_with('✓'), "{provider}: {shown}");
        assert!(wait(&mut listener).success(), "{provider}");
    }
}

#[test]
fn where_a_key_is_needed_it_says_how_to_make_one() {
    let folder = Folder::new();
    let scheme = folder.file(
        "scheme.toml",
        "name = 'own'\nsignature = { header = 'X-Sig', algorithm = 'ed25519', encoding = 'base64', \
         content = '{body}' }\nevent = { type_required = false }",
    );
    let listen = format!("listen --port 0 --scheme {scheme}");
    let failed = Ran::from(without_secret(&listen).output().unwrap()).failed(3);
    assert!(
        failed.stderr.contains("`hookseal secret`, with `--private-key-file FILE`"),
        "{failed:?}"
    );

    let private = folder.path().join("private.pem");
    let private = private.to_str().unwrap();
    let public = run(&format!("secret --scheme {scheme} --private-key-file {private}")).ok().stdout;
    let public = folder.file("public.pem", public);
    let listen = format!("listen --json --port 0 --scheme {scheme} --secret-file {public}");
    let listener = Listener::start(&mut hookseal(listen.split(' ')));
    let send = format!(
        "send {} - --scheme {scheme} --secret-file {public} --private-key-file {private}",
        listener.url()
    );
    fed(&mut hookseal(send.split(' ')), "{}").ok();
    assert_eq!(listener.line()["verified"], true);
    let failed = fed(
        &mut hookseal(
            format!("send {} - --scheme {scheme} --secret-file {public}", listener.url())
                .split(' '),
        ),
        "{}",
    );
    assert!(failed.stderr.contains("`--private-key-file`"), "{failed:?}");
}
