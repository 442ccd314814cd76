//! `hookseal sign`: signs a body.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use clap_complete::ArgValueCandidates;
use hookseal::{ErrorCode, SignOptions};
use serde_json::{Map, Value, json};

use crate::args::{RequestLineArgs, WebhookArgs, values};
use crate::complete;
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::Output;
use crate::text::shell::quoted;

const EXAMPLES: &str = "\
Examples:
  hookseal sign -p kasko --type policy.created body.json > headers
  curl -H @headers --data-binary @body.json http://localhost:8000/webhooks";

/// `hookseal sign`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    pub(crate) webhook: WebhookArgs,

    /// The body, as raw bytes; standard input if not given or `-`
    #[arg(value_name = "BODY")]
    pub(crate) body: Option<PathBuf>,

    /// The event's type, for providers that send it in a header
    #[arg(long = "type", visible_alias = "event", value_name = "TYPE", add = ArgValueCandidates::new(complete::events))]
    pub(crate) event_type: Option<String>,

    /// The delivery's id, for providers that send it in a header
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,

    /// When it was signed, for providers that sign a timestamp: seconds since 1970 or RFC 3339;
    /// now if not given
    #[arg(long, value_name = "TIME", value_parser = values::moment)]
    pub(crate) timestamp: Option<SystemTime>,

    /// A file that holds the sender's private key, for providers that sign with one: of a pair that
    /// you made for tests
    #[arg(long, value_name = "FILE")]
    pub(crate) private_key_file: Option<PathBuf>,

    /// A further header of the delivery, `Name: value`, for providers that sign some; again for
    /// each further one
    #[arg(long = "header", short = 'H', value_name = "HEADER")]
    pub(crate) headers: Vec<String>,

    #[command(flatten)]
    pub(crate) line: RequestLineArgs,

    /// Print a curl command that delivers the body to this URL, which is signed if the provider
    /// signs it
    #[arg(long, value_name = "URL")]
    pub(crate) curl: Option<String>,
}

/// Signs the body that the arguments name.
pub(crate) fn run(args: &SignArgs, output: Output) -> Result<Exit, Failure> {
    let webhook = input::webhook(&args.webhook, None, output)?;
    let target = args.curl.as_deref().map(|url| target(url, args.body.as_deref())).transpose()?;
    let body = input::body(args.body.as_deref())?;
    let mut options = SignOptions::new();
    if let Some(event_type) = &args.event_type {
        options = options.event_type(event_type);
    }
    if let Some(id) = &args.id {
        options = options.id(id);
    }
    if let Some(timestamp) = args.timestamp {
        options = options.timestamp(timestamp);
    }
    let private_key = args.private_key_file.as_deref().map(input::private_key).transpose()?;
    if let Some(key) = &private_key {
        options = options.private_key(key);
    }
    let given = input::text_headers(&args.headers)?;
    let others: Vec<(&str, &str)> = given.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    options = options.headers(&others);
    // What curl sends is a POST to its URL.
    let own_method = args.curl.as_ref().map(|_| "POST");
    if let Some(method) = args.line.method.as_deref().or(own_method) {
        options = options.method(method);
    }
    if let Some(url) = args.line.url.as_deref().or(args.curl.as_deref()) {
        options = options.url(url);
    }
    let headers = webhook.sign(&body, &options).map_err(|error| match error.code() {
        // What it misses, `--type` and `--id` give.
        ErrorCode::MissingHeader | ErrorCode::MalformedHeader => {
            Failure::usage(error.message().to_owned())
        }
        _ => error.into(),
    })?;
    let curl = target.map(|target| {
        let all: Vec<_> = given.iter().chain(&headers).cloned().collect();
        curl(&target, &all, content_type(&body))
    });

    if output.is_json() {
        let headers: Map<String, Value> =
            headers.into_iter().map(|(name, value)| (name, value.into())).collect();
        let mut result = json!({"provider": webhook.scheme().name(), "headers": headers});
        if let Some(curl) = curl {
            result["curl"] = curl.into();
        }
        output.json(&result)?;
    } else if let Some(curl) = curl {
        output.text(|out| writeln!(out, "{curl}"))?;
    } else {
        output.text(|out| {
            headers.iter().try_for_each(|(name, value)| writeln!(out, "{name}: {value}"))
        })?;
    }
    Ok(Exit::Success)
}

/// The file where curl finds the body, and the URL to deliver it to.
struct Target<'a> {
    url: &'a str,
    body: &'a str,
}

fn target<'a>(url: &'a str, body: Option<&'a Path>) -> Result<Target<'a>, Failure> {
    let Some(body) = body.filter(|path| !input::is_standard_input(path)) else {
        return Err(Failure::usage(
            "`--curl` needs the body in a file, for curl to read the same bytes: name the file",
        ));
    };
    let body = body
        .to_str()
        .ok_or_else(|| Failure::usage("the body's file has a name that is not UTF-8: rename it"))?;
    Ok(Target { url, body })
}

fn content_type(body: &[u8]) -> &'static str {
    let is_json =
        core::str::from_utf8(body).is_ok_and(|body| hookseal_json::validate(body).is_ok());
    if is_json { "application/json" } else { "application/octet-stream" }
}

fn curl(target: &Target<'_>, headers: &[(String, String)], content_type: &str) -> String {
    let mut command = format!("curl --data-binary {}", quoted(&format!("@{}", target.body)));
    let content_type = [("Content-Type".to_owned(), content_type.to_owned())];
    for (name, value) in content_type.iter().chain(headers) {
        command.push_str(" \\\n  --header ");
        command.push_str(&quoted(&format!("{name}: {value}")));
    }
    command.push_str(" \\\n  --url ");
    command.push_str(&quoted(target.url));
    command
}
