//! Delivers as the provider would: until a delivery succeeds, or no retry is left.

use std::time::Duration;

use tokio::time::Instant;

use super::client::Outcome;
use super::describe;
use super::job::Job;
use super::policy::{Conclusion, RetryPolicy};
use super::progress::Progress;
use crate::args::values::LONGEST_WAIT;
use crate::failure::Failure;
use crate::text;

/// One attempt to deliver, and its outcome.
pub(super) struct Attempt {
    /// The time after the first attempt at which the provider makes it.
    pub(super) after: Duration,
    pub(super) outcome: Outcome,
}

/// All attempts, and the provider's conclusion.
pub(super) struct History {
    pub(super) attempts: Vec<Attempt>,
    pub(super) conclusion: Conclusion,
}

/// Delivers, and again as often as the policy says. Stops at Ctrl-C.
pub(super) async fn deliver(job: &Job, speed: f64, progress: Progress) -> Result<History, Failure> {
    let mut attempts = Vec::new();
    let mut conclusion = Conclusion::Unknown;
    let send = async || {
        let request = job.source.request()?;
        job.show(&request, progress);
        Ok(job.client.send(request).await)
    };
    let all = repeated(&job.policy, speed, progress, send, |attempt, concluded| {
        attempts.push(attempt);
        conclusion = concluded;
    });
    tokio::select! {
        done = all => done?,
        _ = tokio::signal::ctrl_c() => progress.clear(),
    }
    if attempts.is_empty() {
        return Err(Failure::network("it was stopped before there was an answer"));
    }
    Ok(History { attempts, conclusion })
}

/// Sends as often as the policy says, and gives each attempt with what is concluded from it.
async fn repeated(
    policy: &RetryPolicy,
    speed: f64,
    progress: Progress,
    mut send: impl AsyncFnMut() -> Result<Outcome, Failure>,
    mut made: impl FnMut(Attempt, Conclusion),
) -> Result<(), Failure> {
    let of = policy.attempts;
    let mut after = Duration::ZERO;
    for number in 1..=of {
        progress.fleeting(&format!("attempt {number} of {of}"));
        let outcome = send().await?;
        progress.clear();
        let failed_at = Instant::now();
        let conclusion = policy.conclude(number, outcome.status());
        let answer = describe::answer(&outcome);
        made(Attempt { after, outcome }, conclusion.clone());
        let Conclusion::WillRetry(wait) = conclusion else { break };
        if number == of {
            break;
        }
        after += wait;
        let here = scaled(wait, speed);
        let next = text::duration(wait);
        let next =
            if here == wait { next } else { format!("{next}, here {}", text::duration(here)) };
        progress.line(&format!("attempt {number} of {of}: {answer}; the next one after {next}"));
        progress.wait(failed_at + here, &format!("attempt {} of {of}", number + 1)).await;
    }
    Ok(())
}

/// Divides a wait of the provider's by the speed.
fn scaled(wait: Duration, speed: f64) -> Duration {
    let scaled = Duration::try_from_secs_f64(wait.as_secs_f64() / speed);
    scaled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use super::*;
    use crate::output::Output;
    use crate::send::error::RequestError;

    fn seconds(seconds: &[u64]) -> Vec<Duration> {
        seconds.iter().copied().map(Duration::from_secs).collect()
    }

    /// The times of all attempts at an endpoint that takes two seconds for each of its failures.
    async fn times(policy: &RetryPolicy, speed: f64) -> (Vec<Duration>, Vec<Duration>) {
        let begun = Instant::now();
        let (mut times, mut planned) = (Vec::new(), Vec::new());
        let send = async || {
            times.push(begun.elapsed());
            tokio::time::sleep(Duration::from_secs(2)).await;
            let answer = Err(RequestError::timeout(Duration::from_secs(2)));
            Ok(Outcome { took: Duration::from_secs(2), answer })
        };
        let progress = Progress::new(Output::new(true, anstream::ColorChoice::Never));
        let made = |attempt: Attempt, _| planned.push(attempt.after);
        repeated(policy, speed, progress, send, made).await.unwrap();
        (times, planned)
    }

    /// Each wait begins when the attempt has failed, and is divided by the speed.
    #[tokio::test(start_paused = true)]
    async fn each_attempt_is_made_when_it_is_due() {
        let waits = seconds(&[300, 1800, 7200]);
        let policy = RetryPolicy::of_waits(waits);
        let (sent, planned) = times(&policy, 1.0).await;
        assert_eq!(sent, seconds(&[0, 302, 2104, 9306]));
        assert_eq!(planned, seconds(&[0, 300, 2100, 9300]));
        let (sent, planned) = times(&policy, 60.0).await;
        assert_eq!(sent, seconds(&[0, 7, 39, 161]));
        assert_eq!(planned, seconds(&[0, 300, 2100, 9300]));
    }

    #[test]
    fn no_speed_makes_a_wait_that_cannot_be_counted() {
        let wait = Duration::from_secs(3600);
        assert_eq!(scaled(wait, 3600.0), Duration::from_secs(1));
        assert_eq!(scaled(wait, f64::MAX), Duration::ZERO);
        assert_eq!(scaled(wait, f64::MIN_POSITIVE), LONGEST_WAIT);
    }
}
