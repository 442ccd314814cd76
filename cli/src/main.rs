//! `hookseal`: sign, verify, explain, send and receive webhooks on the command line.

#![forbid(unsafe_code)]

mod args;
mod commands;
mod failure;
mod input;
mod listen;
mod network;
mod output;
mod send;
mod text;

use std::process::ExitCode;

use args::{Cli, Command};
use failure::{Exit, Failure};
use output::Output;

fn main() -> ExitCode {
    let asked = output::Asked::from_arguments();
    asked.apply();
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(refused) => return failure::usage(&refused, asked.json),
    };
    let output = Output::new(&cli);
    match run(cli, &output) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report(&output),
    }
}

fn run(cli: Cli, output: &Output) -> Result<Exit, Failure> {
    match cli.command {
        Command::Providers(args) => commands::providers::run(&args, output),
        Command::Sign(args) => commands::sign::run(&args, output),
        Command::Verify(args) => commands::verify::run(&args, output),
        Command::Explain(args) => commands::explain::run(&args, output),
        Command::Send(args) => send::run(&args, output),
        Command::Listen(args) => listen::run(&args, output),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
    }
}
