//! What a person does with a delivery, by the command line or in the page.

use hookseal::inbox::{Action, InboxError};

use super::database::Database;

impl Database {
    /// Does something with a delivery; returns whether there is one for that.
    pub(super) async fn act(&self, action: Action, seq: i64) -> Result<bool, InboxError> {
        match action {
            Action::Retry => Ok(self.retry(Some(seq)).await? > 0),
            Action::Replay => self.replay(seq).await,
            Action::Discard => self.discard(seq).await,
            _ => Ok(false),
        }
    }
}

/// Says that there is no delivery to do it with.
pub(super) fn none(action: Action, seq: i64) -> String {
    format!("there is no delivery {seq} {}", action.applies_to())
}
