//! What went wrong, and how the process ends.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use hookseal::ErrorCategory;
use serde_json::json;

use crate::output::{BAD, Output};
use crate::text::{self, Printable};

/// How the process ends. The numbers are documented and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It went well.
    Success = 0,
    /// The delivery does not verify, or the endpoint failed the check.
    Refused = 1,
    /// The command line is not right.
    Usage = 2,
    /// The provider, the secret or the scheme is not right.
    SetUp = 3,
    /// A file or the network failed, or an input cannot be read.
    Input = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What went wrong, for the one who typed the command.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    code: &'static str,
    message: Cow<'static, str>,
    http_status: Option<u16>,
}

impl Failure {
    /// A combination of arguments that clap cannot see to be wrong.
    pub(crate) fn usage(message: impl Into<Cow<'static, str>>) -> Self {
        Self { exit: Exit::Usage, code: "usage", message: message.into(), http_status: None }
    }

    /// A set-up that is wrong before the core sees it.
    pub(crate) fn set_up(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { exit: Exit::SetUp, code, message: message.into(), http_status: None }
    }

    /// An input that can be read, and is not what it should be.
    pub(crate) fn input(message: impl Into<Cow<'static, str>>) -> Self {
        Self { exit: Exit::Input, code: "input", message: message.into(), http_status: None }
    }

    /// A file or a stream that cannot be read or written.
    pub(crate) fn io(what: impl Display, error: &io::Error) -> Self {
        let message = format!("{what}: {error}").into();
        Self { exit: Exit::Input, code: "io", message, http_status: None }
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::io(path.display(), error)
    }

    /// A network that does not do what is asked of it.
    pub(crate) fn network(message: impl Into<Cow<'static, str>>) -> Self {
        Self { exit: Exit::Input, code: "network", message: message.into(), http_status: None }
    }

    /// The same, saying of which file it is.
    pub(crate) fn about(mut self, path: &Path) -> Self {
        self.message = format!("{}: {}", path.display(), self.message).into();
        self
    }

    /// Says on standard error what went wrong.
    pub(crate) fn report(&self, output: &Output) -> ExitCode {
        say(self.code, &self.message, self.http_status, output.is_json());
        self.exit.into()
    }
}

impl From<hookseal::Error> for Failure {
    fn from(error: hookseal::Error) -> Self {
        let is_set_up = error.code().category() == ErrorCategory::Configuration;
        Self {
            exit: if is_set_up { Exit::SetUp } else { Exit::Refused },
            code: error.code().as_str(),
            message: error.message().to_owned().into(),
            http_status: (!is_set_up).then(|| error.http_status()),
        }
    }
}

/// Reports what clap refuses, and prints what it was asked for, such as the help.
pub(crate) fn usage(refused: &clap::Error, json: bool) -> ExitCode {
    if json && refused.use_stderr() {
        let text = refused.render().to_string();
        // What follows the first paragraph is how to use the command.
        let lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
        let message = lines.collect::<Vec<_>>().join(" ");
        say("usage", message.trim_start_matches("error: "), None, true);
    } else {
        // Nobody is left to tell if the terminal is gone.
        let _ = refused.print();
    }
    if refused.use_stderr() { Exit::Usage.into() } else { Exit::Success.into() }
}

fn say(code: &str, message: &str, http_status: Option<u16>, json: bool) {
    let mut stderr = anstream::stderr().lock();
    // Nobody is left to tell if standard error is gone.
    let _ = if json {
        let mut error = json!({"code": code, "message": message});
        if let Some(status) = http_status {
            error["http_status"] = status.into();
        }
        writeln!(stderr, "{}", text::printable_json(&json!({"error": error}).to_string()))
    } else {
        let status = http_status.map(|status| format!(", answer {status}")).unwrap_or_default();
        let lines: Vec<_> = message.lines().map(|line| Printable(line).to_string()).collect();
        writeln!(stderr, "{BAD}error{BAD:#}: {} [{code}{status}]", lines.join("\n"))
    };
}
