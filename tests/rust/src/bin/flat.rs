//! Between the conformance cases and a runner that reads and writes their flat form:
//! `flat cases FILE` writes the cases, `flat judge SURFACE FILE` judges what became of them, and
//! `flat broken FILE` writes the broken deliveries, with what is to be found, `flat asked FILE` the
//! handshakes, with what is to be answered.

use std::fs;
use std::process::ExitCode;

use hookseal_tests::asked;
use hookseal_tests::broken;
use hookseal_tests::flat;
use hookseal_tests::outcome::judge;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cases", file] => write_cases(file),
        ["broken", file] => fs::write(file, flat::write_broken(&broken::cases()))
            .map_err(|error| format!("{file}: {error}")),
        ["asked", file] => fs::write(file, flat::write_asked(&asked::cases()))
            .map_err(|error| format!("{file}: {error}")),
        ["judge", surface, file] => judge_all(surface, file),
        _ => Err(
            "usage: flat cases FILE | flat broken FILE | flat asked FILE | flat judge SURFACE FILE"
                .to_owned(),
        ),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_cases(file: &str) -> Result<(), String> {
    fs::write(file, flat::write(&flat::cases())).map_err(|error| format!("{file}: {error}"))
}

fn judge_all(surface: &str, file: &str) -> Result<(), String> {
    let bytes = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let outcomes = flat::read(&bytes).map_err(|error| format!("{file}: {error}"))?;
    let cases = flat::cases();
    let mut failed = 0;
    for (case, (name, outcome)) in cases.iter().zip(&outcomes) {
        let judged = if case.name == *name {
            judge(case, outcome)
        } else {
            Err(format!("the runner has `{name}` in its place"))
        };
        if let Err(failure) = judged {
            failed += 1;
            eprintln!("{}: {failure}", case.name);
        }
    }
    println!("{surface}: {} passed, {failed} failed", outcomes.len() - failed);
    if outcomes.len() != cases.len() {
        return Err(format!("{surface}: {} of {} cases ran", outcomes.len(), cases.len()));
    }
    if failed == 0 { Ok(()) } else { Err(format!("{surface}: {failed} cases failed")) }
}
