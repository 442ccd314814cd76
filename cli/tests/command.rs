//! What all commands share, and the small ones.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::fs;
use std::process::{Command, Stdio};

use support::{Folder, Ran, fed, hookseal, run};

const COMMANDS: [&str; 10] = [
    "providers",
    "sign",
    "verify",
    "explain",
    "send",
    "listen",
    "secret",
    "inbox",
    "completions",
    "man",
];

/// The commands below `inbox`.
const INBOX: [&str; 9] =
    ["schema", "status", "list", "show", "retry", "replay", "discard", "prune", "page"];

#[test]
fn the_help_says_what_there_is() {
    let ran = run("--help").ok();
    for command in COMMANDS {
        assert!(ran.stdout.contains(&format!("\n  {command} ")), "{command}: {ran:?}");
        let help = run(&format!("{command} --help")).ok();
        assert!(help.stdout.contains(&format!("hookseal {command}")), "{command}: {help:?}");
        assert!(!help.stdout.contains("--secret "), "{command}: {help:?}");
    }
    for line in ["0  it went well", "1  the delivery does not verify", "2  ", "3  ", "4  "] {
        assert!(ran.stdout.contains(&format!("\n  {line}")), "{line}: {ran:?}");
    }
    let version = format!("hookseal {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run("--version").ok().stdout, version);
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    for arguments in ["", "nonsense", "verify", "sign -p kasko --har x"] {
        assert_eq!(run(arguments).exit, 2, "{arguments}");
    }
    let error = run("verify --json --har a --request b").failed(2).json_error();
    assert_eq!(error["code"], "usage");
    let error = run("verify --json").failed(2).json_error();
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("--provider <NAME>|--scheme <FILE>"), "{message}");
}

