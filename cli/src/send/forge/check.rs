//! Sends every kind of forgery, and checks that the endpoint believes none.

use super::kinds::{self, Forgery};
use crate::failure::Failure;
use crate::send::client::Outcome;
use crate::send::error::ErrorKind;
use crate::send::job::Job;
use crate::send::policy::RetryPolicy;
use crate::send::progress::Progress;
use crate::send::scheme_source::SchemeSource;

/// One delivery, and what the endpoint made of it.
pub(in crate::send) struct Check {
    pub(super) kind: &'static str,
    pub(super) what: String,
    pub(super) is_genuine: bool,
    pub(super) outcome: Outcome,
    pub(super) verdict: Verdict,
}

/// All checks, and what could not be checked.
pub(in crate::send) struct Findings {
    pub(super) checks: Vec<Check>,
    /// The limits: what no endpoint can find out about this sender's deliveries.
    pub(super) limits: Vec<String>,
}

/// The meaning of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken for success.
    Accepted,
    /// Refused as the sender's fault: 4xx.
    Refused,
    /// The endpoint failed: 5xx.
    Crashed,
    /// Sent elsewhere: 3xx, which refuses nothing.
    Redirected,
    /// No answer in time.
    Hung,
    /// The connection ended, or was not made.
    Lost,
}

impl Verdict {
    fn of(outcome: &Outcome, policy: &RetryPolicy) -> Self {
        match &outcome.answer {
            Err(error) if error.kind == ErrorKind::Timeout => Self::Hung,
            Err(_) => Self::Lost,
            Ok(answer) if policy.succeeds(answer.status.as_u16()) => Self::Accepted,
            Ok(answer) if answer.status.is_client_error() => Self::Refused,
            Ok(answer) if answer.status.is_server_error() => Self::Crashed,
            Ok(_) => Self::Redirected,
        }
    }
}

impl Check {
    fn new(
        kind: &'static str,
        what: String,
        is_genuine: bool,
        outcome: Outcome,
        policy: &RetryPolicy,
    ) -> Self {
        let verdict = Verdict::of(&outcome, policy);
        Self { kind, what, is_genuine, outcome, verdict }
    }

    /// Tells whether the endpoint did what it should.
    pub(super) fn is_passed(&self) -> bool {
        self.verdict == if self.is_genuine { Verdict::Accepted } else { Verdict::Refused }
    }
}

/// Sends a genuine delivery, each forgery, and the genuine one again, as a provider's retry: an
/// endpoint that refuses whatever comes must not pass.
pub(in crate::send) async fn check(
    job: &Job,
    source: &SchemeSource,
    progress: Progress,
) -> Result<Findings, Failure> {
    let Some(signed) = job.signed() else {
        return Err(Failure::usage("forgeries are made with your secret: add `--resign`"));
    };
    let forgeries = kinds::all(signed, source)?;
    let genuine = |what: &str| Forgery {
        kind: "genuine",
        what: what.to_owned(),
        body: signed.message.body.clone(),
        headers: Vec::new(),
    };
    let first = genuine("genuine");
    let again = genuine("genuine, once more");
    let order = core::iter::once(&first).chain(&forgeries).chain(core::iter::once(&again));
    let mut checks: Vec<Check> = Vec::new();
    for forgery in order {
        progress.fleeting(&format!(
            "{} of {}: {}",
            checks.len() + 1,
            forgeries.len() + 2,
            forgery.what
        ));
        let is_genuine = forgery.kind == "genuine";
        let request = if is_genuine {
            job.source.request()?
        } else {
            job.source.request_of(signed, forgery.body.clone(), &forgery.headers)?
        };
        job.show(&request, progress);
        let outcome = job.client.send(request).await;
        let check =
            Check::new(forgery.kind, forgery.what.clone(), is_genuine, outcome, &job.policy);
        let is_reached = check.outcome.was_reached();
        checks.push(check);
        if !is_reached && checks.len() == 1 {
            break;
        }
    }
    progress.clear();
    Ok(Findings { checks, limits: kinds::limits(signed, source) })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::StatusCode;

    use super::*;
    use crate::send::client::Answer;
    use crate::send::error::RequestError;

    #[test]
    fn only_a_client_error_refuses() {
        let verdict = |answer| {
            Verdict::of(&Outcome { took: Duration::ZERO, answer }, &RetryPolicy::default())
        };
        for (status, expected) in [
            (StatusCode::NO_CONTENT, Verdict::Accepted),
            (StatusCode::FOUND, Verdict::Redirected),
            (StatusCode::UNAUTHORIZED, Verdict::Refused),
            (StatusCode::TOO_MANY_REQUESTS, Verdict::Refused),
            (StatusCode::INTERNAL_SERVER_ERROR, Verdict::Crashed),
        ] {
            let answer = Answer { status, location: None, body: Vec::new() };
            assert_eq!(verdict(Ok(answer)), expected, "{status}");
        }
        let timeout = RequestError::timeout(Duration::from_secs(30));
        assert_eq!(verdict(Err(timeout.clone())), Verdict::Hung);
        let closed = RequestError { kind: ErrorKind::Closed, ..timeout };
        assert_eq!(verdict(Err(closed)), Verdict::Lost);
    }
}
