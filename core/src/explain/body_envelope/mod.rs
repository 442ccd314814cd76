//! What the body stands in: an event, a message or another document that holds it.

mod body_wrapped;

use super::came::Body;
use super::part::Room;

pub(super) const ROOM: Room<Body> = Room { candidates: &[body_wrapped::CANDIDATES], symptoms: &[] };
