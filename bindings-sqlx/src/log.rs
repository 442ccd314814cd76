//! What a worker logs: one event for each outcome, without anything of a payload.

use std::time::Duration;

use hookseal::inbox::{Claimed, InboxError};

macro_rules! event {
    ($level:ident, $claimed:ident, $($rest:tt)+) => {
        tracing::$level!(
            target: "hookseal_sqlx::worker",
            seq = $claimed.seq(),
            source = $claimed.source(),
            r#type = $claimed.event().event_type(),
            attempt = $claimed.attempt(),
            $($rest)+
        )
    };
}

pub(crate) fn done(claimed: &Claimed) {
    event!(info, claimed, "the delivery is done");
}

pub(crate) fn failed(claimed: &Claimed, failure: &str) {
    event!(debug, claimed, failure, "handling the delivery failed");
}

pub(crate) fn released(claimed: &Claimed, wait: Duration) {
    let seconds = wait.as_secs();
    event!(warn, claimed, again_in_seconds = seconds, "the delivery failed and is tried again");
}

pub(crate) fn dead(claimed: &Claimed) {
    event!(error, claimed, "the delivery is dead: that was its last attempt");
}

pub(crate) fn not_released(claimed: &Claimed, error: &InboxError) {
    let code = error.code();
    event!(warn, claimed, code, "the delivery failed and could not be given back: {error}");
}

pub(crate) fn not_extended(claimed: &Claimed, error: &InboxError) {
    let code = error.code();
    event!(warn, claimed, code, "the delivery's lease was not extended: {error}");
}

pub(crate) fn no_claim(error: &InboxError) {
    let code = error.code();
    tracing::warn!(target: "hookseal_sqlx::worker", code, "no delivery could be claimed: {error}");
}
