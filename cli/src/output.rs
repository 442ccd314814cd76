//! Standard output: for people or as JSON, in colours or plain.

use std::io::{self, IsTerminal as _, Write};
use std::{env, ffi::OsStr};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum as _;
use serde::Serialize;

use crate::args::{Cli, Color};
use crate::failure::Failure;
use crate::text;

/// What is looked at first.
pub(crate) const STRONG: Style = Style::new().bold();
/// What went well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What went wrong.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What asks for attention.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
/// What is looked at last.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// What the command line asks of every output, seen before it is read: an error in reading it is
/// an output too.
pub(crate) struct Asked {
    pub(crate) json: bool,
    color: ColorChoice,
}

impl Asked {
    pub(crate) fn from_arguments() -> Self {
        let mut asked = Self { json: false, color: ColorChoice::Auto };
        let mut before = None;
        for argument in env::args_os().skip(1).take_while(|argument| argument != "--") {
            let value = match argument.to_str().and_then(|text| text.strip_prefix("--color=")) {
                Some(value) => Some(value),
                None if before.as_deref() == Some(OsStr::new("--color")) => argument.to_str(),
                None => None,
            };
            match value {
                Some(value) => {
                    asked.color = Color::from_str(value, false).unwrap_or_default().choice();
                }
                None => asked.json |= argument == "--json",
            }
            before = Some(argument);
        }
        asked
    }

    /// From here on all streams of `anstream` keep to it.
    pub(crate) fn apply(&self) {
        self.color.write_global();
    }
}

/// Where results go. Errors, progress and hints go to standard error.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    json: bool,
    color: ColorChoice,
}

impl Output {
    pub(crate) fn new(cli: &Cli) -> Self {
        Self { json: cli.json, color: cli.color.choice() }
    }

    /// Whether results and errors are written as JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Writes one line of JSON.
    #[expect(clippy::unused_self, reason = "it stands beside `text`, which needs it")]
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(value)
            .map_err(|error| Failure::io("the result as JSON", &error.into()))?;
        bytes(format!("{}\n", text::printable_json(&line)).as_bytes())
    }

    /// Writes text, which may hold styles: they are taken out where no colours are wanted.
    pub(crate) fn text(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut stdout = AutoStream::new(io::stdout().lock(), self.color);
        ended(write(&mut stdout).and_then(|()| stdout.flush()))
    }

    /// Says on standard error what is odd, and goes on.
    pub(crate) fn note(&self, note: &str) {
        let mut stderr = anstream::stderr().lock();
        // Nobody is left to tell if standard error is gone.
        let _ = if self.json {
            writeln!(stderr, "{}", serde_json::json!({"note": note}))
        } else {
            writeln!(stderr, "{WARN}note{WARN:#}: {note}")
        };
    }
}

/// Whether a person reads standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes bytes to standard output exactly as they are.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    ended(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

/// A reader that has seen enough, such as `head`, is no failure.
fn ended(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io("standard output", &error))
        }
        _ => Ok(()),
    }
}
