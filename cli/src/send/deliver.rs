//! Delivers as the provider would: until it succeeds, or no retry is left.

use std::time::Duration;

use tokio::time::Instant;

use super::args::LONGEST_WAIT;
use super::errand::Errand;
use super::progress::Progress;
use super::sender::Reply;
use super::terms::Conclusion;
use super::words;
use crate::failure::Failure;
use crate::text;

/// One delivery and what came back.
pub(super) struct Attempt {
    /// How long after the first one the provider makes it.
    pub(super) after: Duration,
    pub(super) reply: Reply,
}

/// All attempts, and what the provider makes of them.
pub(super) struct History {
    pub(super) attempts: Vec<Attempt>,
    pub(super) conclusion: Conclusion,
}

/// Delivers, and again as often as the terms say. Stops at Ctrl-C.
pub(super) async fn deliver(
    errand: &Errand,
    speed: f64,
    progress: Progress,
) -> Result<History, Failure> {
    let mut attempts = Vec::new();
    let mut conclusion = Conclusion::Unknown;
    let all = repeated(errand, speed, progress, |attempt, concluded| {
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

async fn repeated(
    errand: &Errand,
    speed: f64,
    progress: Progress,
    mut made: impl FnMut(Attempt, Conclusion),
) -> Result<(), Failure> {
    let terms = &errand.terms;
    let of = terms.attempts;
    let mut after = Duration::ZERO;
    for number in 1..=of {
        progress.fleeting(&format!("attempt {number} of {of}"));
        let letter = errand.parcel.letter()?;
        errand.show(&letter, progress);
        let reply = errand.sender.send(letter).await;
        progress.clear();
        let failed_at = Instant::now();
        let conclusion = terms.conclude(number, reply.status());
        let answer = words::answer(&reply);
        made(Attempt { after, reply }, conclusion.clone());
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

/// A wait of the provider's, so many times as fast.
fn scaled(wait: Duration, speed: f64) -> Duration {
    let scaled = Duration::try_from_secs_f64(wait.as_secs_f64() / speed);
    scaled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_speed_makes_a_wait_that_cannot_be_counted() {
        let wait = Duration::from_secs(3600);
        assert_eq!(scaled(wait, 3600.0), Duration::from_secs(1));
        assert_eq!(scaled(wait, f64::MAX), Duration::ZERO);
        assert_eq!(scaled(wait, f64::MIN_POSITIVE), LONGEST_WAIT);
    }
}
