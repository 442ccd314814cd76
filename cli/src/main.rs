//! `hookseal`: sign, verify, explain, send and receive webhooks on the command line.

#![forbid(unsafe_code)]

mod advice;
mod args;
mod cli;
mod commands;
mod complete;
mod failure;
mod input;
mod listen;
mod network;
mod output;
mod random;
mod send;
mod serve;
mod text;

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::CompleteEnv;

use args::OutputArgs;
use cli::{Cli, Command};
use failure::{Exit, Failure};
use output::Output;

fn main() -> ExitCode {
    // If it is a shell that asks, this answers and ends.
    CompleteEnv::with_factory(Cli::command).var(complete::VARIABLE).complete();
    let wanted = OutputArgs::from_environment();
    let output = Output::new(wanted.json, wanted.color.choice());
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(answer) => {
            output.command_line(&answer);
            return if answer.use_stderr() { Exit::Usage } else { Exit::Success }.into();
        }
    };
    match run(cli.command, output) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.error(&failure);
            failure.exit.into()
        }
    }
}

fn run(command: Command, output: Output) -> Result<Exit, Failure> {
    match command {
        Command::Providers(args) => commands::providers::run(&args, output),
        Command::Sign(args) => commands::sign::run(&args, output),
        Command::Verify(args) => commands::verify::run(&args, output),
        Command::Explain(args) => commands::explain::run(&args, output),
        Command::Send(args) => send::run(&args, output),
        Command::Listen(args) => listen::run(&args, output),
        Command::Inbox(args) => commands::inbox::run(args, output),
        Command::Secret(args) => commands::secret::run(&args, output),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args, Cli::command()),
    }
}
