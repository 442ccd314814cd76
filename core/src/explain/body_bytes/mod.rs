//! The body's bytes: those that mean nothing, how characters are written, and whether all are here.

mod body_bom;
mod body_charset;
mod body_empty;
mod body_final_newline;
mod body_length;
mod body_line_endings;
mod body_normalised;
mod body_truncated;

pub(super) use body_charset::is_supposed;

use super::part::Group;
use super::received::Body;

pub(super) const GROUP: Group<Body> = Group {
    candidates: &[
        body_final_newline::CANDIDATES,
        body_line_endings::CANDIDATES,
        body_bom::CANDIDATES,
        body_charset::CANDIDATES,
        body_normalised::CANDIDATES,
        body_line_endings::TAKEN_OUT,
    ],
    symptoms: &[
        body_empty::SYMPTOM,
        body_charset::NOT_UTF_8,
        body_truncated::SYMPTOM,
        body_charset::REPLACED,
        body_length::SYMPTOM,
    ],
};
