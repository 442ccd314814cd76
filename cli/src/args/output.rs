//! The arguments about the output, which every command takes.

#![expect(clippy::doc_markdown, reason = "these comments are the help, which shows no Markdown")]

use std::env;
use std::ffi::OsStr;

use anstream::ColorChoice;
use clap::{Args, ValueEnum};

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct OutputArgs {
    /// Write JSON, errors too
    #[arg(long, global = true, help_heading = "Output")]
    pub(crate) json: bool,

    /// When to use colours; NO_COLOR is respected
    #[arg(
        long,
        global = true,
        help_heading = "Output",
        value_enum,
        value_name = "WHEN",
        default_value_t
    )]
    pub(crate) color: Color,
}

/// The choice of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// The choice for `anstream`, which looks at `NO_COLOR` and the like by itself.
    pub(crate) fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

impl OutputArgs {
    /// Looks for these arguments before the command line is read: an error in reading it is an
    /// output too.
    pub(crate) fn from_environment() -> Self {
        let mut found = Self::default();
        let mut before = None;
        for argument in env::args_os().skip(1).take_while(|argument| argument != "--") {
            let value = match argument.to_str().and_then(|text| text.strip_prefix("--color=")) {
                Some(value) => Some(value),
                None if before.as_deref() == Some(OsStr::new("--color")) => argument.to_str(),
                None => None,
            };
            match value {
                Some(value) => found.color = Color::from_str(value, false).unwrap_or_default(),
                None => found.json |= argument == "--json",
            }
            before = Some(argument);
        }
        found
    }
}
