//! The error of a command, and the exit codes.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use hookseal::ErrorCategory;

/// The exit code of the process. The numbers are documented and do not change.
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

/// An error, for whoever typed the command.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
    /// The status to answer the delivery with, if it is about one.
    pub(crate) http_status: Option<u16>,
    /// How to find out why, if it is about a delivery that does not verify.
    pub(crate) explain: Option<String>,
}

impl Failure {
    fn new(exit: Exit, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { exit, code, message: message.into(), http_status: None, explain: None }
    }

    /// A command line that is not right.
    pub(crate) fn usage(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// A set-up that is wrong before the core sees it.
    pub(crate) fn set_up(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Exit::SetUp, code, message)
    }

    /// An input that can be read, and is not what it should be.
    pub(crate) fn input(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Exit::Input, "input", message)
    }

    /// A file or a stream that cannot be read or written.
    pub(crate) fn io(what: impl Display, error: &io::Error) -> Self {
        Self::new(Exit::Input, "io", format!("{what}: {error}"))
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::io(path.display(), error)
    }

    /// A network that does not do what is asked of it.
    pub(crate) fn network(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Exit::Input, "network", message)
    }

    /// The same error, with how to find out why a delivery does not verify, if that is what it is
    /// about.
    pub(crate) fn explained_by(mut self, explain: impl FnOnce() -> String) -> Self {
        self.explain = self.http_status.map(|_| explain());
        self
    }

    /// The same error, with the file that it is about.
    pub(crate) fn about(mut self, path: &Path) -> Self {
        self.message = format!("{}: {}", path.display(), self.message).into();
        self
    }
}

/// For `hookseal inbox`: of its database, or of how it is set up.
impl From<hookseal::inbox::InboxError> for Failure {
    fn from(error: hookseal::inbox::InboxError) -> Self {
        let exit = if error.http_status() == 503 { Exit::Input } else { Exit::SetUp };
        Self::new(exit, error.code(), error.message().to_owned())
    }
}

impl From<hookseal::Error> for Failure {
    fn from(error: hookseal::Error) -> Self {
        let is_set_up = error.code().category() == ErrorCategory::Configuration;
        let exit = if is_set_up { Exit::SetUp } else { Exit::Refused };
        let failure = Self::new(exit, error.code().as_str(), error.message().to_owned());
        Self { http_status: (!is_set_up).then(|| error.http_status()), ..failure }
    }
}
