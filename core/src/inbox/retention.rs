//! The time for which a delivery's key counts, and the wait before an attempt.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::Scheme;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The time for which the keys of a source count, from when a delivery was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The time for keys made from a signed id: twice the time over which the provider retries, and
    /// at least a day; 30 days if that is not documented.
    pub by_id: Duration,
    /// The time for keys made from the body's hash, which two genuine events can share: the time
    /// over which the provider retries, and at least a day; a day if that is not documented.
    pub by_hash: Duration,
}

impl Retention {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let provider = crate::providers::find(scheme.name());
        match provider.and_then(crate::Provider::retries) {
            Some(waits) => {
                let horizon: Duration = waits.sum();
                Self { by_id: DAY.max(horizon * 2), by_hash: DAY.max(horizon) }
            }
            None => Self { by_id: DAY * 30, by_hash: DAY },
        }
    }

    pub(super) fn longest(self) -> Duration {
        self.by_id.max(self.by_hash)
    }
}

/// The number of attempts of a delivery, and how long it waits in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The number of failed attempts after which a delivery is dead.
    pub attempts: u32,
    /// The wait after the first attempt; each further one is twice as long.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

/// Ten attempts in about an hour and a half.
impl Default for Backoff {
    fn default() -> Self {
        Self { attempts: 10, first: Duration::from_secs(10), longest: HOUR }
    }
}

impl Backoff {
    /// How long a delivery waits after so many attempts: up to a fifth longer or shorter, by what its
    /// number and attempt are, so that what failed together does not come back together.
    pub(super) fn wait(&self, seq: i64, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(20);
        let wait = self.first.saturating_mul(1 << doublings).min(self.longest);
        let digest = Sha256::new()
            .chain_update(seq.to_be_bytes())
            .chain_update(attempts.to_be_bytes())
            .finalize();
        wait * (80 + u32::from(digest[0]) * 41 / 256) / 100
    }
}

/// Milliseconds, as the tables have them.
pub(super) fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Backoff, DAY, Retention};
    use crate::Scheme;

    fn of(provider: &str) -> Retention {
        Retention::of(&Scheme::provider(provider).expect("a provider"))
    }

    #[test]
    fn keys_count_as_long_as_the_provider_may_come_again() {
        // 26 h 36 min, twice for an id.
        let coverkit = Duration::from_secs(60 + 300 + 1800 + 7200 + 86400);
        let retention = of("coverkit");
        assert_eq!((retention.by_id, retention.by_hash), (coverkit * 2, coverkit));
        assert_eq!(of("mycover").by_id, DAY);
        assert_eq!(of("kasko"), Retention { by_id: DAY * 30, by_hash: DAY });
    }

    #[test]
    fn waits_double_up_to_a_limit_and_differ() {
        let backoff = Backoff::default();
        for attempt in 1..40 {
            let wait = backoff.wait(7, attempt);
            let exact = Duration::from_secs(10 << attempt.min(12).saturating_sub(1))
                .min(Duration::from_secs(3600));
            assert!(wait >= exact * 8 / 10 && wait <= exact * 12 / 10, "{attempt}: {wait:?}");
        }
        let waits: std::collections::BTreeSet<_> =
            (0..100).map(|seq| backoff.wait(seq, 1)).collect();
        assert!(waits.len() > 20);
        let total: Duration = (1..10).map(|attempt| backoff.first * (1 << (attempt - 1))).sum();
        assert_eq!(total, Duration::from_secs(5110));
    }
}
