//! What the body may have been when it was signed.

mod charset;
mod edges;
mod form;
mod manner;
mod mode;
mod packed;
mod printed;
mod quoted;
mod rewritten;
mod shape;
mod sort;
mod style;
mod unpacked;
mod values;
mod wrapped;
mod writer;

use core::ops::ControlFlow;

use super::FindingCode;
use super::budget::Budget;
use super::cause::Cause;

pub(super) use mode::other_mode;
pub(super) use shape::{Context, seen};
pub(super) use unpacked::each as unpacked;

/// A body as it may have been.
pub(super) struct Repaired {
    pub(super) bytes: Vec<u8>,
    pub(super) cause: Cause,
    pub(super) kind: Kind,
}

/// What a repair does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It takes off something that was put round the body: under it may be another fault.
    Unpacked,
    /// It writes the same values otherwise.
    Rewritten,
    /// It changes values.
    Restored,
    /// It changes bytes that mean nothing.
    Touched,
}

/// Takes repaired bodies until one is right.
pub(super) struct Repairs<'r> {
    pub(super) budget: &'r Budget,
    pub(super) attempt: &'r mut dyn FnMut(Repaired) -> ControlFlow<()>,
}

impl Repairs<'_> {
    fn offer(
        &mut self,
        bytes: impl Into<Vec<u8>>,
        kind: Kind,
        code: FindingCode,
        evidence: impl Into<String>,
    ) -> ControlFlow<()> {
        let bytes = bytes.into();
        if !self.budget.spend(bytes.len()) {
            return ControlFlow::Continue(());
        }
        let cause = Cause::new(code, evidence);
        (self.attempt)(Repaired { bytes, cause, kind })
    }
}

/// Offers every repair of the body, the likely and cheap ones first.
pub(super) fn each(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    touched(body, repairs)?;
    rewritten::styles(body, repairs)?;
    unpacked::each(body, repairs)?;
    rewritten::restored(body, repairs)?;
    unpacked::packed_again(body, repairs)
}

/// Offers the repairs that change bytes without meaning.
pub(super) fn touched(body: &[u8], repairs: &mut Repairs<'_>) -> ControlFlow<()> {
    edges::each(body, repairs)
}

/// Whether it is only supposed that the body was in another charset: any bytes can be read in one
/// that has a character for each byte.
pub(super) fn is_supposed_charset(body: &[u8], cause: &Cause) -> bool {
    cause.code == FindingCode::BodyCharset && charset::from_utf16(body).is_none()
}

/// Whether the body is one JSON object, as nearly every sender's is.
pub(super) fn is_object(body: &[u8]) -> bool {
    let text = simdutf8::basic::from_utf8(body).unwrap_or_default();
    text.trim_start().starts_with('{') && hookseal_json::validate(text).is_ok()
}
