//! The retry policy of a sender: its timeout, which answers are success, and when it delivers
//! again.

use std::time::Duration;

use hookseal::{Delivery, Provider, Scheme};

use super::args::{RetryArgs, SendArgs};
use crate::failure::Failure;
use crate::text;

/// The timeout where the provider does not document one.
const USUAL_TIMEOUT: Duration = Duration::from_secs(30);

/// The policy of one sender, with what the command line changes of it.
#[derive(Debug)]
#[cfg_attr(test, derive(Default))]
pub(super) struct RetryPolicy {
    /// The sender's name for people.
    pub(super) sender: String,
    /// The longest that an answer may take.
    pub(super) timeout: Duration,
    /// `true` if the timeout is the user's word or a guess, and not the provider's.
    pub(super) timeout_is_assumed: bool,
    /// The waits before each retry, as the provider makes them.
    pub(super) waits: Vec<Duration>,
    /// The number of deliveries at the most.
    pub(super) attempts: usize,
    delivery: Delivery,
}

/// The sender's conclusion from the attempts so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Conclusion {
    /// It was delivered, and will not come again.
    Delivered,
    /// It would come again after this wait, had it not been stopped here.
    WillRetry(Duration),
    /// The endpoint asked for no more.
    Stopped,
    /// It failed, and will not come again.
    GivenUp,
    /// It failed, and whether it will come again is not documented.
    Unknown,
}

impl Conclusion {
    pub(super) const fn as_str(&self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::WillRetry(_) => "will_retry",
            Self::Stopped => "stopped",
            Self::GivenUp => "given_up",
            Self::Unknown => "unknown",
        }
    }
}

impl RetryPolicy {
    /// Makes the policy of a sender that documents its waits alone.
    #[cfg(test)]
    pub(super) fn of_waits(waits: Vec<Duration>) -> Self {
        Self { attempts: waits.len() + 1, waits, ..Self::default() }
    }

    pub(super) fn new(
        provider: Option<&Provider>,
        scheme: Option<&Scheme>,
        args: &SendArgs,
    ) -> Result<Self, Failure> {
        let delivery = provider.map(|known| known.catalogue().delivery).unwrap_or_default();
        let sender = scheme.map_or("the sender", Scheme::title).to_owned();
        let waits = if args.retries.retry_after.is_empty() {
            delivery.retries.clone().unwrap_or_default()
        } else {
            args.retries.retry_after.clone()
        };
        Ok(Self {
            timeout: args.timeout.or(delivery.timeout).unwrap_or(USUAL_TIMEOUT),
            timeout_is_assumed: args.timeout.is_some() || delivery.assumes("timeout"),
            attempts: attempts(&args.retries, &waits, &sender)?,
            waits,
            sender,
            delivery,
        })
    }

    /// Tells whether the sender takes an answer for success.
    pub(super) fn succeeds(&self, status: u16) -> bool {
        self.delivery.succeeds(status)
    }

    /// Tells whether an answer makes the sender stop.
    pub(super) fn stops(&self, status: u16) -> bool {
        self.delivery.stops(status)
    }

    /// Gives the rule of success, and whether it is assumed and not the provider's.
    pub(super) fn success_rule(&self) -> (&str, bool) {
        (self.delivery.success.as_deref().unwrap_or("2xx"), self.delivery.assumes("success"))
    }

    /// Tells whether the schedule is not the documented one.
    pub(super) fn schedule_is_assumed(&self) -> bool {
        self.delivery.assumes("retries") || self.delivery.retries.as_ref() != Some(&self.waits)
    }

    /// Concludes from the status of the latest attempt, `None` if there was no answer.
    pub(super) fn conclude(&self, attempt: usize, status: Option<u16>) -> Conclusion {
        match status {
            Some(status) if self.succeeds(status) => Conclusion::Delivered,
            Some(status) if self.stops(status) => Conclusion::Stopped,
            _ => match self.waits.get(attempt - 1) {
                Some(wait) => Conclusion::WillRetry(*wait),
                None if self.delivery.retries.is_none() && self.waits.is_empty() => {
                    Conclusion::Unknown
                }
                None => Conclusion::GivenUp,
            },
        }
    }

    /// Writes the conclusion for people.
    pub(super) fn sentence(&self, conclusion: &Conclusion, attempts: usize) -> String {
        let sender = &self.sender;
        match conclusion {
            Conclusion::Delivered if attempts == 1 => "delivered".to_owned(),
            Conclusion::Delivered => format!("delivered at attempt {attempts}"),
            Conclusion::WillRetry(wait) => {
                format!("not delivered: {sender} would try again after {}", text::duration(*wait))
            }
            Conclusion::Stopped => {
                format!("not delivered: the answer asks {sender} to stop, and it would")
            }
            Conclusion::GivenUp => match &self.delivery.then {
                Some(then) => {
                    format!("not delivered, and no retry is left: at {sender} it is then {then}")
                }
                None => "not delivered, and no retry is left".to_owned(),
            },
            Conclusion::Unknown => format!(
                "not delivered: whether {sender} tries again is not documented; `--retry-after` \
                 takes a schedule"
            ),
        }
    }
}

fn attempts(args: &RetryArgs, waits: &[Duration], sender: &str) -> Result<usize, Failure> {
    let all = waits.len() + 1;
    match args.attempts {
        _ if args.once => Ok(1),
        Some(wanted) if wanted > all => Err(Failure::usage(format!(
            "{sender} is known to deliver {all} {}, not {wanted}: give the waits between them with \
             `--retry-after`",
            if all == 1 { "time" } else { "times" }
        ))),
        Some(wanted) => Ok(wanted),
        None => Ok(all),
    }
}
