//! An authentic body that is not the scheme's payload.

use core::ops::ControlFlow;

use super::budget::Budget;
use super::cause::Cause;
use super::part::{Candidate, Change, Effort, each};
use super::received::{ReceivedBody, is_object};
use super::{FindingCode, body_bytes, groups};
use crate::Error;

/// Returns why the body is not the payload: it is empty, or contains the payload, or else what
/// `verify` says.
pub(super) fn cause(received: &ReceivedBody<'_>, error: &Error) -> Cause {
    if received.bytes.trim_ascii().is_empty() {
        return Cause::new(FindingCode::BodyEmpty, "the signature is that of an empty body");
    }
    let mut inside = None;
    if !is_object(received.bytes) {
        let efforts = Effort::Read..=Effort::Read;
        let _ = each(groups::BODY, efforts, received, &Budget::new(), &mut |candidate| {
            if !is_likely_inside(received, &candidate) {
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

/// Returns `true` if a candidate is what was sent, by all that can be told without a signature. A
/// list may be the sender's own.
pub(super) fn is_likely_inside(
    received: &ReceivedBody<'_>,
    candidate: &Candidate<Vec<u8>>,
) -> bool {
    candidate.change == Change::Wrapped
        && is_object(&candidate.value)
        && !body_bytes::is_supposed(received.bytes, &candidate.causes)
        && !(received.bytes.starts_with(b"[") && candidate.causes.has(FindingCode::BodyWrapped))
}
