//! The body's JSON: the same values written otherwise, or values that a reader and a writer changed.

mod body_array;
mod body_field_added;
mod body_field_lost;
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

use super::part::Group;
use super::received::Body;

pub(super) const GROUP: Group<Body> = Group {
    candidates: &[
        body_reserialised::CANDIDATES,
        body_array::CANDIDATES,
        body_reserialised::CHANGED,
        body_field_added::CANDIDATES,
    ],
    symptoms: &[
        body_reserialised::ROUNDED,
        body_field_lost::SYMPTOM,
        body_field_added::SYMPTOM,
        body_reserialised::SYMPTOM,
    ],
};
