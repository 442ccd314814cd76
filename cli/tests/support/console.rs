//! The `console` blocks of a README: commands, and what they print.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::{env, fs};

use super::{Folder, Ran};

/// A command and what the README says that it prints.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) command: String,
    pub(crate) output: Vec<String>,
}

/// Runs commands in one shell, and compares what each prints with what is shown.
pub(crate) fn check(shown: &[Shown], environment: &[(&str, &str)]) {
    let folder = Folder::new();
    let mut script = String::new();
    for (number, Shown { command, .. }) in shown.iter().enumerate() {
        // Braces, so that all are in one shell, with the same variables and the status before.
        writeln!(script, "{{ {command}\n}} >.{number} 2>&1").unwrap();
    }
    let binaries = env!("CARGO_BIN_EXE_hookseal").rsplit_once('/').unwrap().0;
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).current_dir(folder.path()).stdin(Stdio::null());
    bash.env("PATH", format!("{binaries}:{}", env::var("PATH").unwrap()));
    bash.env("NO_COLOR", "1").env_remove("HOOKSEAL_SECRET");
    bash.envs(environment.iter().copied());
    assert_eq!(Ran::from(bash.output().unwrap()).stderr, "");

    for (number, Shown { command, output }) in shown.iter().enumerate() {
        let printed = fs::read_to_string(folder.path().join(format!(".{number}"))).unwrap();
        let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
        let expected: Vec<&str> = output.iter().map(String::as_str).collect();
        let printed_text = printed.join("\n");
        assert!(lines_match(&expected, &printed), "$ {command}\n{printed_text}");
    }
}

/// The commands of all blocks with this fence. `$ ` begins a command, `> ` goes on with it, all else
/// is what it prints.
pub(crate) fn shown(readme: &str, fence: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == fence;
        } else if inside {
            match (line.strip_prefix("$ "), line.strip_prefix("> "), all.last_mut()) {
                (Some(command), _, _) => {
                    all.push(Shown { command: command.to_owned(), output: Vec::new() });
                }
                (None, Some(more), Some(last)) => {
                    last.command.push('\n');
                    last.command.push_str(more);
                }
                (None, None, Some(last)) => last.output.push(line.trim_end().to_owned()),
                _ => panic!("a block begins with a command: {line}"),
            }
        }
    }
    all
}

/// `...` stands for any lines.
pub(crate) fn lines_match(expected: &[&str], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|from| lines_match(rest, &printed[from..])),
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, more)| line_matches(first, line) && lines_match(rest, more)),
    }
}

/// `[..]` stands for any characters.
pub(crate) fn line_matches(expected: &str, printed: &str) -> bool {
    match expected.split_once("[..]") {
        None => expected == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| &rest[at..])
                .chain([""])
                .any(|rest| line_matches(after, rest))
        }),
    }
}
