//! `hookseal man`: prints the manual pages.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man;

use crate::failure::{Exit, Failure};
use crate::output;

/// `hookseal man`
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The folder to write the pages to; it is made if it is not there
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// Prints the page of this command line, or writes one for each command.
pub(crate) fn run(args: &ManArgs, command: clap::Command) -> Result<Exit, Failure> {
    let command = command.disable_help_subcommand(true);
    if let Some(dir) = &args.dir {
        fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(command, dir))
            .map_err(|error| Failure::file(dir, &error))?;
    } else {
        let mut page = Vec::new();
        Man::new(command)
            .render(&mut page)
            .map_err(|error| Failure::io("the manual page", &error))?;
        output::bytes(&page)?;
    }
    Ok(Exit::Success)
}
