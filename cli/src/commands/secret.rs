//! `hookseal secret`: makes a new secret, or a new pair of keys.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use hookseal::Scheme;
use serde_json::json;

use crate::args::ProviderArgs;
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::Output;
use crate::random::random;

const EXAMPLES: &str = "\
Examples:
  export HOOKSEAL_SECRET=$(hookseal secret)
  hookseal secret -p stripe > stripe.secret
  hookseal secret -p standard-webhooks --private-key-file private.key > public.key";

/// `hookseal secret`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, mut_group("ProviderArgs", |group| group.required(false)))]
pub(crate) struct SecretArgs {
    #[command(flatten)]
    pub(crate) provider: ProviderArgs,

    /// Make a pair of keys, for providers that sign with a private one: write it to this new file,
    /// which only you can read, and print the public one, which stands where a secret does
    #[arg(long, value_name = "FILE")]
    pub(crate) private_key_file: Option<PathBuf>,
}

/// Prints a new secret, or the public key of a new pair.
pub(crate) fn run(args: &SecretArgs, output: Output) -> Result<Exit, Failure> {
    let scheme = input::scheme_or_default(&args.provider)?;
    let secret = match &args.private_key_file {
        Some(path) => pair(&scheme, path)?,
        None if scheme.needs_key_pair() => {
            return Err(Failure::usage(format!(
                "{} signs with a private key: say with `--private-key-file FILE` where to write a new \
                 one; the public key, which a receiver has in place of a secret, is printed",
                scheme.title()
            )));
        }
        None => scheme.new_secret(&random())?,
    };
    if output.is_json() {
        output.json(&json!({
            "provider": scheme.name(),
            "secret": secret,
            "private_key_file": args.private_key_file,
        }))?;
    } else {
        output.text(|out| writeln!(out, "{secret}"))?;
    }
    Ok(Exit::Success)
}

/// Makes a pair, keeps the private key and gives the public one.
fn pair(scheme: &Scheme, path: &Path) -> Result<String, Failure> {
    let pair = scheme.new_key_pair(&random())?;
    write_private(path, pair.private_key()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::input(format!(
            "{} is there already, and a private key that is overwritten is lost: name another file",
            path.display()
        )),
        _ => Failure::file(path, &error),
    })?;
    Ok(pair.public_key().to_owned())
}

/// Writes a new file that its owner alone can read, from the beginning.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")
}
