//! The document that contains the body: an event, a message or another one.

mod body_wrapped;

use super::part::Group;
use super::received::Body;

pub(super) const GROUP: Group<Body> =
    Group { candidates: &[body_wrapped::CANDIDATES], symptoms: &[] };
