use core::fmt;
use std::time::SystemTime;

use zeroize::Zeroizing;

/// What the receiver knows besides a delivery, for
/// [`Webhook::explain_with`](crate::Webhook::explain_with): other secrets, the time of arrival.
#[derive(Clone, Default)]
pub struct Hints {
    pub(super) secrets: Vec<Zeroizing<Vec<u8>>>,
    pub(super) now: Option<SystemTime>,
}

impl Hints {
    /// Creates hints that say nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds secrets that the receiver has besides the webhook's, such as of its other webhooks or
    /// of the test mode.
    #[must_use]
    pub fn secrets<S: AsRef<[u8]>>(mut self, secrets: impl IntoIterator<Item = S>) -> Self {
        let secrets = secrets.into_iter().map(|secret| Zeroizing::new(secret.as_ref().to_vec()));
        self.secrets.extend(secrets);
        self
    }

    /// Sets the time at which the delivery arrived, if it is explained later; the webhook's clock
    /// tells it by default.
    #[must_use]
    pub fn at(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }
}

/// Shows the number of the secrets, not the secrets.
impl fmt::Debug for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hints")
            .field("secrets", &self.secrets.len())
            .field("now", &self.now)
            .finish()
    }
}
