//! Completion, as the shells themselves ask for it.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::env;
use std::process::{Command, Stdio};

use support::{Folder, Ran, run};

/// Bash as it completes the last of its arguments: a function of its own is called with what is typed.
const BASH: &str = r#"
source "$0"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
complete -p hookseal | grep --count _clap_complete_hookseal >&2
_clap_complete_hookseal hookseal "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
"#;

/// Zsh with its own completion system, of which the last step, that draws, is replaced.
const ZSH: &str = r#"
autoload -U compinit && compinit -u -D
source "$0"
echo ${#${(M)_comps[hookseal]:#_clap_dynamic_completer_hookseal}} | sed 's/[1-9][0-9]*/1/' >&2
words=("$@") CURRENT=$#
_describe() { print -l -- ${(P)${@[3]}} }
_clap_dynamic_completer_hookseal
"#;

/// Fish completes a line by itself.
const FISH: &str = r#"
source $argv[1]
echo 1 >&2
complete --do-complete "$argv[2..-1]"
"#;

/// What a shell offers for the last word, without its descriptions.
fn offered(shell: &str, line: &str) -> Vec<String> {
    let folder = Folder::new();
    let script = folder.file("completion", run(&format!("completions {shell}")).ok().stdout);
    let binaries = env!("CARGO_BIN_EXE_hookseal").rsplit_once('/').unwrap().0;
    let mut command = Command::new(shell);
    let words = || line.split(' ');
    match shell {
        "bash" => command.args(["--norc", "-c", BASH, &script]).args(words()),
        "zsh" => command.args(["-f", "-c", ZSH, &script]).args(words()),
        _ => command.args(["--no-config", "-c", FISH, &script]).args(words()),
    };
    command.env("PATH", format!("{binaries}:{}", env::var("PATH").unwrap()));
    command.env("HOME", folder.path()).current_dir(folder.path()).stdin(Stdio::null());
    let ran = Ran::from(command.output().unwrap());
    assert_eq!((ran.exit, ran.stderr.as_str()), (0, "1\n"), "{shell} {line}: {ran:?}");
    let separator = if shell == "zsh" { ':' } else { '\t' };
    ran.stdout.lines().map(|line| line.split(separator).next().unwrap().to_owned()).collect()
}

const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

#[test]
fn every_shell_completes_providers_and_their_other_names() {
    for shell in SHELLS {
        assert_eq!(offered(shell, "hookseal verify --provider kas"), ["kasko"], "{shell}");
        assert_eq!(offered(shell, "hookseal listen -p claimp"), ["claimport"], "{shell}");
        // An alias, as nothing else begins so.
        assert_eq!(offered(shell, "hookseal sign -p svi"), ["svix"], "{shell}");
        assert_eq!(offered(shell, "hookseal providers strip"), ["stripe"], "{shell}");
        let all = offered(shell, "hookseal secret --provider ");
        let known: Vec<_> = hookseal::providers().map(hookseal::Provider::name).collect();
        assert_eq!(all, known, "{shell}");
    }
}

#[test]
fn every_shell_completes_the_events_of_the_provider_that_is_named() {
    for shell in SHELLS {
        let policies = ["policy.cancelled", "policy.created", "policy.updated"];
        for line in [
            "hookseal send localhost:3000 -p kasko --event policy.",
            "hookseal send localhost:3000 --provider kasko --type policy.",
            "hookseal sign -p kasko --type policy.",
        ] {
            let mut offered = offered(shell, line);
            offered.sort();
            assert_eq!(offered, policies, "{shell} {line}");
        }
        let of_an_alias = offered(shell, "hookseal sign -p mycover-ai --event purchase.");
        assert!(of_an_alias.iter().any(|event| event == "purchase.successful"), "{of_an_alias:?}");
        assert_eq!(offered(shell, "hookseal send localhost:3000 --event policy."), [""; 0]);
    }
}

#[test]
fn every_shell_completes_commands_options_and_files() {
    for shell in SHELLS {
        assert_eq!(offered(shell, "hookseal expl"), ["explain"], "{shell}");
        assert_eq!(offered(shell, "hookseal verify --headers-f"), ["--headers-file"], "{shell}");
        assert_eq!(offered(shell, "hookseal providers --category insur"), ["insurance"], "{shell}");
        let files = offered(shell, "hookseal verify --request comp");
        assert_eq!(files, ["completion"], "{shell}");
    }
}
