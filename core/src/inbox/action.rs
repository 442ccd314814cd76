//! What a person may do with a delivery.

use serde::Serialize;

use super::deliveries::{Entry, State};

/// Something that a person may do with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// To let a dead delivery be tried again: [`Inbox::retry`](super::Inbox::retry).
    Retry,
    /// To let one that is done be handled once more: [`Inbox::replay`](super::Inbox::replay).
    Replay,
    /// To take a dead one for done: [`Inbox::discard`](super::Inbox::discard).
    Discard,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 3] = [Self::Retry, Self::Replay, Self::Discard];

    /// Returns the action's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Replay => "replay",
            Self::Discard => "discard",
        }
    }

    /// Returns the action with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// Returns what happens to the delivery, as a sentence without its full stop.
    #[must_use]
    pub const fn effect(self) -> &'static str {
        match self {
            Self::Retry => "the delivery will be tried again",
            Self::Replay => "the delivery will be handled once more",
            Self::Discard => "the delivery is taken for done",
        }
    }

    /// Returns which deliveries it is for, to go on after "a delivery".
    #[must_use]
    pub const fn applies_to(self) -> &'static str {
        match self {
            Self::Retry | Self::Discard => "that is dead",
            Self::Replay => "that is done and of which the body is kept",
        }
    }
}

impl Entry {
    /// Returns what a person may do with the delivery in its state.
    #[must_use]
    pub fn actions(&self) -> &'static [Action] {
        match self.state {
            State::Dead => &[Action::Retry, Action::Discard],
            State::Done if self.body_length.is_some() => &[Action::Replay],
            _ => &[],
        }
    }
}
