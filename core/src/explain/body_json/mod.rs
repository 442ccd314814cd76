//! The body's JSON: the same values written otherwise, or values that a reader and a writer changed.

mod body_reserialised;
mod samples;
mod sort;
mod style;
mod traces;
mod values;
mod writer;

pub(super) use body_reserialised::offer_styles_of;
pub(super) use style::{Escapes, Layout, Style};
pub(super) use writer::write;

use super::came::Body;
use super::part::Room;

pub(super) const ROOM: Room<Body> = Room {
    candidates: &[body_reserialised::CANDIDATES, body_reserialised::CHANGED],
    symptoms: &[body_reserialised::SYMPTOM],
};
