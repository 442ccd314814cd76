//! An authentic body that is not the scheme's payload.

use core::ops::ControlFlow;

use super::budget::Budget;
use super::came::{CameBody, is_object};
use super::cause::Cause;
use super::part::{Candidate, Change, Effort, each};
use super::{FindingCode, body_bytes, rooms};
use crate::Error;

/// Why it is not: it is empty, or the payload stands inside of it, or else what `verify` says.
pub(super) fn cause(came: &CameBody<'_>, error: &Error) -> Cause {
    if came.bytes.trim_ascii().is_empty() {
        return Cause::new(FindingCode::BodyEmpty, "the signature is that of an empty body");
    }
    let mut inside = None;
    if !is_object(came.bytes) {
        let efforts = Effort::Read..=Effort::Read;
        let _ = each(rooms::BODY, efforts, came, &Budget::new(), &mut |candidate| {
            if !is_likely_inside(came, &candidate) {
                return ControlFlow::Continue(());
            }
            inside = candidate.causes.into_vec().pop();
            ControlFlow::Break(())
        });
    }
    match inside {
        Some(mut cause) => {
            cause.evidence.push_str("; the sender signed it so");
            cause
        }
        None => Cause::new(FindingCode::PayloadInvalid, error.message()),
    }
}

/// Whether a candidate is what was sent, by all that can be told without a signature. A list may be
/// the sender's own.
pub(super) fn is_likely_inside(came: &CameBody<'_>, candidate: &Candidate<Vec<u8>>) -> bool {
    candidate.change == Change::Wrapped
        && is_object(&candidate.value)
        && !body_bytes::is_supposed(came.bytes, &candidate.causes)
        && !(came.bytes.starts_with(b"[") && candidate.causes.has(FindingCode::BodyWrapped))
}
