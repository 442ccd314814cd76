//! Standard output and standard error: for people or as JSON, in colours or plain.
//!
//! Everything but a command's raw bytes goes through here, and so through the rule for what a
//! terminal may be shown.

use std::io::{self, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::json;

use crate::failure::Failure;
use crate::text::{Printable, printable_json, screen};

/// The style of titles and names.
pub(crate) const STRONG: Style = Style::new().bold();
/// The style of success.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// The style of failure.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// The style of warnings.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
/// The style of labels and remarks.
pub(crate) const FAINT: Style = Style::new().dimmed();

/// The form in which a command's results, errors and notes are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
    color: ColorChoice,
}

impl Output {
    /// An output of this form. From here on all streams of `anstream` keep to the choice of
    /// colours.
    pub(crate) fn new(json: bool, color: ColorChoice) -> Self {
        color.write_global();
        Self { json, color }
    }

    /// Tells whether results and errors are written as JSON.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Writes one line of JSON to standard output.
    pub(crate) fn json(self, value: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(value)
            .map_err(|error| Failure::io("the result as JSON", &error.into()))?;
        self.json_line(&line)
    }

    /// Writes JSON that is on one line already.
    #[expect(clippy::unused_self, reason = "it stands beside `text`, which needs it")]
    pub(crate) fn json_line(self, line: &str) -> Result<(), Failure> {
        bytes(format!("{}\n", printable_json(line)).as_bytes())
    }

    /// Writes text to standard output. It may hold styles: they are taken out where no colours are
    /// wanted.
    pub(crate) fn text(
        self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let mut text = Vec::new();
        let written = write(&mut text).and_then(|()| {
            let mut stdout = AutoStream::new(io::stdout().lock(), self.color);
            stdout.write_all(screen(&String::from_utf8_lossy(&text)).as_bytes())?;
            stdout.flush()
        });
        unless_closed(written)
    }

    /// Writes a remark to standard error.
    pub(crate) fn note(self, note: &str) {
        if self.json {
            say_json(&json!({ "note": note }));
        } else {
            say(&format!("{WARN}note{WARN:#}: {}", Printable(note)));
        }
    }

    /// Writes an error to standard error.
    pub(crate) fn error(self, failure: &Failure) {
        let Failure { code, message, http_status, explain, .. } = failure;
        if self.json {
            let mut error = json!({ "code": code, "message": message });
            if let Some(status) = http_status {
                error["http_status"] = (*status).into();
            }
            if let Some(explain) = explain {
                error["explain"] = explain.as_str().into();
            }
            say_json(&json!({ "error": error }));
        } else {
            let status = http_status.map(|status| format!(", answer {status}")).unwrap_or_default();
            let lines: Vec<_> = message.lines().map(|line| Printable(line).to_string()).collect();
            say(&format!("{BAD}error{BAD:#}: {} [{code}{status}]", lines.join("\n")));
            if let Some(explain) = explain {
                say(&format!("{FAINT}find out why{FAINT:#}: {}", Printable(explain)));
            }
        }
    }

    /// Writes what clap refuses, or was asked for, such as the help.
    pub(crate) fn command_line(self, answer: &clap::Error) {
        if !answer.use_stderr() {
            // Nobody is left to tell if the terminal is gone.
            let _ = answer.print();
        } else if self.json {
            let text = answer.render().to_string();
            // What follows the first paragraph is how to use the command.
            let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
            let message = lines.collect::<Vec<_>>().join(" ");
            self.error(&Failure::usage(message.trim_start_matches("error: ").to_owned()));
        } else {
            say(answer.render().ansi().to_string().trim_end_matches('\n'));
        }
    }
}

/// Writes lines to standard error. They may hold styles.
pub(crate) fn say(lines: &str) {
    // Nobody is left to tell if standard error is gone.
    let _ = writeln!(anstream::stderr().lock(), "{}", screen(lines));
}

/// Writes one line of JSON to standard error.
pub(crate) fn say_json(value: &serde_json::Value) {
    let _ = writeln!(anstream::stderr().lock(), "{}", printable_json(&value.to_string()));
}

/// Tells whether a person reads standard output.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Writes bytes to standard output exactly as they are.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    unless_closed(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

/// A reader that has seen enough, such as `head`, is no failure.
fn unless_closed(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::io("standard output", &error))
        }
        _ => Ok(()),
    }
}
