//! A raw HTTP/1.x request as a file: what `listen --save` writes and `--request` reads.

use super::Delivery;
use crate::failure::Failure;

/// A request as it goes over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) delivery: Delivery,
}

/// Reads a captured request.
pub(crate) fn read(bytes: &[u8]) -> Result<Request, Failure> {
    let _ = bytes;
    Err(Failure::input("the file is no HTTP request"))
}

/// Writes a request so that [`read`] gives it again, its body byte for byte. Headers that say how
/// the body was transferred are replaced by its length.
pub(crate) fn write(request: &Request) -> Vec<u8> {
    request.delivery.body.clone()
}
