//! Reads the delivery that the arguments name.

use std::path::Path;

use super::delivery::{Delivery, RequestLine};
use super::{captured, har, headers, source};
use crate::args::DeliveryArgs;
use crate::failure::Failure;
use crate::output::Output;

/// Reads the delivery that the arguments name, as a receiver has it: with its `Content-Encoding`
/// undone where it is a whole request.
pub(crate) fn received(
    args: &DeliveryArgs,
    output: Output,
) -> Result<(Delivery, RequestLine), Failure> {
    let (delivery, line) = delivery(args, output)?;
    let path = args.request.as_deref().or(args.har.as_deref());
    match path {
        Some(path) => Ok((delivery.decoded().map_err(|error| error.about(path))?, line)),
        None => Ok((delivery, line)),
    }
}

/// Reads the delivery that the arguments name, with its request's method and address. What is odd
/// about it is noted on standard error.
pub(crate) fn delivery(
    args: &DeliveryArgs,
    output: Output,
) -> Result<(Delivery, RequestLine), Failure> {
    let (delivery, own) = read(args, output)?;
    let given = &args.line;
    let line = RequestLine {
        method: given.method.clone().or(own.method),
        url: given.url.clone().or(own.url),
    };
    Ok((delivery, line))
}

/// Reads the delivery that a tool has captured, in whatever form.
pub(crate) fn saved(path: &Path) -> Result<Delivery, Failure> {
    captured(path, None).map(|found| found.delivery)
}

fn captured(path: &Path, number: Option<usize>) -> Result<har::Found, Failure> {
    let bytes = source::named(path, "a captured request")?;
    captured::read(&bytes, number).map_err(|error| error.about(path))
}

fn read(args: &DeliveryArgs, output: Output) -> Result<(Delivery, RequestLine), Failure> {
    if let Some(path) = &args.request {
        let found = captured(path, args.entry)?;
        if let Some(note) = found.note {
            output.note(&note);
        }
        return Ok((found.delivery, found.line));
    }
    if let Some(path) = &args.har {
        let bytes = source::named(path, "an HTTP archive")?;
        let found = har::read(&bytes, args.entry).map_err(|error| error.about(path))?;
        if let Some(note) = found.note {
            output.note(&note);
        }
        return Ok((found.delivery, found.line));
    }
    let mut all = Vec::new();
    if let Some(path) = &args.headers_file {
        all = headers::from_file(&source::file(path)?).map_err(|error| error.about(path))?;
    }
    all.extend(headers::headers(&args.headers)?);
    let delivery = Delivery { body: source::body(args.body.as_deref())?, headers: all };
    Ok((delivery, RequestLine::default()))
}
