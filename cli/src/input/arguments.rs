//! Reads the delivery that the arguments name.

use super::delivery::Delivery;
use super::{har, headers, request, source};
use crate::args::DeliveryArgs;
use crate::failure::Failure;
use crate::output::Output;

/// Reads the delivery that the arguments name, as a receiver has it: with its `Content-Encoding`
/// undone where it is a whole request.
pub(crate) fn received(args: &DeliveryArgs, output: Output) -> Result<Delivery, Failure> {
    let delivery = delivery(args, output)?;
    let path = args.request.as_deref().or(args.har.as_deref());
    match path {
        Some(path) => delivery.decoded().map_err(|error| error.about(path)),
        None => Ok(delivery),
    }
}

/// Reads the delivery that the arguments name. What is odd about it is noted on standard error.
pub(crate) fn delivery(args: &DeliveryArgs, output: Output) -> Result<Delivery, Failure> {
    if let Some(path) = &args.request {
        let bytes = source::named(path, "a captured request")?;
        return Ok(request::read(&bytes).map_err(|error| error.about(path))?.delivery);
    }
    if let Some(path) = &args.har {
        let bytes = source::named(path, "an HTTP archive")?;
        let found = har::read(&bytes, args.entry).map_err(|error| error.about(path))?;
        if let Some(note) = found.note {
            output.note(&note);
        }
        return Ok(found.delivery);
    }
    let mut all = Vec::new();
    if let Some(path) = &args.headers_file {
        all = headers::from_file(&source::file(path)?).map_err(|error| error.about(path))?;
    }
    all.extend(headers::headers(&args.headers)?);
    Ok(Delivery { body: source::body(args.body.as_deref())?, headers: all })
}
