//! `hookseal man`: prints the manual pages.

use std::fs;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::{Cli, ManArgs};
use crate::failure::{Exit, Failure};
use crate::output;

/// Runs the command.
pub(crate) fn run(args: &ManArgs) -> Result<Exit, Failure> {
    let command = Cli::command().disable_help_subcommand(true);
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