#[test]
fn providers_are_listed() {
    let ran = run("providers").ok();
    let names: Vec<_> = ran.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    let known: Vec<_> = hookseal::providers().map(hookseal::Provider::name).collect();
    assert_eq!(names[0], "NAME");
    assert_eq!(names[1..], known);

    let json = run("providers --json").ok().json();
    let listed: Vec<_> = json["providers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(listed, known);
}

#[test]
fn providers_are_searched_and_filtered() {
    let names = |arguments: &str| -> Vec<String> {
        let json = run(&format!("providers {arguments} --json")).ok().json();
        let all = json["providers"].as_array().unwrap().iter();
        all.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("MYCOVER.AI"), ["mycover"]);
    assert!(names("cover").contains(&"coverkit".to_owned()));
    let insurers = names("--category insurance");
    assert!(insurers.len() >= 4 && insurers.contains(&"kasko".to_owned()), "{insurers:?}");
    let unsigned = names("--unsigned --category insurance");
    assert!(unsigned.contains(&"kasko".to_owned()) && !unsigned.contains(&"claimport".to_owned()));
    let bounded = names("--bounded");
    assert!(bounded.contains(&"stripe".to_owned()) && !bounded.contains(&"kasko".to_owned()));
    assert_eq!(names("--evidence assumed"), ["coverkit"]);
    let curacel = run("providers curacel").ok().stdout;
    assert!(curacel.contains("2xx authorises the charge."), "{curacel}");
    assert_eq!(run("providers svix --json").ok().json()["name"], "standard-webhooks");

    let near = run("providers strpe").failed(3);
    assert!(near.stderr.contains("did you mean `stripe`?"), "{near:?}");
    for (arguments, exit, said) in [
        ("providers --category insurer", 2, "one of commerce, communication"),
        ("providers --evidence sure", 2, "one of assumed, documented, proven"),
        ("providers kasko --evidence assumed", 3, "no provider is like that"),
    ] {
        let ran = run(arguments).failed(exit);
        assert!(ran.stderr.contains(said), "{ran:?}");
    }
}

#[test]
fn a_provider_is_described() {
    let ran = run("providers claimport").ok();
    for said in [
        "ClaimPort (claimport)",
        "header     X-ClaimPort-Signature",
        "value      sha256=<hex>",
        "covers     the body",
        "nothing of the event",
        "  claim.approved        A claim was approved.",
        "timeout    30 s",
        "retries    4, after 5 min, 30 min, 2 h, 1 day: 1 day 2 h 35 min in all",
        "then       disabled",
        "source     https://claimport.io/help/api/webhooks",
    ] {
        assert!(ran.stdout.contains(said), "{said}: {ran:?}");
    }
    let ran = run("providers kasko").ok();
    assert!(ran.stdout.contains("type, id: whoever replays a delivery can change them"), "{ran:?}");
    assert!(ran.stdout.contains("retries    not documented"), "{ran:?}");

    let json = run("providers claimport --json").ok().json();
    assert_eq!(json["delivery"]["retries"], serde_json::json!([300, 1800, 7200, 86400]));
    assert_eq!(json["delivery"]["timeout"], 30);
    assert_eq!(json["unsigned"], serde_json::json!([]));
    assert_eq!(json["events"].as_array().unwrap().len(), 11);
    // The scheme can be given back as one's own.
    let folder = Folder::new();
    let scheme = folder.file("scheme.json", json["scheme"].to_string());
    let headers = fed(&mut hookseal(["sign", "--scheme", &scheme]), "{}").ok().stdout;
    assert!(headers.starts_with("X-ClaimPort-Signature: sha256="), "{headers}");
}

#[test]
fn an_unknown_provider_is_a_matter_of_the_set_up() {
    for arguments in ["providers nope", "sign -p nope", "verify -p nope"] {
        let ran = run(arguments).failed(3);
        assert!(ran.stderr.contains("no provider has the name given"), "{ran:?}");
        assert!(ran.stderr.contains("[unknown_provider]"), "{ran:?}");
    }
    let folder = Folder::new();
    let file = folder.file("scheme.toml", "name = \"own\"\nsecret = 1\n");
    let ran = run(&format!("sign --scheme {file}")).failed(3);
    assert!(ran.stderr.contains("[invalid_scheme]"), "{ran:?}");
    assert_eq!(run("sign --scheme /nowhere/scheme").exit, 4);
}

/// A reader that has seen enough is no failure.
#[test]
fn a_closed_pipe_is_quiet() {
    let mut command = Command::new("bash");
    let script = "for i in {1..20}; do \"$0\" providers --json | head -c 1 >/dev/null; \
                  echo \"${PIPESTATUS[0]}\"; done | sort -u";
    command.args(["-c", script, env!("CARGO_BIN_EXE_hookseal")]).stdin(Stdio::null());
    let ran = Ran::from(command.output().unwrap()).ok();
    assert_eq!(ran.stdout, "0\n");
}

#[test]
fn there_is_a_script_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&format!("completions {shell}")).ok().stdout;
        assert!(script.contains("HOOKSEAL_COMPLETE") && script.contains("hookseal"), "{shell}");
    }
    assert_eq!(run("completions tcsh").exit, 2);
}

/// What shows manual pages has nothing to say against them.
#[test]
fn manual_pages_are_written() {
    let folder = Folder::new();
    let dir = folder.path().join("man1");
    run(&format!("man {}", dir.display())).ok();
    let mut pages: Vec<_> = fs::read_dir(&dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    let mut expected: Vec<_> =
        COMMANDS.iter().map(|command| format!("hookseal-{command}.1")).collect();
    expected.extend(INBOX.map(|command| format!("hookseal-inbox-{command}.1")));
    expected.push("hookseal.1".to_owned());
    expected.sort();
    assert_eq!(pages, expected);
    for page in pages {
        let mut groff = Command::new("groff");
        groff
            .args(["-man", "-Tutf8", "-P-cbou", "-ww", "-rLL=100n"])
            .arg(dir.join(&page))
            .stdin(Stdio::null());
        let shown = Ran::from(groff.output().unwrap()).ok().stdout;
        assert!(shown.contains("SYNOPSIS"), "{page}: {shown}");
    }
    let page = run("man").ok().stdout;
    assert_eq!(page, fs::read_to_string(dir.join("hookseal.1")).unwrap());
    assert!(page.contains(".TH hookseal 1"), "{page}");
    assert!(page.contains("Exit codes"), "{page}");
    let ran = run("man /proc/nowhere").failed(4);
    assert!(ran.stderr.contains("/proc/nowhere"), "{ran:?}");
}
