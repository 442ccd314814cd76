use core::fmt;
use std::time::SystemTime;

use zeroize::Zeroizing;

/// What else the receiver knows, for [`Webhook::explain_with`](crate::Webhook::explain_with).
#[derive(Clone, Default)]
pub struct Hints {
    pub(super) secrets: Vec<Zeroizing<Vec<u8>>>,
    pub(super) now: Option<SystemTime>,
}

impl Hints {
    /// Nothing else.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Further secrets that the receiver has: of its other webhooks, of the other mode.
    #[must_use]
    pub fn secrets<S: AsRef<[u8]>>(mut self, secrets: impl IntoIterator<Item = S>) -> Self {
        let secrets = secrets.into_iter().map(|secret| Zeroizing::new(secret.as_ref().to_vec()));
        self.secrets.extend(secrets);
        self
    }

    /// When the delivery came in, if it is explained later; the webhook's clock says it if not.
    #[must_use]
    pub fn at(mut self, now: SystemTime) -> Self {
        self.now = Some(now);
        self
    }
}

/// Without the secrets.
impl fmt::Debug for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hints")
            .field("secrets", &self.secrets.len())
            .field("now", &self.now)
            .finish()
    }
}
